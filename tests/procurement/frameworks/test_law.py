"""Dates of frameworks as sections 47 and 49 of the Procurement Act 2023 allow them."""

import csv
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurement.frameworks.law import (
    Award,
    Law,
    Rule,
    Terms,
    faults,
    last_day,
    reopens_by,
)

RULES = Path(__file__).parents[3] / "procurement" / "reference" / "framework_rules.csv"
OPEN, FRAMEWORK = "open framework", "framework"
FIRST = date(2026, 9, 17)


def law_as_shipped():
    with RULES.open(newline="", encoding="utf-8") as file:
        return Law(
            Rule(
                row["code"],
                int(row["years"]),
                date.fromisoformat(row["applies_from"]),
                date.fromisoformat(row["applies_to"]) if row["applies_to"] else None,
                row["source"],
            )
            for row in csv.DictReader(file)
        )


LAW = law_as_shipped()


def open_framework(*awarded, ends=(), **fields):
    ends = [*ends, *[None] * len(awarded)]
    awards = [Award(day, end) for day, end in zip(awarded, ends, strict=False)]
    return Terms(OPEN, **{"awards": awards} | fields)


def said(terms):
    return " ".join(fault.says for fault in faults(terms, LAW))


def test_last_day_is_the_day_before_the_anniversary_and_stands_29_february():
    assert last_day(date(2026, 1, 1), 4) == date(2029, 12, 31)
    assert last_day(date(2028, 2, 29), 3) == date(2031, 2, 27)
    assert last_day(date(9998, 1, 1), 8) == date.max


# Ordinary frameworks: section 47.


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"ends": date(2029, 12, 31)}, False),
        ({"ends": date(2030, 1, 1)}, True),
        ({"ends": date(2030, 1, 1), "longer_because": "Trains last longer."}, False),
        ({"ends": date(2030, 1, 1), "sector": "special"}, False),
        ({"ends": date(2033, 12, 31), "sector": "special"}, False),
        ({"ends": date(2034, 1, 1), "sector": "special"}, True),
        ({"ends": date(2040, 1, 1), "sector": "light touch"}, False),
        ({"ends": None}, False),
    ],
)
def test_a_framework_lasts_four_years_eight_for_some_and_longer_with_reasons(fields, refused):
    terms = Terms(FRAMEWORK, starts=date(2026, 1, 1), **fields)

    found = faults(terms, LAW)

    assert [fault.field for fault in found] == ["ends"] * refused
    assert not refused or "Procurement Act 2023 s.47" in found[0].says


def test_a_framework_from_before_the_act_is_not_held_to_it():
    assert not faults(Terms(FRAMEWORK, starts=date(2020, 1, 1), ends=date(2026, 1, 1)), LAW)


def test_a_dynamic_market_may_last_for_any_time():
    assert not faults(Terms("dynamic market", starts=FIRST, ends=date(2050, 1, 1)), LAW)


def test_only_an_open_framework_has_a_scheme():
    [fault] = faults(Terms(FRAMEWORK, starts=FIRST, scheme_ends=date(2028, 1, 1)), LAW)

    assert fault.field == "scheme_ends"


# Open frameworks: section 49.


def test_g_cloud_15_as_planned_stands():
    terms = Terms(
        OPEN,
        starts=FIRST,
        ends=date(2028, 3, 16),
        scheme_ends=date(2030, 9, 16),
        awards=[
            Award(FIRST, date(2028, 3, 16)),
            Award(date(2028, 3, 17), date(2029, 9, 16)),
            Award(date(2029, 9, 17), date(2030, 9, 16)),
        ],
    )

    assert faults(terms, LAW) == []


@pytest.mark.parametrize(
    ("second", "refused"), [(date(2029, 9, 16), False), (date(2029, 9, 17), True)]
)
def test_the_second_award_is_within_three_years_of_the_first(second, refused):
    text = said(open_framework(FIRST, second))

    assert ("s.49(2)(a)(i)" in text) is refused
    assert not refused or "by 16 September 2029" in text


@pytest.mark.parametrize(
    ("third", "refused"), [(date(2032, 9, 16), False), (date(2032, 9, 17), True)]
)
def test_a_third_is_within_five_years_of_the_second(third, refused):
    text = said(open_framework(FIRST, date(2027, 9, 17), third, scheme_ends=date(2034, 9, 16)))

    assert ("s.49(2)(a)(ii)" in text) is refused


def test_no_third_is_needed_where_the_scheme_ends_with_the_five_years():
    second = date(2029, 9, 16)
    ends = [second - timedelta(days=1), last_day(second, 5)]

    assert said(open_framework(FIRST, second, ends=ends, scheme_ends=last_day(second, 5))) == ""


