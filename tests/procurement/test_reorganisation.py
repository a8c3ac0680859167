from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.reorganisation import Dissolving, Limits, consent

LIMITS = Limits(revenue=Decimal(100_000), capital=Decimal(1_000_000))
VESTING = date(2028, 4, 1)
BEFORE = date(2027, 8, 1)


def asked(share, *others, signing=BEFORE, unknown=0):
    one = Dissolving(VESTING, Decimal(share), [Decimal(o) for o in others], unknown)
    return consent(one, LIMITS, signing=signing)


@pytest.mark.parametrize(
    ("share", "others", "needed"),
    [
        (100_000, [], False),
        (100_001, [], True),
        (60_000, [40_000], False),
        (60_000, [40_001], True),
    ],
)
def test_contracts_of_the_same_kind_are_added_together(share, others, needed):
    assert asked(share, *others).needed is needed


def test_capital_has_a_limit_of_its_own():
    assert "unless it is capital" in asked(500_000).because
    assert "also if it is capital" in asked(1_000_001).because


@pytest.mark.parametrize("signing", [VESTING, date(2029, 1, 1)])
def test_a_successor_signs_for_itself(signing):
    found = asked(10**7, signing=signing)

    assert not found.needed
    assert "1 April 2028" in found.because


def test_values_nobody_states_are_said():
    assert "2 more without a value not counted" in asked(10_000, unknown=2).because


POUNDS = st.integers(0, 10**7)


@given(share=POUNDS, others=st.lists(POUNDS, max_size=5), more=POUNDS)
def test_more_contracts_never_make_consent_needless(share, others, more):
    if asked(share, *others).needed:
        assert asked(share, *others, more).needed
