"""The change feed misses nothing and repeats nothing, in whatever order transactions commit."""

from contextlib import ExitStack, closing

import pytest
from django.db import connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procurement import watching
from procurement.actions import changes as placing
from procurement.actions.changes import place_changes
from procurement.models import Change, Framework, FrameworkOwner, Touched
from registry.actions.withholding import lift, withhold
from registry.models import Contract, Supplier, Withholding
from tests.factories import (
    TODAY,
    make_award,
    make_category,
    make_contract,
    make_council,
    make_framework,
    make_grouping,
    make_supplier,
)

pytestmark = pytest.mark.django_db


def read(client, after=0, **asked):
    """Everything behind a position, page by page."""
    address, found = f"/api/v1/changes/?after={after}", []
    for name, value in asked.items():
        address += f"&{name}={value}"
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.content
        found += response.json()["results"]
        address = response.json()["next"]
    return found


def news(client, after=0, **asked):
    place_changes()
    return read(client, after, **asked)


def told(entries):
    return [(one["list"], one["key"], one["state"]) for one in entries]


@pytest.fixture
def contract():
    """One of a supplier that has no other, and already in the feed."""
    made = make_contract(supplier=make_supplier("Acme Ltd"), supplier_name="Acme Ltd")
    place_changes()
    return made


def last():
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


# What it tells


def test_feed_tells_contracts_suppliers_and_frameworks_as_their_lists_do(client):
    contract = make_contract(supplier=make_supplier())
    framework = make_framework(make_category("LAP"), lots=["One"])

    found = {one["list"]: one for one in news(client)}

    for many, key in (
        ("contracts", contract.pk),
        ("suppliers", contract.supplier_id),
        ("frameworks", framework.pk),
    ):
        [one] = client.get(f"/api/v1/{many}/").json()["results"]
        assert (found[many]["key"], found[many]["state"]) == (str(key), "standing")
        assert found[many][many.removesuffix("s")] == one
        assert sum(found[many][kind] is not None for kind in ("contract", "supplier")) <= 1


def test_nothing_stands_twice_and_the_newest_change_is_last(client, contract):
    other = make_contract(council=contract.council)
    for title in ("One", "Two"):
        Contract.objects.filter(pk=contract.pk).update(title=title)

    keys = [one["key"] for one in news(client, list="contracts")]

    assert sorted(keys) == sorted(map(str, (contract.pk, other.pk)))
    Contract.objects.filter(pk=contract.pk).update(title="Three")
    [*_, newest] = news(client)
    assert newest["contract"]["title"] == "Three"


def test_contract_withdrawn_or_deleted_is_told_once(client, contract):
    deleted = make_contract(council=contract.council, supplier=contract.supplier)
    place_changes()
    seen = last()
    gone = {str(contract.pk), str(deleted.pk)}
    Contract.objects.filter(pk=contract.pk).update(withdrawn=True)
    deleted.delete()

    found = news(client, seen, list="contracts")

    assert {(one["key"], one["state"]) for one in found} == {(key, "withdrawn") for key in gone}
    assert all(one["contract"] is None for one in found)
    Contract.objects.filter(pk=contract.pk).update(department="Elsewhere")
    assert news(client, last()) == []


def test_withholding_is_told_as_such_and_so_is_publishing_again(client, contract):
    seen = last()
    withhold(contract, what="supplier", reason="sole trader", by=None)

    found = {one["list"]: one for one in news(client, seen)}

    assert found["contracts"]["contract"]["supplier_withheld"] == "sole trader"
    assert found["contracts"]["contract"]["supplier_name"] == ""
    assert found["suppliers"]["state"] == "withdrawn"
    assert "Acme" not in str(found)
    seen = last()
    lift(Withholding.objects.get())
    again = {one["list"]: one for one in news(client, seen)}
    assert again["suppliers"]["supplier"]["name"] == "Acme Ltd"


def test_supplier_never_told_is_not_told_to_be_gone(client):
    supplier = make_supplier("A Person")
    contract = make_contract(supplier=supplier, supplier_withheld=True)

    found = news(client)
    Supplier.objects.filter(pk=supplier.pk).update(name="B Person")
    Contract.objects.filter(pk=contract.pk).update(withdrawn=True)
    found += news(client, last())

    assert {one["list"] for one in found} == {"contracts"}
    assert str(supplier.pk) not in str(found)


def test_supplier_merged_into_another_says_so(client, contract):
    survivor = contract.supplier
    merged = make_supplier("Acme Devises")
    mine = make_contract(supplier=merged)
    place_changes()
    seen = last()
    Contract.objects.filter(pk=mine.pk).update(supplier=survivor)
    Supplier.objects.filter(pk=merged.pk).update(merged_into=survivor)

    found = {one["key"]: one for one in news(client, seen, list="suppliers")}

    assert found[str(merged.pk)]["state"] == "merged"
    assert found[str(survivor.pk)]["supplier"]["earlier_ids"] == [str(merged.pk)]


def test_another_contract_is_no_news_of_its_supplier(client, contract):
    seen = last()
    make_contract(supplier=contract.supplier, title="Another")

    assert [one["list"] for one in news(client, seen)] == ["contracts"]


