import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from procurement.pictures import MOST_BARS, Bar, WindowPicture, window_picture, window_thumbnail
from procurement.pictures.layout import TOP, layout_for
from procurement.pictures.scale import YEAR, Scale, axis
from procurement.pictures.window import LEAST_SPIKE
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

    root = ET.fromstring(window_picture(drawn, compact=compact))

    line = next(
        float(one.get("x1")) for one in root.iter(f"{SVG}line") if one.get("stroke-width") == "2.5"
    )
    spikes = [
        rect for rect in root.iter(f"{SVG}rect") if float(rect.get("width")) == LEAST_SPIKE
    ]  # fmt: skip
    assert len(spikes) == 1
    left = float(spikes[0].get("x"))
    assert left < line - 2
    assert left + LEAST_SPIKE > line + 2


@pytest.mark.parametrize("compact", [False, True])
def test_window_picture_writes_years_below_the_baseline_of_the_curve(compact):
    layout = layout_for(a_picture(*EVERY_KIND), compact=compact)

    root = ET.fromstring(window_picture(a_picture(*EVERY_KIND), compact=compact))

    years = [float(t.get("y")) for t in root.iter(f"{SVG}text") if t.text in {"2027", "2028"}]
    assert years
    assert all(y - 12 > TOP + layout.curve for y in years)


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
