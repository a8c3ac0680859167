from datetime import date
from decimal import Decimal

import pytest

from procurement.routes import Scheme, routes

SCHEME = Scheme(
    "F1",
    "An invented framework",
    "An invented owner",
    "framework",
    frozenset({"LAP"}),
    starts=date(2026, 1, 1),
    ends=date(2027, 12, 31),
    fee_percent=Decimal(1),
    users="councils of the north",
)
OPEN = Scheme(
    "F2",
    "An invented open framework",
    "An invented owner",
    "open framework",
    frozenset({"LAP"}),
    ends=date(2027, 6, 30),
    scheme_ends=date(2029, 6, 30),
)


@pytest.mark.parametrize(
    ("day", "serves"),
    [(date(2027, 12, 31), True), (date(2028, 1, 1), False), (date(2025, 12, 31), False)],
)
def test_routes_serve_while_they_run(day, serves):
    [found] = routes("LAP", [SCHEME], call_off=day)

    assert found.serves is serves


def test_routes_say_why_a_framework_misses():
    [found] = routes("LAP", [SCHEME], call_off=date(2028, 5, 1))

    assert found.why == "It ends on 31 December 2027, before the call-off."


def test_routes_leave_out_other_categories():
    assert routes("TAB", [SCHEME, OPEN], call_off=date(2027, 1, 1)) == []


def test_routes_expect_the_next_framework_of_an_open_scheme():
    [found] = routes("LAP", [OPEN], call_off=date(2028, 1, 1))

    assert found.serves
    assert "scheme runs to 30 June 2029" in found.why


def test_routes_put_those_that_serve_first():
    found = routes("LAP", [SCHEME, OPEN], call_off=date(2028, 5, 1))

    assert [(r.reference, r.serves) for r in found] == [("F2", True), ("F1", False)]


def test_routes_name_who_may_use_a_framework():
    [found] = routes("LAP", [SCHEME], call_off=date(2027, 1, 1))

    assert "councils of the north" in found.why
