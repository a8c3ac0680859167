"""Pages on which officers record what happened, and what they refuse."""

from datetime import date

import pytest

from registry.models import Contract, Source
from tests.factories import make_contract, make_officer, make_source, make_statement

pytestmark = pytest.mark.django_db
FACTS = {
    "title": "Laptops",
    "start_date": "2024-04-01",
    "end_date": "2027-03-31",
    "extension": "2 x 12 months",
}


@pytest.fixture
def contract():
    contract = make_contract(title="Laptops", extension="2 x 12 months")
    make_statement(
        contract=contract,
        source=make_source(council=contract.council, columns={name: {} for name in FACTS}),
        facts=FACTS,
    )
    return contract


@pytest.fixture
def post(client, contract):
    client.force_login(make_officer(contract.council))

    def post(part, **data):
        return client.post(f"{contract.get_absolute_url()}{part}/", data, follow=True)

    return post


def day(text):
    return {f"day_{n}": part for n, part in enumerate(text.split())}


def test_record_offers_the_ends_of_the_options_still_open(client, contract):
    client.force_login(make_officer(contract.council))

    page = client.get(f"{contract.get_absolute_url()}record/").content.decode()

    assert "31 March 2028" in page
    assert "31 March 2029" in page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (day("31 3 2027"), "Choose what happened."),
        ({"event": "ended"}, "Give the last day."),
        ({"event": "ended", **day("31 2 2026")}, "This is not a date."),
        ({"event": "ended", **day("31 3 2030")}, "This day is still to come."),
        ({"event": "notice given", **day("1 1 2020")}, "It began on 1 April 2024"),
    ],
)
def test_record_says_what_is_wrong(post, data, words):
    assert words in post("record", **data).content.decode()
    assert not Source.objects.filter(kind="person").exists()


def test_record_extends_to_an_offered_day(post, contract):
    post("record", event="extended", until="2028-03-31")

    contract.refresh_from_db()
    assert (contract.end_date, contract.latest_permitted_end) == (
        date(2028, 3, 31),
        date(2029, 3, 31),
    )


def test_word_is_taken_back_on_the_page(post, contract):
    post("record", event="notice given", **day("30 6 2026"))

    post("take-back", source=Source.objects.get(kind="person").pk)

    contract.refresh_from_db()
    assert contract.end_date == date(2027, 3, 31)


def test_take_back_is_for_words_on_this_contract_alone(post, contract):
    other = make_source(kind="person", upload=None, council=contract.council)
    make_statement(contract=make_contract(council=contract.council), source=other)

    assert post("take-back", source=other.pk).status_code == 404
    assert Source.objects.standing().filter(pk=other.pk).exists()


def test_take_back_leaves_files_alone(post, contract):
    file = Source.objects.get(kind="upload")

    assert post("take-back", source=file.pk).status_code == 404
    assert Contract.objects.standing().filter(pk=contract.pk).exists()
