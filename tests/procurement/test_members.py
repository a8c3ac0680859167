from dataclasses import replace
from datetime import date

import pytest

from procurement.members import ask
from registry.exits import Action, Terms
from registry.terms import Break, Extension, ExtensionKind, Length

TODAY = date(2026, 11, 22)
QUARTER = Length(months=3)
FIXED = Terms(
    start=date(2024, 7, 1),
    end=date(2027, 6, 30),
    extension=Extension(ExtensionKind.UP_TO, (Length(months=12),)),
    notice=QUARTER,
)


def test_ask_is_nothing_when_the_contract_ends_the_day_before():
    found = ask(FIXED, start=date(2027, 7, 1), today=TODAY)

    assert (found.action, found.action_by, found.months) == (Action.NOTHING, None, None)


def test_ask_extends_by_months_and_says_by_when_to_decide():
    found = ask(FIXED, start=date(2027, 10, 1), today=TODAY)

    assert (found.action, found.months) == (Action.EXTEND, 3)
    assert found.action_by == date(2027, 3, 31)
    assert (found.earliest_exit, found.latest_end) == (date(2027, 6, 30), date(2028, 6, 30))
    assert found.because == "Extend by 3 months to 30 September 2027; decide by 31 March 2027."


def test_ask_says_a_part_month_in_days():
    found = ask(FIXED, start=date(2027, 7, 16), today=TODAY)

    assert found.months == 1
    assert found.because.startswith("Extend by 15 days to 15 July 2027")


def test_ask_gives_notice_on_a_rolling_contract():
    found = ask(Terms(rolling=True, notice=QUARTER), start=date(2027, 10, 1), today=TODAY)

    assert (found.action, found.action_by) == (Action.NOTICE, date(2027, 6, 30))


def test_ask_never_gives_a_day_already_past():
    found = ask(Terms(rolling=True, notice=QUARTER), start=date(2027, 2, 23), today=TODAY)

    assert found.action_by == TODAY


def test_ask_uses_a_break_before_the_end():
    terms = Terms(end=date(2028, 3, 31), leave=Break(date(2027, 3, 31), notice=QUARTER))

    found = ask(terms, start=date(2027, 10, 1), today=TODAY)

    assert (found.action, found.action_by) == (Action.BREAK, date(2027, 6, 30))
    assert "break clause" in found.because


@pytest.mark.parametrize(
    ("start", "months", "words"),
    [
        (date(2028, 10, 1), 3, "a gap of 3 months to bridge"),
        (date(2027, 5, 1), 2, "cannot be left before 30 June 2027"),
    ],
)
def test_ask_says_by_how_much_a_date_is_missed(start, months, words):
    found = ask(FIXED, start=start, today=TODAY)

    assert not found.joins
    assert found.months == months
    assert words in found.because


def test_ask_shows_what_agreement_would_give_without_counting_on_it():
    found = ask(FIXED, start=date(2028, 10, 1), today=TODAY, term_change_percent=10)

    assert (found.action, found.months, found.joins) == (Action.AGREE, 3, False)
    assert "a gap of 3 months" in found.because
    assert found.amber == (
        "Could join only by agreement with the supplier before 1 July 2027: a change of the term "
        "of up to 10% under section 74 (not substantial)."
    )


def test_ask_says_that_part_of_an_option_is_by_agreement_alone():
    halves = replace(FIXED, extension=Extension(ExtensionKind.PERIODS, (Length(months=12),)))

    found = ask(halves, start=date(2028, 1, 1), today=TODAY)

    assert (found.action, found.joins) == (Action.AGREE, False)
    assert found.amber.endswith("part of an option.")


def test_ask_needs_a_bridge_where_neither_right_nor_agreement_reaches():
    found = ask(FIXED, start=date(2029, 10, 1), today=TODAY, term_change_percent=10)

    assert (found.action, found.amber, found.months) == (Action.BRIDGE, "", 15)


def test_ask_needs_no_bridge_where_a_contract_ends_too_late():
    found = ask(FIXED, start=date(2027, 5, 1), today=TODAY)

    assert (found.action, found.earliest_exit) == (Action.STAY, date(2027, 6, 30))
    assert (found.miss, found.joins) == ("Cannot leave", False)


def test_ask_says_a_miss_of_less_than_a_month_in_days():
    found = ask(FIXED, start=date(2027, 6, 20), today=TODAY)

    assert "misses by 11 days" in found.because


def test_ask_assumes_nothing_for_an_unknown_end():
    found = ask(Terms(), start=date(2027, 10, 1), today=TODAY)

    assert (found.action, found.months) == (Action.UNKNOWN, None)
    assert not found.joins
    assert "not known" in found.because
