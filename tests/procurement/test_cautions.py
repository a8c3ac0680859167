from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from procurement.cautions import Facts, Unstated, brands, cautions
from procurement.thresholds import Regime

START = date(2027, 10, 1)


def headings(**facts):
    facts = {"start": START, "regime_pooled": Regime.ABOVE, "titles": []} | facts
    return [one.heading for one in cautions(Facts(**facts))]


def test_above_the_threshold_nothing_may_be_reserved():
    assert headings() == ["It may not be reserved"]


def test_below_the_threshold_it_may_and_there_is_no_suitability_stage():
    assert headings(regime_pooled=Regime.BELOW) == ["It may be reserved", "No suitability stage"]


def test_brands_in_titles_are_named_as_they_are_written():
    titles = ["Microsoft 365 licences", "Cisco, HP and Dell kit", "DELL laptops"]

    assert "Brands are named: Cisco, Dell, HP, Microsoft" in headings(titles=titles)


def test_words_that_only_hold_a_brand_are_none():
    assert brands(["Zoomed pictures", "Pineapple", "Canonical names"]) == []


def test_a_framework_that_ends_first_is_said():
    found = headings(ending_frameworks=[("Mobile Services", date(2026, 12, 31))])

    assert "Mobile Services ends first" in found


def test_what_rests_on_notice_that_no_register_states_is_said_with_its_share():
    found = cautions(
        Facts(
            START,
            Regime.ABOVE,
            [],
            annual_value=Decimal(80_000),
            without_notice=[
                Unstated("Fenwick", Decimal(20_000)),
                Unstated("Fenwick", Decimal(4_000)),
            ],
        )
    )

    said = next(one.words for one in found if one.heading == "Notice is not known")
    assert said.startswith("£24,000 of the £80,000 a year (30 per cent) rests on 2 contracts")
    assert "none is counted: Fenwick." in said


@given(regime=st.sampled_from(Regime), titles=st.lists(st.text()))
def test_nothing_ever_suggests_to_split(regime, titles):
    said = " ".join(one.words for one in cautions(Facts(START, regime, titles)))

    assert "split" not in said.lower()
