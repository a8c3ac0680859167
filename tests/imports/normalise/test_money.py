from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from imports.normalise.money import MoneyColumn, column_currency, read_money

POUNDS = MoneyColumn()
AMOUNTS = st.decimals(0, 10**9, places=2)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("£1,234.50", "1234.50"), ("   £ 1,234.50   ", "1234.50"), ("1234.5", "1234.50"),
        ("1 234 567", "1234567.00"), ("1.2m", "1200000.00"), ("£1.2 million", "1200000.00"),
        ("£12k", "12000.00"), ("GBP 12000", "12000.00"), (12000, "12000.00"),
        (12000.499, "12000.50"), (0.1 + 0.2, "0.30"), ("0", "0.00"), ("(126672)", "-126672.00"),
        ("-500", "-500.00"), ("£120,000 over 3 years", "120000.00"), ("£5M", "5000000.00"),
        ("£10,000 (Lot 1)", "10000.00"), ("£1,000\u00a0", "1000.00"),
    ],
)  # fmt: skip
def test_read_money_reads_every_form(cell, amount):
    assert read_money(cell, POUNDS).value == Decimal(amount)


@given(AMOUNTS, st.sampled_from(["£{:,.2f}", "{:.2f}", "{:,.2f}", "£ {:,.2f} ", "GBP {:,.2f}"]))
def test_read_money_reads_back_what_was_written(amount, form):
    assert read_money(form.format(amount), POUNDS).value == amount


@given(st.floats(0, 10**9, allow_nan=False))
@example(0.995)
def test_read_money_gives_pennies(amount):
    # Rounded from what a spreadsheet shows, 0.995, not from the binary number just below it.
    assert abs(read_money(amount, POUNDS).value - Decimal(repr(amount))) <= Decimal("0.005")


@pytest.mark.parametrize("cell", ["", "TBC", "N/A", "nil", "-", "£ -", "£", "n/a", "Unknown"])
def test_read_money_finds_nothing_said_and_no_problem(cell):
    reading = read_money(cell, POUNDS)

    assert (reading.value, reading.fault) == (None, None)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("£10,000 - £20,000", "This is a range or two amounts, not one amount."),
        ("10000-20000", "This is a range or two amounts, not one amount."),
        ("£10k to £20k", "This is a range or two amounts, not one amount."),
        ("10,000.0020,000.00", "Two or more amounts stand in this cell."),
        ("£10,000£20,000", "Two or more amounts stand in this cell."),
        ("12,00012,000", "Two or more amounts stand in this cell."),
        ("12,34", "The commas do not stand between thousands."),
        ("Year 1: £10,000", "Two or more amounts stand in this cell."),
        ("over £5,000", "This is a limit, not an amount."),
        ("£50 per hour", "This is a rate, not an amount for the contract."),
        ("€5,000", "This amount is in euros."),
        ("see notes", "This is not an amount of money."),
        (True, "This is not an amount of money."),
        (1e13, "This is too large for one contract."),
        ("£10,000,000,000", "This is too large for one contract."),
        ("£10bn a year", "This is too large for one contract."),
        ("£999,999,999 per month", "This is too large for one contract."),
        ("-£999,999,999 per month", "This is too large for one contract."),
    ],
)
def test_read_money_refuses_and_says_why(cell, said):
    reading = read_money(cell, POUNDS)

    assert reading.value is None
    assert reading.fault.problem == said


@pytest.mark.parametrize(
    ("cell", "letter"), [("S2,035,000.00", "S"), ("£1O,000", "O"), ("1o000", "o"), ("12,0O0", "O")]
)
def test_read_money_names_the_letter_among_digits(cell, letter):
    assert read_money(cell, POUNDS).fault.problem.startswith(f"The letter {letter} stands")


@pytest.mark.parametrize(
    ("cell", "also"),
    [
        ("£12k pa", {"value_basis": "annual"}),
        ("£50,000 per annum", {"value_basis": "annual"}),
        ("£120,000 total", {"value_basis": "total"}),
        ("£120,000 ex VAT", {"value_vat": "net"}),
        ("£120,000 inc. VAT", {"value_vat": "gross"}),
        ("c. £30,000", {"value_is_estimate": True}),
        ("up to £30,000", {"value_is_estimate": True}),
    ],
)
def test_read_money_keeps_what_the_cell_says_besides(cell, also):
    assert read_money(cell, POUNDS).also == also


def test_read_money_makes_a_month_a_year():
    reading = read_money("£500 per month", POUNDS)

    assert (reading.value, reading.also) == (Decimal(6000), {"value_basis": "annual"})


def test_column_currency_goes_by_most_signs():
    assert column_currency(["$1", "$2", "3"]) == "dollars"
    assert column_currency(["£1", "£2", "$3"]) == "pounds"
    assert column_currency([1, 2.5, None]) == "pounds"
    assert read_money("$1,000.00", MoneyColumn(currency="dollars")).value == Decimal(1000)
