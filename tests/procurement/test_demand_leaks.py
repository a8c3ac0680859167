"""Attacks on what is shown of intentions: joining, leaving, moving dates, probing with one's own.

First on the figures alone, over quarters; then on the running service by everything an outsider
can ask it for: pages, files, API, filters, cursors, saved searches, before and after each release.
An attacker knows its own answers and what each council did when, never how many another wants.
"""

import json
import random
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import QueryDict

from procurement.actions.demand import release_demand
from procurement.alerts import demand_found
from procurement.models import DemandSnapshot, IntendedDemand
from registry.models import Grouping
from registry.permissions import EVERYBODY
from tests.factories import (
    make_category,
    make_council,
    make_grouping,
    make_joint_buy,
    make_pledge,
)
from tests.procurement.test_demand import COUNCILS, QUARTERS, told

ATTACKER = COUNCILS[-1]
HONEST = dict(zip(COUNCILS, (120, 90, 150, 80, 110, 100, 95, 130), strict=False))
# How many times another the quantities must be that an attacker cannot tell apart.
LEAST_LEFT = 1.5


def probing():
    """The attacker asks for so many, one a quarter, to see from when on it dominates."""
    few = dict(list(HONEST.items())[:4])
    return [few | {ATTACKER: own} for own in (900, 700, 500, 400, 300, 200, 100, 50)]


def one_leaves_a_quarter():
    names = list(HONEST)
    return [{n: HONEST[n] for n in names[min(turn, 5) :]} | {ATTACKER: 100} for turn in range(8)]


def two_change_beside_the_attacker():
    """Enough for new figures each quarter, with the attacker's own quantity moving them."""
    worlds = []
    for turn in range(8):
        moved = {n: HONEST[n] + (40 if turn % 2 else 0) for n in ("C2", "C4")}
        worlds.append(HONEST | moved | {ATTACKER: 50 + 60 * turn})
    return worlds


def the_target_comes_and_goes():
    """Two more come and go with it, so that it shows."""
    left = {n: q for n, q in HONEST.items() if n not in {"C0", "C1", "C2"}}
    return [(HONEST if turn % 2 == 0 else left) | {ATTACKER: 100} for turn in range(8)]


ATTACKS = [
    probing,
    one_leaves_a_quarter,
    two_change_beside_the_attacker,
    the_target_comes_and_goes,
]


