"""What the samples are for: read as files, they show the joint buys their README names."""

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np
import pytest

from procurement.members import ask
from procurement.windows import (
    Contracts,
    Window,
    WindowSettings,
    by_membership,
    exit_columns,
    find_windows,
)
from registry.classify import Item, classify_many
from registry.workings import terms_of, work_out
from samples.make_samples import HERE
from samples.making.contracts import TODAY
from tests.samples.test_samples import EXPECTED, understood

SETTINGS = WindowSettings(lead_months=6)
REGIONS = ("East Midlands", "South West", "North West")
# Less a year than this is not worth a meeting.
WORTHWHILE = Decimal(25_000)


@cache
def contracts() -> list[tuple[str, str, Any]]:
    """Council, category and facts of every contract of the quarter's files."""
    found = [
        (expected["council"], record.facts)
        for expected in EXPECTED
        if "/" not in expected["file"]
        for record in understood(expected["file"]).normalised.records
    ]
    items = [
        Item(title=f["title"], supplier=f.get("supplier_name", ""), cpv=f.get("cpv_code", ""))
        for _, f in found
    ]
    placed = classify_many(items)
    return [(council, c.code, facts) for (council, facts), c in zip(found, placed, strict=True)]


def region_members() -> dict[int, list[str]]:
    with (HERE / "councils.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        n: [row["code"] for row in rows if row["region"] == region]
        for n, region in enumerate(REGIONS)
    }


@cache
def windows() -> dict[tuple[str, str], list[Window]]:
    """The plan of each category and region; `Window.contracts` point into `contracts()`."""
    listed = [one for one in contracts() if one[1] not in (None, "NON", "OUT")]
    councils = sorted({council for council, _, _ in contracts()})
    categories = sorted({category for _, category, _ in listed})
    council = np.array([councils.index(c) for c, _, _ in listed])
    yearly = [work_out(facts).yearly_value or Decimal(0) for _, _, facts in listed]
    groups = by_membership(
        category=np.array([categories.index(c) for _, c, _ in listed]),
        council=council,
        members={n: [councils.index(c) for c in m] for n, m in region_members().items()},
    )
    exits = exit_columns(terms_of(facts) for _, _, facts in listed)
    pence = np.array([int(amount * 100) for amount in yearly])
    found: dict[tuple[str, str], list[Window]] = defaultdict(list)
    for group in find_windows(
        Contracts(council, pence), exits, groups, settings=SETTINGS, today=TODAY
    ):
        category, region = divmod(group.group, len(REGIONS))
        found[categories[category], REGIONS[region]] = list(group.windows)
    return found


def planned(category: str, region: str) -> list[Window]:
    return [one for one in windows()[category, region] if not one.alternative]


def test_samples_show_a_dozen_worthwhile_joint_buys_but_not_too_many():
    worthwhile = [
        one
        for found in windows().values()
        for one in found
        if not one.alternative and one.annual_value >= WORTHWHILE
    ]

    assert 12 <= len(worthwhile) <= 20


def test_samples_hold_joint_buys_too_small_to_be_worth_a_meeting():
    small = [*planned("ITAD", "East Midlands"), *planned("CAB", "North West")]

    assert len(small) == 2
    assert all(one.annual_value < WORTHWHILE for one in small)


def test_laptops_in_the_east_midlands_ask_something_else_of_each_council():
    [window] = planned("LAP", "East Midlands")
    listed = [one for one in contracts() if one[1] not in (None, "NON", "OUT")]

    asked = defaultdict(list)
    for n in window.contracts:
        answer = ask(terms_of(listed[n][2]), start=window.start, today=TODAY)
        asked[str(answer.action)].append(answer.months)

    assert window.start == date(2027, 10, 1)
    assert asked.keys() == {"nothing", "extend", "notice", "break"}
    assert sorted(asked["extend"]) == [3, 6, 9]
    assert window.councils == 6


@pytest.mark.parametrize(
    ("category", "region", "start", "councils"),
    [
        ("LICP", "East Midlands", date(2028, 7, 1), 5),
        ("WAN", "East Midlands", date(2028, 4, 1), 5),
        ("MOBA", "East Midlands", date(2027, 12, 1), 5),
        ("LAP", "South West", date(2028, 1, 1), 4),
        ("LAP", "North West", date(2028, 6, 1), 2),
    ],
)
def test_joint_buys_start_when_the_samples_were_made_to_meet(category, region, start, councils):
    [window] = planned(category, region)

    assert (window.start, window.councils) == (start, councils)


def test_no_joint_buy_is_made_of_systems_whose_dates_do_not_meet():
    made_of = {category for category, _ in windows()}

    assert made_of.isdisjoint({"RVB", "HSG", "PLN", "SCR", "FIN", "HRP", "CRM", "LIB", "ELE"})
