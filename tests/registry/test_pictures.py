"""The registry's pictures keep to their frame and their scale."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from registry import pictures
from registry.decisions import Decision, Matter, decisions
from registry.exits import Terms
from registry.periods import half_years
from registry.terms import read_extension

TODAY = date(2026, 11, 20)
SPANS = half_years(TODAY, 4)
AMOUNTS = st.lists(st.decimals(0, 10**9, places=2), min_size=4, max_size=4)
DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))


@given(st.lists(AMOUNTS, min_size=1, max_size=12))
def test_grid_bars_stay_in_their_rows_and_show_every_amount(rows):
    grid = pictures.grid([pictures.Line(f"Row {i}", row) for i, row in enumerate(rows)], SPANS)

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


def test_grid_names_too_long_are_cut_in_the_picture_only():
    name = "Broadband, leased lines, WAN, SD-WAN and internet"

    [row] = pictures.grid([pictures.Line(name, [Decimal(1)] * 4)], SPANS).rows

    assert row.name == name
    assert len(row.short_name) == pictures.NAME_LENGTH


@given(DAYS, DAYS, DAYS)
def test_timeline_stays_inside_its_frame(start, end, today):
    start, end = sorted((start, end))
    terms = Terms(start=start, end=end, extension=read_extension("2 x 12 months"))

    picture = pictures.timeline(
        terms, latest=end, matters=decisions(terms, review=None, today=today), today=today
    )

    assert 0 <= picture.today <= picture.width
    assert picture.term.x >= 0
    assert picture.term.x + picture.term.width <= picture.width + pictures.LEAST
    assert all(0 <= mark.x <= picture.width for mark in [*picture.marks, *picture.years])


def test_timeline_shows_options_after_the_end():
    terms = Terms(start=date(2024, 4, 1), end=date(2027, 3, 31))

    picture = pictures.timeline(terms, latest=date(2029, 3, 31), matters=[], today=TODAY)

    assert picture.options.x == picture.term.x + picture.term.width
    assert not picture.open_ended


def test_timeline_of_a_rolling_contract_is_open_ended():
    terms = Terms(start=date(2024, 4, 1), rolling=True)

    assert pictures.timeline(terms, latest=None, matters=[], today=TODAY).open_ended


def test_timeline_is_nothing_without_dates():
    assert pictures.timeline(Terms(), latest=None, matters=[], today=TODAY) is None


def test_spread_puts_close_words_under_each_other():
    marks = [pictures.Mark(x, "Ends", TODAY) for x in (100.0, 120.0, 600.0)]

    assert [mark.level for mark in pictures.spread(marks)] == [0, 1, 0]


def test_timeline_marks_each_decision():
    terms = Terms(start=date(2024, 4, 1), end=date(2027, 3, 31))
    matters = [Decision(date(2027, 3, 31), Matter.END, "")]

    picture = pictures.timeline(terms, latest=None, matters=matters, today=TODAY)

    assert [mark.words for mark in picture.marks] == ["Ends"]
