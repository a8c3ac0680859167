import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.pictures import MOST_BARS, Bar, WindowPicture, window_picture, window_thumbnail
from procurement.pictures.layout import layout_for, scale_for
from procurement.pictures.scale import YEAR, Scale, axis
from procurement.pictures.window import DECIDES, KEY_LETTER, LEAST_SPIKE, MEANINGS, places
from registry.exits import Action

TODAY, CHOSEN = date(2026, 11, 22), date(2027, 10, 1)
SVG = "{http://www.w3.org/2000/svg}"
END = date(2027, 9, 30)


def a_bar(council="Ashby Vale Council", action=Action.NOTHING, value=100_000, **facts):
    facts = {"start": date(2024, 10, 1), "end": END, "latest": END, **facts}
    return Bar(council, "what it asks", action, Decimal(value), **facts)


def a_picture(*bars):
    joinable = ((date(2027, 4, 1), Decimal(50_000)), (CHOSEN, Decimal(100_000)))
    return WindowPicture("Laptops in the North West", TODAY, CHOSEN, bars, joinable)


EVERY_KIND = (
    a_bar("Ends"),
    a_bar("Extends", Action.EXTEND, end=date(2027, 6, 30), latest=date(2028, 6, 30),
          options=(date(2027, 12, 31),), decide_by=date(2027, 3, 31)),
    a_bar("Rolls", Action.NOTICE, end=None, latest=None, decide_by=date(2027, 6, 30)),
    a_bar("Breaks", Action.BREAK, end=date(2029, 3, 31), latest=date(2029, 3, 31)),
    a_bar("Agrees", Action.AGREE, end=date(2027, 8, 31), latest=date(2027, 8, 31)),
    a_bar("Undated", Action.UNKNOWN, end=None, latest=None),
    a_bar("Misses", Action.BRIDGE, end=date(2027, 1, 31), latest=date(2027, 1, 31)),
    a_bar("Stays", Action.STAY, end=date(2029, 3, 31), latest=date(2029, 3, 31)),
)  # fmt: skip


def words_in(svg):
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("compact", [False, True])
def test_window_picture_is_named_described_and_keeps_to_attributes(compact):
    svg = window_picture(a_picture(*EVERY_KIND), compact=compact)

    root = ET.fromstring(svg)
    ids = {element.get("id") for element in root.iter()}
    assert root.get("role") == "img"
    assert set(root.get("aria-labelledby").split()) <= ids
    assert "style" not in svg
    assert "<script" not in svg


def test_window_picture_ids_differ_by_name():
    one, two = (window_picture(a_picture(*EVERY_KIND), name=n) for n in ("wide", "narrow"))

    ids = [set(re.findall(r' id="([^"]+)"', svg)) for svg in (one, two)]
    assert not ids[0] & ids[1]


def test_window_picture_refers_only_to_patterns_it_has():
    svg = window_picture(a_picture(*EVERY_KIND))

    assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(re.findall(r' id="([^"]+)"', svg))


def test_window_picture_escapes_what_registers_say():
    svg = window_picture(a_picture(a_bar('<script>"&')))

    assert '<script>"&' in words_in(svg)
    assert "<script" not in svg


def test_window_picture_sorts_by_action_then_value():
    bars = (a_bar("Small", value=1), a_bar("Other", Action.EXTEND, value=9), a_bar("Big", value=5))

    said = words_in(window_picture(a_picture(*bars)))

    assert [word for word in said if word in {"Small", "Other", "Big"}] == ["Big", "Small", "Other"]


def test_window_picture_gives_every_action_a_letter():
    said = words_in(window_picture(a_picture(*EVERY_KIND)))

    assert {"N", "E", "G", "B", "A", "C", "L", "U"} <= set(said)


def test_window_picture_says_what_joins_and_leaves_out_what_cannot():
    drawn = a_picture(
        a_bar("One", value=70_500),
        a_bar("Two", Action.BRIDGE, value=900_000),
        a_bar("Three", Action.AGREE, value=800_000),
        a_bar("Four", Action.UNKNOWN, value=700_000),
    )

    assert "Start 1 Oct 2027: £70,500 a year" in words_in(window_picture(drawn))
    assert "1 councils" not in drawn.description()
    assert "worth £70,500 a year" in drawn.description()


