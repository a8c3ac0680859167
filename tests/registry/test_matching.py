"""Which known supplier a name is matched with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.identifiers import Identifier
from registry.matching import Match, NameIndex, Outcome
from registry.names import name_parts

ONE = Identifier("GB-COH", "01234567")
OTHER = Identifier("GB-COH", "07654321")


def index_of(*names: str) -> NameIndex:
    index = NameIndex()
    for number, name in enumerate(names, 1):
        index.add(number, name)
    return index


def match_in(index: NameIndex, name: str, *identifiers: Identifier) -> Match:
    return index.match(name_parts(name), identifiers)


@pytest.mark.parametrize(
    "name",
    [
        "LARKFIELD SYSTEMS LIMITED",
        "Systems Larkfield",
        "Lark Field Systems Ltd",
        "Larkfeild Systems Ltd",
        "Larkfield Systems Ltd **USE 12345**",
        "Larkfield Systems (UK) Ltd",
        "Larkfield Systems Ltd t/a Bright Lanterns",
        "Larkfield Data Systems Ltd",
    ],
)
def test_match_links_spellings_of_a_known_name(name: str) -> None:
    index = index_of("Larkfield Systems Ltd", "Oldbrook Systems Ltd", "Pemberton Care Ltd")

    match = match_in(index, name)

    assert (match.outcome, match.supplier_id) == (Outcome.LINK, 1)
    assert match.reason


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("ABC Ltd", "ABC Limited"),
        ("Computer Services Ltd", "Computer Services Limited"),
        ("JP Services", "J P Services"),
        ("Larkfield Ltd", "Larkfield LLP"),
    ],
)
def test_match_asks_about_generic_and_short_names(known: str, name: str) -> None:
    assert match_in(index_of(known), name).outcome is Outcome.REVIEW


@pytest.mark.parametrize(
    "name",
    ["Larkfield Holdings Ltd", "Larkfield (North) Ltd", "Larkfield Renewables Ltd"],
)
def test_match_never_links_where_a_word_decides(name: str) -> None:
    index = index_of("Larkfield Ltd", "Oldbrook Systems Ltd", "Pemberton Care Ltd")

    assert match_in(index, name).outcome is not Outcome.LINK


def test_match_is_new_for_a_stranger() -> None:
    match = match_in(index_of("Larkfield Systems Ltd"), "Thorncombe Dairy")

    assert (match.outcome, match.supplier_id, match.candidates) == (Outcome.NEW, None, ())


def test_match_by_slip_links_only_to_a_sole_neighbour() -> None:
    index = index_of("Larkfield Upholsterers", "Larkfields Upholsterer", "Larkfielt Upholsterers")

    assert match_in(index, "Larkfieln Upholsterers").outcome is Outcome.REVIEW


def test_match_does_not_link_equal_names_under_different_company_numbers() -> None:
    index = NameIndex()
    index.add(1, "Larkfield Systems Ltd", [ONE])

    match = match_in(index, "Larkfield Systems Ltd", OTHER)

    assert match.outcome is Outcome.REVIEW
    assert "different company" in match.reason


def test_match_links_a_former_name() -> None:
    index = index_of("Larkfield Ltd (formerly Oldbrook Publishers)")

    match = match_in(index, "Oldbrook Publishers Ltd")

    assert (match.outcome, match.supplier_id) == (Outcome.LINK, 1)


def test_match_does_not_link_two_bodies_through_a_shared_trading_name() -> None:
    index = index_of("Larkfield Ltd t/a Golden Sandwich", "Oldbrook Ltd t/a Golden Sandwich")

    assert match_in(index, "Golden Sandwich Ltd").outcome is Outcome.REVIEW


def test_keep_apart_remembers_a_refusal() -> None:
    index = index_of("Larkfield Systems Ltd")

    index.keep_apart("Larkfield Systems Limited", 1)

    assert match_in(index, "Larkfield Systems Limited").supplier_id is None


NAMES = (
    "Larkfield Ltd",
    "LARKFIELD LIMITED",
    "Lark Field Ltd",
    "Oldbrook plc",
    "Oldbrook Ltd (UK)",
)


@given(st.permutations(NAMES))
def test_resolving_gives_the_same_groups_in_any_order(names: list[str]) -> None:
    index = NameIndex()
    groups: dict[int | str, set[str]] = {}

    for name in names:
        match = match_in(index, name)
        owner = name if match.supplier_id is None else match.supplier_id
        index.add(owner, name)
        groups.setdefault(owner, set()).add(name)

    assert sorted(map(sorted, groups.values())) == [sorted(NAMES[:3]), sorted(NAMES[3:])]


@given(st.text(max_size=50))
def test_match_takes_any_text(text: str) -> None:
    match = match_in(index_of("Larkfield Systems Ltd"), text)

    assert 0 <= match.confidence <= 1
