from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.exits import (
    Action,
    Amber,
    Terms,
    before,
    earliest_exit,
    latest_permitted_end,
    months_between,
    permitted,
    without_notice,
)
from registry.terms import Break, Extension, ExtensionKind, Length, add

TODAY = date(2026, 11, 22)
END = date(2027, 6, 30)
YEAR, QUARTER = Length(months=12), Length(months=3)
TWO_OPTIONS = Extension(ExtensionKind.PERIODS, (YEAR, YEAR))
UP_TO_A_YEAR = Extension(ExtensionKind.UP_TO, (YEAR,))
DAY = timedelta(days=1)


def last_days(terms, *, today=TODAY, until=date(2035, 1, 1)):
    """Every permitted last day by right, one by one."""
    found = permitted(terms, today=today)
    days = (date.fromordinal(n) for n in range(date(2020, 1, 1).toordinal(), until.toordinal()))
    return [day for day in days if found.by(day)]


def test_permitted_is_the_end_alone_without_options():
    assert last_days(Terms(end=END)) == [END]


def test_permitted_is_the_end_of_each_whole_option():
    terms = Terms(end=END, extension=TWO_OPTIONS)

    assert last_days(terms) == [END, date(2028, 6, 30), date(2029, 6, 30)]


def test_permitted_is_any_day_up_to_the_latest_end():
    days = last_days(Terms(end=END, extension=UP_TO_A_YEAR))

    assert (days[0], days[-1], len(days)) == (END, date(2028, 6, 30), 367)


@pytest.mark.parametrize(
    "terms",
    [
        Terms(end=END, extension=Extension(ExtensionKind.UNTIL, until=date(2027, 7, 2))),
        Terms(end=END, latest_end=date(2027, 7, 2)),
    ],
)
def test_permitted_is_any_day_until_a_stated_date(terms):
    assert last_days(terms) == [END, date(2027, 7, 1), date(2027, 7, 2)]


def test_permitted_leaves_out_options_past_the_stated_latest_end():
    terms = Terms(end=END, extension=TWO_OPTIONS, latest_end=date(2028, 6, 30))

    assert last_days(terms) == [END, date(2028, 6, 30)]


def test_permitted_ignores_a_latest_end_before_the_end():
    terms = Terms(end=END, extension=TWO_OPTIONS, latest_end=date(2026, 1, 1))

    assert len(permitted(terms, today=TODAY).by_right) == 3


def test_permitted_needs_an_extension_decided_by_the_end_less_notice():
    terms = Terms(end=END, extension=TWO_OPTIONS, notice=QUARTER)
    last_chance = date(2027, 3, 31)

    assert len(last_days(terms, today=last_chance)) == 3
    assert last_days(terms, today=last_chance + DAY) == [END]


def test_permitted_says_by_when_to_decide_and_an_end_needs_no_decision():
    found = permitted(Terms(end=END, extension=UP_TO_A_YEAR, notice=QUARTER), today=TODAY)

    extended = found.by(date(2027, 9, 30))

    assert (extended.action, extended.decide_by) == (Action.EXTEND, date(2027, 3, 31))
    assert (found.by(END).action, found.by(END).decide_by) == (Action.NOTHING, None)


def test_permitted_on_a_rolling_contract_is_any_day_from_today_plus_notice():
    days = last_days(Terms(rolling=True, notice=QUARTER), until=date(2030, 1, 1))

    assert days[0] == date(2027, 2, 22)
    assert days[-1] == date(2029, 12, 31)


def test_permitted_on_a_rolling_contract_gives_notice_that_long_before():
    found = permitted(Terms(rolling=True, notice=QUARTER), today=TODAY)

    exit_day = found.by(date(2027, 12, 31))

    assert exit_day.action == Action.NOTICE
    assert exit_day.to_decide(date(2027, 12, 31)) == date(2027, 9, 30)


def test_permitted_from_a_break_runs_to_the_end():
    leave = Break(first=date(2027, 6, 27), notice=Length(months=1))

    days = last_days(Terms(end=END, leave=leave))

    assert days == [END - DAY * n for n in (3, 2, 1, 0)]


def test_permitted_from_a_break_waits_for_its_notice():
    leave = Break(first=date(2026, 1, 1), notice=Length(months=6))

    days = last_days(Terms(end=END, leave=leave))

    assert days[0] == date(2027, 5, 22)


def test_permitted_break_after_a_time_counts_from_the_start():
    terms = Terms(start=date(2026, 4, 1), end=END, leave=Break(after=YEAR))

    assert last_days(terms)[0] == date(2027, 3, 31)


def test_permitted_break_without_a_day_is_not_assumed():
    found = permitted(Terms(end=END, leave=Break()), today=TODAY)

    assert len(found.by_right) == 1


def test_permitted_assumes_nothing_for_an_unknown_end():
    found = permitted(Terms(extension=TWO_OPTIONS), today=TODAY)

    assert found.unknown
    assert (found.by_right, found.amber) == ((), ())


def test_permitted_keeps_part_of_an_option_and_a_small_change_apart():
    terms = Terms(start=date(2024, 7, 1), end=END, extension=TWO_OPTIONS)
    found = permitted(terms, today=TODAY, term_change_percent=10)
    part, beyond = date(2027, 12, 31), date(2029, 10, 31)

    assert found.by(part) is None
    assert found.by_agreement(part).amber == Amber.PART
    assert found.by_agreement(beyond).amber == Amber.CHANGE
    assert found.by_agreement(date(2030, 6, 30)) is None