def test_framework_is_news_when_its_lots_or_categories_are(client):
    framework = make_framework(lots=["One"])
    for change in (
        lambda: framework.lots.create(number=2, name="Two"),
        lambda: framework.lots.get(number=2).categories.add(make_category("MOB")),
        lambda: framework.lots.get(number=2).suppliers.create(name="Acme Ltd"),
        lambda: framework.places.add(make_grouping()),
        lambda: make_award(framework),
        lambda: FrameworkOwner.objects.create(
            name=framework.owner, other_names="CCS", source="s", as_at=TODAY
        ),
        lambda: framework.categories.add(make_category("LAP")),
        lambda: framework.lots.all().delete(),
        lambda: Framework.objects.filter(pk=framework.pk).update(name="New"),
    ):
        place_changes()
        seen = last()
        change()
        assert told(news(client, seen)) == [("frameworks", framework.pk, "standing")]
    seen, key = last(), framework.pk
    framework.delete()
    assert told(news(client, seen)) == [("frameworks", key, "withdrawn")]


@pytest.mark.parametrize("asked", ["after=-1", "after=x", "list=councils", "after=", "cursor=W10"])
def test_feed_refuses_what_it_cannot_be_asked(client, asked):
    assert client.get(f"/api/v1/changes/?{asked}").status_code in (400, 404)


def test_page_of_the_feed_takes_the_same_queries_anywhere(client, django_assert_max_num_queries):
    council, supplier = make_council(), make_supplier()
    for _ in range(6):
        make_contract(council=council, supplier=supplier)
        make_framework(lots=["One"])
    place_changes()

    for after in (0, last() // 2, last() - 3):
        with django_assert_max_num_queries(13):
            client.get(f"/api/v1/changes/?after={after}&page_size=200")


# How places are given out


def test_rows_are_noted_however_they_are_written():
    """By COPY and set-based updates as uploads are, and by hand."""
    tables = {one.table for one in watching.WATCHES}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT event_object_table, count(*) FROM information_schema.triggers "
                "WHERE trigger_name LIKE 'touched%' GROUP BY 1"
            )
        else:
            cursor.execute(
                "SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' "
                "AND name LIKE 'touched%' GROUP BY 1"
            )
        made = dict(cursor.fetchall())

    assert set(made) == tables
    assert all(number >= len(watching.EVENTS) for number in made.values())


def test_what_is_rolled_back_never_happened(client, contract):
    seen = last()
    with transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(title="Never")
        transaction.set_rollback(True)

    assert news(client, seen) == []


def test_many_changes_are_placed_in_batches(client, monkeypatch):
    monkeypatch.setattr(placing, "BATCH", 3)
    made = {str(make_contract().pk) for _ in range(5)}

    assert place_changes() >= 5
    assert {one["key"] for one in news(client, list="contracts")} == made
    assert not Touched.objects.exists()


class Reader:
    """Somebody who keeps a copy by the feed alone, and checks its promises."""

    def __init__(self, client):
        self.client, self.after, self.copy, self.entries = client, 0, {}, []

    def catch_up(self):
        for one in read(self.client, self.after, list="contracts"):
            assert one["position"] > self.after
            self.after = one["position"]
            self.entries.append(one["key"])
            if one["state"] == "standing":
                self.copy[one["key"]] = one["contract"]["title"]
            else:
                self.copy.pop(one["key"], None)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["write", "write", "withdraw", "commit", "roll_back", "place", "read"]),
        st.integers(0, 2),
    ),
    min_size=5,
    max_size=40,
)


@pytest.fixture
def connected(transactional_db):
    """Three connections that each write to contracts of their own, and keep transactions open."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: transactions cannot commit out of order")
    Touched.objects.all().delete()
    with ExitStack() as stack:
        made = [
            stack.enter_context(closing(connections.create_connection("default"))) for _ in range(3)
        ]
        for one in made:
            one.set_autocommit(False)
        yield made


class Writer:
    """One connection, its two contracts, and the changes it has not committed."""

    SQL = {
        "write": "UPDATE registry_contract SET title = %s WHERE id = %s",
        "withdraw": "UPDATE registry_contract SET withdrawn = %s <> '' WHERE id = %s",
    }

    def __init__(self, connection):
        self.connection = connection
        self.mine = [make_contract().pk for _ in range(2)]
        self.open, self.committed = 0, 0

    def change(self, what, number):
        with self.connection.cursor() as cursor:
            cursor.execute(self.SQL[what], [f"Title {number}", self.mine[number % 2]])
        self.open += 1

    def commit(self):
        self.connection.commit()
        self.committed, self.open = self.committed + self.open, 0

    def roll_back(self):
        self.connection.rollback()
        self.open = 0


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_reader_has_everything_whatever_order_transactions_commit_in(client, connected, steps):
    for one in connected:
        one.rollback()  # an example that failed may have left it open
    Contract.objects.all().delete()
    Change.objects.all().delete()
    writers, reader = [Writer(one) for one in connected], Reader(client)
    for number, (what, who) in enumerate(steps):
        if what == "read":
            reader.catch_up()
        elif what == "place":
            place_changes()
        elif what in Writer.SQL:
            writers[who].change(what, number)
        else:
            getattr(writers[who], what)()
    for writer in writers:
        writer.commit()
    place_changes()
    reader.catch_up()

    standing = Contract.objects.standing().values_list("pk", "title")
    assert reader.copy == {str(key): title for key, title in standing}
    assert len(reader.entries) <= sum(2 + writer.committed for writer in writers)


def test_only_one_gives_out_places_at_a_time(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    make_contract()
    with closing(connections.create_connection("default")) as other:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [placing.LOCK])
        assert place_changes() == 0
        assert Touched.objects.exists()
        other.rollback()

    assert place_changes() > 0
