from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.routes import Scheme
from procurement.timetable import Step, Timetable, Way
from procurement.ways import Bought, Buyer, choices, fee_words, may_use

START = date(2027, 10, 1)
NORTH = Buyer("Fenwick", frozenset({"Fenwick", "North West"}))
WEST = Buyer("Marshland", frozenset({"Marshland", "West Midlands"}))
BOUGHT = Bought(
    category="LAP",
    called="Laptops",
    start=START,
    mobilisation_months=2,
    total_value=Decimal(1_000_000),
    saved_share=Decimal("0.1"),
    usual_fee_percent=Decimal(1),
    buyers=[NORTH, WEST],
    small_for_all=0,
    small_for_one=3,
)
SCHEME = Scheme(
    reference="F1",
    name="An invented framework",
    owner="An invented owner",
    kind="framework",
    categories=frozenset({"LAP"}),
    starts=date(2026, 1, 1),
    ends=date(2028, 12, 31),
    fee_percent=Decimal("0.5"),
    users="any public body",
    lots=("Desktops", "Portables"),
)
DUTY = Step(date(2027, 3, 1), "Begin.", "A rule")


def plan(earliest):
    choice = Step(date(2027, 1, 1), "You may.", "A rule", duty=False)
    return Timetable((choice, DUTY), earliest)


PLANS = {
    Way.TENDER: plan(date(2027, 7, 1)),
    Way.FLEXIBLE: plan(date(2027, 8, 1)),
    Way.CALL_OFF: plan(date(2027, 4, 1)),
    Way.MARKET: plan(date(2027, 5, 1)),
}


def found(*schemes, bought=BOUGHT, plans=PLANS, alone=None):
    return {one.reference or one.name: one for one in choices(bought, schemes, plans, alone)}


def test_every_way_is_named_those_that_could_serve_first():
    ended = replace(SCHEME, reference="F2", ends=date(2027, 6, 30))

    every = found(ended, SCHEME, alone=plan(date(2027, 6, 1)))

    assert list(every) == [
        *("F1", "Open procedure", "Competitive flexible procedure", "Align and let alone"),
        *("F2", "Dynamic market"),
    ]
    assert every["F2"].why == "It ends on 30 June 2027, before the call-off."
    assert "None for Laptops is known here" in every["Dynamic market"].why


def test_a_call_off_has_its_dates_fee_lots_and_the_duty_to_do_first():
    one = found(SCHEME)["F1"]

    assert (one.what, one.earliest, one.in_time(START)) == (
        "Joint call-off",
        date(2027, 4, 1),
        True,
    )
    assert fee_words(one.fee) == "£4,500 to £5,000, 0.5 per cent"
    assert one.lots == ("Desktops", "Portables")
    assert one.next_step == DUTY
    assert one.suppliers == "Only those on it. Others can join when it is replaced."


def test_a_fee_that_is_not_stated_is_said_to_be_assumed():
    one = found(replace(SCHEME, fee_percent=None))["F1"]

    assert fee_words(one.fee) == "Not stated; up to £10,000 at the usual 1 per cent"
    assert "Its fee is not stated." in one.against
    assert fee_words(found()["Open procedure"].fee) == "No fee"


def test_a_framework_that_begins_later_is_waited_for():
    later = replace(SCHEME, starts=date(2027, 7, 15))

    assert found(later)["F1"].earliest == date(2027, 9, 15)


def test_a_framework_that_ends_before_anything_could_be_called_off_has_no_earliest_start():
    late = {**PLANS, Way.CALL_OFF: plan(date(2029, 6, 1))}

    one = found(SCHEME, plans=late)["F1"]

    assert one.counts
    assert one.earliest is None


def test_a_start_too_early_for_a_way_is_out_of_time():
    soon = replace(BOUGHT, start=date(2027, 7, 15))

    every = found(SCHEME, bought=soon)

    assert every["Open procedure"].in_time(soon.start)
    assert not every["Competitive flexible procedure"].in_time(soon.start)


def test_a_dynamic_market_that_is_known_is_bought_from_and_can_be_joined_now():
    market = replace(SCHEME, kind="dynamic market")

    every = found(market)

    assert every["F1"].earliest == date(2027, 5, 1)
    assert "can join now" in every["F1"].suppliers
    assert "Dynamic market" not in every


def test_below_the_threshold_quotes_are_the_councils_own_way():
    every = found(plans={Way.QUOTES: plan(date(2027, 3, 1))})

    assert "Quotes" in every
    assert "Open procedure" not in every


def test_where_no_law_is_worked_out_no_day_is_given():
    every = found(SCHEME, plans={})

    assert every["F1"].earliest is every["F1"].in_time(START) is None
    assert every["F1"].next_step is None
    assert "Its periods are not worked out here." in every["F1"].against
    assert list(every) == ["F1", "Align and let alone", "Dynamic market"]


def test_letting_alone_never_reads_as_a_way_to_come_below_a_threshold():
    against = " ".join(found(alone=plan(START))["Align and let alone"].against)

    assert "no way to come below a threshold" in against


@pytest.mark.parametrize(
    ("users", "all_may", "words"),
    [
        ("", None, "Not stated"),
        ("any public body", True, "All, as “any public body”"),
        ("UK public sector", True, "All"),
        ("North West and Midlands", True, "All"),
        ("North West", False, "Marshland would not be among them"),
        ("Fenwick; Marshland", True, "All"),
        ("members of a club", None, "check that every council is named"),
    ],
)
def test_who_may_use_a_framework_is_read_from_its_owners_words(users, all_may, words):
    read = may_use(users, [NORTH, WEST])

    assert read.all is all_may
    assert words in read.words


@given(
    percent=st.none() | st.decimals(0, 5, places=2),
    saved=st.decimals(0, 1, places=2),
    value=st.decimals(0, 10**8, places=2),
)
def test_a_fee_is_a_range_of_no_more_than_its_share(percent, saved, value):
    bought = replace(BOUGHT, total_value=value, saved_share=saved)

    due = found(replace(SCHEME, fee_percent=percent), bought=bought)["F1"].fee

    assert 0 <= due.low <= due.high == value * due.percent / 100
    assert due.stated is (percent is not None)


def test_small_suppliers_are_told_in_a_whole_sentence():
    every = found(bought=replace(BOUGHT, small_for_all=1))

    assert "1 is large enough for the whole and 3 are for" in every["Open procedure"].suppliers
    assert "none is large enough for the whole" in found()["Open procedure"].suppliers
    assert "3 are large enough for the smallest" in every["Align and let alone"].suppliers
