"""Workbooks: typed cells, nothing that a program would run, and the schedule's judgements."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from registry.exports import cleaned, handover
from registry.exports.workbook import Sheet, write
from registry.provenance import Fact
from tests.registry.exports.test_ocds import BUYER, LAPTOPS, TODAY, but

CONSENT = handover.Consent(Decimal(100_000), "an act, s.24")
EAST = handover.Succession("East Council", date(2028, 4, 1), "order made")


def opened(sheets):
    file = BytesIO()
    write(file, sheets)
    return load_workbook(file)


def table(sheet, heading_row=1):
    rows = list(sheet.iter_rows(values_only=True))
    return [dict(zip(rows[heading_row - 1], row, strict=True)) for row in rows[heading_row:]]


def test_text_is_never_a_formula_and_control_characters_go():
    book = opened([Sheet("One", ["Title"], [["=HYPERLINK(1)"], ["a\x0bb"], ["x" * 40_000]])])

    cells = [row[0] for row in book["One"].iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s", "s", "s"]
    assert cells[0].value == "=HYPERLINK(1)"
    assert cells[1].value == "ab"
    assert len(cells[2].value) == 32_767


def test_cleaned_workbook_has_days_amounts_and_where_each_fact_stands():
    fact = Fact("title", "Title", "Laptops", "Cell B5 of sheet Contracts in register.xlsx")
    sourced = cleaned.Sourced(LAPTOPS, [fact])

    book = opened(cleaned.sheets([LAPTOPS], [sourced]))

    [row] = table(book["Contracts"])
    assert row["Start date"].date() == date(2025, 4, 1)
    assert row["Total value"] == 120000.1
    [origin] = table(book["Where each fact stands"])
    assert origin["Where it stands"] == fact.where


def test_workbooks_say_what_amounts_are_in():
    [row] = table(opened(cleaned.sheets([but(currency="USD")], []))["Contracts"])

    assert row["Amounts are in"] == "US dollars"
    handed = schedule(but(currency="USD", total_value=Decimal(900_000)), EAST)
    assert handed["Amounts are in"] == "US dollars"
    assert handed["Section 24 consent"] == "Check: its value is in US dollars"
    assert schedule(LAPTOPS, EAST)["Amounts are in"] == "pounds"


def schedule(agreement, *successions, consent=CONSENT):
    handing = handover.Handing(BUYER, TODAY, successions, consent)
    sheet = opened(handover.sheets(handing, [agreement]))["Contracts to hand over"]
    [row] = table(sheet, len(handover.notes(handing)) + 1)
    return row


@pytest.mark.parametrize(
    ("facts", "past", "consent"),
    [
        ({}, "Only if extended", "Check: above the threshold by itself"),
        ({"end_date": date(2028, 12, 31)}, "Yes", "Check: above the threshold by itself"),
        (
            {"total_value": Decimal(100_000)},
            "Only if extended",
            "Check with others of its supplier and kind",
        ),
        ({"rolling": True}, "Yes: rolling", "Check: above the threshold by itself"),
    ],
)
def test_consent_is_judged_by_value_and_vesting_day(facts, past, consent):
    row = schedule(but(**facts), EAST)

    assert (row["Runs past vesting day"], row["Section 24 consent"]) == (past, consent)
    assert row["Successor"] == "East Council"
    assert not row["Transfer, host or novate"]


def test_contract_that_ends_before_vesting_day_needs_no_consent():
    row = schedule(replace(LAPTOPS, latest_permitted_end=date(2027, 3, 31)), EAST)

    assert row["Section 24 consent"] == "No: it ends before vesting day"


def test_nothing_is_judged_without_vesting_day_or_threshold():
    assert schedule(LAPTOPS)["Section 24 consent"] == "Not judged"
    assert schedule(LAPTOPS, EAST, consent=None)["Section 24 consent"] == "Not judged"


def test_of_several_successors_none_is_chosen():
    west = handover.Succession("West Council", date(2028, 4, 1), "order made")

    assert not schedule(LAPTOPS, EAST, west)["Successor"]
