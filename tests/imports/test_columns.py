import pytest

from imports.columns import propose
from imports.memory import marks, memory_keys
from imports.settled import ColumnChoice, Settled, Suggestion
from tests.imports.tables import fields, table

TITLES = ["Supply of laptops", "Cleaning of offices", "Support for case system"]
SUPPLIERS = ["Acme IT Ltd", "Bright Cleaning Limited", "Casework Systems plc"]


def column_rows(*columns):
    return list(zip(*columns, strict=True))


def test_propose_says_why_in_words():
    rows = column_rows(TITLES, SUPPLIERS)

    [_, supplier] = propose(table(["Contract title", "Contractor/ Provider"], *rows))

    assert supplier.field == "supplier_name"
    assert supplier.because == (
        "the heading says contractor provider; the values read as organisations"
    )


def test_propose_gives_no_field_twice_and_says_so():
    rows = column_rows(SUPPLIERS, SUPPLIERS)

    first, second = propose(table(["Vendor", "Original vendor"], *rows))

    assert (first.field, second.field) == ("supplier_name", "ignored")
    assert "column A is already the supplier" in second.because
    assert (second.field, second.rival) == ("ignored", "supplier_name")


def test_propose_reads_contract_as_a_reference_where_it_holds_codes():
    rows = column_rows(["5731", "6756**", "C-0031"], SUPPLIERS, TITLES, ["7/31/17"] * 3)

    assert fields(["CONTRACT", "COMPANY", "SERVICE", "EXPIRATION"], *rows) == [
        "reference", "supplier_name", "title", "end_date",
    ]  # fmt: skip


def test_propose_tells_three_ends_apart():
    rows = column_rows(
        TITLES, ["01/04/2024"] * 3, ["31/03/2026"] * 3, ["31/03/2027"] * 3, ["31/03/2029"] * 3
    )
    headings = ["Title", "Start", "Contract end date", "Current end date", "Maximum end date"]

    assert fields(headings, *rows) == [
        "title", "start_date", "ignored", "end_date", "latest_end_date",
    ]  # fmt: skip


def test_propose_tells_extension_options_from_extension_dates():
    options = column_rows(TITLES, ["2 x 12 months", "1+1", "None"])
    dates = column_rows(TITLES, ["31/03/2027", "31/03/2028", ""])

    assert fields(["Title", "Extension Period"], *options) == ["title", "extension"]
    assert fields(["Title", "Extension Period"], *dates) == ["title", "latest_end_date"]


def test_propose_tells_annual_from_total_with_basis_and_vat():
    rows = column_rows(TITLES, ["£1,000"] * 3, ["£3,000"] * 3)

    _, annual, total = propose(
        table(["Title", "Annual value", "Total contract value (ex VAT)"], *rows)
    )

    assert (annual.field, annual.basis, annual.vat) == ("annual_value", "annual", "unknown")
    assert (total.field, total.basis, total.vat) == ("total_value", "total", "net")


def test_propose_reads_original_value_before_extended_value():
    rows = column_rows(TITLES, ["1000"] * 3, ["3000"] * 3)

    assert fields(["Title", "original_value", "extended_value"], *rows) == [
        "title", "total_value", "ignored",
    ]  # fmt: skip


def test_propose_reads_unlabelled_columns_by_look_only_if_clear():
    rows = column_rows(
        ["0", "1", "2"], TITLES, SUPPLIERS, ["a@b.gov.uk", "c@d.gov.uk", "e@f.gov.uk"]
    )

    assert fields(["", "Title", "", "0"], *rows) == [
        "ignored", "title", "supplier_name", "contact_email",
    ]  # fmt: skip


def test_propose_refuses_a_heading_its_values_deny():
    rows = column_rows(TITLES, ["Yes", "No", "Yes"], ["EP", "WC", "PR"])

    assert fields(["Title", "Contract value", "PA"], *rows) == ["title", "ignored", "ignored"]


