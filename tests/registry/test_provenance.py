"""Each fact with the cell whose word stands."""

from dataclasses import replace
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


UNTITLED = "a row without a title goes by its description"
TOLD = Origin(
    id=1,
    day=date(2026, 9, 1),
    file="q1.xlsx",
    sheet="",
    columns={
        "title": {"column": "B", "heading": "Title", "rule": "the heading says title"},
        "description": {
            "column": "C",
            "heading": "Notes",
            "rule": "it reads as text",
            "also": {"title": UNTITLED},
        },
        "total_value": {
            "column": "F",
            "heading": "Est. value",
            "rule": "the heading says value",
            "also": {"value_is_estimate": "the heading says that its amounts are estimates"},
        },
    },
)


def found(field, **facts):
    """Where one fact of row 17 stands, and how it was read."""
    shown = facts_with_origin([stated(**facts)], {1: TOLD}, private=False)
    return next((one.where[:8], one.how) for one in shown if one.field == field)


@pytest.mark.parametrize("description", ["Laptops for schools", f"{'Laptops ' * 62}and more"])
def test_a_title_taken_from_the_description_opens_to_its_cell(description):
    title = description[:500].rstrip()

    assert found("title", title=title, description=description) == (
        "Cell C17",
        f"under the heading “Notes”, because {UNTITLED}",
    )


@pytest.mark.parametrize("description", ["Laptops for schools", ""])
def test_a_title_of_its_own_opens_to_its_own_cell(description):
    assert found("title", title="Laptops", description=description) == (
        "Cell B17",
        "under the heading “Title”, because the heading says title",
    )


def test_what_another_columns_heading_says_opens_to_that_column():
    assert found("value_is_estimate", total_value=Decimal(5), value_is_estimate=True) == (
        "Cell F17",
        "under the heading “Est. value”, because the heading says that its amounts are estimates",
    )


def test_of_two_columns_that_may_say_it_the_one_filled_in_this_row_is_shown():
    also = {"value_is_estimate": "the words of the cell say so"}
    columns = {
        "total_value": {"column": "F", "heading": "Total", "rule": "", "also": also},
        "annual_value": {"column": "G", "heading": "A year", "rule": "", "also": also},
    }
    origin = replace(TOLD, columns=columns)
    said = stated(annual_value=Decimal(5), value_is_estimate=True)

    shown = {one.field: one.where for one in facts_with_origin([said], {1: origin}, private=False)}

    assert shown["value_is_estimate"].startswith("Cell G17")


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
