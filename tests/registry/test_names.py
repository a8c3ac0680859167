"""How supplier names are folded and taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.names import Strength, canonical_name, name_parts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Larkfield Systems Ltd", "LARKFIELD SYSTEMS LIMITED"),
        ("Larkfield Systems (UK) Ltd.", "The Larkfield Systems PLC"),
        ("Larkfield & Sons Ltd", "LARKFIELD AND SONS"),
        ("Ann Pemberton Ltd", "PEMBERTON LTD ANN"),
        ("D J H Larkfield Ltd", "DJH Larkfield Ltd"),
        ("Larkfield (STH WST) Ltd", "Larkfield (South West) Ltd"),
        ("Larkfield South-West Ltd", "LARKFIELD SW LTD"),
        ("Larkfield Care Svcs", "Larkfield Care Services"),
        ("Larkfield CIC", "Larkfield Community Interest Company"),
        ("Larkfield Technologies Ltd", "Larkfield Technology Ltd"),
        ("Larkfield Ltd **USE 172362**", "Larkfield Ltd"),
        ("**USE 172362** Larkfield Ltd", "Larkfield Ltd"),
        ("Larkfield Ltd - DO NOT USE", "Larkfield Ltd"),
        ("Larkfield Ltd (PO Box 18)", "Larkfield Ltd"),
        ("Larkfield Ltd(invs after 01/04/07", "Larkfield Ltd"),
        ("Larkfield Ltd in administration", "Larkfield Ltd"),
        ("Larkfield (Ltd)", "Larkfield Limited"),
        ("Wide Column Trading Company of Lark LT", "Wide Column Trading Company of Lark Ltd"),
        ("Café Larkfield Ltd", "CAFE LARKFIELD LTD"),
    ],
)
def test_canonical_name_is_equal_for_spellings_of_one_name(one: str, other: str) -> None:
    assert canonical_name(one) == canonical_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Larkfield (Renewables) Ltd", "Larkfield Ltd"),
        ("Larkfield Holdings Ltd", "Larkfield Services Ltd"),
        ("Larkfield 2000 Ltd", "Larkfield 3000 Ltd"),
        ("J P Services", "R P Services"),
        ("Larkfield North Ltd", "Larkfield South Ltd"),
    ],
)
def test_canonical_name_differs_where_a_word_decides(one: str, other: str) -> None:
    assert canonical_name(one) != canonical_name(other)


@pytest.mark.parametrize(
    ("cell", "main", "alias"),
    [
        ("Larkfield Ltd t/a Bright Coaches", "larkfield", "bright coache"),
        ("Larkfield Ltd trading as Bright Coaches", "larkfield", "bright coache"),
        ("Larkfield (formerly Oldbrook Limited)", "larkfield", "oldbrook"),
        ("Larkfield Ltd (previously known as Oldbrook)", "larkfield", "oldbrook"),
        ("Bright Learning / Larkfield LLP", "bright learning", "larkfield"),
    ],
)
def test_name_parts_finds_other_names(cell: str, main: str, alias: str) -> None:
    parts = name_parts(cell)

    assert parts.main.canonical == main
    assert [n.canonical for n in parts.aliases] == [alias]


def test_name_parts_keeps_two_bodies_apart() -> None:
    parts = name_parts("Larkfield Ltd / Oldbrook Ltd")

    assert not parts.aliases
    assert [n.canonical for n in parts.beside] == ["oldbrook"]


@pytest.mark.parametrize(
    ("name", "strength"),
    [
        ("ACS Ltd", Strength.BARE),
        ("Computer Services", Strength.BARE),
        ("DEF Software", Strength.WEAK),
        ("Larkfield", Strength.STRONG),
    ],
)
def test_strength_is_low_for_generic_and_short_names(name: str, strength: Strength) -> None:
    assert name_parts(name).main.strength is strength


@given(st.text(max_size=60))
def test_name_parts_takes_any_text(text: str) -> None:
    parts = name_parts(text)

    assert canonical_name(text) == parts.main.canonical


@given(
    st.lists(
        st.sampled_from(["alder", "birch", "cedar", "dogwood", "elder"]), min_size=1, unique=True
    )
)
def test_canonical_name_ignores_order(words: list[str]) -> None:
    assert canonical_name(" ".join(words)) == canonical_name(" ".join(reversed(words)) + " Ltd")


@pytest.mark.parametrize("form", ["L.L.P", "L.L.P.", "LLP", "P.L.C.", "c.i.c."])
def test_canonical_name_takes_off_a_legal_form_written_with_dots(form):
    assert canonical_name(f"Cairnlow Works {form}") == canonical_name("Cairnlow Works")
