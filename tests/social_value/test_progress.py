"""What is due and late on a day, and that credits come to all of their act."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from social_value.acts import Act, faults, is_evidence, percents, shared_out
from social_value.bars import BOLD, Amounts, picture
from social_value.periods import parts
from social_value.progress import (
    Done,
    Progress,
    Promised,
    by_contract,
    progress,
    promise_by_promise,
)
from social_value.reminders import LONGEST_MAILTO, Owed, letter

TODAY = date(2027, 4, 1)
ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
# Whole numbers of the finest step: decimals take longer to make.
AMOUNTS = st.integers(1, 10_000_000).map(lambda steps: Decimal(steps) / 10_000)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def promise(quantity=36, yearly=None, starts=date(2026, 4, 1), ends=date(2029, 3, 31)):
    yearly = None if yearly is None else Decimal(yearly)
    return Promised(ONE, "weeks", Decimal(quantity), yearly, starts, ends)


def done(amount, *, confirmed=True, on=date(2027, 1, 1)):
    return Done(ONE, "weeks", Decimal(amount), on, confirmed)


def of(promises, acts=(), *, adds_up=True, today=TODAY):
    return progress(promises, acts, adds_up=adds_up, today=today)


def test_a_promise_is_due_the_day_after_its_end():
    assert of([promise()], today=date(2029, 3, 31)).due == 0
    assert of([promise()], today=date(2029, 4, 1)).due == 36


def test_a_yearly_promise_is_due_year_by_year():
    found = of([promise(yearly=12)])

    assert (found.promised, found.due, found.late) == (36, 12, 12)
    assert found.next_due == date(2028, 3, 31)


@pytest.mark.parametrize(
    ("done_so_far", "day", "more"),
    [(0, date(2028, 3, 31), 12), (14, date(2028, 3, 31), 10), (30, date(2029, 3, 31), 6)],
)
def test_what_falls_due_next_is_beside_what_is_late_or_delivered(done_so_far, day, more):
    found = of([promise(yearly=12)], [done(done_so_far)])

    assert (found.next_due, found.next_amount) == (day, more)


def test_of_two_contracts_only_those_due_on_the_first_day_fall_due_next():
    first, later = of([promise(yearly=12)]), of([promise()])

    assert (later.next_due, later.next_amount) == (date(2029, 3, 31), 36)
    assert (first + later).next_amount == (later + first).next_amount == 12
    assert (first + first).next_amount == 24


def test_evenly_is_by_days_and_makes_nothing_late():
    found = of([promise(365, starts=date(2027, 1, 1), ends=date(2027, 12, 31))])

    assert (found.evenly, found.due, found.late) == (91, 0, 0)


def test_what_is_not_confirmed_waits_and_does_not_count():
    found = of([promise(yearly=12)], [done(5), done(7, confirmed=False)])

    assert (found.delivered, found.waiting, found.late, found.owed) == (5, 7, 7, 31)


def test_what_was_done_early_counts_for_what_falls_due_next():
    found = of([promise(yearly=12)], [done(30)])

    assert (found.late, found.next_due) == (0, date(2029, 3, 31))


def test_a_promise_without_an_end_is_never_late():
    found = of([promise(ends=None)], today=date(2099, 1, 1))

    assert (found.due, found.evenly, found.late, found.next_due) == (0, 0, 0, None)


def test_a_share_is_not_added_up_the_newest_stands():
    acts = [done(20, on=date(2027, 1, 1)), done(12, on=date(2027, 3, 1))]

    assert of([promise()], acts, adds_up=False).delivered == 12


def test_more_under_one_contract_does_not_make_up_for_less_under_another():
    late, early = of([promise(yearly=12)]), of([promise(yearly=12)], [done(24)])

    both = late + early

    assert (both.due, both.delivered, both.late) == (24, 24, 12)


def test_what_no_promise_stands_behind_is_still_delivered():
    [(key, found)] = by_contract([], [done(3)], frozenset({"weeks"}), today=TODAY).items()

    assert key == (ONE, "weeks")
    assert found == Progress(delivered=Decimal(3))


PROMISES = st.builds(
    lambda quantity, yearly, starts, days: promise(
        quantity, yearly, starts, starts + timedelta(days=days)
    ),
    *(AMOUNTS, st.none() | AMOUNTS, DAYS, st.integers(0, 4000)),
)


@given(PROMISES, DAYS, st.lists(AMOUNTS, max_size=6))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_is_due_beyond_what_is_promised(one, today, acts):
    found = of([one], [done(amount) for amount in acts], today=today)

    assert found.promised == one.quantity
    assert 0 <= found.due <= found.evenly <= found.promised
    assert found.late == max(found.due - sum(acts), 0)
    assert found.next_due is None or found.next_due >= today


@given(st.lists(PROMISES, min_size=1, max_size=4), DAYS, st.lists(AMOUNTS, max_size=4))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_of_each_promise_is_kept_comes_to_what_is_of_all(promises, today, acts):
    acts = [done(amount) for amount in acts]
    whole = of(promises, acts, today=today)
    each = promise_by_promise(
        {
            uuid.UUID(int=n): parts(one.quantity, one.yearly, one.starts, one.ends)
            for n, one in enumerate(promises)
        },
        acts,
        adds_up=True,
        today=today,
    )

    assert sum(one.due for one in each.values()) == whole.due
    assert sum(one.late for one in each.values()) == whole.late
    delivered = sum(one.delivered for one in each.values())
    assert delivered == min(whole.delivered, whole.promised)


def test_a_share_is_the_newest_of_each_promise_of_it():
    acts = [done(30, on=date(2026, 12, 1)), done(20), done(90, confirmed=False)]
    theirs = {ONE: parts(Decimal(25), None, date(2026, 4, 1), date(2027, 3, 31))}

    [found] = promise_by_promise(theirs, acts, adds_up=False, today=TODAY).values()

    assert (found.due, found.delivered, found.late) == (25, 20, 5)


def act(amount, shares, **fields):
    fields = {"measure": "weeks", "done_on": TODAY, "area": "E1"} | fields
    return Act(amount=Decimal(amount), credits=shares, **fields)


@pytest.mark.parametrize(
    ("one", "adds_up", "says"),
    [
        (act(0, {}), True, "above nought"),
        (act(5, {ONE: Decimal(5)}, done_on=TODAY + timedelta(1)), True, "still to come"),
        (act(5, {ONE: Decimal(-1), OTHER: Decimal(6)}), True, "more than was done"),
        (act(5, {ONE: Decimal(4)}), True, "4 weeks of 5 weeks"),
        (act(5, {ONE: Decimal(4), OTHER: Decimal(1)}), False, "one contract alone"),
    ],
)
def test_what_is_wrong_with_an_act_is_said(one, adds_up, says):
    assert says in " ".join(words for _, words in faults(one, "week", adds_up=adds_up, today=TODAY))


def test_an_act_in_order_has_no_faults():
    one = act(5, {ONE: Decimal(4), OTHER: Decimal(1)})

    assert faults(one, "week", adds_up=True, today=TODAY) == []


@given(
    AMOUNTS, st.dictionaries(st.integers(2, 9).map(lambda n: uuid.UUID(int=n)), AMOUNTS, max_size=6)
)
def test_what_is_shared_out_comes_to_the_whole(whole, others):
    given_out = shared_out(whole, ONE, others)

    assert sum(given_out.values()) == whole


@given(st.dictionaries(st.integers(1, 40).map(lambda n: uuid.UUID(int=n)), AMOUNTS, min_size=1))
def test_shares_for_reading_come_to_a_hundred(shares):
    found = percents(shares)

    assert sum(found.values()) == 100
    whole = sum(shares.values())
    assert all(abs(found[key] - shares[key] * 100 / whole) <= Decimal("0.1") for key in shares)


@pytest.mark.parametrize(
    ("name", "beginning", "is_so"),
    [
        ("photo.JPG", b"\xff\xd8\xff\xe0", True),
        ("letter.pdf", b"%PDF-1.7", True),
        ("letter.pdf", b"<html>", False),
        ("page.html", b"%PDF-1.7", False),
        ("letter", b"%PDF-1.7", False),
        ("list.xlsx", b"", False),
    ],
)
def test_evidence_is_told_by_name_and_first_bytes(name, beginning, is_so):
    assert is_evidence(name, beginning) is is_so


def test_bars_of_a_measure_are_on_one_scale_within_the_picture():
    bars = [("promised", Decimal(104), ""), ("due", Decimal(52), ""), ("delivered", Decimal(0), "")]
    drawn = picture([Amounts("Weeks", bars), Amounts("Hours", bars)], width=358)

    promised, due, nothing = drawn.groups[0].bars
    assert promised.width == pytest.approx(2 * due.width)
    assert nothing.width == 0
    assert promised.width < drawn.width
    assert drawn.groups[1].bars[-1].y < drawn.height


def test_a_long_name_stands_above_its_bars_in_lines_that_fit():
    name = "Advice given to voluntary and community organisations and small firms"
    drawn = picture([Amounts(name, [("promised", Decimal(104), "")])], width=358)

    [group] = drawn.groups
    assert " ".join(words for words, _ in group.lines) == name
    assert len(group.lines) == 2
    assert all(len(words) * BOLD <= drawn.width for words, _ in group.lines)
    assert group.lines[0][1] < group.lines[1][1] < group.bars[0].y


def owed(**fields):
    fields = {"waiting": "", "late": "", "next_due": None, "next_amount": ""} | fields
    return Owed("Laptops & more", "Apprenticeships", "52 weeks", "13 weeks", **fields)


def test_a_reminder_tells_what_is_late_or_due_soon_and_nothing_else():
    lines = [
        owed(late="39 weeks"),
        owed(next_due=date(2027, 6, 1), next_amount="13 weeks more"),
        owed(next_due=date(2028, 1, 1)),
    ]

    found = letter("Acme", "Testham", lines, page="https://x/", today=TODAY)

    assert found.text.count("Laptops & more") == 2
    assert "Next due: 13 weeks more by 1 June 2027." in found.text
    assert "Late: 39 weeks." in found.text
    assert "%26" in found.mailto


def test_a_reminder_too_long_for_a_mail_address_is_copied_instead():
    found = letter("Acme", "Testham", [owed(late="1 week")] * 40, page="", today=TODAY)

    assert len(found.text) > LONGEST_MAILTO
    assert found.mailto == ""
