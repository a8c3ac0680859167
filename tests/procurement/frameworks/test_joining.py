"""Whether a supplier can join a framework now, or when next, in words with dates and source."""

from datetime import date

import pytest

from procurement.frameworks.joining import Stated, Window, joining
from procurement.frameworks.law import Award, Terms
from tests.procurement.frameworks.test_law import LAW

TODAY = date(2026, 11, 27)
STATED = Stated("its page", date(2026, 6, 30))
NOTICE = Stated("a notice", date(2026, 10, 1))
FIRST = date(2026, 9, 17)


def asked(kind, *windows, **fields):
    return joining(Terms(kind, **fields), windows, LAW, today=TODAY, stated=STATED)


def window(opens, closes, awarded=date(2027, 6, 1)):
    return Window(opens, closes, awarded, NOTICE)


def test_a_framework_is_closed_once_awarded_and_says_when_it_ends():
    found = asked("framework", starts=date(2025, 3, 1), ends=date(2028, 12, 31))

    assert not found.now
    assert found.says.startswith("No: a framework is closed")
    assert "31 December 2028" in found.says
    assert "s.45" in found.says
    assert found.stated == STATED


@pytest.mark.parametrize("kind", ["framework", "dynamic market"])
def test_the_act_is_not_cited_of_what_dates_from_before_it(kind):
    assert "Act 2023" in asked(kind, starts=date(2025, 2, 24)).says
    assert "Act 2023" not in asked(kind, starts=date(2025, 2, 23)).says


@pytest.mark.parametrize("kind", ["framework", "open framework"])
def test_within_its_window_suppliers_can_apply_until_it_closes(kind):
    found = asked(kind, window(date(2026, 11, 1), TODAY))

    assert found.now
    assert found.until == TODAY
    assert found.short == "Now, until 27 November 2026"
    assert found.stated == NOTICE


@pytest.mark.parametrize("kind", ["framework", "open framework"])
def test_before_its_window_the_day_it_opens_is_said(kind):
    found = asked(kind, window(date(2027, 3, 1), date(2027, 4, 1)), window(date(2027, 1, 4), None))

    assert not found.now
    assert found.next_on == date(2027, 1, 4)
    assert found.short == "From 4 January 2027"


def test_a_window_whose_last_day_is_not_known_is_not_taken_for_open():
    assert not asked("framework", window(date(2026, 1, 1), None)).now


def test_an_open_framework_without_a_window_names_its_next_award():
    awards = [Award(FIRST), Award(date(2028, 3, 17))]
    windows = [window(None, date(2026, 1, 30), FIRST), window(None, None, date(2028, 3, 17))]

    found = asked("open framework", *windows, awards=awards, scheme_ends=date(2030, 9, 16))

    assert not found.now
    assert "17 March 2028" in found.says
    assert found.hint == "Next award planned for 17 March 2028"
    assert found.stated == NOTICE


def test_an_open_framework_of_which_no_more_is_known_says_by_when_the_law_reopens_it():
    found = asked("open framework", starts=FIRST, scheme_ends=date(2033, 1, 1))

    assert "must be awarded anew by 16 September 2029" in found.says
    assert found.hint == "Reopens by 16 September 2029"
    assert "s.49(2)(a)(i)" in found.says


def test_an_open_framework_that_ends_before_the_law_reopens_it_says_so():
    found = asked("open framework", starts=FIRST, scheme_ends=date(2028, 1, 1))

    assert "none is due by law before it ends" in found.says


def test_a_dynamic_market_admits_at_any_time_while_it_stands():
    assert asked("dynamic market").short == "Now"
    assert asked("dynamic market", ends=TODAY).now
    begins = asked("dynamic market", starts=date(2027, 1, 1))
    assert (begins.now, begins.next_on) == (False, date(2027, 1, 1))


@pytest.mark.parametrize("kind", ["framework", "open framework", "dynamic market"])
def test_what_has_ended_cannot_be_joined(kind):
    found = asked(kind, ends=date(2026, 11, 26))

    assert (found.now, found.says) == (False, "No: it ended on 26 November 2026.")


def test_an_open_framework_has_not_ended_while_its_scheme_goes_on():
    found = asked("open framework", starts=FIRST, ends=date(2026, 11, 1), scheme_ends=TODAY)

    assert "ended" not in found.says


def test_a_framework_that_is_still_to_begin_sends_to_its_owner():
    assert "Ask its owner" in asked("framework", starts=date(2026, 12, 4)).says
