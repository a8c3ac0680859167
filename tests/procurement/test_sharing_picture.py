"""The sharing grid's picture with a council's own places: a diamond, a thin line, room for both."""

from decimal import Decimal
from itertools import combinations
from math import hypot
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.pictures.codes import TALL, Circle, Place, width_of
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


def codes_and_circles(spots, *, compact):
    svg = ET.fromstring(sharing_picture(spots, box_from=0.8, box_to=0.5, compact=compact))
    names = {spot.code for spot in spots}
    codes = [
        Place(float(one.get("x")), float(one.get("y")), width_of(one.text))
        for one in all_of(svg, "text")
        if one.text in names
    ]
    circles = [
        Circle(*(float(one.get(name)) for name in ("cx", "cy", "r")))
        for one in all_of(svg, "circle")
    ]
    return codes, circles


PLACES = st.floats(0.35, 1.0)
SPOTS = st.lists(st.tuples(PLACES, PLACES, st.integers(0, 10**6)), min_size=1, max_size=30)


@pytest.mark.parametrize("compact", [False, True])
@given(found=SPOTS)
def test_no_code_touches_another_however_crowded_the_picture(found, compact):
    spots = [
        Spot(f"C{n:02}", f"Things {n}", across, up, Decimal(pounds), day_one=across > 0.8)
        for n, (across, up, pounds) in enumerate(found)
    ]

    codes, _ = codes_and_circles(spots, compact=compact)

    assert len(codes) == len(spots)
    assert not any(overlap(one, other) for one, other in combinations(codes, 2))


def overlap(one, other):
    """As drawn, to a tenth of a pixel; what keeps them apart is a little more than that."""
    beside = abs(one.x - other.x) < (one.width + other.width) / 2
    return beside and abs(one.y - other.y) < TALL


@pytest.mark.parametrize("compact", [False, True])
def test_a_code_is_beside_its_circle_and_hides_no_other(compact):
    """Two small ones side by side, as tablets and managed mobiles are."""
    near = [Spot("LAP", "Laptops", 0.9, 0.8, Decimal(1000), day_one=True)]
    near += [
        Spot(code, code, across, 0.35, Decimal(1), day_one=True)
        for code, across in (("TAB", 0.9), ("MOBD", 0.91))
    ]

    codes, circles = codes_and_circles(near, compact=compact)

    small = [circle for circle in circles if circle.r < 9]
    assert len(small) == 2
    assert not any(code.covers(circle) for code in codes for circle in small)


@pytest.mark.parametrize("compact", [False, True])
def test_the_heading_of_the_box_stands_over_a_circle_that_reaches_out_of_it(compact):
    edge = Spot("UC", "Telephony", 0.98, 0.5, Decimal(1000), day_one=True)
    svg = ET.fromstring(sharing_picture([edge], box_from=0.8, box_to=0.5, compact=compact))

    [heading] = [one for one in all_of(svg, "text") if one.text == "Share on day one"]
    [circle] = all_of(svg, "circle")
    assert float(heading.get("y")) + 3 <= float(circle.get("cy")) - float(circle.get("r"))


# As they are placed nationally: two small ones side by side over two larger ones.
CROWDED = (
    ("LICP", 0.90, 0.40, 1_400),
    ("TAB", 0.90, 0.35, 3),
    ("MOBD", 0.91, 0.35, 3),
    ("LAN", 0.86, 0.30, 60),
    ("WAN", 0.89, 0.30, 1_000),
    ("FIN", 0.74, 0.30, 600),
    ("SUP", 0.74, 0.30, 40),
    ("LICO", 0.79, 0.25, 800),
)


@pytest.mark.parametrize("compact", [False, True])
def test_each_code_of_a_crowd_is_nearest_its_own_circle_or_led_to_it(compact):
    spots = [
        Spot(code, code, across, up, Decimal(pounds), day_one=across > 0.8)
        for code, across, up, pounds in CROWDED
    ]
    svg = ET.fromstring(sharing_picture(spots, box_from=0.8, box_to=0.5, compact=compact))

    circles = {
        one.find(f"{SVG}title").text: Circle(*(float(one.get(n)) for n in ("cx", "cy", "r")))
        for one in all_of(svg, "circle")
    }
    leaders = [one for one in all_of(svg, "line") if one.get("stroke-width") == "1"]
    begins = [(float(one.get("x1")), float(one.get("y1"))) for one in leaders]
    for text in all_of(svg, "text"):
        if text.text in circles:
            at = Place(float(text.get("x")), float(text.get("y")), width_of(text.text))
            own = circles.pop(text.text)
            is_led = any(abs(hypot(x - own.x, y - own.y) - own.r) < 0.2 for x, y in begins)
            others = list(circles.values())
            assert is_led or all(at.apart(own) <= at.apart(other) + 1.2 for other in others)
            assert not any(at.covers(other) for other in others if other.r < own.r)
            circles[text.text] = own


@pytest.mark.parametrize("compact", [False, True])
def test_the_white_edge_of_a_code_has_round_corners(compact):
    svg = drawn(None, compact=compact)

    edged = [one for one in all_of(svg, "text") if one.get("paint-order")]
    assert edged
    assert {one.get("stroke-linejoin") for one in edged} == {"round"}
