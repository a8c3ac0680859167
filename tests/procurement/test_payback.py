import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.payback import Stated, Usual, usual
from procurement.switching import Switching
from procurement.track_record import Forecast

SAVING = Forecast(Decimal(2_000), Decimal(13_000), Decimal(30_000))
WEIGHED = Usual(48, Decimal(18_000))


def weighed(saving=SAVING, work=18_000, term=48):
    return Usual(term, Decimal(work)).payback(saving)


def test_what_is_left_of_the_saving_over_the_term_may_be_less_than_nothing():
    found = weighed()

    assert found.over_term == Forecast(Decimal(8_000), Decimal(52_000), Decimal(120_000))
    assert found.left == Forecast(Decimal(-10_000), Decimal(34_000), Decimal(102_000))
    assert dict(found.rows)["What is left"] == (
        "£10,000 too little to £102,000, most likely £34,000. At the most likely saving it pays "
        "for itself after 17 months; at the lowest saving, not within the term."
    )


def test_a_saving_that_does_not_cover_the_work_is_warned_of_and_never_pays_back():
    found = weighed(Forecast(Decimal(400), Decimal(2_000), Decimal(5_000)))

    assert (found.pays, found.months) == (False, None)
    assert found.warning == (
        "It may not be worth the work: over 4 years about £8,000 is most likely saved, and "
        "£18,000 is spent on it."
    )
    assert found.warning in found.reason


def test_a_saving_that_covers_the_work_is_not_warned_of():
    assert weighed().warning == ""
    assert weighed(Forecast(Decimal(4_500), Decimal(4_500), Decimal(4_500))).warning == ""


def test_stated_switching_is_paid_for_too():
    found = weighed().switched(
        [Switching(Decimal(4_000), Decimal(500)), Switching(Decimal(800))], of=3
    )

    assert found.left.mid == Decimal(52_000 - 18_000 - 4_800 - 2_000)
    assert found.months == 22  # £22,800 once, of £12,500 a year
    told = dict(found.rows)["Switching over the term"]
    assert told.startswith("£6,800. As 2 of 3 councils state it. What it costs the others is not")


def test_switching_that_costs_all_of_the_saving_in_each_year_never_pays_back():
    found = weighed(work=0).switched([Switching(yearly=Decimal(13_000))])

    assert found.months is None
    assert weighed(work=0).switched([Switching(yearly=Decimal(13_001))]).warning


def test_nothing_is_weighed_where_no_saving_is_claimed_or_nothing_is_assumed():
    nothing = Decimal(0)

    assert WEIGHED.payback(Forecast(nothing, nothing, nothing)) is None
    assert usual({"lead_costs": Decimal(1)}) is None


@pytest.mark.parametrize(("months", "words"), [(48, "4 years"), (12, "1 year"), (30, "30 months")])
def test_the_term_is_said_in_the_unit_people_use(months, words):
    assert weighed(term=months).term == words


POUNDS = st.integers(0, 10**6).map(Decimal)


@given(
    pounds=st.tuples(POUNDS, POUNDS, POUNDS).map(sorted).filter(lambda three: three[2] > 0),
    work=st.integers(0, 10**5),
    term=st.integers(1, 96),
    yearly=POUNDS,
)
def test_what_is_left_is_in_order_and_pays_back_within_the_term(pounds, work, term, yearly):
    found = weighed(Forecast(*pounds), work, term).switched([Switching(yearly=yearly)])

    assert found.left.low <= found.left.mid <= found.left.high
    assert bool(found.warning) != found.pays
    if found.months is not None:
        assert 0 <= found.months <= term
        paid = (found.saving.mid - yearly) * found.months / 12
        assert paid >= found.once


@given(
    stated=st.lists(st.builds(Switching, POUNDS, POUNDS), min_size=1, max_size=6),
    term=st.integers(1, 120),
    saving=st.tuples(POUNDS, POUNDS, POUNDS).map(sorted).filter(lambda pounds: pounds[2]),
)
def test_all_that_councils_state_is_paid_for_over_the_term_to_the_pound(stated, term, saving):
    found = Usual(term, Decimal(0)).payback(Forecast(*saving)).switched(stated, of=6)

    cost = sum(one.once for one in stated) + sum(one.yearly for one in stated) * term / 12
    for kept, left in zip(found.over_term.pounds, found.left.pounds, strict=True):
        assert 0 <= kept - left - cost < 1


PENNIES = st.integers(0, 10**9).map(lambda pence: Decimal(pence) / 100)


def shown(words):
    """The figures of a line, below nothing where it says so."""
    found = re.findall(r"£([\d,]+(?:\.\d\d)?)( too little)?", words)
    return [Decimal(f"{'-' if less else ''}{pounds.replace(',', '')}") for pounds, less in found]


@given(
    saving=st.tuples(PENNIES, PENNIES, PENNIES).map(sorted).filter(lambda pounds: pounds[2]),
    years=st.integers(1, 10),
    costs=st.none() | PENNIES,
    switching=st.none() | st.lists(st.builds(Switching, PENNIES, POUNDS), max_size=3),
)
def test_what_is_shown_adds_up(saving, years, costs, switching):
    stated = Stated(costs, switching, of=3)
    found = Usual(12 * years, Decimal(18_000)).payback(Forecast(*saving), stated)

    over, work, paid, left = (shown(words) for _, words in found.rows)
    low, high, mid, yearly = over
    assert mid == yearly * years
    spent = work[0] + sum(paid[:1])
    assert left[:3] == [low - spent, high - spent, mid - spent]
    assert found.pays or shown(found.warning) == [mid, spent]


def test_a_part_of_a_saving_is_rounded_before_it_is_taken_over_the_term():
    found = weighed(Forecast(Decimal("1.00"), Decimal("2903.20"), Decimal("13400.00")))

    rows = dict(found.rows)
    assert rows["Saving over the usual term"].endswith("likely £11,600: 4 years at £2,900 a year")
    assert "most likely £6,400 too little" in rows["What is left"]
    assert found.over_term.high == 52_000
