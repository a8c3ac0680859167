from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.thresholds import Regime
from procurement.timetable import Periods, Purchase, Way, timetable
from procurement.working_days import (
    holidays_known_to,
    last_working_day_before,
    working_days,
)

PERIODS = Periods(
    mobilisation_months=2,
    engagement_days=28,
    planned_notice_least_days=40,
    tendering_days=25,
    tendering_days_after_planned_notice=10,
    participation_days=35,
    market_tendering_days=10,
    assessing_days=30,
    standstill_working_days=8,
    contract_details_days=30,
    pipeline_due_days=56,
)
ENGLAND = working_days("England")
TODAY = date(2026, 11, 2)
TENDER = Purchase(date(2027, 10, 1), Regime.ABOVE, Way.TENDER)


def by_notice(bought, today=TODAY):
    found = timetable(bought, PERIODS, ENGLAND, today=today)
    return {step.notice: step for step in found.steps if step.notice}


def test_a_tender_is_counted_back_from_its_start():
    steps = by_notice(TENDER)

    # Signed on Friday 30 July 2027, the last working day two months before 1 October or earlier.
    assert steps["UK7"].by == date(2027, 7, 30) + timedelta(days=30)
    # Eight working days, the notice's own counted, are 20, 21, 22, 23, 26, 27, 28 and 29 July.
    assert steps["UK6"].by == date(2027, 7, 20)
    assert steps["UK4"].by == date(2027, 7, 20) - timedelta(days=55)
    assert steps["UK2"].by == steps["UK4"].by - timedelta(days=28)


def test_a_planned_notice_is_forty_days_before_a_tender_notice_of_ten_days():
    steps = by_notice(TENDER)

    deadline = date(2027, 7, 20) - timedelta(days=30)
    assert steps["UK3"].by == deadline - timedelta(days=50)
    assert not steps["UK3"].duty


def test_a_standstill_leaves_out_bank_holidays():
    bought = Purchase(date(2027, 3, 1), Regime.ABOVE, Way.TENDER)

    steps = by_notice(bought)

    # Signed on 1 January 2027? A bank holiday: so on 31 December, and Christmas is not counted.
    assert steps["UK6"].by == date(2026, 12, 17)


def test_the_pipeline_notice_is_the_last_due_before_the_tender():
    bought = Purchase(date(2027, 10, 1), Regime.ABOVE, Way.TENDER, in_pipeline=True)

    steps = by_notice(bought)

    assert steps["UK4"].by == date(2027, 5, 26)
    assert steps["UK1"].by == date(2027, 5, 26)


def test_the_pipeline_notice_of_an_early_tender_is_last_years():
    bought = Purchase(date(2027, 9, 1), Regime.ABOVE, Way.TENDER, in_pipeline=True)

    assert by_notice(bought)["UK1"].by == date(2026, 5, 26)


def test_a_call_off_needs_no_tender_notice_and_no_standstill():
    steps = by_notice(Purchase(date(2027, 10, 1), Regime.ABOVE, Way.CALL_OFF))

    assert set(steps) == {"UK6", "UK7"}
    assert steps["UK6"].by == date(2027, 7, 29)


def test_a_flexible_procedure_lets_suppliers_ask_to_take_part_first():
    steps = by_notice(Purchase(date(2027, 10, 1), Regime.ABOVE, Way.FLEXIBLE))

    assert steps["UK6"].by == date(2027, 7, 20)
    assert steps["UK4"].by == by_notice(TENDER)["UK4"].by - timedelta(days=35)
    assert "UK3" not in steps


def test_a_dynamic_market_has_ten_days_to_tender_and_no_standstill():
    steps = by_notice(Purchase(date(2027, 10, 1), Regime.ABOVE, Way.MARKET))

    assert steps["UK6"].by == date(2027, 7, 29)
    assert steps["UK4"].by == steps["UK6"].by - timedelta(days=40)


def test_quotes_below_the_threshold_have_a_notice_of_their_own_where_it_is_due():
    below = Purchase(date(2027, 10, 1), Regime.BELOW, Way.QUOTES)
    small = Purchase(date(2027, 10, 1), Regime.BELOW, Way.QUOTES, notifiable=False)

    assert set(by_notice(below)) == {"UK4", "UK7"}
    assert set(by_notice(small)) == {"UK7"}
    assert not by_notice(small)["UK7"].duty


def test_a_call_off_below_the_threshold_has_no_award_notice():
    assert set(by_notice(Purchase(date(2027, 10, 1), Regime.BELOW, Way.CALL_OFF))) == {"UK7"}


WAYS = st.sampled_from(
    [
        (Regime.ABOVE, Way.TENDER),
        (Regime.ABOVE, Way.CALL_OFF),
        (Regime.ABOVE, Way.FLEXIBLE),
        (Regime.ABOVE, Way.MARKET),
        (Regime.BELOW, Way.QUOTES),
        (Regime.BELOW, Way.CALL_OFF),
    ]
)
DAYS = st.dates(date(2026, 1, 1), date(2031, 12, 31))


@given(way=WAYS, start=DAYS, today=DAYS)
def test_the_earliest_start_is_the_first_whose_duties_can_all_be_done(way, start, today):
    regime, how = way

    def first_duty(day):
        found = timetable(Purchase(day, regime, how), PERIODS, ENGLAND, today=today)
        return min(step.by for step in found.steps if step.duty)

    earliest = timetable(Purchase(start, regime, how), PERIODS, ENGLAND, today=today).earliest_start

    assert first_duty(earliest) >= today
    assert first_duty(earliest - timedelta(days=1)) < today


@given(way=WAYS, start=DAYS)
def test_steps_are_in_order_and_signing_comes_before_the_start(way, start):
    regime, how = way

    steps = timetable(Purchase(start, regime, how), PERIODS, ENGLAND, today=TODAY).steps

    assert [step.by for step in steps] == sorted(step.by for step in steps)
    signing = next(step.by for step in steps if step.what.startswith("Sign"))
    assert signing < start
    assert ENGLAND(signing)
    assert all(step.by <= signing for step in steps if step.notice not in {"", "UK7"})


@given(day=DAYS, count=st.integers(1, 20))
def test_working_days_counted_back_are_so_many(day, count):
    found = last_working_day_before(day, ENGLAND, count=count)

    between = (found + timedelta(days=n) for n in range((day - found).days))
    assert sum(1 for one in between if ENGLAND(one)) == count
    assert ENGLAND(found)


@pytest.mark.parametrize(
    ("nation", "works"), [("England", True), ("Scotland", False), ("Northern Ireland", True)]
)
def test_bank_holidays_are_those_of_the_nation(nation, works):
    assert working_days(nation)(date(2027, 11, 30)) is works


def test_bank_holidays_are_known_to_the_end_of_a_year():
    assert holidays_known_to("England") >= date(2027, 12, 31)