def test_propose_tells_title_from_description():
    rows = column_rows(TITLES, ["The supply of " + title.lower() for title in TITLES])

    assert fields(["Contract name", "Description of goods and services"], *rows) == [
        "title", "description",
    ]  # fmt: skip
    assert fields(["Contract Title", "Contract Description"], *rows) == ["title", "description"]


def test_propose_tells_supplier_numbers_from_names():
    rows = column_rows(TITLES, SUPPLIERS, ["70063", "70064", "70065"], ["02165763", "SC166891", ""])

    headings = ["Title", "Supplier", "Supplier ID", "Company No"]
    assert fields(headings, *rows) == [
        "title", "supplier_name", "supplier_other_id", "supplier_company_number",
    ]  # fmt: skip


def test_propose_replays_what_was_chosen():
    made = table(["Title", "Notes:"], *column_rows(TITLES, SUPPLIERS))

    remembered = {"notes": ColumnChoice("supplier_name"), "title": ColumnChoice("ignored")}
    readings = propose(made, settled=Settled(columns=remembered))

    assert [reading.field for reading in readings] == ["ignored", "supplier_name"]
    assert readings[1].because == "you chose this"


def test_memory_keys_tell_columns_with_one_heading_apart():
    made = table(["Date", "DATE "], ["a", "b"])

    assert list(memory_keys(made.headings).values()) == ["date", "date 2"]


@pytest.mark.parametrize("rows", [[], [[None, None]]])
def test_propose_reads_empty_columns_by_heading(rows):
    assert fields(["Contract title", "CPV code"], *rows) == ["title", "cpv_code"]


# A renamed column among look-alikes

FIRMS = ["Acme IT Ltd", "Bright Cleaning Ltd", "Casework plc", "Dale Ltd", "Elm Ltd", "Fenn LLP"]
FORMER = ["Oak Ltd", "Pine Ltd", "Reed plc", "Sorrel Ltd", "Thyme Ltd", "Umber LLP"]


def let_pass(field, heading, values, *left, meaning=("", "")):
    return ColumnChoice(
        field, heading, values=marks(values), left=left, meaning=meaning, chosen=False
    )


def proposed(columns, *, suggested=None, **remembered):
    """The field of each column, by heading, where these columns were let pass last time."""
    made = table(list(columns), *column_rows(*columns.values()))
    settled = Settled(columns=remembered, suggested=suggested or {})
    return {each.heading: each for each in propose(made, settled=settled)}


def test_a_renamed_column_keeps_its_field_beside_one_that_looks_like_it():
    found = proposed(
        {"orig_vendor": FORMER, "paid to": FIRMS},
        supplier=let_pass("supplier_name", "Supplier", FIRMS),
    )

    assert found["paid to"].field == "supplier_name"
    assert found["paid to"].because == "its values are those of “Supplier” last time"
    assert (found["orig_vendor"].field, found["orig_vendor"].rival) == ("ignored", "supplier_name")
    assert "column B is already the supplier" in found["orig_vendor"].because


def test_a_column_whose_heading_plainly_names_the_field_goes_before_values_let_pass():
    found = proposed(
        {"Vendor": FORMER, "paid to": FIRMS},
        groups=let_pass("supplier_name", "Groups", FIRMS),
    )

    assert (found["Vendor"].field, found["paid to"].field) == ("supplier_name", "ignored")


def test_a_renamed_column_whose_heading_plainly_names_another_field_is_that():
    found = proposed(
        {"orig_vendor": FORMER, "Department": FIRMS},
        supplier=let_pass("supplier_name", "Supplier", FIRMS),
    )

    assert found["Department"].field == "department"
    assert found["orig_vendor"].field == "supplier_name"


def test_a_heading_other_councils_took_for_a_field_goes_before_values_let_pass():
    found = proposed(
        {"orig_vendor": FORMER, "paid to": FIRMS},
        supplier=let_pass("supplier_name", "Supplier", FIRMS),
        suggested={"paid to": Suggestion("department", 3)},
    )

    assert found["paid to"].field == "department"


