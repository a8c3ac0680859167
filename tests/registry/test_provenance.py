"""Each fact with the cell whose word stands."""

from datetime import date
from decimal import Decimal

import pytest

from registry.provenance import Origin, facts_with_origin, is_web_address, where
from registry.statements import Stated

FIRST = Origin(
    id=1,
    day=date(2026, 9, 1),
    file="q1.xlsx",
    sheet="Contracts",
    columns={"end_date": {"column": "H", "heading": "End date", "rule": "the heading says ends"}},
)
PERSON = Origin(id=2, day=date(2026, 10, 1), file="", sheet="", columns={}, by_person=True)
ORIGINS = {1: FIRST, 2: PERSON}


def stated(source=1, row=17, by_person=False, **facts):
    return Stated(source, frozenset(facts), facts, by_person=by_person, row=row)


def test_a_fact_tells_its_cell_heading_and_rule():
    [fact] = facts_with_origin([stated(end_date=date(2027, 3, 31))], ORIGINS, private=False)

    assert fact.words == "31 March 2027"
    assert fact.where == "Cell H17 of sheet Contracts in q1.xlsx, recorded 1 September 2026"
    assert fact.how == "under the heading “End date”, because the heading says ends"


def test_a_persons_word_stands_over_a_files():
    statements = [
        stated(source=2, by_person=True, row=None, end_date=date(2028, 3, 31)),
        stated(end_date=date(2027, 3, 31)),
    ]

    [fact] = facts_with_origin(statements, ORIGINS, private=False)

    assert fact.words == "31 March 2028"
    assert fact.where == "Entered by a person on 1 October 2026"


@pytest.mark.parametrize("name", ["contact_email", "unit_price", "quantity", "contact_name"])
def test_facts_for_buyers_are_kept_from_others(name):
    value = Decimal(3) if name in {"unit_price", "quantity"} else "a@b.example"
    statements = [stated(**{name: value})]

    assert facts_with_origin(statements, ORIGINS, private=False) == []
    assert len(facts_with_origin(statements, ORIGINS, private=True)) == 1


def test_an_amount_says_whether_vat_is_in_it():
    [fact] = facts_with_origin(
        [stated(total_value=Decimal("120000.50"), value_vat="gross")], ORIGINS, private=False
    )

    assert fact.words == "£120,000.50 with VAT"


def test_where_makes_do_without_a_column():
    assert where(FIRST, "", 17).startswith("Row 17 of sheet Contracts")


@pytest.mark.parametrize(
    ("value", "safe"),
    [
        ("https://example.org/a", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        (Decimal(1), False),
    ],
)
def test_only_web_addresses_become_links(value, safe):
    assert is_web_address(value) is safe
