"""The Transparency Code's CSV: the schema's columns in their order, and what it requires."""

import csv
import json
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.exports.transparency import columns, lines, missing
from registry.spreadsheets import STARTS_A_FORMULA
from tests.registry.exports import standards
from tests.registry.exports.test_ocds import BUYER, LAPTOPS, but, replace


def rows_of(*agreements):
    text = "".join(lines(BUYER, agreements)).removeprefix("\ufeff")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_columns_are_those_of_the_published_schema_in_order():
    path = standards.folder().parent / "registers" / "lga-contracts-schema.utf16.json"
    fields = json.loads(path.read_text(encoding="utf-16-le").removeprefix("\ufeff"))["fields"]

    assert [column.name for column in columns(BUYER)] == [field["name"] for field in fields]


def test_a_contract_is_written_as_the_code_asks():
    [row] = rows_of(LAPTOPS)

    assert row["StartDate"] == "01/04/2025"
    assert row["LastExtensionDate"] == "31/03/2029"
    assert row["ContractValue"] == "120000.10"
    assert row["VCSESupplier"] == "true"
    assert row["ProcessType"] == "Published invitation to tender"
    assert row["CompaniesHouseRegistrationNumber"] == "01234567"


def test_amounts_in_another_currency_say_so_in_words():
    [row] = rows_of(but(currency="EUR", irrecoverable_vat=Decimal("5.00")))

    assert row["ContractValue"] == "120000.10 euros"
    assert row["IrrecoverableVAT"] == "5.00 euros"


def test_withheld_says_so_and_why():
    [row] = rows_of(replace(LAPTOPS, withheld={"supplier": "sole trader", "value": "commercial"}))

    assert row["SupplierName"] == "Withheld: the supplier is a person trading alone"
    assert row["ContractValue"] == "Withheld: publishing it would harm commercial interests"
    assert row["CompaniesHouseRegistrationNumber"] == row["CharityCommissionNumber"] == ""


@pytest.mark.parametrize(
    ("procedure", "word"),
    [
        ("Three quotes", "Invitation to quote"),
        ("Call-off from RM6098", "Invitation to quote"),
        ("Competitive flexible procedure", "Published invitation to tender"),
        ("unheard of", ""),
    ],
)
def test_tender_type_is_one_of_two_words_or_blank(procedure, word):
    [row] = rows_of(but(procedure=procedure))

    assert row["ProcessType"] == word


def test_missing_counts_what_the_code_requires():
    bare = but(replace(LAPTOPS, facts={"title": "Phones"}))
    rolling = replace(LAPTOPS, facts={"title": "Mast", "rolling": True})

    found = missing(BUYER, [LAPTOPS, bare, rolling])

    assert found["SupplierName"] == 2
    assert found["EndDate"] == 1
    assert "ContractTitle" not in found


@given(st.text())
def test_no_cell_is_taken_for_a_formula(words):
    [row] = rows_of(but(title=words.replace("\0", ""), supplier_name=words.replace("\0", "")))

    assert not row["ContractTitle"].startswith(STARTS_A_FORMULA)
    assert not row["SupplierName"].startswith(STARTS_A_FORMULA)
