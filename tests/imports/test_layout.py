"""The register found in workbooks of every shape; all councils and suppliers are invented."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.layout import find_tables
from imports.problems import UnreadableFileError
from imports.reading import read
from tests.imports.books import make_sheet, make_workbook

REGISTERS = Path(__file__).parents[3] / "shared" / "registers"
HEADINGS = "Ref | Contract title | Supplier | Start date | End date | Value"
NAMES = ["Ref", "Contract title", "Supplier", "Start date", "End date", "Value"]


def contracts(count, *, first=1):
    return [
        [
            f"C-{n:03}",
            f"Laptops lot {n}",
            f"Firm {n} Ltd",
            date(2024, 4, 1),
            date(2027, 3, 31),
            n * 9,
        ]
        for n in range(first, first + count)
    ]


def only_table(*rows, **about):
    [table] = find_tables(make_workbook(make_sheet(rows, **about)))
    return table


def where(table):
    return table.heading_rows, table.first_row, table.last_row


def headings(table):
    return list(table.headings.values())


def refusal(*sheets):
    with pytest.raises(UnreadableFileError) as refused:
        find_tables(make_workbook(*sheets))
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert len(re.findall(r"\.(\s|$)", sentence)) == 1
    return sentence


def test_find_tables_takes_headings_in_the_first_row():
    table = only_table(HEADINGS, *contracts(5))

    assert where(table) == ([1], 2, 6)
    assert headings(table) == NAMES
    assert table.cells.index.tolist() == [2, 3, 4, 5, 6]
    assert table.cells.loc[3, "B"] == "Laptops lot 2"


def test_find_tables_passes_over_title_notes_and_date():
    table = only_table(
        "Midshire District Council contracts register",
        "As at 31 March 2025",
        [],
        "Note: values exclude VAT and include all extensions that may be taken",
        [],
        HEADINGS,
        *contracts(4),
    )

    assert where(table) == ([6], 7, 10)
    assert any("Rows 1 to 5" in sentence for sentence in table.left_out)


def test_find_tables_passes_over_a_title_row_of_several_cells():
    table = only_table(
        ["Midshire Council", None, "Contract register", None, None, date(2025, 3, 31)],
        HEADINGS,
        *contracts(4),
    )

    assert where(table) == ([2], 3, 6)


def test_find_tables_keeps_rows_blank_above_in_its_numbers():
    table = only_table([], [], [], HEADINGS, [], *contracts(2), [], *contracts(2, first=3))

    assert where(table) == ([4], 6, 10)


def test_find_tables_joins_group_headings_with_those_below():
    table = only_table(
        "Contracts register 2025",
        ["Contract", None, "Supplier", None, "Dates", None, "Value"],
        "Ref | Title | Name | Number | Start | End | Total",
        *[["C1", "Laptops", "Firm Ltd", "01234567", "01/04/2024", "31/03/2026", 100]] * 3,
    )

    assert where(table) == ([2, 3], 4, 6)
    assert headings(table)[:4] == [
        "Contract / Ref", "Contract / Title", "Supplier / Name", "Supplier / Number",
    ]  # fmt: skip
    assert headings(table)[5:] == ["Dates / End", "Value / Total"]


def test_find_tables_joins_headings_merged_down_over_two_rows():
    table = only_table(
        ["Ref", "Title", "Supplier", "Contract dates", None, "Value"],
        [None, None, None, "Start date", "End date", None],
        *contracts(3),
    )

    assert where(table) == ([1, 2], 3, 5)
    assert headings(table) == [
        "Ref", "Title", "Supplier",
        "Contract dates / Start date", "Contract dates / End date", "Value",
    ]  # fmt: skip


def test_find_tables_joins_three_heading_rows():
    table = only_table(
        ["About the contract", None, None, "When it runs", None, "Money"],
        ["Ref", "Title", "Supplier", "Dates", None, "Value"],
        [None, None, None, "Start", "End", None],
        *contracts(3),
    )

    assert where(table) == ([1, 2, 3], 4, 6)
    assert headings(table)[4] == "When it runs / Dates / End"
    assert headings(table)[5] == "Money / Value"


def test_find_tables_counts_a_row_of_instructions_among_the_headings():
    table = only_table(
        HEADINGS,
        "Free text | Mandatory | Mandatory | dd/mm/yyyy | dd/mm/yyyy | ex VAT",
        *contracts(3),
    )

    assert where(table) == ([1, 2], 3, 5)
    assert table.headings["E"] == "End date"
    assert table.headings["F"].endswith(" / ex VAT")


def test_find_tables_counts_a_row_of_column_numbers_among_the_headings():
    table = only_table(HEADINGS, [1, 2, 3, 4, 5, 6], *contracts(3))

    assert where(table) == ([1, 2], 3, 5)
    assert headings(table) == NAMES


def test_find_tables_does_not_take_a_section_name_for_headings():
    table = only_table(HEADINGS, ["Corporate services"], *contracts(3), ["Housing"], *contracts(2))

    assert where(table) == ([1], 2, 8)


def test_find_tables_cleans_line_breaks_and_keeps_blank_and_repeated_headings():
    table = only_table(
        ["Contract\nreference", "Title ", "Supplier", "End\r\ndate", None, "Notes", "Notes"],
        *[["C1", "Laptops", "Firm Ltd", "31/03/2026", "x", "y", "z"]] * 3,
    )

    assert headings(table) == [
        "Contract reference", "Title", "Supplier", "End date", "", "Notes", "Notes",
    ]  # fmt: skip


def test_find_tables_reads_headings_that_are_sentences():
    table = only_table(
        "What is the title of the contract? | Who is the supplier? | Start date of contract "
        "(dd/mm/yyyy) | When does the contract end, not counting any extension?",
        *[["Laptops", "Firm Ltd", "01/04/2024", "31/03/2026"]] * 3,
    )

    assert where(table) == ([1], 2, 4)


def test_find_tables_reads_a_register_of_three_columns():
    table = only_table("Title | Supplier | End date", *["Laptops | Firm Ltd | 31/03/2026"] * 2)

    assert where(table) == ([1], 2, 3)


def test_find_tables_takes_years_for_headings():
    table = only_table(
        "Ref | Title | Supplier | End date | 2023/24 | 2024/25 | 2025/26",
        *["C1 | Laptops | Firm Ltd | 31/03/2026 | 100 | 200 | 300"] * 3,
    )

    assert where(table) == ([1], 2, 4)


def test_find_tables_keeps_total_lines_and_leaves_footnotes_out():
    table = only_table(
        HEADINGS,
        *contracts(4),
        [None, "Total", None, None, None, 90],
        [],
        ["* extended under delegated powers"],
        ["Published by Midshire District Council"],
    )

    assert where(table) == ([1], 2, 6)
    assert any("Rows 7 to 9" in sentence for sentence in table.left_out)


def test_find_tables_keeps_a_total_below_a_gap():
    table = only_table(HEADINGS, *contracts(4), [], ["Total", None, None, None, None, 90])

    assert where(table) == ([1], 2, 7)


def test_find_tables_leaves_a_note_straight_under_the_rows_out():
    table = only_table(HEADINGS, *contracts(4), ["Note: values are estimates"])

    assert where(table) == ([1], 2, 5)


def test_find_tables_leaves_a_key_below_the_rows_out():
    table = only_table(HEADINGS, *contracts(4), [], ["Key"], ["PA", "each year"])

    assert where(table) == ([1], 2, 5)


def test_find_tables_finds_the_register_among_other_sheets():
    instructions = make_sheet(["How to fill this in", "Put each contract in a row."], "Read me")
    pivot = make_sheet(["Row Labels | Count of Title", ["Housing", 4], ["Parks", 2]], "Pivot")
    lookup = make_sheet(["Code | Procedure", "O | Open", "R | Restricted"], "Lookups")
    register = make_sheet([HEADINGS, *contracts(3)], "Register 2025")

    [table] = find_tables(make_workbook(instructions, pivot, lookup, register))

    assert table.sheet == "Register 2025"
    assert any("“Pivot” was not read" in sentence for sentence in table.left_out)


def test_find_tables_finds_every_sheet_of_a_register():
    sheets = [
        make_sheet([HEADINGS, *contracts(n)], name) for n, name in enumerate(["A", "B", "C"], 2)
    ]
    other = make_sheet(["Supplier | Postcode", "Firm Ltd | ZZ1 1ZZ"], "Addresses")

    tables = find_tables(make_workbook(sheets[0], other, *sheets[1:]))

    assert [table.sheet for table in tables] == ["A", "B", "C"]
    assert [table.last_row for table in tables] == [3, 4, 5]


def test_find_tables_prefers_the_register_to_its_template():
    template = make_sheet([HEADINGS, *contracts(1)], "Template")
    register = make_sheet([HEADINGS, *contracts(2)], "Contracts")

    [table] = find_tables(make_workbook(template, register))

    assert table.sheet == "Contracts"


def test_find_tables_mentions_a_hidden_sheet_and_does_not_read_it():
    shown = make_sheet([HEADINGS, *contracts(2)], "Now")
    hidden = make_sheet([HEADINGS, *contracts(9)], "Before", hidden=True)

    [table] = find_tables(make_workbook(hidden, shown))

    assert table.sheet == "Now"
    assert "Sheet “Before” is hidden and was not read." in table.left_out


def test_find_tables_takes_a_label_and_its_value_above_the_headings_for_a_note():
    table = only_table(["Contracts"], ["Officer", "A Person"], HEADINGS, *contracts(4))

    assert where(table) == ([3], 4, 7)
    assert headings(table) == HEADINGS.split(" | ")


def test_find_tables_says_which_rows_of_the_table_are_hidden():
    table = only_table(["Title"], HEADINGS, *contracts(4), hidden_rows=[1, 4, 5])

    assert table.hidden_rows == {4, 5}


def test_find_tables_obeys_a_choice_made_before():
    rows = [["Numbers and names"], ["Nr", "Was", "Wer"], ["1", "Laptops", "Firm"]]

    [table] = find_tables(make_workbook(make_sheet(rows, "S")), chosen={"S": [2]})

    assert where(table) == ([2], 3, 3)
    assert headings(table) == ["Nr", "Was", "Wer"]


def test_find_tables_refuses_payments_by_name():
    rows = ["Payment date | Supplier | Transaction number | Amount | Expense type"]
    rows += ["01/04/2024 | Firm Ltd | 1001 | 5000.00 | Hardware"] * 9

    assert "list of payments" in refusal(make_sheet(rows))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (["Supplier | Address | Postcode", "Firm Ltd | 1 High St | ZZ1 1ZZ"], "list of suppliers"),
        (["Employee | Job title | Start date", "A Person | Officer | 01/04/2024"], "staff list"),
        (["Title | Ward | Councillor", "Cllr | Parks | A Person"], "does not look like a contract"),
        (["Code | Meaning", "A | Open", "B | Closed"], "No row of headings"),
        ([], "no rows"),
        ([HEADINGS], "nil return"),
        (["Our register", [], HEADINGS, []], "nil return"),
        ([HEADINGS, "No contracts this quarter"], "nil return"),
        (["C1 | Laptops | Firm Ltd | 01/04/2024 | 31/03/2026 | 12000"] * 9, "No row of headings"),
    ],
)  # fmt: skip
def test_find_tables_refuses_what_is_no_register(rows, says):
    assert says in refusal(make_sheet(rows, "Sheet1"))


def test_find_tables_refuses_a_workbook_whose_register_is_hidden():
    hidden = make_sheet([HEADINGS, *contracts(3)], "Secret", hidden=True)
    shown = make_sheet(["Nothing to see here"], "Front")

    assert "unhide" in refusal(shown, hidden)


def test_find_tables_refuses_a_workbook_without_sheets():
    assert "no rows" in refusal()


words = st.text("abcdefgh ", min_size=3, max_size=12).filter(str.strip)
above = st.lists(st.one_of(st.just([]), st.lists(words, min_size=1, max_size=1)), max_size=8)


@given(above=above, count=st.integers(1, 30), gap=st.integers(0, 3))
def test_find_tables_finds_the_rows_whatever_stands_above(above, count, gap):
    table = only_table(*above, HEADINGS, *[[]] * gap, *contracts(count))

    heading_row = len(above) + 1
    assert table.heading_rows[-1] == heading_row
    assert (table.first_row, table.last_row) == (heading_row + gap + 1, heading_row + gap + count)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("norfolk-2015-part.csv", 2601),
        ("nebraska-contracts-part.csv", 800),
        ("philadelphia-professional-services-2020-q4.csv", 1975),
        ("pittsburgh-2015-contractlist-without-contacts.csv", 494),
    ],
)
def test_find_tables_finds_the_rows_of_a_real_register(name, rows):
    [table] = find_tables(read(real_file(name), name=name))

    assert where(table) == ([1], 2, rows + 1)


@pytest.mark.parametrize("name", ["lancashire-pcc-2018-19.xlsx", "ukti-admin-spend-nov-2011.xls"])
def test_find_tables_refuses_real_spend(name):
    workbook = read(real_file(name), name=name)

    with pytest.raises(UnreadableFileError, match="list of payments"):
        find_tables(workbook)


def real_file(name):
    path = REGISTERS / name
    if not path.exists():
        pytest.skip(f"the real registers are not here: {name}")
    return path
