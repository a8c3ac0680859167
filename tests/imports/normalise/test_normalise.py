"""Whole tables of known truth: rows counted once, facts, ends, kinds, problems, judgements."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imports.columns import propose
from imports.layout import find_tables
from imports.normalise.register import normalise
from imports.normalise.tables import TableReader
from imports.reading import read as read_file
from imports.settled import Settled
from tests.imports.tables import facts, problem, read, table

HEADINGS = [
    "Reference",
    "Contract title",
    "Supplier name",
    "Start date",
    "End date",
    "Contract value",
]
LAPTOPS = ["C-1", "Laptops", "Acme Ltd", "01/04/2025", "31/03/2027", "£120,000.00"]
PHONES = ["C-2", "Phones", "Bell Ltd", "15/05/2025", "TBC", "60000"]
DATES = ["Start date", "End date"]
REGISTERS = Path(__file__).parents[4] / "shared" / "registers"


def counted(result):
    rows = result.rows
    left = rows.problem + rows.duplicate + rows.not_a_contract + rows.total_line
    return rows.read == len(result.records) + left


def test_normalise_reads_a_plain_register():
    result = read(HEADINGS, LAPTOPS, PHONES)

    laptops, phones = result.records
    assert laptops.row == 2
    assert laptops.facts == {
        "reference": "C-1", "title": "Laptops", "supplier_name": "Acme Ltd",
        "start_date": date(2025, 4, 1), "end_date": date(2027, 3, 31),
        "total_value": Decimal("120000.00"), "value_basis": "total", "value_vat": "unknown",
        "rolling": False, "kind": "contract",
    }  # fmt: skip
    assert "end_date" not in phones.facts
    assert not result.problems
    assert (result.dates.order, result.dates.rows_with_end) == ("day first", 1)
    assert (result.value.sum, result.value.rows_with_value) == (Decimal("180000.00"), 2)
    assert (result.value.basis, result.value.vat) == ("total", "unknown")


def test_normalise_goes_through_a_column_no_more_often_where_more_is_wrong(monkeypatch):
    passes, codes = [], TableReader._codes
    monkeypatch.setattr(TableReader, "_codes", lambda *asked: passes.append(0) or codes(*asked))

    def passes_of(rows):
        passes.clear()
        wrong = [[f"C-{n}", "Laptops", "Acme Ltd", "31/11/2025", "TBC", "1"] for n in range(rows)]
        assert len(read(HEADINGS, *wrong).problems) == rows
        return len(passes)

    assert passes_of(200) == passes_of(2)


def test_normalise_counts_every_row_once():
    result = read(
        HEADINGS,
        LAPTOPS,
        [None] * 6,
        HEADINGS,
        ["ADULT SERVICES", None, None, None, None, None],
        PHONES,
        LAPTOPS,
        ["C-3", None, "Nobody knows Ltd", None, None, "5000"],
        ["Total", None, None, None, None, "£185,000.00"],
    )

    rows = result.rows
    assert len(result.records) == 2
    assert (rows.read, rows.problem, rows.duplicate) == (7, 1, 1)
    assert (rows.not_a_contract, rows.total_line, rows.blank) == (2, 1, 1)
    assert counted(result)
    [unnamed] = result.problems
    assert (unnamed.cell, unnamed.recorded) == ("B8", False)
    assert unnamed.problem == "This row has no title or description."


def test_normalise_takes_the_supplier_for_a_title_where_nothing_else_says_what_it_is():
    headings = ["Reference", "Supplier", "Start date", "End date", "Total value"]
    result = read(headings, ["C-1", "Ash Ltd", "01/04/2026", "31/03/2027", "5000"])

    assert [record.facts["title"] for record in result.records] == ["Ash Ltd"]
    assert any("had no title" in sentence for sentence in result.judgements)


def test_normalise_reads_a_quantity_as_exactly_as_it_is_kept():
    result = read([*HEADINGS, "Quantity"], [*LAPTOPS, "0.125"], [*PHONES, "12"])

    assert [str(record.facts["quantity"]) for record in result.records] == ["0.12", "12.00"]


CELLS = st.one_of(
    st.none(),
    st.sampled_from([*HEADINGS, *LAPTOPS, "", " ", "Total", "Rolling", "31/11/2026", "S1,000"]),
    st.text(max_size=12),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=12))
def test_normalise_counts_any_row_once(rows):
    made = table(HEADINGS, *rows)

    result = normalise([made], propose(made))

    assert counted(result)
    assert result.rows.read + result.rows.blank == len(rows)
    assert len({record.row for record in result.records}) == len(result.records)


def test_normalise_finds_an_unlabelled_total():
    result = read(HEADINGS, LAPTOPS, PHONES, [None, None, None, None, None, 180000])

    assert (len(result.records), result.rows.total_line) == (2, 1)


def test_normalise_keeps_a_supplier_called_total():
    result = read(HEADINGS, ["C-1", "Gas", "Total Gas & Power Ltd", "01/04/2025", None, "5000"])

    assert [record.facts["title"] for record in result.records] == ["Gas"]


def test_normalise_records_a_bare_contract():
    result = read(HEADINGS, [None, "Laptops", "Acme Ltd", None, None, None])

    assert [record.facts["title"] for record in result.records] == ["Laptops"]


def test_normalise_refuses_a_title_and_nothing_else():
    result = read(HEADINGS, LAPTOPS, [None, "Phones", None, None, None, None])

    assert [each.problem for each in result.problems] == ["This row has a title and nothing else."]
    assert result.rows.problem == 1


def test_normalise_takes_the_description_for_a_title():
    result = read(["Description of goods", "Supplier"], ["Supply of ten laptops", "Acme Ltd"])

    assert result.records[0].facts["title"] == "Supply of ten laptops"
    assert "1 row had no title: the description was taken." in result.judgements


def test_normalise_keeps_unknown_columns_with_their_row():
    result = read([*HEADINGS, "Colour", ""], [*LAPTOPS, "Blue", "Round"])

    assert result.records[0].extra == {"Colour": "Blue", "Column H": "Round"}


@pytest.mark.parametrize(
    ("end", "latest", "rolling"),
    [
        ("31/03/2027", None, False),
        ("Rolling", None, True),
        ("Ongoing", None, True),
        ("TBC", None, False),
        ("31/12/2099", None, False),
        (None, None, False),
        ("31/03/2027 + 1 + 1", date(2029, 3, 31), False),
    ],
)
def test_normalise_tells_rolling_from_unknown(end, latest, rolling):
    row = facts(DATES, "01/04/2025", end)

    assert row["rolling"] is rolling
    assert row.get("latest_end_date") == latest


@pytest.mark.parametrize(
    ("extension", "latest"),
    [
        ("2 x 12 months", date(2029, 3, 31)),
        ("1+1", date(2029, 3, 31)),
        ("2+1+1", date(2029, 3, 31)),
        ("2+2", date(2029, 3, 31)),
        ("up to 24 months", date(2029, 3, 31)),
        ("option to extend 24m", date(2029, 3, 31)),
        ("31/03/2030", date(2030, 3, 31)),
        ("None", None),
        ("Yes", None),
        ("TBC", None),
    ],
)
def test_normalise_works_out_the_latest_end(extension, latest):
    row = facts([*DATES, "Extension options"], "01/04/2025", "31/03/2027", extension)

    assert row["end_date"] == date(2027, 3, 31)
    assert row.get("latest_end_date") == latest


def test_normalise_sees_extensions_already_in_the_end():
    row = facts([*DATES, "Extension options"], "01/04/2023", "31/03/2028", "3+1+1")

    assert (row["end_date"], row["latest_end_date"]) == (date(2028, 3, 31), date(2028, 3, 31))


def test_normalise_takes_units_from_the_heading():
    row = facts([*DATES, "Extension (months)"], "01/04/2025", "31/03/2027", 24)

    assert row["extension"] == "24 months"
    assert row["latest_end_date"] == date(2029, 3, 31)


def test_normalise_leaves_out_a_last_extension_before_the_end():
    result = read(
        ["Title", "Supplier", *DATES, "Last extension date"],
        ["Laptops", "Acme Ltd", "01/04/2025", "31/03/2027", "31/03/2026"],
        ["Phones", "Bell Ltd", "01/04/2025", "31/03/2027", "31/03/2028"],
    )

    assert [record.facts.get("latest_end_date") for record in result.records] == [
        None, date(2028, 3, 31),
    ]  # fmt: skip
    assert any("before the end date" in said for said in result.judgements)


@pytest.mark.parametrize(
    ("heading", "term", "end", "latest"),
    [
        ("Contract length", "3 years", date(2028, 3, 31), None),
        ("Term (months)", 24, date(2027, 3, 31), None),
        ("Contract term", "3+1+1", date(2028, 3, 31), date(2030, 3, 31)),
        ("Contract term", "1+1", date(2026, 3, 31), date(2027, 3, 31)),
        ("Contract term", "2 years + 1 year", date(2027, 3, 31), date(2028, 3, 31)),
    ],
)
def test_normalise_works_out_an_end_from_the_term(heading, term, end, latest):
    row = facts(["Start date", heading], "01/04/2025", term)

    assert (row["end_date"], row.get("latest_end_date")) == (end, latest)


def test_normalise_reads_both_dates_of_a_span():
    row = facts(["Contract period"], "01/04/2023 - 31/03/2026")

    assert (row["start_date"], row["end_date"]) == (date(2023, 4, 1), date(2026, 3, 31))


def test_normalise_reads_a_rolling_term():
    assert facts(["Start date", "Contract term"], "01/04/2025", "Rolling annual")["rolling"] is True


def test_normalise_lists_an_end_before_the_start():
    found = problem(DATES, "01/04/2027", "31/03/2026")

    assert found.problem == "The end is before the start (01/04/2027)."
    assert (found.cell, found.value, found.recorded) == ("D2", "31/03/2026", True)


def test_normalise_names_the_cell_of_an_impossible_date():
    found = problem(DATES, "01/04/2025", "31/11/2026")

    assert (found.sheet, found.row, found.cell) == ("Contracts", 2, "D2")
    assert (found.heading, found.value, found.field) == ("End date", "31/11/2026", "end_date")
    assert found.problem == "31/11/2026 does not exist: November has 30 days."
    assert found.recorded


def test_normalise_decides_day_and_month_from_the_whole_column():
    american = read(["Title", "Vendor", *DATES], ["A b", "C Ltd", "03/04/2027", "04/30/2028"])
    british = read(["Title", "Vendor", *DATES], ["A b", "C Ltd", "03/04/2027", "30/04/2028"])
    either = read(["Title", "Vendor", *DATES], ["A b", "C Ltd", "03/04/2027", "04/05/2028"])

    assert american.records[0].facts["start_date"] == date(2027, 3, 4)
    assert british.records[0].facts["start_date"] == date(2027, 4, 3)
    assert either.records[0].facts["start_date"] == date(2027, 4, 3)
    assert (american.dates.order, british.dates.order) == ("month first", "day first")
    assert any("as in the UK" in said for said in either.judgements)


def test_normalise_takes_a_persons_word_on_day_and_month():
    result = read(
        ["Title", "Vendor", *DATES],
        ["A b", "C Ltd", "03/04/2027", None],
        settled=Settled(day_first=False),
    )

    assert result.records[0].facts["start_date"] == date(2027, 3, 4)
    assert result.dates.decided_by == "You chose month first."


def test_normalise_reads_two_forms_in_one_column():
    result = read(
        HEADINGS,
        ["1", "A b", "C Ltd", "01-Jan-2024", "31/03/2027", None],
        ["2", "D e", "F Ltd", datetime(2024, 5, 1), "2027-03-31", None],
    )

    assert [record.facts["end_date"] for record in result.records] == [date(2027, 3, 31)] * 2
    assert not result.problems


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("Contract value (ex VAT)", "£1,000",
         {"total_value": Decimal(1000), "value_basis": "total", "value_vat": "net"}),
        ("Annual value", "1000", {"annual_value": Decimal(1000), "value_basis": "annual"}),
        ("Value", "£12k pa", {"annual_value": Decimal(12000), "value_basis": "annual"}),
        ("Value", "£1,000 inc VAT", {"total_value": Decimal(1000), "value_vat": "gross"}),
        ("Estimated contract value", "1000", {"value_is_estimate": True}),
        ("Contract value (£000s)", "12.5", {"total_value": Decimal(12500)}),
    ],
)  # fmt: skip
def test_normalise_keeps_what_an_amount_means(heading, cell, said):
    assert said.items() <= facts([heading], cell).items()


def test_normalise_leaves_out_a_range_and_says_so():
    found = problem(["Contract value"], "£10,000 - £20,000")

    assert found.problem == "This is a range or two amounts, not one amount."
    assert found.recorded


def test_normalise_keeps_dollars_and_says_so():
    result = read(["Title", "Vendor", "Amount"], ["Laptops", "Acme Inc", "$1,000.00"])

    assert result.records[0].facts["total_value"] == Decimal(1000)
    assert any("in dollars, not pounds" in said for said in result.judgements)


@pytest.mark.parametrize(
    ("heading", "cell", "kind"),
    [
        ("Contract type", "Single award contract", "contract"),
        ("Contract type", "Framework agreement", "framework"),
        ("Contract type", "Framework call-off", "call_off"),
        ("Contract type", "Dynamic purchasing system", "dynamic_market"),
        ("Contract type", "Grant agreement", "grant"),
        ("Type", "PO", "purchase_order"),
        ("Type", "Purchase Order", "purchase_order"),
        ("Reference", "PO123456", "purchase_order"),
        ("Reference", "C-17", "contract"),
    ],
)
def test_normalise_tells_kinds_apart(heading, cell, kind):
    assert facts([heading], cell)["kind"] == kind


def test_normalise_keeps_a_supplier_as_stated():
    row = read(["Title", "Supplier"], ["Laptops", "  ACME   IT Ltd t/a Acme "]).records[0].facts
    hidden = read(["Title", "Supplier"], ["Care", "[Redacted]"])

    assert row["supplier_name"] == "ACME IT Ltd t/a Acme"
    assert hidden.records[0].facts["supplier_name"] == "[Redacted]"
    assert any("name nobody" in said for said in hidden.judgements)


def test_normalise_keeps_references_as_text():
    assert facts(["Contract ref"], "00123")["reference"] == "00123"
    assert facts(["Contract ref"], 123.0)["reference"] == "123"
    assert "reference" not in facts(["Contract ref", "Value"], "N/A", 5)


def test_normalise_cuts_text_to_what_the_registry_keeps():
    result = read(["Title", "Supplier"], ["word " * 200, "Acme Ltd"])

    assert len(result.records[0].facts["title"]) == 499
    assert any("cut short" in said for said in result.judgements)


def test_normalise_reads_several_sheets_as_one_register():
    april = table(HEADINGS, LAPTOPS, PHONES, sheet="April")
    may = table(HEADINGS, LAPTOPS, sheet="May")

    result = normalise([april, may], [*propose(april), *propose(may)])

    assert (len(result.records), result.rows.duplicate, result.rows.read) == (2, 1, 3)
    assert counted(result)


def test_normalise_ignores_an_unlabelled_counter_when_it_looks_for_duplicates():
    rows = [[1, *LAPTOPS], [2, *PHONES], [3, *LAPTOPS], [4, *PHONES]]

    assert read(["", *HEADINGS], *rows).rows.duplicate == 2


@pytest.mark.parametrize(
    ("name", "order", "rows"),
    [
        ("norfolk-2015-part.csv", "day first", 2601),
        ("philadelphia-professional-services-2020-q4.csv", "month first", 1975),
        ("pittsburgh-2015-contractlist-without-contacts.csv", "month first", 494),
        ("nebraska-contracts-part.csv", "month first", 800),
    ],
)
def test_normalise_accounts_for_every_row_of_a_real_register(name, order, rows):
    path = REGISTERS / name
    if not path.exists():
        pytest.skip("the real registers are not on this machine")
    tables = find_tables(read_file(path, name=name))
    columns = [column for each in tables for column in propose(each)]
    result = normalise(tables, columns)

    assert counted(result)
    assert (result.rows.read, result.dates.order) == (rows, order)
    assert len(result.records) >= rows * 0.98


def test_signs_that_only_look_like_digits_are_read_as_text():
    headings = ["Title", "Supplier", "Company number", ""]
    rows = [["Works \u00b2", "Ash Ltd", "\u00b2" * 8, "\u00b2"], ["Fuel", "Elm Ltd", "", "\u00b3"]]

    result = read(headings, *rows)

    assert len(result.records) == 2
    assert "supplier_company_number" not in result.records[0].facts
