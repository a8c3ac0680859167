"""What an officer settles is replayed on the next file, however that has changed."""

import pytest
from openpyxl import Workbook

from imports import actions
from imports.actions.choices import Chosen, choose, take_back
from imports.actions.settling import settled_of
from imports.memory import sheet_choice
from imports.models import Choice, Upload
from imports.settled import ColumnChoice, Suggestion
from imports.snapshot import encode_column, encode_sheet
from registry.models import Contract
from tests.factories import make_council, make_job, make_officer
from tests.imports.test_actions import receive

pytestmark = pytest.mark.django_db
Kind = Choice.Kind

HEADINGS = ["Nr", "Contract title", "Start", "End", "Who does it", "Sum"]
ROWS = [
    [f"N-{n}", f"Laptops for school {n}", f"0{n}/04/2024", f"0{n}/03/2029", f"Firm{n}", f"{n}0000"]
    for n in range(1, 9)
]


@pytest.fixture
def council():
    return make_council()


@pytest.fixture
def officer(council):
    return make_officer(council)


@pytest.fixture
def write(tmp_path):
    """A workbook with one sheet of these rows."""

    def write(headings, rows, *, above=(), sheet="Contracts", name="register.xlsx"):
        book = Workbook()
        page = book.active
        page.title = sheet
        for row in [*above, headings, *rows]:
            page.append(list(row))
        path = tmp_path / name
        book.save(path)
        return path

    return write


@pytest.fixture
def read(council, officer):
    """Have a file read as its council settled it; its upload."""

    def read(path):
        upload = receive(path, council)
        actions.read_upload(upload, make_job(asked_by=officer))
        upload.refresh_from_db()
        return upload

    return read


@pytest.fixture
def apply(officer):
    def apply(upload):
        actions.apply_upload(upload, make_job(asked_by=officer))
        upload.refresh_from_db()
        assert upload.state == "applied"

    return apply


def settle(upload, kind, key, value, by=None):
    choose(upload, [Chosen(kind, key, value)], by=by)


def settle_column(upload, heading, field):
    settle(upload, Kind.COLUMN, heading.casefold(), encode_column(ColumnChoice(field, heading)))


def fields(upload):
    return {each["heading"]: each["field"] for each in upload.report["columns"]}


def because(upload, heading):
    return next(c["because"] for c in upload.report["columns"] if c["heading"] == heading)


def replayed(upload):
    return {(one["kind"], one["key"]): one["words"] for one in upload.report["replayed"]}


@pytest.fixture
def settled(read, apply, write):
    """A first file whose column "Who does it" the officer took for the supplier."""
    upload = read(write(HEADINGS, ROWS))
    assert fields(upload)["Who does it"] != "supplier_name"
    settle_column(upload, "Who does it", "supplier_name")
    upload = read(write(HEADINGS, ROWS))
    assert fields(upload)["Who does it"] == "supplier_name"
    apply(upload)
    return upload


def test_a_chosen_column_is_replayed_by_its_heading(settled, read, write):
    again = read(write(HEADINGS, ROWS))

    assert because(again, "Who does it") == "you chose this"
    assert replayed(again)["column", "who does it"] == "“Who does it” is Supplier."


def test_a_renamed_column_is_known_by_its_values(settled, read, write):
    headings = ["Nr", "Contract title", "Start", "End", "Xyz", "Sum"]

    again = read(write(headings, [*ROWS[1:], ["N-9", "More laptops", "", "", "Firm9", "5"]]))

    assert fields(again)["Xyz"] == "supplier_name"
    assert because(again, "Xyz") == "its values are those of “Who does it” last time"
    assert "its values are those of" in replayed(again)["column", "who does it"]


def test_reordered_columns_are_known_by_heading(settled, read, write):
    again = read(write(HEADINGS[::-1], [row[::-1] for row in ROWS]))

    assert fields(again) == fields(settled)


def test_renamed_and_reordered_columns_are_known_by_their_values(settled, read, write):
    headings = ["Xyz", "Nr", "Sum", "Contract title", "Start", "End"]
    rows = [[row[4], row[0], row[5], *row[1:4]] for row in ROWS]

    assert fields(read(write(headings, rows)))["Xyz"] == "supplier_name"


