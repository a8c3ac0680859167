"""Who must say yes to a pool, and what their answers come to."""

from uuid import UUID

import pytest

from social_value.parties import Outcome, Party, outcome, parties_to

LAPTOPS, PHONES = UUID(int=1), UUID(int=2)
COUNCIL, ACME, BIRCH = Party("E1"), Party("E1", LAPTOPS), Party("E1", PHONES)


def test_parties_are_each_council_and_the_supplier_of_each_contract():
    shares = [("E1", PHONES), ("E1", LAPTOPS), ("E1", LAPTOPS)]

    assert parties_to(shares) == [COUNCIL, ACME, BIRCH]


@pytest.mark.parametrize(
    ("answers", "comes_to"),
    [
        ({}, Outcome.OPEN),
        ({COUNCIL: True}, Outcome.OPEN),
        ({COUNCIL: True, ACME: True}, Outcome.AGREED),
        ({COUNCIL: True, ACME: False}, Outcome.REFUSED),
        ({ACME: False}, Outcome.REFUSED),
    ],
)
def test_one_no_is_enough_and_every_yes_is_needed(answers, comes_to):
    assert outcome([COUNCIL, ACME], answers) == comes_to


def test_a_pool_of_nobody_is_never_agreed():
    assert outcome([], {}) == Outcome.OPEN
