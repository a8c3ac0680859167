"""Currencies that a column of their own names row by row, or a line above the headings for all."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.columns import propose
from imports.normalise.register import normalise
from imports.preface import preface
from registry.currencies import CURRENCIES, POUNDS, code_of
from tests.imports.tables import fields, read, table

HEADINGS = ["Contract title", "Supplier name", "Contract value", "Currency"]


def row(number, *cells):
    return [f"Thing {number}", f"Firm {number} Ltd", *cells]


def currencies(result):
    return [one.facts.get("currency", POUNDS) for one in result.records]


def under(line, headings, *rows):
    """What a table says that has this line above its headings."""
    made = replace(table(headings, *rows), above=(line,))
    return normalise([made], propose(made))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("GBP", "GBP"), ("£", "GBP"), ("Pounds Sterling", "GBP"), ("GBP (£)", "GBP"),
        ("GBP - Pound Sterling", "GBP"), ("eur", "EUR"), ("Euro", "EUR"), ("€", "EUR"),
        ("€ EUR", "EUR"), ("US Dollars", "USD"), ("$", "USD"), ("Australian dollars", "AUD"),
        ("SEK", "SEK"), ("TBC", ""), ("", ""), ("GBP/EUR", ""), ("Hong Kong dollars", ""),
    ],
)  # fmt: skip
def test_code_of_knows_a_currency_by_its_names_and_guesses_none(words, code):
    assert code_of(words) == code


def test_each_row_is_in_the_currency_its_column_names():
    cells = ["GBP", "EUR", "USD", "£", "Euro", None]
    result = read(HEADINGS, *[row(n, 1000, cell) for n, cell in enumerate(cells)])

    assert currencies(result) == ["GBP", "EUR", "USD", "GBP", "EUR", "GBP"]
    assert {one.facts["total_value"] for one in result.records} == {Decimal(1000)}
    assert result.value.sum == Decimal(3000)
    assert not result.problems
    assert (
        "Amounts were taken as euros because column D “Currency” says so of their row, and left "
        'out of every sum in pounds (2 rows under "Contract value").' in result.judgements
    )


def test_the_column_is_used_and_says_why():
    read_as = propose(table(HEADINGS, row(1, 1000, "EUR"), row(2, 2000, "GBP")))[3]

    assert read_as.field == "currency"
    assert "the heading says currency" in read_as.because
    assert "the values read as currencies" in read_as.because
    result = read(HEADINGS, row(1, 1000, "EUR"))
    assert result.records[0].extra == {}


def test_amounts_under_a_heading_that_says_currency_are_no_currency():
    rows = [row(n, "IT", f"£{n},000") for n in range(1, 5)]

    assert "currency" not in fields([*HEADINGS[:2], "Department", "Currency"], *rows)


def test_a_word_that_is_no_currency_is_said_and_counts_as_nothing():
    result = read(HEADINGS, row(1, 1000, "TBC"), row(2, 2000, "EUR"), row(3, 3000, "-"))

    assert currencies(result) == ["GBP", "EUR", "GBP"]
    said = [one for one in result.judgements if "names no currency known here" in one]
    assert said == [
        "“TBC” names no currency known here: it was taken as saying nothing. "
        '(1 row under "Currency")'
    ]


def test_a_cell_or_heading_goes_before_the_column():
    result = read(HEADINGS, row(1, "£1,000", "EUR"), row(2, "$2,000", "EUR"), row(3, 3000, "EUR"))
    assert currencies(result) == ["GBP", "USD", "EUR"]
    assert not result.problems

    pounds = [*HEADINGS[:2], "Value (£)", "Currency"]
    assert currencies(read(pounds, row(1, 1000, "EUR"))) == ["GBP"]


def test_a_sign_that_agrees_with_its_row_is_no_slip_among_pounds():
    rows = [row(n, f"£{n},000", "GBP") for n in range(1, 10)]
    result = read(HEADINGS, *rows, row(10, "$5,000", "USD"))

    assert result.records[-1].facts["total_value"] == Decimal(5000)
    assert currencies(result)[-1] == "USD"


def test_all_amounts_of_a_row_are_in_its_currency():
    headings = [*HEADINGS[:3], "Unit price", "Currency"]
    result = read(
        headings, row(1, 1000, 10, "USD"), row(2, None, 10, "USD"), row(3, None, None, "USD")
    )

    assert not result.problems
    assert [one.get("unit_price") for one in (r.facts for r in result.records)] == [10, 10, None]
    assert currencies(result) == ["USD", "USD", "GBP"]


@given(st.lists(st.sampled_from(["GBP", "£", "", "TBC", "Pounds"]), min_size=1, max_size=8))
def test_a_column_of_pounds_changes_no_amount(cells):
    with_column = read(HEADINGS, *[row(n, n * 1000, cell) for n, cell in enumerate(cells, 1)])
    without = read(HEADINGS[:3], *[row(n, n * 1000) for n, _ in enumerate(cells, 1)])

    assert [one.facts for one in with_column.records] == [one.facts for one in without.records]
    assert with_column.value == without.value


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("All values in USD", "USD"), ("Amounts in €", "EUR"), ("Amounts (EUR), excl. VAT", "EUR"),
        ("All figures are shown in Canadian dollars.", "CAD"), ("Currency: EUR", "EUR"),
        ("Contract values (USD)", "USD"), ("All values in thousands of euros", "EUR"),
        ("All values in GBP", ""), ("Amounts in £", ""), ("Values in GBP or in EUR", ""),
        ("Contracts over €5,000 in value", ""), ("Contracts in the USA", ""),
        ("Values in Hong Kong dollars", ""), ("Contracts register 2024", ""),
    ],
)  # fmt: skip
def test_preface_reads_the_one_currency_that_is_not_pounds(line, code):
    assert preface([line]).currency == code


def test_a_line_above_names_the_currency_of_all_amounts():
    result = under("All values in USD", HEADINGS[:3], row(1, 1000), row(2, "2,000"))

    assert currencies(result) == ["USD", "USD"]
    assert (result.value.sum, result.value.currency) == (Decimal(3000), "USD")
    assert (
        "Amounts were taken as US dollars because “All values in USD” stands above the headings, "
        'and left out of every sum in pounds (2 rows under "Contract value").' in result.judgements
    )


def test_nearer_words_go_before_the_line_above():
    line = "Amounts in €"

    assert currencies(under(line, HEADINGS[:3], row(1, 1000), row(2, "£2,000"), row(3, 5))) == [
        "EUR", "GBP", "EUR"
    ]  # fmt: skip
    assert currencies(under(line, [*HEADINGS[:2], "Value (£)"], row(1, 1000))) == ["GBP"]
    rows = [row(1, 1000, "GBP"), row(2, 1000, "USD"), row(3, 1000, None)]
    assert currencies(under(line, HEADINGS, *rows)) == ["GBP", "USD", "EUR"]


def test_a_line_that_says_no_currency_changes_nothing():
    rows = [row(1, 1000), row(2, "£2,000")]
    plain, under_line = read(HEADINGS[:3], *rows), under("Register of IT", HEADINGS[:3], *rows)

    assert plain == under_line
    assert currencies(plain) == ["GBP", "GBP"]


@given(st.sampled_from(sorted(CURRENCIES)))
def test_every_currency_is_known_by_its_code_its_sign_and_its_words(code):
    one = CURRENCIES[code]

    assert {code_of(one.code), code_of(one.sign), code_of(one.words)} == {code}