def test_a_renamed_column_with_new_values_is_known_by_its_words_or_place(settled, read, write):
    rows = [[*row[:4], f"Other body {row[0]}", row[5]] for row in ROWS]
    by_words = read(write([*HEADINGS[:4], "Who does it now", "Sum"], rows))
    by_place = read(write([*HEADINGS[:4], "Xyz", "Sum"], rows))

    assert (
        because(by_words, "Who does it now")
        == "its heading is like that of “Who does it” last time"
    )
    assert because(by_place, "Xyz") == "it stands in the place of “Who does it” last time"


def test_a_renamed_column_is_remembered_by_its_new_heading_once_applied(
    settled, read, apply, write
):
    apply(read(write(["Nr", "Contract title", "Start", "End", "Xyz", "Sum"], ROWS)))

    chosen = Choice.objects.standing().get(value__field="supplier_name")

    assert (chosen.key, chosen.value["chosen"]) == ("xyz", True)
    assert len(chosen.value["values"]) == len(ROWS)


def test_what_was_taken_back_is_judged_anew(settled, read, write, council):
    assert take_back(council.pk, Kind.COLUMN, "who does it")

    again = read(write(HEADINGS, ROWS))

    assert fields(again)["Who does it"] != "supplier_name"
    assert ("column", "who does it") not in replayed(again)


def test_what_was_let_pass_speaks_only_for_columns_left_aside(settled, read, write):
    renamed = read(write(["Nr", "Xyz", "Start", "End", "Who does it", "Sum"], ROWS))
    swapped = read(write(["Nr", "Department", "Start", "End", "Who does it", "Sum"], ROWS))

    assert fields(renamed)["Xyz"] == "title"
    assert because(renamed, "Xyz") == "its values are those of “Contract title” last time"
    # The heading names a field of its own: what was let pass before does not stand against it.
    assert fields(swapped)["Department"] == "department"


def test_a_renamed_column_is_known_beside_its_look_alike_quarter_after_quarter(read, apply, write):
    """As in a register of present and original suppliers, most of them the same."""
    firms = [f"Firm{n} Ltd" for n in range(1, 9)]
    rows = [[*row[:4], firm, firm] for row, firm in zip(ROWS, firms, strict=True)]
    rows[0][5] = "Firm9 Ltd"
    first = read(write([*HEADINGS[:4], "Vendor", "orig_vendor"], rows))
    assert (fields(first)["Vendor"], fields(first)["orig_vendor"]) == ("supplier_name", "ignored")
    apply(first)

    second = read(write([*HEADINGS[:4], "paid to", "orig_vendor"], rows))
    assert because(second, "paid to") == "its values are those of “Vendor” last time"
    apply(second)
    third = read(write([*HEADINGS[:4], "orig_vendor", "Xyz"], [[*r[:4], r[5], r[4]] for r in rows]))

    for upload, name in ((second, "paid to"), (third, "Xyz")):
        assert fields(upload)[name] == "supplier_name"
        assert fields(upload)["orig_vendor"] == "ignored"


def test_amounts_cover_what_they_did_quarter_after_quarter_whatever_their_heading(
    read, apply, write
):
    for heading in (
        "Contract value ex VAT",
        "Value of the deal",
        "Value of the deal",
        "Value, our",
    ):
        upload = read(write([*HEADINGS[:5], heading], ROWS))

        value = upload.report["value"]
        assert (value["basis"], value["vat"]) == ("total", "net")
        apply(upload)
    assert upload.report["rows"]["unchanged"] == len(ROWS)


def test_what_nobody_looked_at_is_not_remembered(council, write):
    path = write(HEADINGS, ROWS)
    upload = receive(path, council)
    found = actions.study(path, name=path.name, council=council.pk, acting_for=[council.pk])

    actions.record_study(upload, found, by=None)

    assert not Choice.objects.exists()


def test_applying_reads_by_what_was_settled_when_it_was_checked(read, apply, write, council):
    upload = read(write(HEADINGS, ROWS))
    settle_column(upload, "Contract title", "department")

    apply(upload)

    assert set(Contract.objects.values_list("department", flat=True)) == {""}


# Sheets and heading rows


