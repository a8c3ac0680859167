"""Which intentions are shown: cells, bands, who is enough, and when what is shown may change."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from procurement.demand import (
    Answer,
    Band,
    Before,
    Cell,
    DemandRules,
    answers_by_cell,
    band,
    half_of,
    next_snapshot,
    release_day,
)
from procurement.disclosure import changed, dominated

RULES = DemandRules(
    councils_least=5,
    area_councils_least=10,
    largest_share=Decimal("0.5"),
    two_largest_share=Decimal("0.8"),
    release_changes=3,
    release_days=14,
)
QUARTERS = [date(2026 + n // 4, 1 + 3 * (n % 4), 1) for n in range(8)]
AREA = "E12000004"
COUNCILS = [f"C{n}" for n in range(12)]
IN_AREA = {AREA: len(COUNCILS)}
CELL = Cell("LAP", AREA, date(2029, 4, 1))
FIVE = {"C0": 100, "C1": 120, "C2": 90, "C3": 150, "C4": 80}


def history(worlds, *, cell=CELL, in_area=IN_AREA):
    """What each quarter's snapshot shows of a cell, given what stands behind it then."""
    before, seen = {}, []
    for quarter, held in zip(QUARTERS, worlds, strict=False):
        now = {cell: held} if held else {}
        shown = next_snapshot(now, before, in_area, quarter=quarter, rules=RULES)
        gone = {at: Before(one.shown, stands=False) for at, one in before.items()}
        before = gone | {one.cell: Before(one, stands=True) for one in shown}
        seen.append(shown[0] if shown else None)
    return seen


def told(worlds, **options):
    """The same as everybody sees it: a band or nothing."""
    return [one and one.band for one in history(worlds, **options)]


# Cells


def test_day_lies_in_a_half_of_the_financial_year():
    days = [date(2027, 3, 31), date(2027, 4, 1), date(2027, 12, 31)]

    assert [half_of(day) for day in days] == [
        date(2026, 10, 1),
        date(2027, 4, 1),
        date(2027, 10, 1),
    ]


def test_council_counts_once_in_a_cell_at_the_larger_of_what_it_says():
    answers = [Answer("C0", "LAP", date(2029, 5, 1), n) for n in (40, 60, 50)]

    assert answers_by_cell(answers, {"C0": AREA}) == {CELL: {"C0": 60}}


def test_council_of_no_area_is_in_no_cell():
    assert answers_by_cell([Answer("C0", "LAP", date(2029, 5, 1), 1)], {}) == {}


@given(
    st.lists(
        st.builds(
            Answer,
            st.sampled_from(COUNCILS),
            st.sampled_from(["LAP", "TAB"]),
            st.dates(date(2027, 1, 1), date(2030, 1, 1)),
            st.integers(1, 1000),
        )
    )
)
@settings(max_examples=50)
def test_cells_never_overlap(answers):
    """Each answer is in one cell, so that no sum over cells is another cell's."""
    areas = {code: f"A{n % 2}" for n, code in enumerate(COUNCILS)}
    cells = answers_by_cell(answers, areas)

    for one in answers:
        holding = [
            cell
            for cell, held in cells.items()
            if one.council in held
            and (cell.category, cell.half) == (one.category, half_of(one.start))
        ]
        assert [cell.area for cell in holding] == [areas[one.council]]


# Bands


@pytest.mark.parametrize(
    ("total", "low", "below"),
    [(1, 1, 2), (4, 2, 5), (5, 5, 10), (199, 100, 200), (540, 500, 1000), (1000, 1000, 2000)],
)
def test_sum_is_told_as_a_step(total, low, below):
    assert band(total) == Band(low, below)


@given(st.integers(1, 10**9))
def test_band_holds_its_sum_and_is_as_wide_as_its_lower_end(total):
    found = band(total)

    assert found.low <= total < found.below
    assert found.below >= 2 * found.low


# What is enough


def test_five_councils_are_shown_and_four_are_not():
    assert told([FIVE]) == [Band(500, 1000)]
    assert told([dict(list(FIVE.items())[:4])]) == [None]


@pytest.mark.parametrize(
    "held",
    [
        FIVE | {"C0": 441},  # more than half
        FIVE | {"C0": 600, "C1": 600, "C2": 100, "C3": 100, "C4": 90},  # two of more than 0.8
    ],
)
def test_one_or_two_that_dominate_are_not_shown(held):
    assert told([held]) == [None]


def test_area_of_few_councils_is_not_shown():
    assert told([FIVE], in_area={AREA: 9}) == [None]
    assert told([FIVE], in_area={}) == [None]


def test_half_that_is_over_is_left_out():
    cell = Cell("LAP", AREA, date(2025, 10, 1))

    # The half of October 2025 holds the first quarter of 2026 and not the second.
    assert told([FIVE, FIVE], cell=cell) == [Band(500, 1000), None]


# When it may change


