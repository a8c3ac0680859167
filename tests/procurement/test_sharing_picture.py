"""The sharing grid's picture with a council's own places: a diamond, a thin line, room for both."""

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from procurement.pictures.sharing import LEAST, Spot, sharing_picture

SVG = "{http://www.w3.org/2000/svg}"
NATIONAL = {"evolution": 0.9, "visibility": 0.35, "pounds": Decimal(1000), "day_one": True}


def drawn(*owns, compact=False):
    spots = [Spot(f"C{n}", f"Things {n}", **NATIONAL, own=own) for n, own in enumerate(owns)]
    return ET.fromstring(sharing_picture(spots, box_from=0.8, box_to=0.5, compact=compact))


def all_of(svg, name):
    return list(svg.iter(f"{SVG}{name}"))


def corners(diamond):
    return [tuple(map(float, pair.split(","))) for pair in diamond.get("points").split()]


def test_without_own_places_there_is_no_diamond():
    svg = drawn(None)

    assert all_of(svg, "polygon") == []
    assert "diamond" not in svg.find(f"{SVG}desc").text


def test_an_own_place_is_joined_to_the_national_one():
    svg = drawn((0.5, 0.8), None)

    [diamond], circle = all_of(svg, "polygon"), all_of(svg, "circle")[0]
    (x, top), _, (_, bottom), _ = corners(diamond)
    [joined] = [one for one in all_of(svg, "line") if one.get("stroke-width") == "1"]
    ends = [float(joined.get(name)) for name in ("x1", "y1", "x2", "y2")]
    middle = (top + bottom) / 2
    expected = [float(circle.get("cx")), float(circle.get("cy")), x, middle]
    assert ends == pytest.approx(expected, abs=0.11)
    assert "own place, given for 1." in svg.find(f"{SVG}desc").text


def test_the_code_of_an_own_place_stands_clear_of_others():
    """Beside the diamond, to the left where another code stands to its right."""
    free, blocked = (
        ((0.5, 0.8), NATIONAL),
        ((0.5, 0.8), NATIONAL | {"evolution": 0.52, "visibility": 0.8}),
    )

    def across(own, other):
        spots = [Spot("MINE", "Mine", **NATIONAL, own=own), Spot("NEXT", "Next", **other)]
        svg = ET.fromstring(sharing_picture(spots, box_from=0.8, box_to=0.5))
        [code] = [one for one in all_of(svg, "text") if one.text == "MINE" and one.get("fill")]
        [diamond] = all_of(svg, "polygon")
        return float(code.get("x")) - corners(diamond)[0][0]

    assert across(*free) > 0
    assert across(*blocked) < 0


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("evolution", [0.0, 0.05, 0.29, LEAST, 1.0])
def test_every_own_place_lies_within_the_picture(evolution, compact):
    svg = drawn((evolution, 0.0), (evolution, 1.0), compact=compact)
    _, _, width, height = map(float, svg.get("viewBox").split())

    places = [corner for diamond in all_of(svg, "polygon") for corner in corners(diamond)]

    assert all(0 <= x <= width and 0 <= y <= height for x, y in places)


def test_two_own_places_below_where_the_axis_begins_are_told_apart():
    one, other = all_of(drawn((0.1, 0.5), (0.2, 0.5)), "polygon")

    assert corners(one) != corners(other)


@pytest.mark.parametrize("compact", [False, True])
def test_the_largest_circle_lies_within_the_picture_at_the_very_end(compact):
    spot = Spot("LAP", "Laptops", **NATIONAL | {"evolution": 1.0})
    svg = ET.fromstring(sharing_picture([spot], box_from=0.8, box_to=0.5, compact=compact))

    [circle] = all_of(svg, "circle")
    _, _, width, _ = map(float, svg.get("viewBox").split())
    assert float(circle.get("cx")) + float(circle.get("r")) <= width