def test_a_chosen_sheet_is_found_under_another_name_and_below_new_rows(settled, read, write):
    headings = ["A1", "A2", "A3", "A4", "Who does it", "A6"]
    first = read(write(HEADINGS, ROWS))
    rows = [["Register"], headings]
    settle(first, Kind.SHEET, "", [encode_sheet(sheet_choice("Contracts", [2], rows))])
    above = [["Council of Testham"], ["As at", "June"], ["Register"]]

    again = read(write(headings, ROWS, above=above, sheet="Q2 list"))

    [sheet] = again.report["sheets"]
    assert (sheet["sheet"], sheet["heading_rows"], sheet["first_row"]) == ("Q2 list", [4], 5)
    assert replayed(again)["sheet", ""] == "Sheet “Q2 list” is read, its headings in row 4."


def test_a_chosen_sheet_without_rows_is_not_insisted_on(settled, read, write):
    rows = [HEADINGS, *ROWS]
    settle(settled, Kind.SHEET, "", [encode_sheet(sheet_choice("Contracts", [9], rows))])

    again = read(write(HEADINGS, ROWS))

    assert again.state == "read"
    assert again.report["sheets"][0]["heading_rows"] == [1]


# Dates, amounts, ends in words


def test_the_order_of_day_and_month_is_replayed(settled, read, write):
    settle(settled, Kind.DAY_FIRST, "", False)

    again = read(write(HEADINGS, ROWS[:3]))

    assert again.report["dates"]["order"] == "month first"
    assert replayed(again)["day first", ""] == "Dates put the month first."


def test_what_an_amount_covers_is_replayed_under_a_renamed_heading(settled, read, apply, write):
    settle_column(settled, "Sum", "total_value")
    settle(settled, Kind.MEANING, "sum", ["annual", "gross"])
    apply(read(write(HEADINGS, ROWS)))

    again = read(write([*HEADINGS[:5], "Geld"], ROWS))

    assert (again.report["value"]["basis"], again.report["value"]["vat"]) == ("annual", "gross")
    assert replayed(again)["meaning", "sum"] == "“Geld” is for a year, with VAT."


@pytest.mark.parametrize("goes_on", [True, False])
def test_words_for_an_end_mean_what_was_settled(settled, read, write, goes_on):
    settle(settled, Kind.ROLLING, "as agreed", goes_on)
    rows = [*ROWS, ["N-9", "Phones", "01/04/2024", "As  agreed", "Firm9", "900"]]

    again = read(write(HEADINGS, rows))

    assert again.report["dates"]["rows_rolling"] == int(goes_on)
    assert again.report["end_words"] == {"as agreed": 1}
    assert again.report["problems"] == 0
    assert ("rolling", "as agreed") in replayed(again)


# Other councils


def other_council_took(heading, field, *, chosen=True):
    other = make_council()
    value = encode_column(ColumnChoice(field, heading, chosen=chosen))
    Choice.objects.create(council=other, kind=Kind.COLUMN, key=heading.casefold(), value=value)


def test_what_several_councils_took_a_heading_for_is_suggested(read, write):
    for _ in range(3):
        other_council_took("Who does it", "supplier_name")

    upload = read(write(HEADINGS, ROWS))

    assert fields(upload)["Who does it"] == "supplier_name"
    assert because(upload, "Who does it") == "3 councils took this heading for the supplier"
    assert replayed(upload) == {}


@pytest.mark.parametrize(
    ("votes", "suggested"),
    [
        (["supplier_name"], None),
        (["supplier_name", "supplier_name"], Suggestion("supplier_name", 2)),
        (["supplier_name"] * 2 + ["title"], Suggestion("supplier_name", 2)),
        (["supplier_name"] * 2 + ["title"] * 2, None),
    ],
)
def test_suggestions_need_two_councils_and_two_thirds(council, votes, suggested):
    for field in votes:
        other_council_took("Who does it", field)

    assert settled_of(council.pk).suggested.get("who does it") == suggested


def test_suggestions_count_neither_what_was_let_pass_nor_the_council_itself(council, settled):
    other_council_took("Who does it", "supplier_name")
    other_council_took("Who does it", "supplier_name", chosen=False)

    assert settled_of(council.pk).suggested == {}


def test_choosing_again_replaces_what_stood(settled):
    before = Upload.objects.count()
    settle_column(settled, "Who does it", "department")

    [standing] = Choice.objects.standing().filter(key="who does it")

    assert standing.value["field"] == "department"
    assert Choice.objects.filter(key="who does it").count() == 2
    assert Upload.objects.count() == before
