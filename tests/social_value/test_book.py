"""What a row of the workbook that came back says, and what is wrong with which of its cells."""

from datetime import date
from decimal import Decimal

import pytest

from social_value.book import HEADINGS, Known, Row, said_in

KNOWN = Known(
    {"Apprenticeships": "weeks", "Volunteering": "hours"},
    {"Apprenticeships": "week", "Volunteering": "hour"},
    ["care leavers", "veterans"],
)
ROW = Row(
    key="c1",
    contract="Laptops",
    supplier="Acme",
    words="2 apprentices",
    measure="Apprenticeships",
    amount=Decimal("104.0000"),
    starts=date(2026, 4, 1),
    ends=date(2029, 3, 31),
    responsible="ICT",
)
DONE = {"Delivered": "13", "Delivered on": "1/10/2026", "Evidence": "https://example.org/a"}


def back(**said):
    """The row as it comes back, with these cells changed (`How_much="90"`)."""
    changed = {name.replace("_", " "): text for name, text in said.items()}
    return said_in({**dict.fromkeys(HEADINGS, ""), **ROW.texts, **changed}, ROW, KNOWN)


def test_a_row_that_comes_back_as_it_was_says_nothing():
    assert back() == said_in(ROW.texts, ROW, KNOWN)
    assert not back().changes
    assert back().delivery is None


def test_what_is_changed_is_said_of_the_whole_promise():
    said = back(How_much="1,090.5", Every_year="yes", For_whom="Veterans", By="31/03/2028")

    assert not said.faults
    assert said.promise == {
        "measure_id": "weeks",
        "quantity": Decimal("1090.5"),
        "per_year": True,
        "starts": None,  # left as it was: the contract's
        "ends": date(2028, 3, 31),
        "place": "",
        "group": "veterans",
        "responsible": "ICT",
    }


def test_words_can_be_said_to_promise_nothing():
    said = back(Measure="nothing")

    assert (said.changes, said.promise, said.faults) == (True, {}, [])


def test_what_was_delivered_is_said_beside_a_promise_that_stays():
    said = back(**{name.replace(" ", "_"): text for name, text in DONE.items()})

    assert not said.changes
    assert said.delivery == {
        "measure": "weeks",
        "amount": 13,
        "done_on": date(2026, 10, 1),
        "link": "https://example.org/a",
        "words": "",
    }


@pytest.mark.parametrize(
    ("cells", "heading", "asks"),
    [
        ({"Measure": ""}, "Measure", "Write a measure as on the second sheet, or Nothing"),
        ({"Measure": "Horses"}, "Measure", "Write a measure"),
        ({"How_much": "many"}, "How much", "in figures"),
        ({"How_much": "-1"}, "How much", "above nought"),
        ({"How_much": "NaN"}, "How much", "in figures"),
        ({"How_much": "1e400"}, "How much", "in figures"),
        ({"How_much": "9" * 400}, "How much", "below a billion"),
        ({"How_much": "0.00015"}, "How much", "four decimals"),
        ({"Every_year": "often"}, "Every year", "Write Yes, No"),
        ({"From": "31/11/2026"}, "From", "not a date"),
        ({"By": "31/03/2026"}, "By", "before it starts"),
        ({"For_whom": "horses"}, "For whom", "Write a group"),
        ({"Where": "x" * 201}, "Where", "no more than 200"),
        ({"Delivered": "13"}, "Delivered on", "Give the day"),
        ({"Delivered_on": "1/10/2026"}, "Delivered", "in figures"),
        ({"Delivered": "1", "Delivered_on": "1/1/2026", "Evidence": "a file"}, "Evidence", "link"),
    ],
)
def test_what_is_wrong_is_said_of_its_cell(cells, heading, asks):
    faults = {fault.heading: fault.problem for fault in back(**cells).faults}

    assert asks in faults[heading]


@pytest.mark.parametrize(
    "text", ["1,5", "1,0,0", "12,34", "1,500,00", ",500", "1.500,00", "1_000", "１２", "١٢", "1e2"]
)
def test_an_amount_that_may_mean_another_is_asked_for_with_a_point(text):
    said = back(How_much=text)

    [fault] = said.faults
    assert fault.problem == (
        "Give the amount in figures, with a point before decimals: 52, 0.5 or 1,500"
    )
    assert said.promise["quantity"] is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1,500", "1500"), ("£12,345,678.50", "12345678.5"), ("1500.25", "1500.25"), (".5", "0.5")],
)
def test_thousands_have_commas_and_decimals_a_point(text, amount):
    said = back(How_much=text)

    assert (said.promise["quantity"], said.faults) == (Decimal(amount), [])


def test_a_year_that_is_a_slip_of_the_pen_is_a_fault_of_its_cell():
    [fault] = back(By="31/12/9999").faults

    assert (fault.heading, fault.problem) == ("By", "Check the year: give one from 1900 to 2199")