def test_window_picture_groups_many_contracts_by_council_and_opens_one():
    bars = [a_bar(f"Council {n % 4}", value=n) for n in range(MOST_BARS + 4)]

    closed = words_in(window_picture(a_picture(*bars)))
    opened = words_in(window_picture(a_picture(*bars), opened="Council 2"))

    assert closed.count("Council 2 (11 contracts)") == 1
    assert opened.count("Council 2") == 11
    assert opened.count("Council 1 (11 contracts)") == 1


def test_window_picture_stays_inside_its_frame():
    far = a_bar("Far", Action.EXTEND, start=date(1999, 1, 1), latest=date(2099, 1, 1))

    root = ET.fromstring(window_picture(a_picture(far)))

    width = float(root.get("viewBox").split()[2])
    for rect in root.iter(f"{SVG}rect"):
        assert float(rect.get("x")) >= 0
        assert float(rect.get("x")) + float(rect.get("width")) <= width + 0.1
    edges = [float(x) for path in paths_in(root) for x in re.findall(r"[MH](-?[0-9.]+)", path)]
    assert len(edges) > 8
    assert all(0 <= x <= width + 0.1 for x in edges)


def paths_in(root):
    return [path.get("d") for path in root.iter(f"{SVG}path")]


def test_window_picture_draws_each_bar_and_no_more_paths_for_more_of_them():
    few, many = (
        ET.fromstring(window_picture(a_picture(*EVERY_KIND * n, *[a_bar()] * 30))) for n in (1, 4)
    )

    assert len(paths_in(many)) - flags(many) == len(paths_in(few)) - flags(few)
    bars = [sum(path.count("Z") for path in paths_in(root)) for root in (few, many)]
    # Eight to their ends, two with options and those in use, one with what a break gives up.
    assert bars[1] - bars[0] == 3 * (8 + 2 + 2 + 1)


def flags(root):
    return sum(1 for path in paths_in(root) if "l7 3.5" in path)


@pytest.mark.parametrize("compact", [False, True])
def test_window_picture_shows_a_high_of_one_day_on_both_sides_of_its_line(compact):
    joinable = (
        (date(2027, 4, 1), Decimal(50_000)),
        (CHOSEN, Decimal(100_000)),
        (date(2027, 10, 2), Decimal(60_000)),
    )
    drawn = WindowPicture("Laptops", TODAY, CHOSEN, (a_bar(),), joinable)

    scale = scale_for(drawn, layout_for(drawn, compact=compact))
    (_, _), (left, _), (right, _) = places(drawn, scale)
    assert right == left + LEAST_SPIKE
    assert left < scale.x(CHOSEN) - 2
    assert right > scale.x(CHOSEN) + 2


DAYS = st.dates(date(2026, 1, 1), date(2032, 1, 1))


@pytest.mark.parametrize("compact", [False, True])
@given(steps=st.dictionaries(DAYS, st.integers(0, 10**6), max_size=40))
def test_window_picture_curve_goes_on_from_left_to_right_within_its_edges(steps, compact):
    joinable = tuple((day, Decimal(value)) for day, value in sorted(steps.items()))
    drawn = WindowPicture("Laptops", TODAY, CHOSEN, (a_bar(),), joinable)
    scale = scale_for(drawn, layout_for(drawn, compact=compact))

    begin = [x for x, _ in places(drawn, scale)]

    assert len(begin) == sum(day <= scale.last for day in steps)
    assert [scale.left, *begin, scale.right] == sorted([scale.left, *begin, scale.right])


def test_window_picture_curve_shows_a_high_on_its_last_day_within_its_edge():
    drawn = a_picture(a_bar())
    scale = scale_for(drawn, layout_for(drawn, compact=False))
    drawn = replace(drawn, joinable=((scale.last, Decimal(5)),))

    [(begins, _)] = places(drawn, scale)

    assert begins == scale.right - LEAST_SPIKE


def lines_down(root):
    """Those of today and of the chosen day: where each is, its top and its foot."""
    return [
        tuple(float(one.get(name)) for name in ("x1", "y1", "y2"))
        for one in root.iter(f"{SVG}line")
        if one.get("stroke-dasharray") == "4 3" or one.get("stroke-width") == "2.5"
    ]