@pytest.mark.parametrize(
    ("scheme_ends", "refused"), [(date(2034, 9, 16), False), (date(2035, 9, 16), True)]
)
def test_a_scheme_lasts_eight_years_and_not_nine(scheme_ends, refused):
    text = said(open_framework(FIRST, date(2028, 1, 1), scheme_ends=scheme_ends))

    assert ("s.49(2)(c)" in text) is refused
    assert not refused or "16 September 2035 is too late" in text


@pytest.mark.parametrize(
    ("scheme_ends", "refused"), [(date(2030, 9, 16), False), (date(2030, 9, 17), True)]
)
def test_with_a_single_supplier_it_lasts_four_years(scheme_ends, refused):
    awards = [Award(FIRST, single_supplier=True)]

    text = said(Terms(OPEN, awards=awards, scheme_ends=scheme_ends))

    assert ("s.49(6)" in text) is refused


@pytest.mark.parametrize("dates", [{"starts": FIRST}, {"awards": [Award(FIRST)]}])
def test_a_single_supplier_said_of_the_whole_is_one_of_each_award(dates):
    terms = Terms(OPEN, scheme_ends=date(2031, 1, 1), suppliers="one", **dates)

    assert "s.49(6)" in said(terms)


def test_the_first_framework_cannot_outlast_the_three_years_where_the_scheme_goes_on():
    terms = Terms(OPEN, starts=FIRST, ends=date(2030, 1, 1), scheme_ends=date(2033, 1, 1))

    [fault] = faults(terms, LAW)

    assert fault.field == "ends"
    assert "s.49(2)(a)(i)" in fault.says


def test_one_framework_ends_when_the_next_is_awarded():
    text = said(open_framework(FIRST, date(2028, 1, 1), ends=[date(2028, 6, 1)]))

    assert "s.49(2)(b)" in text


def test_awards_are_in_order():
    assert "Put them in order" in said(open_framework(FIRST, date(2026, 1, 1)))


def test_there_were_no_open_frameworks_before_the_act():
    text = said(open_framework(date(2025, 2, 23)))

    assert "since 24 February 2025" in text
    assert said(open_framework(date(2025, 2, 24))) == ""


def test_an_open_framework_of_which_no_day_is_stated_breaks_no_rule():
    assert faults(Terms(OPEN), LAW) == []


days = st.dates(date(2025, 2, 24), date(2060, 1, 1))


@settings(max_examples=100, deadline=None)
@given(
    first=days,
    gaps=st.lists(st.integers(1, 2_000), max_size=3),
    further=st.none() | st.integers(0, 2_000),
    single=st.booleans(),
)
def test_what_is_let_through_keeps_every_number_of_the_act(first, gaps, further, single):
    awarded = [first + timedelta(days=days) for days in accumulate(gaps, initial=0)]
    scheme_ends = None if further is None else awarded[-1] + timedelta(days=further)
    awards = [Award(first, single_supplier=single), *map(Award, awarded[1:])]

    if faults(Terms(OPEN, awards=awards, scheme_ends=scheme_ends), LAW):
        return

    last = max(awarded[-1], scheme_ends or first)
    assert (last - first).days <= (4 * 365 + 1 if single else 8 * 365 + 2)
    assert all((second - first).days <= 3 * 365 + 1 for second in awarded[1:2])
    # By whole five-year periods from the second award, not from one award to the next; those that
    # come after the last one known may still be planned.
    if awarded[1:] and (awarded[-1] - awarded[1]).days > 5 * 365 + 2:
        assert any((one - awarded[1]).days <= 5 * 365 + 2 for one in awarded[2:])


@settings(max_examples=60, deadline=None)
@given(first=st.dates(date(2025, 2, 24), date(2100, 1, 1)), gap=st.integers(1, 1094))
def test_whatever_its_first_day_a_scheme_of_eight_years_can_be_had(first, gap):
    second = first + timedelta(days=gap)
    third = min(last_day(second, 5), last_day(first, 8))
    awards = [first, second] + ([third] if third > second else [])

    assert said(open_framework(*awards, scheme_ends=last_day(first, 8))) == ""


# When it must reopen.


def test_an_open_framework_must_reopen_within_three_years_then_within_five():
    once = open_framework(FIRST)
    twice = open_framework(FIRST, date(2027, 9, 17))

    assert reopens_by(once, LAW, today=date(2027, 1, 1))[0] == date(2029, 9, 16)
    assert reopens_by(twice, LAW, today=date(2028, 1, 1))[0] == date(2032, 9, 16)


def test_an_open_framework_yet_to_begin_must_reopen_within_three_years_of_its_beginning():
    terms = open_framework(FIRST)

    assert reopens_by(terms, LAW, today=date(2026, 1, 1))[0] == date(2029, 9, 16)


def test_it_need_not_reopen_where_its_scheme_ends_before():
    terms = open_framework(FIRST, scheme_ends=date(2029, 1, 1))

    assert reopens_by(terms, LAW, today=date(2027, 1, 1)) is None