def still_possible(worlds, target, *, steps=300):
    """By what the target's quantity may be more or less in worlds that show the same all along.

    A walk from the true world through others, away from its quantity and back again.
    """
    seen = told(worlds)
    chance = random.Random(f"{target}{len(worlds)}")
    found = [1.0]
    for way in (1, -1):
        factors = dict.fromkeys(HONEST, 1.0)
        for _ in range(steps // 2):
            step = {name: factor * chance.uniform(0.97, 1.03) for name, factor in factors.items()}
            step[target] = factors[target] * (1 + way * chance.uniform(-0.01, 0.05))
            other = [
                {n: max(1, round(q * step.get(n, 1))) for n, q in held.items()} for held in worlds
            ]
            if told(other) == seen:
                factors = step
                found.append(factors[target])
    return max(found) / min(found)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("target", ["C0", "C2"])
def test_no_attack_narrows_a_quantity_down(attack, target):
    assert still_possible(attack(), target) >= LEAST_LEFT


def test_attack_works_on_plain_sums():
    """What the rules are against: of two sums, one more council is their difference."""
    before = sum(HONEST.values())
    after = sum(q for n, q in HONEST.items() if n != "C0")

    assert before - after == HONEST["C0"]


@pytest.mark.parametrize("gone", list(HONEST))
def test_one_council_leaving_or_moving_its_date_shows_nowhere(gone):
    without = {n: q for n, q in HONEST.items() if n != gone}

    first, second = told([HONEST, without])

    assert first == second
    assert first is not None
    # In the half it moved to it is one of too few.
    assert told([{}, {gone: HONEST[gone]}]) == [None, None]


def test_attacker_and_one_other_never_make_anything_new():
    chance = random.Random(7)
    worlds = [HONEST | {ATTACKER: 100}]
    worlds += [
        HONEST | {ATTACKER: chance.randrange(1, 900), "C1": chance.randrange(1, 900)}
        for _ in QUARTERS[1:]
    ]

    assert len(set(told(worlds))) == 1


# The running service

LAPTOPS, PHONES = "LAP", "MOBD"
STARTS = (date(2028, 4, 1), date(2028, 10, 1))


@pytest.fixture
def region(db, assumed, monkeypatch):
    """Twelve councils, who may buy laptops or phones from two dates on."""
    monkeypatch.setattr("procurement.api.OpenToAll.throttle_classes", [])
    area = make_grouping(code="E12000004", name="East Midlands", kind=Grouping.Kind.REGION)
    county = make_grouping(code="E10000099", name="A county", kind=Grouping.Kind.COUNTY)
    councils = [make_council(area, *([county] if n < 6 else [])) for n in range(12)]
    buys = {
        (code, start): make_joint_buy(
            *councils, grouping=area, category=make_category(code, unit="device"), start_date=start
        )
        for code in (LAPTOPS, PHONES)
        for start in STARTS
    }
    return councils, buys


def says(region, n, quantity, day, *, code=LAPTOPS, start=STARTS[0], step="intends"):
    councils, buys = region
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    make_pledge(buys[code, start], councils[n], step, quantity, said_at=at)


def in_july(region, quantities, **options):
    for n, quantity in enumerate(quantities):
        says(region, n, quantity, date(2026, 7, 20), **options)


FILTERS = [
    *("", "category=LAP", "category=MOBD", "area=E12000004", "area=E10000099"),
    *("category=LAP&area=E12000004", "category=LAP&area=E10000099"),
]
API_ONLY = ["half_from=2028-04-01", "half_to=2028-04-01", "as_of=2026-10-01", "page_size=1"]


def rows_of_api(client, query):
    """Every row of every page."""
    address, found = f"/api/v1/intentions/?{query}", []
    while address:
        answer = client.get(address).json()
        found += answer["results"]
        address = answer["next"]
    return found


def everything(client):
    """All that anybody can be told of intentions, by how it was asked."""
    seen = {}
    for query in FILTERS:
        page = client.get(f"/demand/?{query}").content.decode()
        of_page = page[page.index("What councils intend") : page.index("Early talks")]
        seen["page", query] = of_page
        seen["csv", query] = client.get(f"/demand/intentions.csv?{query}").content.decode()
        seen["search", query] = [hit.key for hit in demand_found(QueryDict(query), EVERYBODY)]
    for query in [*FILTERS, *API_ONLY]:
        seen["api", query] = rows_of_api(client, query)
    for row in seen["api", ""]:
        seen["one", row["code"]] = client.get(row["url"]).json()
    return seen


def released(settings, quarter):
    """The day of release of the quarter's snapshot, made on its first day."""
    settings.TODAY = quarter
    snapshot = release_demand(today=quarter)
    settings.TODAY = snapshot.released_on


def test_everything_that_can_be_asked_is_rows_of_one_table(client, region, settings):
    """Pages, files, API and searches tell the rows of snapshots, whole, and nothing else."""
    in_july(region, [101, 103, 107, 109, 113])
    in_july(region, [53, 59, 61], code=PHONES)  # too few
    in_july(region, [211, 223, 227, 229, 233], start=STARTS[1])
    released(settings, date(2026, 10, 1))

    seen = everything(client)

    rows = {(r["category"], r["half_from"], r["low"], r["below"]) for r in seen["api", ""]}
    assert rows == {("LAP", "2028-04-01", 500, 1000), ("LAP", "2028-10-01", 1000, 2000)}
    for query in [*FILTERS, *API_ONLY]:
        assert all(row in seen["api", ""] for row in seen["api", query])
    assert all(one in seen["api", ""] for key, one in seen.items() if key[0] == "one")
    assert seen["api", "area=E10000099"] == []
    said = json.dumps([seen[key] for key in seen])
    assert numbers_of(said) <= numbers_that_may_show(seen["api", ""])


WHOLE_NUMBER = re.compile(r"(?<![\w.-])(\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?![\w.-])")


def numbers_of(text):
    return {int(n.replace(",", "")) for n in WHOLE_NUMBER.findall(text)}


def numbers_that_may_show(rows):
    """Ends of bands, the least councils, and days and years."""
    ends = {row[end] for row in rows for end in ("low", "below")}
    return ends | {5} | set(range(1, 32)) | set(range(2026, 2030))


def test_nothing_shows_before_its_day_and_nothing_moves_after_it(client, region, settings):
    in_july(region, [100] * 6)
    settings.TODAY = date(2026, 9, 30)
    at_first = everything(client)
    snapshot = release_demand(today=date(2026, 10, 1))

    settings.TODAY = snapshot.released_on - timedelta(days=1)
    the_day_before = everything(client)
    settings.TODAY = snapshot.released_on
    on_the_day = everything(client)
    assert the_day_before["api", ""] == at_first["api", ""] == []
    assert the_day_before["csv", ""] == at_first["csv", ""]
    assert the_day_before["search", ""] == []
    assert len(on_the_day["api", ""]) == 1

    # Everybody else joins, grows and moves; the task runs each night.
    for day in (date(2026, 10, 20), date(2026, 11, 20), date(2026, 12, 31)):
        settings.TODAY = day
        for n in range(12):
            says(region, n, 10 * n + day.month, day)
        release_demand(today=day)
        assert everything(client) == on_the_day


def test_one_row_cannot_be_fetched_before_its_day(client, region, settings):
    in_july(region, [100] * 6)
    settings.TODAY = date(2026, 10, 1)
    release_demand(today=date(2026, 10, 1))
    row = IntendedDemand.objects.get()

    assert client.get(f"/api/v1/intentions/{row.pk}/").status_code == 404
    settings.TODAY = row.snapshot.released_on
    assert client.get(f"/api/v1/intentions/{row.pk}/").status_code == 200


def test_two_changes_between_quarters_show_nowhere_and_three_do(client, region, settings):
    in_july(region, [100] * 8)
    released(settings, date(2026, 10, 1))
    first = bands(client)
    says(region, 0, 1, date(2026, 11, 1), step="withdrawn")
    says(region, 0, 100, date(2026, 11, 2), start=STARTS[1])
    says(region, 1, 300, date(2026, 11, 2))
    released(settings, date(2027, 1, 1))
    second = bands(client)
    says(region, 2, 300, date(2027, 2, 2))
    released(settings, date(2027, 4, 1))

    assert first == second == {("LAP", "2028-04-01"): (500, 1000)}
    assert bands(client) == {("LAP", "2028-04-01"): (1000, 2000)}
    assert DemandSnapshot.objects.count() == 3


def bands(client):
    newest = max(row["as_of"] for row in rows_of_api(client, ""))
    return {
        (row["category"], row["half_from"]): (row["low"], row["below"])
        for row in rows_of_api(client, f"as_of={newest}")
    }


def test_late_run_shows_the_same_as_one_on_time_to_everybody_from_the_next_day(
    client, region, settings
):
    in_july(region, [100] * 6)
    for n in range(6):
        says(region, n, 900, date(2026, 11, 3))
    settings.TODAY = date(2026, 11, 20)
    snapshot = release_demand(today=date(2026, 11, 20))

    assert snapshot.released_on == date(2026, 11, 21)
    assert rows_of_api(client, "") == []
    settings.TODAY = date(2026, 11, 21)
    assert bands(client) == {("LAP", "2028-04-01"): (500, 1000)}


def test_what_stands_behind_a_row_is_told_to_nobody(client, region, settings):
    in_july(region, [101, 103, 107, 109, 113])
    released(settings, date(2026, 10, 1))
    councils, _ = region
    said = json.dumps(list(everything(client).values()))

    assert IntendedDemand.objects.get().held == {
        c.pk: q for c, q in zip(councils, [101, 103, 107, 109, 113], strict=False)
    }
    assert not [c for c in councils if c.pk in said or c.name in said]
    assert "held" not in said


def test_alternatives_of_one_need_count_once(region, settings):
    in_july(region, [100] * 5)
    councils, buys = region
    twin = make_joint_buy(
        *councils, category=buys[LAPTOPS, STARTS[0]].category, start_date=date(2028, 5, 1)
    )
    at = datetime(2026, 7, 21, tzinfo=UTC)
    for council in councils[:5]:
        make_pledge(twin, council, "commits", 150, said_at=at)

    release_demand(today=date(2026, 10, 1))

    assert set(IntendedDemand.objects.get().held.values()) == {150}


@pytest.mark.parametrize("step", ["watching", "interested", "withdrawn"])
def test_who_does_not_intend_is_in_no_figure(region, step):
    for n in range(6):
        says(region, n, 100, date(2026, 7, 20))
    for n in range(2):
        says(region, n, None, date(2026, 7, 25), step=step)

    release_demand(today=date(2026, 10, 1))

    assert not IntendedDemand.objects.exists()