@pytest.mark.parametrize("chosen", [date(2027, month, 1) for month in (2, 4, 7, 10)])
def test_window_picture_on_a_narrow_screen_has_no_line_through_the_words_of_the_curve(chosen):
    drawn = replace(a_picture(*EVERY_KIND), chosen=chosen)

    root = ET.fromstring(window_picture(drawn, compact=True))

    [said] = [t for t in root.iter(f"{SVG}text") if (t.text or "").startswith("Value that could")]
    assert len(lines_down(root)) == 2
    assert all(top > float(said.get("y")) + 3 for _, top, _ in lines_down(root))


@pytest.mark.parametrize("compact", [False, True])
def test_window_picture_explains_each_mark_that_it_has_and_no_other(compact):
    every, one = (
        words_in(window_picture(a_picture(*bars), compact=compact))
        for bars in (EVERY_KIND, EVERY_KIND[:1])
    )

    marks = {said for said, _ in MEANINGS} | {DECIDES}
    assert marks <= set(every)
    assert marks & set(one) == {"in contract"}


def test_window_picture_key_stays_within_the_frame():
    for compact in (False, True):
        root = ET.fromstring(window_picture(a_picture(*EVERY_KIND), compact=compact))
        _, _, width, height = map(float, root.get("viewBox").split())
        marks = [t for t in root.iter(f"{SVG}text") if t.text in dict(MEANINGS)]
        assert all(float(t.get("x")) + KEY_LETTER * len(t.text) <= width for t in marks)
        assert all(float(t.get("y")) < height for t in marks)


def test_window_picture_flag_on_the_chosen_day_lies_over_its_line():
    rolls = a_bar("Rolls", Action.NOTICE, end=None, latest=None, decide_by=END)

    svg = window_picture(a_picture(rolls))

    assert svg.index('stroke-width="2.5"') < svg.index("l7 3.5")


def test_window_picture_short_bar_has_its_letter():
    """To the end of the quarter before today's: a few pixels on a narrow screen."""
    short = a_bar(end=date(2026, 9, 30), latest=date(2030, 9, 30))

    assert words_in(window_picture(a_picture(short), compact=True)).count("N") == 2


@pytest.mark.parametrize("compact", [False, True])
def test_window_picture_writes_years_below_the_baseline_of_the_curve(compact):
    layout = layout_for(a_picture(*EVERY_KIND), compact=compact)

    root = ET.fromstring(window_picture(a_picture(*EVERY_KIND), compact=compact))

    years = [float(t.get("y")) for t in root.iter(f"{SVG}text") if t.text in {"2027", "2028"}]
    assert years
    assert all(y - 12 > layout.top + layout.curve for y in years)


@pytest.mark.parametrize("left", [4.0, 330.0])
@pytest.mark.parametrize("last", [date(2030, month, 1) for month in (1, 2, 4, 7, 10)])
def test_axis_names_every_year_that_has_room_and_the_last_within_its_edge(left, last):
    scale = Scale(date(2026, 7, 1), last, left, left + 350)

    svg = axis(scale, 100)

    said = [(float(one.get("x")), one.text) for one in ET.fromstring(svg).iter("text")]
    years = [(x, int(text)) for x, text in said if text.isdigit()]
    begun = range(2026, 2030 if last.month == 1 else 2031)
    assert [year for _, year in years] == list(begun)
    assert all(one + YEAR <= other for (one, _), (other, _) in pairwise(years))
    assert years[-1][0] + YEAR <= scale.right


def test_window_picture_of_nothing_known_still_draws():
    bare = WindowPicture("Nothing yet", TODAY, CHOSEN, (a_bar(start=None, end=None),))

    assert ET.fromstring(window_picture(bare)).tag == f"{SVG}svg"


def test_window_thumbnail_shows_the_mix_of_many():
    bars = [a_bar(action=Action.NOTHING) for _ in range(30)] + [a_bar(action=Action.EXTEND)] * 30

    root = ET.fromstring(window_thumbnail(a_picture(*bars), name="t1"))

    assert len({rect.get("fill") for rect in root.iter(f"{SVG}rect")}) == 3
