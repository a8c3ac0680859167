"""A contract as it was on any day, withdrawn words among them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.actions import people
from registry.formats import day as written
from registry.history import Told, moments, standing_at
from registry.statements import STATED, Stated, column_value, fold
from tests.factories import TODAY, make_contract, make_officer, make_source, make_statement

START = datetime(2026, 1, 1, tzinfo=UTC)


def told(source, title, *, day, undone=None, by_person=False):
    said = Stated(source, frozenset({"title"}), {"title": title}, by_person=by_person)
    at = START + timedelta(days=day)
    return Told(said, at, undone and START + timedelta(days=undone))


TOLD = [told(1, "Laptops", day=0), told(2, "Notebooks", day=5, undone=9)]


def test_moments_tell_what_was_said_and_what_was_withdrawn():
    found = [(m.source, m.undone, [(c.old, c.new) for c in m.changes]) for m in moments(TOLD)]

    assert found == [
        (2, True, [("Notebooks", "Laptops")]),
        (2, False, [("Laptops", "Notebooks")]),
        (1, False, [("", "Laptops")]),
    ]


@pytest.mark.parametrize(("day", "title"), [(0, "Laptops"), (6, "Notebooks"), (9, "Laptops")])
def test_standing_at_is_what_stood_then(day, title):
    assert fold(standing_at(TOLD, START + timedelta(days=day)))["title"] == title


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.booleans(), st.none() | st.integers(1, 9)), max_size=6
    )
)
def test_moments_add_up_to_what_stands(words):
    all_told = [
        told(n, title, day=n, undone=undone and n + undone, by_person=by_person)
        for n, (title, by_person, undone) in enumerate(words)
    ]
    title = ""
    for moment in reversed(moments(all_told)):
        for change in moment.changes:
            assert change.old == title
            title = change.new

    left = fold(standing_at(all_told, START + timedelta(days=99)))
    assert title == column_value("title", left)
    assert set(left) <= set(STATED)


@pytest.fixture
def contract(db):
    contract = make_contract()
    source = make_source(council=contract.council)
    facts = {"title": "Laptops", "contact_name": "Pat Example", "end_date": "2027-03-31"}
    make_statement(contract=contract, source=source, facts=facts)
    return contract


@pytest.mark.parametrize("query", ["", "?day_0=1&day_1=1&day_2=2099"])
def test_history_hides_from_the_public_what_is_for_buyers(client, contract, query):
    path = f"{contract.get_absolute_url()}history/{query}"

    assert "Pat Example" not in client.get(path).content.decode()

    client.force_login(make_officer(contract.council))
    assert "Pat Example" in client.get(path).content.decode()


def test_history_of_what_was_withdrawn_whole_is_for_its_council(client, contract):
    contract.withdrawn = True
    contract.save()
    path = f"{contract.get_absolute_url()}history/"

    assert client.get(path).status_code == 404
    client.force_login(make_officer(contract.council))
    assert client.get(path).status_code == 200


def test_history_asks_the_database_the_same_however_much_was_said(
    client, contract, django_assert_num_queries
):
    for _ in range(5):
        make_statement(contract=contract, source=make_source(council=contract.council))

    with django_assert_num_queries(2):
        client.get(f"{contract.get_absolute_url()}history/?day_0=1&day_1=1&day_2=2099")


def test_day_before_anything_was_known_says_so(client, contract):
    path = f"{contract.get_absolute_url()}history/?day_0=1&day_1=1&day_2=2001"

    assert "Nothing was known of it on that day." in client.get(path).content.decode()


def test_history_says_in_plain_words_which_field_a_file_was_right_of(client, contract):
    said = {"title": "Notebooks", "start_date": date(2024, 5, 1)}
    word = people.edit(contract, said, said, by=None)
    people.give_up(word, ["title"], by=None)

    shown = client.get(f"{contract.get_absolute_url()}history/").content.decode()

    assert f"Title: settled on {written(TODAY)} that the file is right." in shown
    assert "Start date: 1 May 2024" in shown
