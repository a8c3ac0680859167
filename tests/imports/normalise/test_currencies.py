"""Amounts that are not in pounds: kept in their currency, told, and in no sum in pounds."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.normalise.money import EACH_ITS_OWN, MoneyColumn, column_currency, read_money
from registry.currencies import CURRENCIES, POUNDS
from tests.imports.tables import facts, problem, read

HEADINGS = ["Contract title", "Supplier name", "Contract value"]


def amounts(heading, *cells):
    """What is read of each row's amount and its currency."""
    rows = [[f"Thing {n}", f"Firm {n} Ltd", cell] for n, cell in enumerate(cells)]
    result = read([*HEADINGS[:2], heading], *rows)
    told = [record.facts for record in result.records]
    return [(one.get("total_value"), one.get("currency", POUNDS)) for one in told], result


@pytest.mark.parametrize(
    ("heading", "cells", "currency"),
    [
        ("Value (USD)", [5000, "6,000"], "USD"), ("Value €", ["5,000", 6000], "EUR"),
        ("Contract value", ["$5,000.00", "$6,000.00"], "USD"),
        ("Contract value", ["5,000 EUR", "6,000 EUR"], "EUR"),
        ("Value (USD)", ["$5,000", "US$6,000"], "USD"),
        ("Contract value", ["CHF 5,000", "CHF 6,000"], "CHF"),
        ("Value (£)", [5000, "6,000"], "GBP"), ("Contract value", ["£5,000", 6000], "GBP"),
    ],
)  # fmt: skip
def test_a_column_has_the_currency_of_its_heading_or_its_signs(heading, cells, currency):
    told, _ = amounts(heading, *cells)

    assert told == [(Decimal(5000), currency), (Decimal(6000), currency)]


@given(st.lists(st.sampled_from(["£5,000", "$5,000", "€5,000", "5000"]), min_size=6, max_size=30))
def test_no_amount_is_taken_for_pounds_that_names_another_currency(cells):
    told, _ = amounts("Contract value", *cells)

    signs = {"£": "GBP", "$": "USD", "€": "EUR"}
    wrong = [
        (cell, currency)
        for cell, (amount, currency) in zip(cells, told, strict=True)
        if amount is not None and cell[0] in signs and signs[cell[0]] != currency
    ]
    assert wrong == []


def test_cells_of_several_currencies_are_each_in_their_own():
    told, result = amounts("Contract value", "£1,000", "€2,000", "$3,000", "€4,000", "5000")

    assert [currency for _, currency in told] == ["GBP", "EUR", "USD", "EUR", "GBP"]
    assert not result.problems
    assert (result.value.sum, result.value.currency) == (Decimal(6000), "GBP")
    assert result.value.others == {"EUR": Decimal(6000), "USD": Decimal(3000)}
    assert result.value.rows_with_value == 5


def test_a_cell_goes_before_its_heading():
    told, _ = amounts("Value (USD)", "5000", "£6,000", "€7,000")

    assert [currency for _, currency in told] == ["USD", "GBP", "EUR"]


def test_a_euro_or_two_among_pounds_are_asked_about():
    told, result = amounts(
        "Contract value", *[f"£{n},000" for n in range(1, 10)], "€5,000", "$6,000"
    )

    assert [amount for amount, _ in told[-2:]] == [None, None]
    assert [one.problem for one in result.problems] == [
        "This amount is in euros.", "This amount is in dollars."
    ]  # fmt: skip


def test_amounts_in_another_currency_are_among_what_was_decided():
    _, result = amounts("Value (USD)", "5000", "6000")

    assert (
        "Amounts in US dollars, not pounds, were kept as US dollars and left out of every sum in "
        'pounds (2 rows under "Value (USD)").' in result.judgements
    )
    assert (result.value.sum, result.value.currency) == (Decimal(11_000), "USD")


def test_a_yearly_amount_in_a_column_of_totals_keeps_its_currency():
    said = facts(["Contract value"], "$5,000 pa")

    assert (said["annual_value"], said["currency"]) == (Decimal(5000), "USD")


def test_an_amount_that_names_no_currency_is_in_that_of_its_row():
    said = facts(["Total value (EUR)", "Annual value"], 3000, 1000)

    assert (said["total_value"], said["annual_value"]) == (Decimal(3000), Decimal(1000))
    assert said["currency"] == "EUR"


def test_of_amounts_in_two_currencies_those_in_pounds_are_kept():
    said = facts(["Total value (EUR)", "Annual value (£)"], 3000, 1000)

    assert "total_value" not in said
    assert said["annual_value"] == Decimal(1000)
    assert "currency" not in said
    found = problem(["Total value (EUR)", "Annual value (£)"], 3000, 1000)
    assert found.problem == "This amount is in euros, the contract’s other amounts in pounds."
    assert found.recorded


def test_a_price_in_another_currency_does_not_turn_the_contracts_value():
    said = facts(["Total value", "Unit price"], "£3,000", "$10")

    assert said["total_value"] == Decimal(3000)
    assert not said.keys() & {"currency", "unit_price"}


@given(st.sampled_from(["$", "€", "US$", "CHF ", "EUR "]), st.decimals(0, 10**9, places=2))
def test_a_cell_of_a_mixed_column_is_read_with_its_currency(sign, amount):
    found = read_money(f"{sign}{amount:,.2f}", MoneyColumn(currency=EACH_ITS_OWN))

    assert found.value == amount
    assert found.also["currency"] in CURRENCIES.keys() - {POUNDS}


def test_column_currency_knows_a_mixed_column():
    assert column_currency(["£1", "€2"]) == EACH_ITS_OWN
    assert column_currency([*range(100), "€1", "€2", "€3"]) == EACH_ITS_OWN
    assert column_currency([*range(100), "€1", "€2"]) == "pounds"


def test_column_currency_weighs_signs_against_amounts_without_one():
    assert column_currency(["€1", "12k", "13k", "14k"]) == "pounds"
    assert column_currency(["€1", "TBC", "see notes"]) == "euros"
    assert column_currency(["TBC", None]) == "pounds"
    assert column_currency(["5 EUR", "6 EUR", 7]) == "euros"
