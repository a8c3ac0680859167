"""The pages on which an officer settles how a file is read."""

import pytest

from imports.models import Choice
from registry.models import Contract, Role
from tests.factories import make_council
from tests.imports.registers import register
from tests.imports.test_views import page

pytestmark = pytest.mark.django_db

HEADINGS = "Reference,Contract title,Whom,Start date,End date,Total value"
NAMED = f"{HEADINGS},Council name"
ROWS = [f"C-{n},Laptops {n},Acme{n},01/04/2024,as agreed,{n}000" for n in range(1, 8)]


@pytest.fixture
def upload(send):
    found = send(register(*ROWS, headings=HEADINGS).encode())
    found.refresh_from_db()
    assert found.state == "read", found.refused_because
    return found


@pytest.fixture
def save(client, upload, work, django_capture_on_commit_callbacks):
    """Send the form of a page, and have what it asks for done."""

    def save(part="columns/", **said):
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(f"{upload.get_absolute_url()}{part}", said)
        work()
        upload.refresh_from_db()
        return response

    return save


def answers(upload, **changed):
    """What the form sends when only these are changed; keys are headings."""
    columns = upload.report["columns"]
    fields = {f"column_{at}": c["field"] for at, c in enumerate(columns)}
    at = {c["heading"]: number for number, c in enumerate(columns)}
    return fields | {f"column_{at[heading]}": field for heading, field in changed.items()}


def test_a_column_changed_is_kept_and_the_file_read_again(upload, save, client):
    response = save(**answers(upload, Whom="supplier_name"))

    assert response.url == upload.get_absolute_url()
    assert upload.report["columns"][2]["field"] == "supplier_name"
    [choice] = Choice.objects.standing()
    assert (choice.key, choice.value["field"]) == ("whom", "supplier_name")
    assert "Chosen for this file" in page(client, upload)


def test_a_column_made_an_amount_is_not_said_to_be_without_vat(upload, save):
    content = save(
        **answers(upload, Whom="total_value", **{"Total value": "ignored"}), show="1"
    ).content.decode()

    for name in ("basis_2", "vat_2"):
        control = content.partition(f'name="{name}"')[2].partition("</select>")[0]
        assert '<option value="unknown" selected>' in control


def test_a_choice_is_undone_singly(upload, save):
    save(**answers(upload, Whom="supplier_name"), order="month")
    save("forget/", kind="column", key="whom")

    assert upload.report["columns"][2]["field"] != "supplier_name"
    assert upload.report["dates"]["order"] == "month first"
    assert [one.kind for one in Choice.objects.standing()] == ["day first"]


def test_words_and_amounts_are_settled(upload, save):
    save(**answers(upload), words_0="rolling", basis_5="annual", vat_5="gross")

    assert upload.report["dates"]["rows_rolling"] == len(ROWS)
    assert (upload.report["value"]["basis"], upload.report["value"]["vat"]) == ("annual", "gross")


def test_an_answer_left_open_takes_back_what_was_settled(upload, save):
    save(**answers(upload), words_0="rolling", order="month")
    save(**answers(upload), words_0="", order="", basis_5="total", vat_5="unknown")

    assert not Choice.objects.standing().filter(kind__in=["rolling", "day first"]).exists()


def test_two_columns_of_one_field_are_refused(upload, save):
    response = save(**answers(upload, Whom="title"))

    assert "cannot both be the title" in response.content.decode()
    assert not Choice.objects.exists()


def test_the_effect_is_shown_by_a_button_without_settling_anything(upload, save):
    response = save(**answers(upload, Whom="start_date"), show="1")

    assert "This is not a date." in response.content.decode()
    assert not Choice.objects.exists()


def test_the_effect_is_shown_at_once_with_htmx(client, upload):
    response = client.post(
        f"{upload.get_absolute_url()}columns/",
        answers(upload) | {"order": "month"},
        headers={"HX-Request": "true", "HX-Trigger": "ways"},
    )

    words = response.content.decode()
    assert "4 January 2024" in words
    assert 'id="covers"' not in words
    assert not Choice.objects.exists()


