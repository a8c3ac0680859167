"""Rows paired with contracts, in any order, with references or without."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.reconcile import Change, reconcile
from registry.records import ContractRecord
from tests.imports.holding import holding

FIELDS = frozenset({"reference", "title", "supplier_name", "start_date", "total_value", "end_date"})
KNOWS = {"Contracts": FIELDS}
LAPTOPS = {
    "reference": "C-1",
    "title": "Laptops",
    "supplier_name": "Acme IT Ltd",
    "start_date": date(2024, 4, 1),
    "total_value": Decimal("120000.00"),
}


def records(*all_facts):
    return [ContractRecord("Contracts", row, facts) for row, facts in enumerate(all_facts, start=5)]


def held(*all_facts, withdrawn=False):
    keyed = enumerate(all_facts, start=1)
    return [holding(UUID(int=n), facts, withdrawn=withdrawn) for n, facts in keyed]


def numbers(difference):
    """How many added, changed, unchanged, no longer listed."""
    return (
        len(difference.added),
        len(difference.changed),
        len(difference.unchanged),
        len(difference.no_longer_listed),
    )


def reconciled(rows, contracts, knows=KNOWS):
    return reconcile(records(*rows), held(*contracts), knows=knows)


def but(facts=LAPTOPS, **changes):
    """The same facts with these instead; None takes one away."""
    return {k: v for k, v in (facts | changes).items() if v is not None}


def test_a_contract_no_file_ever_listed_is_not_no_longer_listed():
    [by_hand] = held(LAPTOPS)

    difference = reconcile([], [replace(by_hand, listed=False)], knows=KNOWS)

    assert numbers(difference) == (0, 0, 0, 0)


def test_reconcile_adds_rows_that_no_contract_answers():
    difference = reconciled([LAPTOPS], [])

    assert numbers(difference) == (1, 0, 0, 0)
    assert difference.added[0][0] is None


def test_reconcile_names_contracts_no_row_speaks_of():
    difference = reconciled([], [LAPTOPS])

    assert difference.no_longer_listed == [UUID(int=1)]


def test_reconcile_says_which_field_changed_from_what_to_what():
    later = but(total_value=Decimal("130000.00"))

    difference = reconciled([later], [LAPTOPS])

    [(key, record, changes)] = difference.changed
    assert (key, record.row) == (UUID(int=1), 5)
    assert changes == [Change("total_value", Decimal("120000.00"), Decimal("130000.00"))]


def test_reconcile_compares_only_what_the_sheet_knows():
    row, contract = but(total_value=None), but(description="Long")

    difference = reconciled([row], [contract], {"Contracts": FIELDS - {"total_value"}})

    assert numbers(difference) == (0, 0, 1, 0)


def test_reconcile_takes_a_known_blank_for_a_change():
    assert numbers(reconciled([but(total_value=None)], [LAPTOPS])) == (0, 1, 0, 0)


@pytest.mark.parametrize(
    "row",
    [
        but(title="Laptop computers", total_value=Decimal(1)),
        but(reference=" c-1 ", title="LAPTOPS"),
        but(reference="2026/17"),
        but(reference=None, title="Latpops 2026", total_value=Decimal(1)),
        but(supplier_name="Birch Ltd"),
        but(supplier_name="ACME I.T. LIMITED", title="Notebooks"),
        but(reference=None, title="Laptops "),
        but(reference=None, total_value=Decimal(1)),
        but(reference=None, title="Notebook computers"),
    ],
)
def test_reconcile_knows_a_contract_though_told_differently(row):
    added, changed, unchanged, gone = numbers(reconciled([row], [LAPTOPS]))

    assert (added, changed + unchanged, gone) == (0, 1, 0)


@pytest.mark.parametrize(
    "row",
    [
        but(reference="C-2", start_date=date(2027, 4, 1)),
        but(reference="C-2", title="Phones"),
        but(title="Phones", supplier_name="Birch Ltd", start_date=None, total_value=Decimal(1)),
        but(reference=None, title="Phones", supplier_name="Birch Ltd"),
        but(reference=None, title="Phones", start_date=date(2025, 4, 1)),
    ],
)
def test_reconcile_takes_another_contract_for_another(row):
    assert numbers(reconciled([row], [LAPTOPS])) == (1, 0, 0, 1)


def test_reconcile_knows_contracts_without_references():
    phones = {"title": "Phones", "supplier_name": "Birch Ltd"}

    assert numbers(reconciled([phones, but(reference=None)], [but(reference=None), phones])) == (
        0,
        0,
        2,
        0,
    )


def test_reconcile_tells_lots_of_one_reference_apart_by_supplier():
    lots = [but(supplier_name=name) for name in ("Acme Ltd", "Birch Ltd", "Cedar Ltd")]
    dearer = [but(lot, total_value=Decimal(n)) for n, lot in enumerate(lots, start=1)]

    difference = reconciled(reversed(dearer), lots)

    assert numbers(difference) == (0, 3, 0, 0)
    assert all({c.field for c in changes} == {"total_value"} for *_, changes in difference.changed)


def test_reconcile_tells_lots_of_one_supplier_apart_by_title():
    lots = [but(title=f"Lot {n}") for n in (1, 2, 3)]

    difference = reconciled([lots[2], lots[0]], lots)

    assert numbers(difference) == (0, 0, 2, 1)
    assert difference.no_longer_listed == [UUID(int=2)]


def test_reconcile_pairs_rows_that_are_wholly_alike_one_to_one():
    assert numbers(reconciled([LAPTOPS] * 2, [LAPTOPS] * 3)) == (0, 0, 2, 1)
    assert numbers(reconciled([LAPTOPS] * 3, [LAPTOPS] * 2)) == (1, 0, 2, 0)


def test_reconcile_gives_a_returning_contract_its_id_back():
    difference = reconcile(records(LAPTOPS), held(LAPTOPS, withdrawn=True), knows=KNOWS)

    assert difference.added == [(UUID(int=1), records(LAPTOPS)[0])]
    assert difference.no_longer_listed == []


def test_reconcile_prefers_a_standing_contract_to_a_withdrawn_one():
    gone, stands = held(LAPTOPS, LAPTOPS)
    contracts = [holding(gone.id, LAPTOPS, withdrawn=True), stands]

    difference = reconcile(records(LAPTOPS), contracts, knows=KNOWS)

    assert difference.unchanged[0][0] == stands.id
    assert numbers(difference) == (0, 0, 1, 0)


# Few values, so that rows are often alike in some things and not in others.
contracts = st.lists(
    st.fixed_dictionaries(
        {"title": st.sampled_from(["Laptops", "Phones", "laptops "])},
        optional={
            "reference": st.sampled_from(["C-1", "C-2", "c-1"]),
            "supplier_name": st.sampled_from(["Acme Ltd", "ACME LIMITED", "Birch Ltd"]),
            "start_date": st.sampled_from([date(2024, 4, 1), date(2025, 4, 1)]),
            "total_value": st.sampled_from([Decimal("1.00"), Decimal("2.00")]),
            "end_date": st.sampled_from([date(2027, 3, 31), date(2028, 3, 31)]),
        },
    ),
    max_size=8,
)


@given(contracts)
def test_reconcile_finds_a_file_unchanged_beside_itself(rows):
    assert numbers(reconciled(rows, rows)) == (0, 0, len(rows), 0)


@given(contracts, st.randoms())
def test_reconcile_finds_a_file_unchanged_whatever_its_order(rows, random):
    shuffled = random.sample(rows, len(rows))

    assert numbers(reconciled(shuffled, rows)) == (0, 0, len(rows), 0)


@given(contracts, contracts)
def test_reconcile_puts_every_row_and_contract_in_one_place(rows, before):
    added, changed, unchanged, gone = numbers(reconciled(rows, before))

    assert added + changed + unchanged == len(rows)
    assert changed + unchanged + gone == len(before)


@given(contracts, contracts)
def test_reconcile_pairs_no_contract_twice(rows, before):
    difference = reconciled(rows, before)

    used = [key for key, *_ in [*difference.changed, *difference.unchanged]]
    assert len(set(used)) == len(used)
    assert not set(used) & set(difference.no_longer_listed)
