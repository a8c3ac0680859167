from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.savings import (
    Damping,
    Fee,
    Pool,
    PriceGap,
    Prior,
    basis,
    estimate,
    hhi,
    kept_share,
)

PRIOR = Prior(Decimal(3), Decimal(8), Decimal(18), source="invented")
DAMPINGS = [
    Damping(1500, Decimal(1)),
    Damping(2500, Decimal("0.75")),
    Damping(10_001, Decimal("0.5")),
]
POOL = Pool(Decimal(812_000), hhi=1000, councils=7, fee=Fee(Decimal(0)))
GAP = PriceGap(
    percent=Decimal(14),
    low_share=Decimal("0.25"),
    mid_share=Decimal("0.5"),
    unit="user a year",
    behind="10 or more councils",
    as_at="1 October 2026",
)
BY_PRIOR, BY_PRICES = basis(PRIOR), basis(PRIOR, GAP)


def test_estimate_is_the_priors_range_rounded():
    saving = estimate(POOL, BY_PRIOR, DAMPINGS)

    assert [saving.low, saving.mid, saving.high] == [
        Decimal("24000.00"), Decimal("65000.00"), Decimal("146000.00")
    ]  # fmt: skip
    assert saving.method == "prior"


def test_estimate_opens_by_saying_it_is_not_cashable():
    saving = estimate(POOL, BY_PRIOR, DAMPINGS)

    assert saving.reasons[0] == "Indicative, not cashable until contracted."


def test_estimate_is_net_of_the_fee():
    pool = replace(POOL, fee=Fee(Decimal(1), "Devices"))

    saving = estimate(pool, BY_PRIOR, DAMPINGS)

    assert saving.mid == Decimal("57000.00")
    assert any(
        "framework fee of 1 per cent of the price after the saving: that of Devices." in reason
        for reason in saving.reasons
    )


def test_estimate_takes_no_fee_off_where_no_framework_serves_and_says_so():
    saving = estimate(replace(POOL, fee=Fee(Decimal(1))), BY_PRIOR, DAMPINGS)

    assert saving.mid == Decimal("65000.00")
    assert any(reason.startswith("No framework’s fee is taken off") for reason in saving.reasons)


def test_a_fee_that_no_framework_states_is_called_assumed():
    pool = replace(POOL, fee=Fee(Decimal(1), "Devices", stated=False))

    said = " ".join(estimate(pool, BY_PRIOR, DAMPINGS).reasons)
    assert "that of Devices, assumed since it states none" in said


def test_estimate_is_damped_where_few_suppliers_hold_the_spend():
    saving = estimate(replace(POOL, hhi=2500), BY_PRIOR, DAMPINGS)

    assert saving.mid == Decimal("32000.00")
    assert any("50 per cent" in reason for reason in saving.reasons)


def test_estimate_claims_nothing_without_evidence():
    saving = estimate(POOL, None, DAMPINGS)

    assert (saving.high, saving.method) == (Decimal(0), "none")


def test_estimate_says_how_many_contracts_state_no_value():
    saving = estimate(replace(POOL, without_value=2), BY_PRIOR, DAMPINGS)

    assert any(reason.startswith("2 contracts are without a value") for reason in saving.reasons)


def test_estimate_says_how_much_rests_on_notice_that_is_not_stated():
    saving = estimate(replace(POOL, without_notice=Decimal(120_000)), BY_PRIOR, DAMPINGS)

    assert any(reason.startswith("£120,000 of the £812,000 a year") for reason in saving.reasons)
    assert not any("no notice" in reason for reason in estimate(POOL, BY_PRIOR, DAMPINGS).reasons)


def test_estimate_is_by_unit_prices_where_they_are_known():
    saving = estimate(POOL, BY_PRICES, DAMPINGS)

    assert [saving.low, saving.mid, saving.high] == [
        Decimal("28000.00"), Decimal("57000.00"), Decimal("114000.00")
    ]  # fmt: skip
    assert saving.method == "unit prices"
    assert "unit prices of 10 or more councils for one user a year" in saving.reasons[1]
    assert basis(None, GAP) == BY_PRICES


def test_estimate_by_unit_prices_is_net_of_the_same_things():
    pool = replace(POOL, hhi=2500, fee=Fee(Decimal(5), "Devices"))

    saving = estimate(pool, BY_PRICES, DAMPINGS)

    # Half of 14 per cent of £812,000, less a fee on the rest.
    assert saving.high == Decimal("19000.00")
    assert saving.low == Decimal("0.00")


@pytest.mark.parametrize("gap", [None, GAP], ids=["prior", "unit prices"])
def test_estimate_says_why_it_may_be_false(gap):
    said = " ".join(estimate(POOL, basis(PRIOR, gap), DAMPINGS).reasons)

    for doubt in ("specifications or bundles", "Volumes may change", "old", "delivery", "joins"):
        assert doubt in said


pounds = st.decimals(0, 10**9, places=2)


@given(pounds, st.integers(0, 10_000), st.integers(0, 100))
def test_estimate_is_an_ordered_range_never_below_nothing(value, concentration, fee):
    pool = Pool(value, concentration, 3, Fee(Decimal(fee), "Devices"))

    saving = estimate(pool, BY_PRIOR, DAMPINGS)

    assert 0 <= saving.low <= saving.mid <= saving.high


@pytest.mark.parametrize(
    ("values", "expected"),
    [([100], 10_000), ([50, 50], 5000), ([1] * 10, 1000), ([], 0), ([0, 0], 0)],
)
def test_hhi_measures_concentration(values, expected):
    assert hhi(values) == expected


def test_kept_share_is_whole_below_the_first_limit():
    assert kept_share(1499, DAMPINGS) == 1
    assert kept_share(10_000, DAMPINGS) == Decimal("0.5")
