"""The strip of a price band: named, inside its frame, and without any price but the reader's."""

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from procurement.pictures.prices import OwnPrice, PriceBand, price_picture


def a_band(*own, low=400, high=560):
    prices = [OwnPrice(f"Council {n}", Decimal(price)) for n, price in enumerate(own)]
    return PriceBand("laptop", Decimal(low), Decimal(high), prices)


def drawn(*own, compact=False, **band):
    return ET.fromstring(price_picture(a_band(*own, **band), name="p", compact=compact))


def said(svg):
    return [text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("compact", [False, True])
def test_price_picture_is_named_described_and_keeps_to_attributes(compact):
    text = price_picture(a_band(512), name="p", compact=compact)

    assert 'aria-labelledby="p-title p-desc"' in text
    assert "The band is from £400 to £560. Council 0 pays £512." in text
    assert "style=" not in text


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("own", [(), (512,), (90, 512, 2000), (400,), (560,)])
@pytest.mark.parametrize(("low", "high"), [(400, 560), (400, 400), ("0.0112", "0.0125")])
def test_price_picture_stays_inside_its_frame(compact, own, low, high):
    svg = drawn(*own, compact=compact, low=low, high=high)
    _, _, width, height = map(float, svg.get("viewBox").split())

    for one in svg.iter():
        for name, most in (("x", width), ("x1", width), ("x2", width), ("y", height)):
            assert 0 <= float(one.get(name, 0)) <= most
        if one.get("d"):
            x, y = map(float, re.match(r"M([\d.]+) ([\d.]+)l", one.get("d")).groups())
            assert 9 <= x <= width - 9
            assert 0 <= y <= height - 18


def test_price_picture_tells_the_band_alone_to_those_without_a_price():
    assert [text for text in said(drawn()) if "£" in text] == ["£400", "£560"]


def test_price_picture_writes_a_price_at_the_edge_to_its_left():
    svg = drawn(90, 2000, compact=True)

    anchors = {t.text: t.get("text-anchor") for t in svg.iter("{http://www.w3.org/2000/svg}text")}
    assert (anchors["£90"], anchors["£2,000"]) == ("start", "end")


def test_price_picture_of_one_price_names_it_once():
    assert said(drawn(low=500, high=500)).count("£500") == 1


def test_price_picture_escapes_names():
    own = [OwnPrice('<Ash> & "Elm"', Decimal(5))]

    text = price_picture(PriceBand("laptop", Decimal(4), Decimal(6), own), name="p")

    assert "&lt;Ash&gt;" in text
    assert "<Ash>" not in text