def test_a_column_that_keeps_its_heading_is_not_displaced_by_anothers_values():
    found = proposed(
        {"orig_vendor": FORMER, "paid to": FIRMS},
        orig_vendor=let_pass("supplier_name", "orig_vendor", FORMER),
        groups=let_pass("supplier_name", "Groups", FIRMS),
    )

    assert (found["orig_vendor"].field, found["paid to"].field) == ("supplier_name", "ignored")


@pytest.mark.parametrize("other", ["orig_vendor", "Vendor", "Supplier 2"])
def test_a_column_left_aside_last_time_is_no_rival_whatever_it_holds(other):
    """Present and original suppliers are nearly the same firms, and one heading is like another."""
    found = proposed(
        {other: FIRMS, "paid to": FIRMS},
        supplier=let_pass("supplier_name", "Supplier", FIRMS, other.casefold().replace("_", " ")),
    )

    assert (found["paid to"].field, found[other].field) == ("supplier_name", "ignored")


def test_two_columns_with_last_times_values_are_told_apart_by_no_coin():
    found = proposed(
        {"orig_vendor": FORMER, "paid to": FIRMS, "given to": FIRMS},
        supplier=let_pass("supplier_name", "Supplier", FIRMS),
    )

    assert found["paid to"].because != "its values are those of “Supplier” last time"
    assert found["orig_vendor"].field == "supplier_name"


AMOUNTS = ["1,000", "2,500", "3,750", "4,100", "5,950", "6,200"]


def amounts_under(heading, settled):
    made = table(["Title", heading], *column_rows(TITLES[:1] * len(AMOUNTS), AMOUNTS))
    [_, read] = propose(made, settled=settled)
    return read


CONTRACT_VALUE = let_pass("total_value", "Contract value", AMOUNTS, meaning=("total", "net"))


def test_renamed_amounts_cover_what_they_covered_last_time():
    settled = Settled(columns={"contract value": CONTRACT_VALUE})

    read = amounts_under("Value of the deal", settled)

    assert (read.field, read.basis, read.vat) == ("total_value", "total", "net")
    assert "as it was under “Contract value” last time" in read.because


def test_amounts_go_on_covering_it_under_the_heading_they_have_now():
    once = let_pass("total_value", "Value of the deal", AMOUNTS, meaning=("total", "net"))
    settled = Settled(columns={"value of the deal": once})

    assert amounts_under("Value of the deal", settled).basis == "total"


def test_what_a_renamed_heading_says_itself_goes_before():
    settled = Settled(columns={"contract value": CONTRACT_VALUE})

    read = amounts_under("Value per year inc VAT", settled)

    assert (read.basis, read.vat) == ("annual", "gross")


def test_what_somebody_said_of_amounts_holds_under_a_third_heading():
    remembered = {
        "contract value": let_pass("total_value", "Contract value", AMOUNTS),
        "value of the deal": let_pass("total_value", "Value of the deal", AMOUNTS),
    }
    settled = Settled(columns=remembered, meanings={"value of the deal": ("annual", "net")})

    read = amounts_under("Value of our bargain", settled)

    assert (read.basis, read.vat) == ("annual", "net")


def test_what_somebody_said_under_this_heading_goes_before_that_of_last_time():
    columns = {"contract value": CONTRACT_VALUE}
    said = {"contract value": ("total", "net"), "value of the deal": ("annual", "gross")}

    read = amounts_under("Value of the deal", Settled(columns=columns, meanings=said))

    assert (read.basis, read.vat) == ("annual", "gross")


def test_what_somebody_said_under_a_renamed_heading_is_heard_at_once():
    columns = {"contract value": CONTRACT_VALUE}
    said = {"value of the deal": ("total", "gross")}

    read = amounts_under("Value of the deal", Settled(columns=columns, meanings=said))

    assert (read.basis, read.vat) == ("total", "gross")
