"""Recording, recording again, and withdrawing what councils say of their contracts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from registry.actions import Row, record_contracts, withdraw_sources
from registry.models import Changed, Contract, Source, Statement, Supplier
from registry.records import ContractRecord
from registry.statements import known_fields
from tests.factories import make_category, make_council, make_source

pytestmark = pytest.mark.django_db

LAPTOPS = {
    "reference": "C-1",
    "title": "Laptops for staff",
    "supplier_name": "Acme IT Ltd",
    "start_date": date(2024, 4, 1),
    "end_date": date(2027, 3, 31),
    "extension": "2 x 12 months",
    "total_value": Decimal("120000.00"),
    "value_basis": "total",
}


def source_of(council, fields=LAPTOPS, **more):
    columns = {name: {"column": "A", "heading": name, "rule": ""} for name in fields}
    return make_source(council=council, columns=columns, **more)


def say(council, *all_facts, contracts=(), knows=None, source=None, extra=None, says_new=True):
    """Record rows as one source would; `contracts` are those they were paired with."""
    source = source or source_of(council, knows or set().union(*all_facts))
    ids = [*contracts, *[None] * len(all_facts)]
    rows = [
        Row(ContractRecord("Contracts", n, facts, extra or {}), source.pk, key, says_new)
        for n, (facts, key) in enumerate(zip(all_facts, ids, strict=False), start=5)
    ]
    known = {source.pk: known_fields(source.columns)}
    return source, record_contracts(council=council.pk, rows=rows, knows=known)


def as_stored():
    """Everything a contract shows, but when it last changed."""
    return {row.pop("id"): without_time(row) for row in Contract.objects.values()}


def without_time(row):
    return {name: value for name, value in row.items() if name != "changed_at"}


def test_record_contracts_stores_what_is_stated_and_what_follows():
    category, council = make_category("LAP"), make_council()

    _, recorded = say(council, LAPTOPS)

    held = Contract.objects.get()
    assert recorded.contracts == [held.pk]
    assert {name: getattr(held, name) for name in LAPTOPS} == LAPTOPS
    assert (held.council, held.supplier.name) == (council, "Acme IT Ltd")
    assert held.category == category
    assert held.latest_permitted_end == date(2029, 3, 31)
    assert held.yearly_value == Decimal("40000.00")


def test_record_contracts_keeps_the_row_and_unknown_columns():
    source, _ = say(make_council(), LAPTOPS, extra={"Ward": "Eden"})

    held = Statement.objects.get()
    assert (held.source, held.row, held.extra) == (source, 5, {"Ward": "Eden"})


def test_record_contracts_of_no_rows_changes_nothing():
    say(make_council())

    assert not Contract.objects.exists()


def test_record_contracts_leaves_a_doubtful_category_open():
    say(make_council(), {"title": "Zxqv"})

    held = Contract.objects.get()
    assert held.category is None
    assert held.supplier is None


def test_record_contracts_lets_the_department_say_what_an_ambiguous_title_means():
    make_category("STO")
    say(make_council(), {"title": "Storage renewal", "department": "ICT Services"})

    assert Contract.objects.get().category_id == "STO"


def test_record_contracts_makes_one_supplier_of_two_spellings():
    spellings = ("Acme IT Ltd", "ACME I.T. LIMITED")

    say(make_council(), *[{**LAPTOPS, "supplier_name": name} for name in spellings])

    [supplier] = Supplier.objects.all()
    assert set(supplier.names.values_list("name", flat=True)) == set(spellings)


def test_record_contracts_twice_changes_nothing():
    council = make_council()
    _, recorded = say(council, LAPTOPS)
    before = as_stored()

    say(council, LAPTOPS, contracts=recorded.contracts)

    assert as_stored() == before
    assert Supplier.objects.count() == 1


def test_record_contracts_of_what_is_held_leaves_the_contract_untouched():
    council = make_council()
    _, recorded = say(council, LAPTOPS)
    before = Contract.objects.values().get()

    say(council, LAPTOPS, contracts=recorded.contracts, says_new=False)

    assert Contract.objects.values().get() == before
    assert Statement.objects.count() == 2


def test_record_contracts_changes_fields_and_what_follows_from_them():
    council = make_council()
    _, recorded = say(council, LAPTOPS)

    say(council, LAPTOPS | {"end_date": date(2026, 3, 31)}, contracts=recorded.contracts)

    held = Contract.objects.get()
    assert held.end_date == date(2026, 3, 31)
    assert held.yearly_value == Decimal("60000.00")
    assert held.latest_permitted_end == date(2028, 3, 31)


def test_record_contracts_leaves_fields_a_file_does_not_speak_of():
    council = make_council()
    _, recorded = say(council, LAPTOPS)

    say(council, {"title": "Laptops", "status": "Live"}, contracts=recorded.contracts)

    held = Contract.objects.get()
    assert (held.title, held.status) == ("Laptops", "Live")
    assert (held.total_value, held.supplier_name) == (Decimal("120000.00"), "Acme IT Ltd")


def test_record_contracts_takes_a_blank_in_a_known_column_for_nothing():
    council = make_council()
    _, recorded = say(council, LAPTOPS)

    say(
        council,
        {"title": "Laptops for staff"},
        contracts=recorded.contracts,
        knows={"title", "total_value", "supplier_name"},
    )

    held = Contract.objects.get()
    assert (held.total_value, held.yearly_value, held.supplier) == (None, None, None)
    assert held.end_date == LAPTOPS["end_date"]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ({"end_date": date(2023, 3, 31)}, {"start_date": None, "end_date": date(2023, 3, 31)}),
        ({"start_date": date(2028, 4, 1)}, {"start_date": date(2028, 4, 1), "end_date": None}),
        ({"term": "rolling", "rolling": True}, {"rolling": True, "end_date": None}),
    ],
)
def test_record_contracts_lets_go_of_dates_a_partial_file_makes_impossible(said, left):
    council = make_council()
    _, recorded = say(council, LAPTOPS)

    say(council, {"title": "Laptops for staff", **said}, contracts=recorded.contracts)

    held = Contract.objects.get()
    assert {name: getattr(held, name) for name in left} == left


def test_record_contracts_keeps_a_person_s_word_over_a_later_file():
    council = make_council()
    _, recorded = say(council, LAPTOPS)
    person = make_source(council=council, kind=Source.Kind.PERSON, upload=None, columns={})
    Statement.objects.create(
        contract_id=recorded.contracts[0], source=person, facts={"end_date": "2028-03-31"}
    )

    say(council, LAPTOPS | {"status": "Live"}, contracts=recorded.contracts)

    held = Contract.objects.get()
    assert (held.end_date, held.status) == (date(2028, 3, 31), "Live")


def test_record_contracts_marks_commodity_categories_only():
    lap, council = make_category("LAP"), make_council()
    make_category("NON", kind="non")

    say(council, LAPTOPS, {"title": "Winter gritting of roads"})

    assert list(Changed.objects.values_list("category", "council")) == [(lap.pk, council.pk)]


def test_record_contracts_marks_the_category_a_contract_leaves():
    make_category("LAP")
    make_category("NON", kind="non")
    council = make_council()
    _, recorded = say(council, LAPTOPS)
    Changed.objects.all().delete()

    say(
        council,
        {"reference": "C-1", "title": "Winter gritting of roads", "supplier_name": "Grit Ltd"},
        contracts=recorded.contracts,
    )

    assert Contract.objects.get().category_id == "NON"
    assert list(Changed.objects.values_list("category", flat=True)) == ["LAP"]


def test_withdraw_sources_restores_the_word_before():
    council = make_council()
    _, recorded = say(council, LAPTOPS)
    before = as_stored()
    changed = LAPTOPS | {"end_date": date(2026, 3, 31), "supplier_name": "Birch Ltd"}
    second, _ = say(council, changed, contracts=recorded.contracts)

    number = withdraw_sources([second])

    assert number == 1
    assert as_stored() == before


def test_withdraw_sources_leaves_what_a_later_source_said():
    council = make_council()
    first, recorded = say(council, LAPTOPS)
    say(council, LAPTOPS | {"status": "Live"}, contracts=recorded.contracts)
    before = as_stored()

    number = withdraw_sources([first])

    assert number == 0
    assert as_stored() == before


def test_withdraw_sources_hides_a_contract_nobody_speaks_for():
    make_category("LAP")
    council = make_council()
    source, recorded = say(council, LAPTOPS)
    Changed.objects.all().delete()

    number = withdraw_sources([source])

    held = Contract.objects.get()
    assert (number, held.withdrawn, held.pk) == (1, True, recorded.contracts[0])
    assert not Contract.objects.standing().exists()
    assert Changed.objects.filter(category="LAP", council=council).exists()


def test_withdraw_sources_of_several_councils_at_once():
    one, two = make_council(), make_council()
    sources = [say(council, LAPTOPS)[0] for council in (one, two)]

    assert withdraw_sources(sources) == 2


def test_withdrawn_contract_comes_back_under_its_id_with_new_facts_only():
    council = make_council()
    source, recorded = say(council, LAPTOPS)
    withdraw_sources([source])
    without_value = {k: v for k, v in LAPTOPS.items() if k not in {"total_value", "value_basis"}}

    _, again = say(council, without_value, contracts=recorded.contracts)

    held = Contract.objects.get()
    assert again.contracts == recorded.contracts
    assert not held.withdrawn
    assert (held.total_value, held.yearly_value) == (None, None)


COLUMNS = ("status", "end_date", "start_date", "total_value", "term")
VALUES = {
    "status": st.sampled_from(["Live", "Ended"]),
    "start_date": st.sampled_from([date(2024, 4, 1), date(2027, 4, 1)]),
    "end_date": st.sampled_from([date(2026, 3, 31), date(2028, 3, 31)]),
    "total_value": st.sampled_from([Decimal("5.00"), Decimal("7.00")]),
    "term": st.just("3 years"),
}


@st.composite
def rows(draw):
    """What one file knows, and what it says of the contract: dates that can both be."""
    knows = draw(st.sets(st.sampled_from(COLUMNS)))
    facts = {name: draw(VALUES[name]) for name in sorted(knows) if draw(st.booleans())}
    if {"start_date", "end_date"} <= facts.keys() and facts["start_date"] > facts["end_date"]:
        del facts["start_date"]
    return knows, {"title": "Laptops", **facts}


class Undoing(TestCase):
    """Undoing any of several uploads leaves what the others alone would have made."""

    @given(st.lists(rows(), min_size=2, max_size=4), st.data())
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    def test_withdraw_sources_is_as_if_they_had_never_been(self, files, data):
        gone = data.draw(st.integers(0, len(files) - 1))
        undone, never = make_council(), make_council()

        sources = say_all(undone, files)
        withdraw_sources([sources[gone]])
        say_all(never, [file for n, file in enumerate(files) if n != gone])

        assert shown(undone) == shown(never)


def say_all(council, files):
    """One contract, told of by each file in turn, as many minutes apart."""
    sources, contracts = [], []
    for n, (knows, facts) in enumerate(files):
        source, recorded = say(council, facts, contracts=contracts, knows={"title", *knows})
        later = timezone.now() + timedelta(minutes=n)
        Source.objects.filter(pk=source.pk).update(recorded_at=later)
        sources.append(source)
        contracts = recorded.contracts
    return sources


def shown(council):
    [row] = Contract.objects.filter(council=council).values(*COLUMNS, "title", "yearly_value")
    return row