def test_two_changes_leave_all_as_it_is_and_three_do_not():
    grown = {name: quantity * 10 for name, quantity in FIVE.items()}

    assert told([FIVE, FIVE | {n: grown[n] for n in ("C0", "C1")}]) == [Band(500, 1000)] * 2
    assert told([FIVE, FIVE | {n: grown[n] for n in ("C0", "C1", "C2")}]) == [
        Band(500, 1000),
        Band(2000, 5000),
    ]


def test_changes_count_from_what_is_shown_and_not_from_last_quarter():
    first = FIVE | {"C0": 101}
    second = first | {"C1": 121}
    third = second | {"C5": 500}

    seen = history([FIVE, first, second, third])

    assert [one.held for one in seen] == [FIVE, FIVE, FIVE, third]


def test_cell_is_taken_back_when_three_have_left_and_comes_again_for_three_changes():
    two = {"C0": 100, "C1": 120}

    assert told([FIVE, two, FIVE]) == [Band(500, 1000), None, None]
    assert told([FIVE, two, FIVE | {"C5": 1, "C6": 1, "C7": 1}]) == [
        Band(500, 1000),
        None,
        Band(500, 1000),
    ]


@pytest.mark.parametrize(
    ("made", "day"),
    [
        (date(2026, 10, 1), date(2026, 10, 15)),
        (date(2026, 10, 14), date(2026, 10, 15)),
        (date(2026, 10, 15), date(2026, 10, 16)),
        (date(2026, 12, 24), date(2026, 12, 25)),
    ],
)
def test_release_is_on_the_stated_day_and_never_on_the_day_it_is_made(made, day):
    assert release_day(date(2026, 10, 1), made=made, rules=RULES) == day


# Whatever happens

few_or_many = st.sampled_from([0, 0, 1, 40, 60, 100, 400])
one_change = st.tuples(st.sampled_from(COUNCILS), few_or_many)
quarterly = st.lists(st.lists(one_change, max_size=5), max_size=5)


@st.composite
def some_worlds(draw):
    """What councils intend in one quarter after another, a few of them changing in each."""
    world = {name: draw(few_or_many) for name in COUNCILS}
    found = [world]
    for changes in draw(quarterly):
        found.append(found[-1] | dict(changes))
    return [{name: q for name, q in held.items() if q} for held in found]


worlds = some_worlds()
SOME = settings(max_examples=60, deadline=None)


@given(worlds)
@SOME
def test_whatever_is_shown_has_enough_equal_enough_councils_behind_it(worlds):
    for one in filter(None, history(worlds)):
        assert len(one.held) >= RULES.councils_least
        assert not dominated([Decimal(q) for q in one.held.values()], RULES)
        assert one.band == band(sum(one.held.values()))


@given(worlds)
@SOME
def test_whatever_changes_from_one_snapshot_to_another_is_of_three_councils_or_more(worlds):
    shown = [one for one in history(worlds) if one]
    for one, other in pairwise(shown):
        assert one == other or changed(one.held, other.held) >= RULES.release_changes


@given(worlds, st.permutations(COUNCILS))
@SOME
def test_nobody_can_tell_which_councils_of_the_area_they_are(worlds, others):
    """Had any others said the same all along, the same would have been shown all along."""
    swapped = dict(zip(COUNCILS, others, strict=True))
    renamed = [{swapped[name]: q for name, q in held.items()} for held in worlds]

    assert told(worlds) == told(renamed)


@given(worlds, st.sampled_from(COUNCILS), few_or_many)
@SOME
def test_what_one_council_says_last_changes_nothing_that_was_shown(worlds, council, quantity):
    """Once a cell is shown, one council's joining, leaving or changing shows nowhere."""
    last = dict(worlds[-1])
    last.pop(council, None)
    after = last | ({council: quantity} if quantity else {})
    settled = [*worlds, worlds[-1]]

    if told(worlds)[-1] is not None and history(worlds)[-1].held == worlds[-1]:
        assert told([*worlds, after]) == told(settled)


def test_snapshot_is_in_order_of_cells():
    later = Cell("LAP", AREA, CELL.half + timedelta(days=183))
    now = {later: FIVE, CELL: FIVE}

    shown = next_snapshot(now, {}, IN_AREA, quarter=QUARTERS[0], rules=RULES)

    assert [one.cell for one in shown] == [CELL, later]


@given(st.lists(st.integers(1, 1000), min_size=5, max_size=7))
@SOME
def test_who_knows_its_own_quantity_misses_every_others_by_two_fifths(quantities):
    """Even by the exact sum, which nobody is told: the rest of the cell hides it."""
    held = dict(zip(COUNCILS, quantities, strict=False))
    assume(told([held]) != [None])

    for knows, target in permutations(held, 2):
        guess = sum(held.values()) - held[knows]
        assert guess - held[target] >= Decimal("0.4") * held[target]


def test_councils_that_name_no_quantity_show_nothing():
    cell = Cell("LAP", "E12000002", half_of(date(2027, 6, 1)))
    now = {cell: {f"C{n}": 0 for n in range(12)}}

    assert next_snapshot(now, {}, {cell.area: 12}, quarter=date(2027, 1, 1), rules=RULES) == []