def test_another_sheet_or_row_of_headings_is_read(upload, save):
    response = save("sheets/", read_0="on", first_0="2")

    assert response.url == upload.get_absolute_url()
    assert upload.report["sheets"][0]["heading_rows"] == [2]
    assert upload.report["replayed"][0]["kind"] == "sheet"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"first_0": ""}, "Choose at least one sheet."),
        ({"read_0": "on"}, "Say in which row of"),
        ({"read_0": "on", "first_0": "8"}, "so no contract stands below"),
        ({"read_0": "on", "first_0": "3", "last_0": "2"}, "The last row of headings is row 3"),
    ],
)
def test_a_place_where_no_headings_can_be_is_refused(upload, save, said, words):
    assert words in save("sheets/", **said).content.decode()
    assert not Choice.objects.exists()


def test_an_officer_may_say_that_a_refused_file_is_the_register(
    client,
    send,
    work,
    django_capture_on_commit_callbacks,
):
    refused = send(register(*ROWS, headings="Nr,Was,Wer,Von,Bis,Summe").encode())
    refused.refresh_from_db()
    assert refused.state == "refused"
    assert "say which rows are its headings" in page(client, refused)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{refused.get_absolute_url()}sheets/", {"read_0": "on", "first_0": "1"})
    work()

    refused.refresh_from_db()
    assert (refused.state, refused.refused_because) == ("read", "")
    assert [c["heading"] for c in refused.report["columns"]] == [
        *("Nr", "Was", "Wer", "Von", "Bis", "Summe")
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"Payment date,Supplier,Transaction number,Amount,Expense type\n"
        + b"01/04/2024,Firm Ltd,1001,5000.00,Hardware\n" * 9,
        b"%PDF-1.4 nothing of a sheet",
    ],
    ids=["payments", "no spreadsheet"],
)
def test_payments_and_what_is_no_spreadsheet_stay_refused(client, send, content):
    refused = send(content)
    refused.refresh_from_db()

    assert refused.state == "refused"
    assert "say which rows are its headings" not in page(client, refused)
    assert client.get(f"{refused.get_absolute_url()}sheets/").url == refused.get_absolute_url()


@pytest.fixture
def stray(council, officer, send):
    """A file of ours with one row of another council, of which our officer acts for both."""
    other = make_council(name="Otherford Borough Council")
    Role.objects.create(user=officer, council=other, kind=Role.Kind.OFFICER)
    rows = [f"{row},{council.name}" for row in ROWS[:2]] + [f"{ROWS[2]},{other.name}"]
    return other, rows, send(register(*rows, headings=NAMED).encode())


def test_rows_of_another_council_are_left_out_unless_somebody_says_yes(client, press, stray):
    other, _, upload = stray

    shown = page(client, upload)
    assert "May rows go into the register of Otherford Borough Council (invented) too?" in shown
    assert "Otherford Borough Council (invented): 1 row<" in shown
    press(upload, "apply")
    assert Contract.objects.standing().count() == 2
    assert not Contract.objects.filter(council=other).exists()
    assert "which this file was not sent for" in page(client, upload, "problems/")
    assert "May rows go into" not in page(client, upload)


def test_rows_of_another_council_are_let_in_by_a_press_which_is_remembered(
    client, press, send, stray
):
    other, rows, upload = stray

    press(upload, "others")
    shown = page(client, upload)
    assert "May rows go into" not in shown
    assert "Rows that name Otherford Borough Council go into its register." in shown
    press(upload, "apply")
    assert Contract.objects.filter(council=other).count() == 1
    again = send(register(*rows, headings=NAMED).encode())
    assert "May rows go into" not in page(client, again)


def test_whose_the_rows_are_is_asked_before_applying_and_remembered(client, send, press):
    content = register(
        *(f"{row},Anytown Homes" for row in ROWS), headings=f"{HEADINGS},Council name"
    ).encode()
    upload = send(content)
    assert "Are these the contracts of Borough of Testham" in page(client, upload)
    assert client.get(f"{upload.get_absolute_url()}changes/").url == upload.get_absolute_url()
    press(upload, "apply")
    assert not Contract.objects.exists()

    press(upload, "ours")

    shown = page(client, upload)
    assert "Are these the contracts of" not in shown
    assert "“Anytown Homes” means Borough of Testham." in shown
    press(upload, "apply")
    assert Contract.objects.count() == len(ROWS)

    again = send(content.replace(b"Laptops 1", b"Laptops one"))
    assert "Are these the contracts of" not in page(client, again)
