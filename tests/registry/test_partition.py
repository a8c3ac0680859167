"""Which names are one supplier: numbers first, then names; the order of rows never matters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.identifiers import Identifier
from registry.matching import SHOWN, Mention, NameIndex, Rulings, partition
from registry.names import canonical_name

NAMES = ["Acme Ltd", "ACME LIMITED", "Acme", "Birch Systems Ltd", "Birch Systems", "Cedar & Co"]
NUMBERS = ["", "01234567", "07654321", "SC123456"]


def mention(name, number=""):
    return Mention(name, (Identifier("GB-COH", number),) if number else ())


def groups(*mentions, rulings=None):
    return {frozenset(group.members) for group in partition(mentions, rulings).groups}


def asked(*mentions, rulings=None):
    found = partition(mentions, rulings).questions
    return {frozenset({*q.one.names, *q.other.names}) for q in found}


def all_alike(*mentions):
    """Whether each name is asked about beside each other."""
    names = {canonical_name(one.name) for one in mentions}
    known = NameIndex(one.name for one in mentions)
    return all({o.canonical for o in known.alike(n)[:SHOWN]} == names - {n} for n in names)


def sizes(*mentions, rulings=None):
    return sorted(len(group) for group in groups(*mentions, rulings=rulings))


def test_two_spellings_are_one_supplier_with_the_reason():
    [group] = partition([mention("Acme IT Ltd"), mention("ACME I.T. LIMITED")]).groups

    assert [why.confidence for why in group.members.values()] == [1.0, 0.99]


def test_a_number_joins_whatever_the_names():
    assert sizes(mention("Acme Ltd", "01234567"), mention("Quite Another", "01234567")) == [2]


def test_one_name_with_two_numbers_is_two_suppliers_and_a_question():
    stated = [mention("Acme Ltd", n) for n in ("01234567", "07654321")]

    assert sizes(*stated) == [1, 1]
    assert asked(*stated) == {frozenset({"Acme Ltd"})}


def test_a_name_without_number_goes_to_the_one_body_that_has_it():
    assert sizes(mention("Acme"), mention("Acme Ltd", "01234567")) == [2]


def test_a_name_without_number_that_two_bodies_share_goes_to_neither():
    stated = [mention("Acme Ltd", n) for n in ("", "01234567", "07654321")]

    assert sizes(*stated) == [1, 1, 1]


@pytest.mark.parametrize(("one", "other"), [("ABC Ltd", "ABC LTD."), ("S.C.C.", "S C C")])
def test_a_short_name_written_alike_is_one(one, other):
    assert sizes(mention(one), mention(other)) == [2]


def test_a_short_name_written_otherwise_is_asked_about():
    stated = mention("ABC Ltd"), mention("A.B.C.")

    assert sizes(*stated) == [1, 1]
    assert asked(*stated) == {frozenset({"ABC Ltd", "A.B.C."})}


def test_a_slip_that_a_third_name_contests_is_asked_about():
    two = mention("Larkfield Upholsterers"), mention("Larkfielt Upholsterers")
    third = mention("Larkfieln Upholsterers")

    assert sizes(*two) == [2]
    assert sizes(*two, third) == [1, 1, 1]
    assert all_alike(*two, third)


def test_a_word_for_the_trade_that_another_trade_contests_is_asked_about():
    two = mention("Larkfield Ltd"), mention("Larkfield Printing Ltd")
    third = mention("Larkfield Catering Ltd")

    assert sizes(*two) == [2]
    assert sizes(*two, third) == [1, 1, 1]
    assert all_alike(*two, third)


def test_a_number_outranks_the_name():
    namesake, holder = mention("Larkfield Systems Ltd", "01234567"), mention("Oldbrook", "07654321")

    assert groups(namesake, holder, mention(namesake.name, "07654321")) == {
        frozenset({namesake}),
        frozenset({holder, mention(namesake.name, "07654321")}),
    }


def test_names_a_cell_gives_to_one_body_are_one_unless_numbers_conflict():
    cell = mention("Quarrington Data Ltd (formerly Pemberton Data)")
    old, new = mention("Pemberton Data Ltd"), mention("Quarrington Data Ltd")

    assert sizes(old, new) == [1, 1]
    assert sizes(old, new, cell) == [3]
    numbered = [mention(old.name, "01234567"), mention(new.name, "07654321")]
    assert sizes(*numbered, cell) == [1, 2]


def test_firms_that_share_a_trading_name_are_apart_and_asked_about():
    shop, other = (mention(f"{n} Ltd t/a Golden Sandwich") for n in ("Larkfield", "Pemberton"))
    brand = mention("Golden Sandwich")

    assert sizes(shop, brand) == [2]
    assert sizes(shop, other) == [1, 1]
    assert sizes(shop, other, brand) == [1, 1, 1]
    assert len(asked(shop, other, brand)) == 3
    assert sizes(mention(shop.name, "01234567"), mention(other.name, "01234567")) == [2]
    assert sizes(shop, mention("LARKFIELD LIMITED trading as Golden Sandwich")) == [2]


def test_a_trading_name_of_many_firms_says_nothing():
    firms = "Larkfield", "Pemberton", "Oldbrook", "Quarrington"
    shops = [mention(f"{name} Ltd t/a Golden Sandwich") for name in firms]

    assert sizes(*shops) == [1, 1, 1, 1]
    assert asked(*shops) == set()


def test_a_name_that_may_be_a_company_or_a_partnership_is_neither():
    either = mention("Larkfield Surveying")
    bodies = mention("Larkfield Surveying Ltd"), mention("Larkfield Surveying LLP")

    assert sizes(either, bodies[0]) == [2]
    assert sizes(either, *bodies) == [1, 1, 1]


def test_rulings_outrank_names_and_numbers():
    one, other = mention("Acme Ltd", "01234567"), mention("Cedar & Co", "07654321")
    together = Rulings(together=frozenset({(one.name, other.name)}))
    assert sizes(one, other, rulings=together) == [2]

    same = mention("Acme Ltd", "01234567"), mention("Birch Ltd", "01234567")
    apart = Rulings(apart=frozenset({("Birch Ltd", "Acme Ltd")}))
    assert sizes(*same, rulings=apart) == [1, 1]
    assert asked(*same, rulings=apart) == set()


def test_a_ruling_holds_for_other_spellings_of_a_name():
    apart = Rulings(apart=frozenset({("Larkfeild Systems Ltd", "Larkfield Systems Ltd")}))
    stated = [mention("Larkfield Systems Ltd"), mention("LARKFEILD SYSTEMS LIMITED")]

    assert sizes(*stated) == [2]
    assert sizes(*stated, rulings=apart) == [1, 1]


some_mentions = st.lists(
    st.builds(mention, st.sampled_from(NAMES), st.sampled_from(NUMBERS)), max_size=8
)


@given(some_mentions, st.randoms())
def test_the_order_of_rows_does_not_matter(mentions, random):
    shuffled = random.sample(mentions, len(mentions))

    assert groups(*shuffled) == groups(*mentions)


@given(some_mentions)
def test_two_company_numbers_are_never_one_supplier(mentions):
    for group in partition(mentions).groups:
        assert len(group.numbers) <= 1
