"""A register in dollars, from its file to what everybody is told: never as if it were pounds."""

import csv
import json
from decimal import Decimal
from io import StringIO

import pytest

from registry.models import Contract
from registry.views.people import words_on
from tests.imports.registers import HEADINGS

pytestmark = pytest.mark.django_db

IN_DOLLARS = HEADINGS.replace("Total value", "Total value (USD)")
ROWS = (
    "C-1,Cloud hosting,Acme IT Ltd,01/04/2024,31/03/2027,123456",
    "C-2,Mobile phones,Bell Ltd,15/05/2024,14/05/2026,30000",
)


def sheet(*rows, headings=IN_DOLLARS):
    return "\n".join([headings, *rows, ""]).encode()


@pytest.fixture
def hosting(send, press):
    press(send(sheet(*ROWS)), "apply")
    return Contract.objects.get(reference="C-1")


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode()


def test_the_amount_is_kept_and_counts_as_no_pounds(hosting):
    assert (hosting.total_value, hosting.currency) == (Decimal(123456), "USD")
    assert hosting.yearly_value is None


def test_the_page_says_what_was_decided_before_anything_is_recorded(client, send):
    upload = send(sheet(*ROWS))

    assert "Amounts in US dollars, not pounds" in text(client, upload.get_absolute_url())
    changes = text(client, f"{upload.get_absolute_url()}changes/")
    assert "$123,456" in changes
    assert "£123,456" not in changes


def test_the_contracts_page_shows_its_own_sign_and_says_that_it_is_in_no_sum(client, hosting):
    page = text(client, hosting.get_absolute_url())

    assert "$123,456" in page
    assert "£123,456" not in page
    assert "its amounts are in US dollars, so they are in no sum in pounds" in page


def test_the_council_s_list_says_the_currency(client, hosting):
    assert "In US dollars" in text(client, f"/contracts/?council={hosting.council_id}")


def test_open_contracting_data_has_its_currency(client, hosting):
    package = json.loads(text(client, f"/councils/{hosting.council_id}/ocds.json"))

    values = [c["value"] for one in package["releases"] for c in one["contracts"]]
    assert {(value["amount"], value["currency"]) for value in values} == {
        (123456, "USD"), (30000, "USD")
    }  # fmt: skip


def test_the_transparency_file_says_it_in_words(client, hosting):
    lines = text(client, f"/councils/{hosting.council_id}/transparency.csv").removeprefix("\ufeff")

    said = [row["ContractValue"] for row in csv.DictReader(StringIO(lines))]
    assert sorted(said) == ["123456.00 US dollars", "30000.00 US dollars"]


def test_the_api_has_its_currency_and_no_value_in_pounds(client, hosting):
    told = client.get(f"/api/v1/contracts/{hosting.pk}/").json()

    assert (told["total_value"], told["currency"]) == ("123456.00", "USD")
    assert told["yearly_value"] is None


def test_a_file_in_pounds_changes_the_currency_and_both_show(client, hosting, send, press):
    upload = send(sheet(*ROWS, headings=HEADINGS))

    changes = text(client, f"{upload.get_absolute_url()}changes/?show=changed")
    assert "USD" in changes
    assert "GBP" in changes
    press(upload, "apply")
    hosting.refresh_from_db()
    assert hosting.currency == "GBP"
    assert hosting.yearly_value == Decimal("41152.00")
    history = text(client, f"{hosting.get_absolute_url()}history/")
    assert "$123,456" in history
    assert "£123,456" in history


def test_the_same_file_again_changes_nothing(hosting, send):
    upload = send(sheet(*ROWS))
    upload.refresh_from_db()

    rows = upload.report["rows"]
    assert (rows["changed"], rows["unchanged"]) == (0, 2)


def correct(client, contract, **said):
    form = {
        "title": contract.title,
        "reference": contract.reference,
        "supplier_name": "Acme IT Ltd",
    }
    form |= {"start_date_0": 1, "start_date_1": 4, "start_date_2": 2024}
    form |= {"end_date_0": 31, "end_date_1": 3, "end_date_2": 2027, **said}
    response = client.post(f"/uploads/contracts/{contract.pk}/edit/", form)
    contract.refresh_from_db()
    return response


def test_a_currency_is_put_right_by_hand(client, hosting):
    correct(client, hosting, total_value="123456", currency="GBP")

    assert (hosting.currency, hosting.yearly_value) == ("GBP", Decimal("41152.00"))
    page = text(client, hosting.get_absolute_url())
    assert "£123,456" in page
    assert "US dollars" not in page


def test_an_amount_put_right_by_hand_stays_in_its_currency(client, hosting):
    correct(client, hosting, total_value="$99,000", currency="USD")

    assert (hosting.total_value, hosting.currency) == (Decimal(99000), "USD")
    assert "$99,000" in text(client, hosting.get_absolute_url())


def test_an_amount_by_hand_is_in_the_currency_chosen(client, hosting):
    response = correct(client, hosting, total_value="€99,000", currency="USD")

    assert "This amount is in euros." in response.content.decode()
    assert hosting.total_value == Decimal(123456)


def test_a_form_without_a_currency_leaves_it(client, hosting):
    correct(client, hosting, total_value="123456", department="IT")

    assert (hosting.department, hosting.currency) == ("IT", "USD")


BY_ROW = f"{HEADINGS},Currency"


def test_a_column_of_currencies_is_shown_as_used_and_each_contract_has_its_own(client, send, press):
    upload = send(sheet(f"{ROWS[0]},EUR", f"{ROWS[1]},GBP", headings=BY_ROW))

    page = text(client, f"{upload.get_absolute_url()}")
    assert "Amounts were taken as euros because column" in page
    [column] = [c for c in upload_columns(upload) if c["heading"] == "Currency"]
    assert (column["field"], column["because"]) == (
        "currency", "the heading says currency; the values read as currencies"
    )  # fmt: skip
    press(upload, "apply")
    held = dict(Contract.objects.values_list("reference", "currency"))
    assert held == {"C-1": "EUR", "C-2": "GBP"}
    hosting = Contract.objects.get(reference="C-1")
    assert "€123,456" in text(client, hosting.get_absolute_url())


def test_a_line_above_the_headings_is_told_on_the_page_and_holds(client, send, press):
    upload = send(sheet(*ROWS, headings=f"All values in USD,,,,,\n{HEADINGS}"))

    assert "because “All values in USD” stands above the headings" in text(
        client, upload.get_absolute_url()
    )
    press(upload, "apply")
    assert set(Contract.objects.values_list("currency", "yearly_value")) == {("USD", None)}


def upload_columns(upload):
    upload.refresh_from_db()
    return upload.report["columns"]


def test_an_amount_put_right_by_hand_says_no_word_of_its_own_on_the_currency(client, send, press):
    press(send(sheet(*ROWS, headings=HEADINGS)), "apply")
    contract = Contract.objects.get(reference="C-1")
    correct(client, contract, total_value="99000")

    [said] = words_on(contract)
    assert not [one for one in said.words if one.startswith("Currency")]
