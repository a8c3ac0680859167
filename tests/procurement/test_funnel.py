"""The ladder as a funnel: well-formed, escaped, as long as councils came to it, told in words."""

from xml.etree import ElementTree as ET

import pytest

from procurement.pictures.funnel import Rung, funnel_picture

SVG = "{http://www.w3.org/2000/svg}"
RUNGS = [Rung("Asked in", 6, 1), Rung("Watching & waiting", 5, 2), Rung("Signed", 0, 0)]


def bars(svg):
    return [
        (float(box.get("x")), float(box.get("width")))
        for box in ET.fromstring(svg).iter(f"{SVG}rect")
    ]


@pytest.mark.parametrize("compact", [False, True])
def test_bars_are_as_long_as_councils_came_to_them_and_share_a_middle(compact):
    (_, widest), (_, next_one), (_, none) = found = bars(funnel_picture(RUNGS, compact=compact))

    assert next_one / widest == pytest.approx(5 / 6, abs=0.002)
    assert none == 0
    middles = [x + width / 2 for x, width in found]
    assert middles == pytest.approx([middles[0]] * 3, abs=0.2)


def test_picture_says_in_words_what_it_shows():
    svg = funnel_picture(RUNGS, name="ladder")

    root = ET.fromstring(svg)
    assert root.get("aria-labelledby") == "ladder-title ladder-desc"
    assert "Watching & waiting: 5 councils so far, 2 there now." in root.find(f"{SVG}desc").text
    assert "5, 2 there now" in [one.text for one in root.iter(f"{SVG}text")]
    assert "style=" not in svg


def test_picture_of_nobody_is_drawn_too():
    assert [width for _, width in bars(funnel_picture([Rung("Asked in", 0, 0)]))] == [0]


@pytest.mark.parametrize("compact", [False, True])
def test_a_figure_without_a_bar_stands_in_the_middle_as_the_others_do(compact):
    root = ET.fromstring(funnel_picture(RUNGS, compact=compact))

    places = [
        (one.get("x"), one.get("text-anchor"))
        for one in root.iter(f"{SVG}text")
        if one.text[0].isdigit()
    ]
    assert len(places) == len(RUNGS)
    assert set(places) == {(places[0][0], "middle")}
