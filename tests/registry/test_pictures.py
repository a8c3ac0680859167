"""The registry's pictures keep to their frame and their scale."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO
from itertools import combinations, pairwise

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from registry import pictures, timelines
from registry.decisions import Decision, Matter, decisions
from registry.exits import Terms
from registry.models import Category
from registry.periods import half_years, months, quarters
from registry.terms import read_extension

TODAY = date(2026, 11, 20)
SPANS = half_years(TODAY, 4)
AMOUNTS = st.lists(st.decimals(0, 10**9, places=2), min_size=4, max_size=4)
DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))


@given(st.lists(AMOUNTS, min_size=1, max_size=12))
def test_grid_bars_stay_in_their_rows_and_show_every_amount(rows):
    lines = [pictures.Line(f"Row {i}", row) for i, row in enumerate(rows)]
    wide = pictures.grid(lines, SPANS)

    for grid in (wide, wide.narrow):
        for row, amounts in zip(grid.rows, rows, strict=True):
            assert len(row.bars) == sum(1 for amount in amounts if amount)
            assert all(pictures.LEAST <= bar.height <= pictures.BAR_HEIGHT for bar in row.bars)
            assert all(bar.x > 0 and bar.x + bar.width < grid.width for bar in row.bars)
            assert row.total == sum(amounts)


def test_grid_bars_are_on_one_scale():
    lines = [
        pictures.Line("A", [Decimal(100), Decimal(0), Decimal(0), Decimal(0)]),
        pictures.Line("B", [Decimal(0), Decimal(50), Decimal(0), Decimal(0)]),
    ]

    first, second = pictures.grid(lines, SPANS).rows

    assert second.bars[0].height == first.bars[0].height / 2


def rows_at_both_widths(name):
    grid = pictures.grid([pictures.Line(name, [Decimal(1)] * 4)] * 2, SPANS)
    return [*grid.rows, *grid.narrow.rows]


@pytest.mark.django_db
def test_grid_shows_the_names_of_all_categories_whole():
    call_command("load_reference", stdout=StringIO())

    for name in Category.objects.values_list("name", flat=True):
        for row in rows_at_both_widths(name):
            assert " ".join(line.said for line in row.words) == name


@given(st.text("ab ", min_size=1, max_size=120))
def test_grid_names_stay_in_their_row_and_off_the_bars_above(name):
    rows = rows_at_both_widths(name)

    for above, row in (rows[:2], rows[2:]):
        assert row.words[0].y - pictures.LINE_HEIGHT >= above.baseline
        assert row.words[-1].y < row.baseline
        assert row.name == name


def test_grid_headings_have_room_at_both_widths():
    for spans in (half_years(TODAY, 8), months(TODAY, 24)):
        grid = pictures.grid([pictures.Line("A", [Decimal(1)] * len(spans))], spans)
        for one in (grid, grid.narrow):
            named = [heading.x for heading in one.headings if heading.named]
            assert all(b - a >= pictures.HEADING_WIDTH for a, b in pairwise(named))
            centred = [heading.x for heading in one.headings if heading.anchor == "middle"]
            assert min(centred) >= pictures.HEADING_WIDTH / 3


def test_every_quarter_of_five_years_has_a_heading_and_its_bar_a_figure():
    spans = quarters(TODAY, 20)
    grid = pictures.grid([pictures.Line("A", [Decimal(720_400)] * 20)], spans)

    assert all(heading.named for heading in grid.headings)
    assert [line.said for line in grid.headings[1].lines] == ["Jan–", "Mar", "2027"]
    assert {bar.figure for bar in grid.rows[0].bars} == {"£720k"}
    # A narrow screen has room for one in two or three: its totals and the table say the rest.
    narrow = [bar.figure for bar in grid.narrow.rows[0].bars]
    assert set(narrow) == {"£720k", ""}
    assert narrow.count("£720k") >= len(spans) / 3


@given(st.lists(st.decimals(0, 10**9, places=2), min_size=20, max_size=20))
def test_figures_on_a_narrow_screen_touch_nothing_and_the_largest_has_one(amounts):
    grid = pictures.grid([pictures.Line("Ashby Vale Council", amounts)], quarters(TODAY, 20))
    [row] = grid.narrow.rows

    said = [bar for bar in row.bars if bar.figure]
    rooms = [room_of(bar, grid.narrow.width) for bar in said]
    assert all(abs(bar.figure_at - bar.middle) <= 6 or at_an_edge(bar, 358) for bar in said)
    assert not any(one.overlaps(other) for one, other in combinations(rooms, 2))
    assert not any(room.overlaps(bar) for room in rooms for bar in row.bars)
    assert all(room.x >= 0 and room.x + room.width <= grid.narrow.width for room in rooms)
    # Its name ends above them, with room for the tail of a letter.
    assert all(room.y >= row.foot + 3 for room in rooms)
    if row.bars:
        assert row.bars[[one for one in amounts if one > 0].index(max(amounts))].figure


def room_of(bar, width):
    """But for a tenth of a pixel at each end, to which places are rounded."""
    room = pictures.figure_room(bar, bar.figure, bar.figure_at, width)
    return replace(room, x=room.x + 0.1, width=room.width - 0.2)


def at_an_edge(bar, width):
    return bar.x < 30 or bar.x + bar.width > width - 30


def figures_of(*thousands):
    """On a narrow screen, of quarters in a row of the largest of all."""
    amounts = [Decimal(1_000 * number) for number in thousands]
    amounts += [Decimal(0)] * (20 - len(amounts))
    grid = pictures.grid([pictures.Line("A", amounts)], quarters(TODAY, 20))
    return [bar.figure for bar in grid.narrow.rows[0].bars]


def test_figure_of_a_large_bar_stands_a_little_aside_of_a_larger_one():
    assert figures_of(0, 625, 1_400) == ["£625k", "£1.4m"]


def test_figures_go_to_larger_amounts_first_even_of_bars_equally_high():
    assert figures_of(1_400, 0, 0, 0, 0, 20, 80) == ["£1.4m", "", "£80k"]


def test_figure_at_the_edge_has_room_beside_one_two_quarters_on():
    assert figures_of(150, 46, 416, 0, 0, 0, 1_400) == ["£150k", "", "£416k", "£1.4m"]


@pytest.mark.parametrize(
    ("thousands", "words"),
    [
        ((1_600, 200), "All bars are on one scale."),
        ((1_600, 99), "but for those of up to £100k, drawn just high enough to be seen."),
    ],
)
def test_grid_says_which_bars_are_not_on_its_scale(thousands, words):
    amounts = [Decimal(1_000 * number) for number in (*thousands, 0, 0)]

    assert pictures.grid([pictures.Line("A", amounts)], SPANS).scale_words.endswith(words)


def test_grid_says_that_figures_are_left_out_only_where_they_are():
    said = [
        pictures.grid([pictures.Line("A", [Decimal(100)] * number)], spans).scale_words
        for number, spans in ((4, SPANS), (20, quarters(TODAY, 20)))
    ]

    assert ["Figures are left out" in words for words in said] == [False, True]


def test_grid_turned_has_a_line_for_each_period_in_which_anything_is():
    none, some = Decimal(0), Decimal(1_000)
    lines = [
        pictures.Line("A", [none, some, none, none]),
        pictures.Line("B", [none, none, none, some]),
    ]

    assert pictures.grid(lines, SPANS).turned == [
        (SPANS[1], ("£1,000", "")),
        (SPANS[3], ("", "£1,000")),
    ]


@given(DAYS, DAYS, DAYS)
def test_timeline_stays_inside_its_frame(start, end, today):
    start, end = sorted((start, end))
    terms = Terms(start=start, end=end, extension=read_extension("2 x 12 months"))

    found = timelines.timelines(
        terms, latest=end, matters=decisions(terms, review=None, today=today), today=today
    )

    for picture in found:
        assert picture.term.x >= 0
        assert picture.term.x + picture.term.width <= picture.width + pictures.LEAST
        for mark in [*picture.marks, picture.today]:
            first, last = timelines.words_of(mark)
            assert first >= 0
            assert last <= picture.width
        years = [0, *(mark.x for mark in picture.years), picture.width]
        assert all(b - a >= timelines.YEAR_WIDTH / 2 for a, b in pairwise(years))


@given(DAYS, DAYS, DAYS)
def test_timeline_words_never_touch(start, end, today):
    start, end = sorted((start, end))
    terms = Terms(start=start, end=end)

    for picture in timelines.timelines(
        terms, latest=None, matters=decisions(terms, review=today, today=today), today=today
    ):
        for one, other in combinations(picture.marks, 2):
            left, right = sorted(map(timelines.words_of, (one, other)))
            assert one.level != other.level or left[1] <= right[0]


def test_timeline_shows_options_after_the_end():
    terms = Terms(start=date(2024, 4, 1), end=date(2027, 3, 31))

    picture = timelines.timeline(terms, latest=date(2029, 3, 31), matters=[], today=TODAY)

    assert picture.options.x == picture.term.x + picture.term.width
    assert not picture.open_ended


def test_timeline_of_a_rolling_contract_is_open_ended():
    terms = Terms(start=date(2024, 4, 1), rolling=True)

    assert timelines.timeline(terms, latest=None, matters=[], today=TODAY).open_ended


def test_timeline_is_nothing_without_dates():
    assert timelines.timelines(Terms(), latest=None, matters=[], today=TODAY) == []


def test_timeline_marks_each_decision():
    terms = Terms(start=date(2024, 4, 1), end=date(2027, 3, 31))
    matters = [Decision(date(2027, 3, 31), Matter.END, "")]

    picture = timelines.timeline(terms, latest=None, matters=matters, today=TODAY)

    assert [(mark.words, mark.decides) for mark in picture.marks] == [
        ("Start", False),
        ("Ends", True),
    ]


def test_timeline_says_when_it_starts_ended_and_how_far_its_options_go():
    terms = Terms(start=date(2020, 4, 1), end=date(2023, 3, 31))

    for picture in timelines.timelines(terms, latest=date(2025, 3, 31), matters=[], today=TODAY):
        assert [(mark.words, mark.day) for mark in picture.marks] == [
            ("Start", date(2020, 4, 1)),
            ("End", date(2023, 3, 31)),
            ("Options to", date(2025, 3, 31)),
        ]
        assert picture.today.day == TODAY


@given(number=st.integers(1, 60))
def test_grid_headings_never_touch(number):
    drawn = pictures.grid([], months(date(2026, 11, 2), number))
    for one in (drawn, drawn.narrow):
        reaches = [
            (h.x, h.x + pictures.HEADING_WIDTH)
            if h.anchor == "start"
            else (h.x - pictures.HEADING_WIDTH / 2, h.x + pictures.HEADING_WIDTH / 2)
            for h in one.headings
            if h.named
        ]
        assert all(first >= 0 for first, _ in reaches)
        assert all(last <= following + 0.1 for (_, last), (following, _) in pairwise(reaches))
