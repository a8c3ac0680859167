"""Which word somebody may have meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.spelling import nearest, slips_forgiven, words_in

KNOWN = {"laptops", "desktops", "broadband", "firewall", "taxi", "taxis", "softcat"}
LETTERS = st.text("abcdefghij", min_size=1, max_size=15)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("laptosp", "laptops"),  # exchanged
        ("softkat", "softcat"),  # another letter
        ("taxxi", "taxi"),  # one too many; "taxis" is two away
        ("brodbnad", "broadband"),  # two slips in a long word
        ("labtobs", None),  # two in a short one
        ("tax", None),  # too short to guess at
        ("gritting", None),
    ],
)
def test_nearest_forgives_few_slips(said, meant):
    assert nearest(said, KNOWN) == meant


@given(LETTERS, st.sets(LETTERS, max_size=20))
def test_a_known_word_of_some_length_is_its_own_nearest(word, known):
    assert nearest(word, known | {word}) == word


@given(LETTERS)
def test_longer_words_are_forgiven_no_less(word):
    assert slips_forgiven(word) <= slips_forgiven(word + "a")


def test_words_in_leaves_out_numbers_short_words_and_endless_ones():
    found = words_in(["Lot 12: IT for ÉCLAIRAGE", "abc1 " + "x" * 90])

    assert "éclairage" in found
    assert all(4 <= len(word) <= 40 and word.isalpha() for word in found)
    assert "abc1" not in found
