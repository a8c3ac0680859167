"""The picture of frameworks over time: bars, marks where a scheme goes on, windows for applying."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from procurement.pictures.schemes import APPLY_HIGH, SchemeBar, schemes_picture
from procurement.pictures.svg import INK

TODAY = date(2026, 11, 27)
SVG = "{http://www.w3.org/2000/svg}"
SCHEME = SchemeBar(
    name="G-Cloud 15",
    kind="open framework",
    starts=date(2026, 9, 17),
    ends=date(2028, 3, 16),
    scheme_ends=date(2030, 9, 16),
    awards=[date(2026, 9, 17), date(2028, 3, 17), date(2029, 9, 17)],
    windows=[(date(2027, 10, 1), date(2027, 12, 1)), (date(2020, 1, 1), date(2020, 2, 1))],
)


def drawn(*schemes, **how):
    return ET.fromstring(schemes_picture(schemes, today=TODAY, **how))


@pytest.mark.parametrize("compact", [False, True])
def test_a_scheme_is_solid_then_hatched_with_a_mark_at_each_further_award(compact):
    picture = drawn(SCHEME, compact=compact)

    boxes = list(picture.iter(f"{SVG}rect"))
    hatched = [one for one in boxes if one.get("fill") == "url(#schemes-on)"]
    marks = [one for one in picture.iter(f"{SVG}line") if one.get("stroke-width") == "2"]
    assert len(hatched) == 1
    assert len([one for one in marks if one.get("stroke") == INK]) == 2
    assert float(marks[0].get("x1")) == pytest.approx(float(hatched[0].get("x")), abs=1)


def test_a_window_lies_beneath_its_bar_and_a_past_one_outside_is_left_out():
    boxes = list(drawn(SCHEME).iter(f"{SVG}rect"))

    [window] = [one for one in boxes if one.get("height") == f"{APPLY_HIGH}"]
    bar = boxes[boxes.index(window) - 2]
    assert float(window.get("y")) >= float(bar.get("y")) + float(bar.get("height"))


def test_an_end_that_is_not_known_is_an_outline():
    [outline] = drawn(SchemeBar("A", "framework", None, None, None)).iter(f"{SVG}rect")

    assert outline.get("fill") == "none"
    assert outline.get("stroke-dasharray")


@pytest.mark.parametrize("compact", [False, True])
def test_a_start_that_is_not_known_is_an_outline_and_said(compact):
    last = date(2028, 3, 16)
    picture = drawn(SchemeBar("A", "framework", None, last, None), compact=compact)

    [outline] = picture.iter(f"{SVG}rect")
    assert (outline.get("fill"), outline.get("stroke-dasharray")) == ("none", "4 3")
    assert any("start not known" in "".join(one.itertext()) for one in picture.iter(f"{SVG}text"))


def test_an_end_not_known_of_a_scheme_is_open_to_the_end_of_the_scheme():
    scheme = SchemeBar("A", "open framework", TODAY, None, date(2028, 3, 16))

    [outline] = drawn(scheme).iter(f"{SVG}rect")

    assert outline.get("fill") == "none"
    assert float(outline.get("x")) + float(outline.get("width")) < 1000


def test_a_last_day_far_off_draws_no_further_than_is_of_use():
    picture = drawn(SchemeBar("A", "framework", TODAY, date.max, None))

    assert len(list(picture.iter(f"{SVG}rect"))) == 1