@pytest.mark.parametrize(("last", "agreed"), [(109, True), (110, False)])
def test_small_change_is_a_tenth_of_the_longest_term_and_no_day_more(last, agreed):
    # Three years of 1,095 days, whole: a tenth is 109 days.
    terms = Terms(start=date(2024, 7, 1), end=date(2027, 6, 30))
    found = permitted(terms, today=TODAY, term_change_percent=10)

    assert bool(found.by_agreement(terms.end + last * DAY)) == agreed
    assert bool(found.by_agreement(terms.end - last * DAY)) == agreed


@pytest.mark.parametrize(
    ("end", "options_left"),
    [(date(2027, 3, 31), 2), (date(2028, 3, 31), 1), (date(2029, 3, 31), 0)],
)
def test_options_already_in_the_end_are_not_offered_again(end, options_left):
    extension = Extension(ExtensionKind.PERIODS, (YEAR, YEAR), initial=Length(months=36))
    terms = Terms(start=date(2024, 4, 1), end=end, extension=extension)

    assert len(last_days(terms)) == options_left + 1
    assert latest_permitted_end(terms) == date(2029, 3, 31)


def test_earliest_exit_and_latest_end_span_break_and_options():
    leave = Break(first=date(2027, 1, 31))
    terms = Terms(end=END, extension=TWO_OPTIONS, leave=leave)

    assert earliest_exit(terms, today=TODAY) == date(2027, 1, 31)
    assert latest_permitted_end(terms) == date(2029, 6, 30)


def test_latest_permitted_end_of_a_rolling_contract_is_open():
    assert latest_permitted_end(Terms(rolling=True)) is None


@pytest.mark.parametrize(
    ("last", "months"),
    [(date(2027, 9, 30), 3), (date(2027, 9, 29), 3), (date(2027, 10, 1), 4), (END + DAY, 1)],
)
def test_months_between_counts_part_months_whole(last, months):
    assert months_between(END, last) == months


lengths = st.builds(Length, months=st.integers(0, 24), days=st.integers(0, 40))
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
extensions = st.one_of(
    st.just(Extension(ExtensionKind.NONE)),
    st.builds(
        Extension,
        st.sampled_from([ExtensionKind.PERIODS, ExtensionKind.UP_TO]),
        st.lists(lengths, min_size=1, max_size=3).map(tuple),
    ),
    st.builds(Extension, st.just(ExtensionKind.UNTIL), until=days),
)
terms_of_any_kind = st.builds(
    Terms,
    start=st.none() | days,
    end=st.none() | days,
    latest_end=st.none() | days,
    extension=extensions,
    rolling=st.booleans(),
    notice=st.none() | lengths,
    leave=st.none() | st.builds(Break, st.none() | days, st.none() | lengths, st.none() | lengths),
)


@given(terms_of_any_kind, days)
def test_permitted_exits_are_apart_and_still_open(terms, today):
    found = permitted(terms, today=today).by_right

    for one in found:
        assert one.last is None or one.first <= one.last
        assert one.decide_by is None or one.decide_by >= today
        assert one.notice is None or one.first >= add(today, one.notice)
    for one, other in pairwise(found):
        assert one.last < other.first


@given(terms_of_any_kind, days, days)
def test_permitted_only_loses_days_as_time_passes(terms, today, last):
    later = today + timedelta(days=30)

    if permitted(terms, today=later).by(last) and not terms.rolling:
        assert permitted(terms, today=today).by(last)


def agreed_days(terms, today, percent):
    """Day by day, as the words of the rule have it: what agreement alone would give."""
    if terms.rolling or terms.end is None or terms.end < today:
        return set()
    latest = latest_permitted_end(terms)
    found = set()
    if terms.extension.kind == ExtensionKind.PERIODS and before(terms.end, terms.notice) >= today:
        found |= set(every_day(terms.end, latest))
    if terms.start and terms.start <= terms.end:
        term = len(set(every_day(terms.start, latest)))
        most = term * percent // 100
        found |= set(every_day(terms.end - most * DAY, terms.end + most * DAY))
        found |= set(every_day(latest, latest + most * DAY)) - {latest}
    by_right = permitted(terms, today=today)
    return {day for day in found if day >= today and not by_right.by(day)}


def every_day(first, last):
    return (first + n * DAY for n in range((last - first).days + 1))


@settings(max_examples=25, deadline=None)
@given(terms_of_any_kind, days, st.sampled_from([0, 10]))
def test_what_agreement_gives_agrees_with_asking_day_by_day(terms, today, percent):
    found = permitted(terms, today=today, term_change_percent=percent)
    on = set(every_day(date(2024, 1, 1), date(2032, 1, 1)))

    assert {day for day in on if found.by_agreement(day)} == agreed_days(terms, today, percent) & on
    assert found.by_right == permitted(terms, today=today).by_right


@given(days, lengths)
def test_before_undoes_add_to_within_the_clipping_of_months(day, notice):
    assert abs((before(add(day, notice), notice) - day).days) <= 3


@pytest.mark.parametrize(
    ("terms", "action", "unstated"),
    [
        (Terms(rolling=True), Action.NOTICE, True),
        (Terms(rolling=True, notice=Length(months=3)), Action.NOTICE, False),
        (Terms(end=END, leave=Break()), Action.BREAK, True),
        (Terms(end=END, leave=Break(notice=Length(months=1))), Action.BREAK, False),
        (Terms(end=END, leave=Break(), notice=Length(months=1)), Action.BREAK, False),
        (Terms(end=END), Action.NOTHING, False),
        (Terms(end=END), Action.EXTEND, False),
    ],
)
def test_notice_is_unstated_where_leaving_asks_for_it_and_nothing_says_how_much(
    terms, action, unstated
):
    assert without_notice(terms, action) is unstated
