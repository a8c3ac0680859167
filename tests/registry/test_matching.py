"""Which known names rules tie to a name, and which are merely alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.matching import Mention, NameIndex, partition
from registry.matching.judgement import LINK_FROM
from registry.names import canonical_name

KNOWN = "Larkfield Systems Ltd"


def bond(name: str, *known: str) -> float:
    """How sure a rule is of the first of some known names."""
    bonds = NameIndex((*known, name)).bonds(name)
    return max((one.confidence for one in bonds if one.other == known[0]), default=0.0)


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
        "Bright Lanterns Ltd (formerly Larkfield Systems)",
    ],
)
def test_rules_link_spellings_of_a_known_name(name: str) -> None:
    assert bond(name, KNOWN, "Oldbrook Systems Ltd", "Pemberton Care Ltd") >= LINK_FROM


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("ABC Ltd", "A.B.C."),
        ("Computer Services Ltd", "Computer Services"),
        ("Computer Services Ltd", "Services Computer Ltd"),
        ("JP Services", "J P Services"),
        ("Larkfield Ltd", "Larkfield LLP"),
        ("Larkfield Ltd", "Oldbrook / Larkfield"),
    ],
)
def test_rules_ask_about_generic_and_short_names(known: str, name: str) -> None:
    assert 0 < bond(name, known) < LINK_FROM


@pytest.mark.parametrize(
    "name",
    ["Larkfield Holdings Ltd", "Larkfield (North) Ltd", "Larkfield Renewables Ltd", "Thorncombe"],
)
def test_rules_never_link_where_a_word_decides(name: str) -> None:
    assert bond(name, "Larkfield Ltd", "Oldbrook Systems Ltd", "Pemberton Care Ltd") == 0


def test_a_slip_links_only_to_a_sole_neighbour() -> None:
    known = "Larkfield Upholsterers", "Larkfields Upholsterer"

    assert bond("Larkfieln Upholsterers", *known) >= LINK_FROM
    assert bond("Larkfieln Upholsterers", *known, "Larkfielt Upholsterers") == 0


def test_a_name_of_four_letters_is_not_a_slip_of_another() -> None:
    assert bond("Rosa Electrical Ltd", "Rose Electrical Ltd") == 0


@pytest.mark.parametrize("known", ["ABC Ltd", "Computer Services Ltd", "The IT Company Ltd"])
def test_a_registered_name_is_one_firm_however_short(known: str) -> None:
    assert bond(known.replace("Ltd", "Limited"), known) >= LINK_FROM


def test_a_slip_that_ends_in_a_double_letter_links() -> None:
    assert bond("Larkfieles Salmon LLP", "Larkfieless Salmon LLP") >= LINK_FROM


def test_a_slip_and_a_space_link_as_either_does() -> None:
    assert bond("Foot Works Chirapody", "Footworks Chiropody Ltd") >= LINK_FROM


def test_no_name_has_more_bonds_because_many_are_like_it() -> None:
    """What is gathered about a new name follows bonds, and must not become the whole registry."""
    trades = "Roofing", "Security", "Cleaning", "Training", "Transport"
    firms = [f"{a}{b}field" for a in ("Lark", "Barn", "Barr") for b in ("ton", "ten", "tin")]
    index = NameIndex(f"{firm} {trade} Ltd" for firm in firms for trade in trades)

    assert [index.bonds(f"{firm} {trade} Ltd") for firm in firms for trade in trades] == [[]] * 45


NAMES = (
    "Larkfield Ltd",
    "LARKFIELD LIMITED",
    "Larkfield LLP",
    "Lark Field Ltd",
    "Larkfeild Ltd",
    "Larkfieldd",
    "L a r k f i e l",
    "Larkfie1d Ltd",
    "Larkfield Roofing Ltd",
    "Larkfield Roofing Services Ltd",
    "Oldbrook Ltd t/a Larkfield",
    "Pemberton Ltd t/a Larkfield",
    "Oldbrook plc",
    "Oldbrook Ltd (UK) / Larkfield",
)
some_names = st.lists(st.sampled_from(NAMES), unique=True)


@given(some_names)
def test_a_bond_is_the_same_from_either_side(names: list[str]) -> None:
    index = NameIndex(names)
    bonds = {(name, one.other): one.confidence for name in names for one in index.bonds(name)}

    assert bonds == {(other, name): sure for (name, other), sure in bonds.items()}


@given(some_names, st.sampled_from(NAMES))
def test_a_new_name_makes_and_breaks_bonds_of_names_it_touches_alone(
    names: list[str], new: str
) -> None:
    known = [name for name in names if name != new]
    after = NameIndex([*known, new])
    far = set(known) - after.touching(new)

    def between(index: NameIndex) -> set[tuple[str, str, float]]:
        bonds = {(n, one.other, one.confidence) for n in far for one in index.bonds(n)}
        return {bond for bond in bonds if bond[1] in far}

    assert between(NameIndex(known)) == between(after)


@given(some_names, st.randoms())
def test_bonds_and_likeness_do_not_depend_on_the_order_of_names(names: list[str], random) -> None:
    index, other = NameIndex(names), NameIndex(random.sample(names, len(names)))

    for name in names:
        assert sorted(index.bonds(name)) == sorted(other.bonds(name))
        assert index.alike(canonical_name(name)) == other.alike(canonical_name(name))


@given(some_names)
def test_a_name_like_another_is_one_the_other_is_like(names: list[str]) -> None:
    index = NameIndex(names)
    pairs = {(n, o.canonical, o.score) for n in index.canonical_names for o in index.alike(n)}

    assert pairs == {(other, name, score) for name, other, score in pairs}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Larkfield Roofing", "Larkfield Carpets"),
        ("Larkfield Upholsterers", "Larkfield Upholsterers and Carpets of Ely"),
        ("Larkfield Pemberton Roofing", "Pemberton, Larkfield and Sons"),
        ("Larkfield", "Larkfield Pemberton"),
    ],
)
def test_names_that_share_most_of_what_they_say_are_alike(one: str, other: str) -> None:
    index = NameIndex([one, other, "Thorncombe Dairy"])

    assert [o.canonical for o in index.alike(canonical_name(one))] == [canonical_name(other)]


@given(st.text(max_size=50))
def test_any_text_is_taken(text: str) -> None:
    index = NameIndex([KNOWN, text] if text != KNOWN else [KNOWN])

    assert all(0 < one.confidence <= 1 for one in index.bonds(text))
    assert len(partition([Mention(text), Mention(KNOWN)]).groups) <= 2
    index.alike(canonical_name(text))
    index.touching(text)
