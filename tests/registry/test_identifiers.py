"""Identifiers in the spellings that registers hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.identifiers import (
    Identifier,
    called_by_number,
    charity_number,
    company_number,
    identifiers,
    named_identifiers,
    ppon,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("02165763", "02165763"),
        ("2165763", "02165763"),
        ("2165763.0", "02165763"),
        ("165763", "00165763"),
        ("gb/02165763", "02165763"),
        ("GB-COH-02165763", "02165763"),
        ("Company No: 2165763", "02165763"),
        ("SC166891", "SC166891"),
        ("sc 16891", "SC016891"),
        ("OC313158", "OC313158"),
        ("IP20558R", "IP20558R"),
        ("R0000123", "R0000123"),
        ("NI012345", "NI012345"),
    ],
)
def test_company_number_is_eight_characters(text: str, number: str) -> None:
    assert company_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "N/A", "TBC", "00000000", "1", "GB123456789", "123456789", "XX123456", "none"]
)
def test_company_number_refuses_what_is_none(text: str) -> None:
    assert company_number(text) is None


@given(st.integers(min_value=10_000, max_value=99_999_999))
def test_company_number_survives_lost_zeros(number: int) -> None:
    assert company_number(str(number)) == f"{number:08d}"


@given(st.text(max_size=20))
def test_company_number_is_eight_characters_or_none(text: str) -> None:
    number = company_number(text)

    assert number is None or (len(number) == 8 and company_number(number) == number)


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("1121596", Identifier("GB-CHC", "1121596")),
        ("VCSE 1121596", Identifier("GB-CHC", "1121596")),
        ("SC012345", Identifier("GB-SC", "SC012345")),
        ("NIC100123", Identifier("GB-NIC", "NIC100123")),
        ("N/A", None),
    ],
)
def test_charity_number_names_its_register(text: str, identifier: Identifier | None) -> None:
    assert charity_number(text) == identifier


def test_ppon_is_written_one_way() -> None:
    assert ppon("ppon pabc1234defg") == "PABC-1234-DEFG"
    assert ppon("none") is None


def test_identifiers_gathers_each_once() -> None:
    found = identifiers(company="1234567", charity="n/a", other="GB-COH-01234567 PABC-1234-DEFG")

    assert found == (Identifier("GB-COH", "01234567"), Identifier("GB-PPON", "PABC-1234-DEFG"))


def test_named_identifiers_reads_only_what_says_what_it_is() -> None:
    assert named_identifiers("Larkfield Ltd, company number 1234567, order 7654321") == (
        Identifier("GB-COH", "01234567"),
    )


@pytest.mark.parametrize(
    ("company", "charity", "called"),
    [
        ("1234566", "", "Company 01234566"),
        ("SC123456", "1121596", "Company SC123456"),
        ("n/a", "1121596", "Charity 1121596"),
        ("", "SC012345", "Scottish charity SC012345"),
        ("", "", ""),
        ("see note", "none", ""),
    ],
)
def test_a_body_without_a_name_is_called_by_its_number(company, charity, called) -> None:
    assert called_by_number(company=company, charity=charity) == called
