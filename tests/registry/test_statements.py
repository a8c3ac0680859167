"""Statements: what is encoded comes back; folding is order, people's word, and forgetting."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.records import FIELDS, FieldType
from registry.statements import (
    STATED,
    Stated,
    column_of,
    column_value,
    decode,
    encode,
    facts_of_columns,
    fold,
    known_fields,
    overlaid,
    standing,
)

# Fields that say nothing of one another, so that a fold is a plain overlay of them.
FREE = [name for name in FIELDS if name not in {"start_date", "end_date"}]
BY_TYPE = {
    FieldType.DATE: st.dates(),
    FieldType.MONEY: st.decimals(-(10**12), 10**12, places=2),
    FieldType.NUMBER: st.decimals(0, 10**9, places=2),
    FieldType.YES_NO: st.booleans(),
}


def value_of(name):
    return BY_TYPE.get(FIELDS[name].type, st.text(min_size=1))


def facts_among(names):
    return st.fixed_dictionaries({}, optional={name: value_of(name) for name in names})


@st.composite
def statements(draw, names=FREE[:12], most=5):
    """Sources oldest first; what a source says is among what it knows."""
    said = []
    for source in range(draw(st.integers(0, most))):
        knows = draw(st.frozensets(st.sampled_from(names)))
        facts = draw(facts_among(sorted(knows)))
        said.append(Stated(source, knows, facts, by_person=draw(st.booleans())))
    return said


@given(facts_among(FIELDS))
def test_decode_gives_back_what_was_encoded(facts):
    assert decode(encode(facts)) == facts


def test_encode_writes_plain_json():
    facts = {"end_date": date(2027, 3, 31), "total_value": Decimal("10.50"), "sme": False}

    assert encode(facts) == {"end_date": "2027-03-31", "total_value": "10.50", "sme": False}


@given(statements())
def test_fold_lets_the_last_that_knows_a_field_have_its_word(said):
    by_person = [one for one in said if one.by_person]
    by_file = [one for one in said if not one.by_person]
    expected = {}
    for name in FREE[:12]:
        speakers = [one for one in by_file + by_person if name in one.knows]
        if speakers and name in speakers[-1].facts:
            expected[name] = speakers[-1].facts[name]

    assert fold(said) == expected


@given(statements())
def test_fold_of_one_statement_said_twice_is_the_fold_of_it_once(said):
    again = [one for one in said for _ in range(2)]

    assert fold(again) == fold(said)


@given(statements())
def test_standing_names_the_statement_of_each_folded_fact(said):
    stands = standing(said)

    assert all(stands[name].facts[name] == value for name, value in fold(said).items())


def test_an_amount_from_a_later_file_is_in_the_currency_of_that_file():
    dollars = {"title": "Laptops", "total_value": Decimal(5), "currency": "USD"}
    pounds = {"title": "Laptops", "total_value": Decimal(4)}
    files = [
        Stated(source, known_fields(["title", "total_value"]), facts)
        for source, facts in enumerate([dollars, pounds])
    ]

    assert fold(files) == pounds
    assert fold(files[::-1]) == dollars


def test_fold_takes_a_known_blank_for_nothing():
    said = [
        Stated(1, frozenset({"title", "status"}), {"title": "Laptops", "status": "Live"}),
        Stated(2, frozenset({"title", "status"}), {"title": "Laptops"}),
    ]

    assert fold(said) == {"title": "Laptops"}


def test_fold_keeps_what_a_later_source_does_not_speak_of():
    said = [
        Stated(1, frozenset({"title", "status"}), {"title": "Laptops", "status": "Live"}),
        Stated(2, frozenset({"title"}), {"title": "Notebooks"}),
    ]

    assert fold(said) == {"title": "Notebooks", "status": "Live"}


def test_fold_keeps_what_was_read_beside_the_columns():
    said = [Stated(1, frozenset({"title"}), {"title": "Laptops", "supplier_size": "Micro"})]

    assert fold(said)["supplier_size"] == "Micro"
    assert standing(said)["supplier_size"].source == 1


@pytest.mark.parametrize(
    ("held", "said", "stands"),
    [
        ({"end_date": date(2027, 3, 31)}, {"rolling": True}, {"rolling": True}),
        (
            {"rolling": True},
            {"end_date": date(2027, 3, 31)},
            {"end_date": date(2027, 3, 31)},
        ),
        (
            {"start_date": date(2026, 4, 1)},
            {"end_date": date(2026, 3, 31)},
            {"end_date": date(2026, 3, 31)},
        ),
        (
            {"end_date": date(2026, 3, 31)},
            {"start_date": date(2026, 4, 1)},
            {"start_date": date(2026, 4, 1)},
        ),
        (
            {"start_date": date(2026, 3, 31)},
            {"end_date": date(2026, 3, 31)},
            {"start_date": date(2026, 3, 31), "end_date": date(2026, 3, 31)},
        ),
    ],
)
def test_overlaid_drops_what_can_no_longer_be_true(held, said, stands):
    assert overlaid(held, said, frozenset(said)) == stands


def test_known_fields_adds_what_follows_from_a_column():
    assert known_fields(["end_date", "ignored"]) == {"end_date", "rolling", "title", "kind"}
    assert {"value_basis", "value_vat"} <= known_fields(["total_value"])


# A contract's column always holds a currency: pounds where none is said.
BLANK_AT_FIRST = [name for name in FIELDS if name != "currency"]


@given(facts_among(BLANK_AT_FIRST))
def test_columns_give_back_the_facts_they_hold(facts):
    columns = {name: column_value(name, facts) for name in BLANK_AT_FIRST}

    assert facts_of_columns(columns) == facts


def test_column_of_names_a_column_for_every_field():
    assert column_of("category") == "register_category"
    assert {column_of(name) for name in STATED if name != "category"} == set(STATED) - {"category"}


def test_column_value_of_what_is_not_said_is_the_database_s_default():
    blanks = {name: column_value(name, {}) for name in ("title", "end_date", "rolling", "kind")}

    assert blanks == {"title": "", "end_date": None, "rolling": False, "kind": "contract"}
