"""Attacks on price bands: joining and leaving, changing prices, rebuilding, filters and groupings.

What an attacker sees is every release of every quarter; what it knows besides is who joined and
left when, and its own price. The attacks are tried on plain averages as well, where they work.
"""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from procurement.actions.prices import Sorted, Standing, next_release
from procurement.prices import Quote, alike, how_many
from tests.procurement.test_prices import RULES

ATTACKER = "A"
QUARTERS = [date(2026 + n // 4, 1 + 3 * (n % 4), 1) for n in range(8)]
# How far apart the prices are, as a share, that an attacker is left unable to tell apart.
LEAST_LEFT = Decimal("0.1")
HONEST = {
    name: Quote(name, Decimal(price), Decimal(quantity))
    for name, price, quantity in (
        *(("B", "389.00", 120), ("C", "402.50", 90), ("D", "417.00", 150), ("E", "455.25", 80)),
        *(("F", "470.00", 110), ("G", "512.40", 100), ("H", "538.00", 95), ("I", "561.75", 130)),
    )
}


def history(states):
    """Everything shown over time: one state of the registry for each look, with its day."""
    before, seen = None, []
    for quarter, quotes in states:
        kept = Sorted(alike(quotes, RULES))
        release = next_release(("LAP", "item"), kept, before, quarter, RULES)
        if before:
            before.newest.looked = quarter
        if release:
            shown = release if release.low is not None else before.shown
            before = Standing(release, shown)
        now = before and before.newest
        # The attacker is told of its own price whether it stands behind the band.
        counted = now and how_many(now.councils, RULES.councils_least)
        seen.append(now and (now.low, now.high, now.rate_percent, counted, ATTACKER in now.held))
    return seen


def with_prices(states, factors):
    """The same joining, leaving and changing, with other prices of these councils."""
    return [
        (day, [replace(q, price=q.price * factors.get(q.council, 1)) for q in quotes])
        for day, quotes in states
    ]


def own(price, quantity=100):
    return Quote(ATTACKER, Decimal(price), Decimal(quantity))


def probing():
    """The attacker puts its own price at every place, one a quarter."""
    places = (300, 395, 410, 460, 500, 530, 560, 700)
    return [(q, [*HONEST.values(), own(p)]) for q, p in zip(QUARTERS, places, strict=True)]


def one_leaves_a_quarter():
    names = list(HONEST)
    return [
        (q, [HONEST[n] for n in names[min(turn, 4) :]] + [own(450)])
        for turn, q in enumerate(QUARTERS)
    ]


def one_comes_and_goes():
    """The dearest and the cheapest in turn, with looks within a quarter too."""
    states = []
    for turn, quarter in enumerate(QUARTERS):
        for day in range(3):
            gone = {"B": turn % 2 and day == 1, "I": turn % 2 == 0 and day == 2}
            states.append((quarter, [q for q in HONEST.values() if not gone.get(q.council)]))
    return [(q, [*quotes, own(450)]) for q, quotes in states]


def three_change_beside_the_attacker():
    """Enough for new figures in each quarter, so that the attacker's own price moves them."""
    states = []
    for turn, quarter in enumerate(QUARTERS):
        moved = {n: HONEST[n].price + (5 if turn % 2 else 0) for n in ("E", "F", "G")}
        quotes = [replace(q, price=moved.get(q.council, q.price)) for q in HONEST.values()]
        states.append((quarter, [*quotes, own(300 + 40 * turn)]))
    return states


def probing_what_is_set_aside():
    """While others change, the attacker looks for the price at which its own is left out."""
    places = (1900, 1150, 1300, 1160, 1200, 1165, 1180, 1170)
    states = three_change_beside_the_attacker()
    return [(q, [*quotes[:-1], own(p)]) for (q, quotes), p in zip(states, places, strict=True)]


ATTACKS = [
    probing,
    one_leaves_a_quarter,
    one_comes_and_goes,
    three_change_beside_the_attacker,
    probing_what_is_set_aside,
]


def still_possible(states, target, *, steps=400):
    """By what the target's price may be more or less in worlds that show the same all along.

    A walk from the true world through others, away from its price and back again.
    """
    seen = history(states)
    chance = random.Random(f"{target}{len(states)}")
    found = [Decimal(1)]
    for way in (1, -1):
        world = dict.fromkeys(HONEST, Decimal(1))
        for _ in range(steps // 2):
            step = {name: world[name] * Decimal(chance.uniform(0.985, 1.015)) for name in world}
            step[target] = world[target] * Decimal(1 + way * chance.uniform(-0.005, 0.02))
            if history(with_prices(states, step)) == seen:
                world = step
                found.append(world[target])
    return found


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("target", ["B", "D", "F", "I"])
def test_no_attack_narrows_a_price_down(attack, target):
    possible = still_possible(attack(), target)

    assert max(possible) - min(possible) >= LEAST_LEFT


# Differences, solved as equations


def solved_by_difference(before, after):
    """The price of the cheapest council, which left, if figures were plain means of the lowest."""
    (low, *_), (lower, *_) = before, after
    fourth = HONEST["E"].price  # which the attacker happens to know
    return 3 * low - 3 * lower + fourth


def plain_mean(quotes):
    return (sum(sorted(q.price for q in quotes)[:3], Decimal(0)) / 3,)


def test_difference_of_plain_averages_tells_the_price_of_who_left():
    quotes = list(HONEST.values())

    found = solved_by_difference(plain_mean(quotes), plain_mean(quotes[1:]))

    assert round(found, 2) == HONEST["B"].price


@pytest.mark.parametrize("gone", list(HONEST))
def test_one_council_leaving_changes_nothing_that_is_shown(gone):
    quotes = [*HONEST.values(), own(450)]
    without = [one for one in quotes if one.council != gone]

    first, second = history([(QUARTERS[0], quotes), (QUARTERS[1], without)])

    assert first == second
    assert first is not None


def test_two_councils_never_make_a_release_whatever_they_do():
    quotes = [*HONEST.values(), own(450)]
    chance = random.Random(7)
    states = [(QUARTERS[0], quotes)]
    for quarter in QUARTERS[1:]:
        moved = {n: Decimal(chance.randrange(300, 700)) for n in ("A", "B")}
        states.append((quarter, [replace(q, price=moved.get(q.council, q.price)) for q in quotes]))

    assert len(set(history(states))) == 1


def test_councils_set_aside_as_different_do_not_make_a_release():
    """Else three with absurd prices would let one council's change through."""
    quotes = [*HONEST.values(), own(450)]
    absurd = [Quote(f"X{n}", Decimal(90_000 + n), Decimal(1)) for n in range(3)]

    first, second = history([(QUARTERS[0], quotes), (QUARTERS[1], [*quotes[1:], *absurd])])

    assert first == second


def test_figures_are_taken_back_when_too_few_are_left_and_come_again():
    quotes = [*HONEST.values()]

    all_eight, four, five = history(
        [(QUARTERS[0], quotes), (QUARTERS[1], quotes[:4]), (QUARTERS[2], quotes[:5])]
    )

    assert all_eight[:2] == (450, 560)
    assert four[:3] == (None, None, None)
    assert five[:2] == (450, 450)


def test_figures_do_not_come_again_for_one_council_more_or_less_than_were_shown():
    """Seven of the eight that were shown: the difference to what was shown is one council's."""
    quotes = [*HONEST.values()]

    shown, taken_back, again = history(
        [(QUARTERS[0], quotes), (QUARTERS[1], quotes[:4]), (QUARTERS[2], quotes[1:])]
    )

    assert shown[0] is not None
    assert again == taken_back
