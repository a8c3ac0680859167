"""What the command prints: names are an interface, and amounts are exact."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from registry.models import Grouping
from social_value import actions
from social_value.actions.agreeing import mark_of, take_up
from social_value.listing import pools_json
from social_value.models import Pool
from tests.factories import TODAY, make_contract, make_council, make_grouping, make_withholding

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def promises():
    actions.load_reference()
    region = make_grouping(code="E12000009", kind=Grouping.Kind.REGION)
    return [
        make_contract(
            council=make_council(region),
            start_date=date(2026, 4, 1),
            end_date=date(2028, 3, 31),
            social_value=f"13 apprenticeship weeks; {n} hours of volunteering",
        )
        for n in range(1, 6)
    ]


def printed(*options):
    out = StringIO()
    call_command("pool_social_value", *options, stdout=out)
    return out.getvalue()


def test_json_has_the_keys_and_amounts_of_the_interface(promises):
    said = json.loads(printed("--json"))

    assert said["commitments_considered"] == 10
    [pool] = said["pools"]
    assert pool.keys() >= {
        *("id", "measure", "unit", "place", "from", "to", "amount", "useful_amount", "need"),
        "shares",
    }
    assert (pool["measure"], pool["unit"], pool["place"]) == (
        "apprenticeship_weeks", "week", "E12000009",
    )  # fmt: skip
    assert (pool["from"], pool["to"]) == ("2027-01-01", "2028-03-31")
    assert (pool["amount"], pool["useful_amount"], pool["need"]) == ("65", "52", None)
    assert {share["contract"] for share in pool["shares"]} == {str(c.pk) for c in promises}
    share = next(s for s in pool["shares"] if s["contract"] == str(promises[0].pk))
    assert share["council"] == promises[0].council_id
    assert share["supplier"] == str(promises[0].supplier_id)
    assert (share["promised"], share["amount"]) == ("13", "13")
    assert said["unpooled"] == [
        {"measure": "volunteer_hours", "place": "E12000009", "group": "", "amount": "15",
         "missing": "1"}
    ]  # fmt: skip


def test_shares_sum_to_their_pool_and_no_promise_gives_more_than_it_holds():
    said = json.loads(printed("--json"))

    given = {}
    for pool in said["pools"]:
        amounts = [Decimal(share["amount"]) for share in pool["shares"]]
        assert sum(amounts) == Decimal(pool["amount"])
        for share, amount in zip(pool["shares"], amounts, strict=True):
            given[share["commitment"]] = given.get(share["commitment"], 0) + amount
            assert given[share["commitment"]] <= Decimal(share["promised"])


def test_running_it_again_prints_the_same():
    first, again = (json.loads(printed("--json")) for _ in range(2))

    assert first | {"seconds": 0} == again | {"seconds": 0}


def test_a_withheld_supplier_is_not_named(promises):
    make_withholding(promises[0])

    said = json.loads(printed("--json"))

    shares = {s["contract"]: s for s in said["pools"][0]["shares"]}
    share = shares[str(promises[0].pk)]
    assert (share["supplier"], share["supplier_name"]) == (None, "")


def test_listing_names_no_pool_in_a_question(promises, django_assert_num_queries):
    """A question that named each of many thousand pools or promises was refused by SQLite."""
    printed()

    with django_assert_num_queries(3) as asked:
        pools_json()

    assert not any('pool_id" IN' in one["sql"] for one in asked.captured_queries)
    assert not any('commitment_id" IN' in one["sql"] for one in asked.captured_queries)


def test_without_json_it_says_so_in_words():
    said = printed()

    assert "10 promises considered, 1 pool" in said
    assert "65 weeks of 5 promises" in said
    assert "15 left, 1 missing" in said


def test_pools_put_to_their_parties_are_listed_apart_with_how_they_stand():
    actions.read_all()
    actions.rebuild_pools(today=TODAY)
    pool = Pool.objects.get()
    take_up(pool.pk, seen=mark_of(pool.shares.all()), today=TODAY)

    said = json.loads(printed("--json"))

    assert said["pools"] == []
    [agreed] = said["agreed"]
    assert (agreed["state"], agreed["amount"], len(agreed["shares"])) == ("asked", "65", 5)
