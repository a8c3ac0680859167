"""A band of prices and a rate of saving from many councils' quotes for one category and unit.

Each figure is of at least three councils, out of at least five, and stands on steps of 12 per cent.
None is given where one council, or two, make up most of what is spent. The rate is that of all
these councils together: one for a pool of fewer would tell what its members pay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from procurement.disclosure import dominated
from procurement.prices.quotes import CENT, Quote
from procurement.prices.rules import PriceRules

NOTHING = Decimal(0)

# Preferred numbers (ISO 3): R40 steps by 6 per cent, R20 by 12, R10 by 25.
R40 = tuple(
    map(
        Decimal,
        (
            *("1.00", "1.06", "1.12", "1.18", "1.25", "1.32", "1.40", "1.50", "1.60", "1.70"),
            *("1.80", "1.90", "2.00", "2.12", "2.24", "2.36", "2.50", "2.65", "2.80", "3.00"),
            *("3.15", "3.35", "3.55", "3.75", "4.00", "4.25", "4.50", "4.75", "5.00", "5.30"),
            *("5.60", "6.00", "6.30", "6.70", "7.10", "7.50", "8.00", "8.50", "9.00", "9.50"),
        ),
    )
)
SERIES = {40: R40, 20: R40[::2], 10: R40[::4]}


@dataclass(frozen=True, slots=True)
class Figures:
    """What may be shown of the prices of a category and unit.

    `rate_percent` is how much less they would spend at the benchmark, the mean of the lowest
    prices up to a step; None where too few councils make it up.
    """

    low: Decimal
    high: Decimal
    rate_percent: Decimal | None
    councils: int


def figures(quotes: Sequence[Quote], rules: PriceRules) -> Figures | None:
    """None where too few councils, or too unequal ones, stand behind them. One quote a council."""
    kept = alike(quotes, rules)
    if len(kept) < rules.councils_least or dominated([one.spend for one in kept], rules):
        return None
    few = fewest(len(kept), rules)
    low, high = (stepped(mean(end), rules.steps, up=True) for end in (kept[:few], kept[-few:]))
    benchmark = stepped(mean(kept[:few]), rules.benchmark_steps, up=True)
    return Figures(low, high, rate(kept, benchmark, rules), len(kept))


def alike(quotes: Sequence[Quote], rules: PriceRules) -> list[Quote]:
    """The largest group with no price too far above another's, the cheapest first.

    Prices outside it are likely those of something else. Of groups as large, the cheapest. One
    more price that is far from all others changes nothing.
    """
    ordered = sorted(quotes, key=lambda one: (one.price, one.council))
    best: list[Quote] = []
    first = 0
    for last, one in enumerate(ordered):
        while one.price > furthest(ordered[first].price, rules):
            first += 1
        if last + 1 - first > len(best):
            best = ordered[first : last + 1]
    return best


def furthest(lowest: Decimal, rules: PriceRules) -> Decimal:
    """The highest price that can be of the same thing as this lowest one.

    Counted from the step above it: from the price itself, a council that moves its own price until
    it is left out would learn what the cheapest pays.
    """
    return stepped(lowest, rules.steps, up=True) * rules.outlier_ratio


def fewest(councils: int, rules: PriceRules) -> int:
    """How many councils' prices an end of the band is the mean of: never fewer than three."""
    share = (councils * rules.lowest_share).quantize(Decimal(1), ROUND_CEILING)
    return max(rules.lowest_least, int(share))


def mean(quotes: Sequence[Quote]) -> Decimal:
    return sum((one.price for one in quotes), NOTHING) / len(quotes)


def rate(quotes: Sequence[Quote], benchmark: Decimal, rules: PriceRules) -> Decimal | None:
    """Per cent less at the benchmark, down to a step; no more than any study found."""
    gaps = [gap(one, benchmark, rules) for one in quotes]
    saved, spent = sum(gaps, NOTHING), sum((one.spend for one in quotes), NOTHING)
    if not saved:
        return NOTHING
    if dominated(gaps, rules):
        return None
    return stepped(min(CENT * saved / spent, rules.most_percent), rules.steps, up=False)


def gap(one: Quote, benchmark: Decimal, rules: PriceRules) -> Decimal:
    """Pounds a council pays above the benchmark: never below nothing, and crumbs are nothing."""
    above = one.price - benchmark
    pounds = above * one.quantity
    crumb = above * CENT < one.price * rules.floor_percent or pounds < rules.floor_pounds
    return NOTHING if crumb else max(pounds, NOTHING)


def stepped(amount: Decimal, steps: int, *, up: bool) -> Decimal:
    """The step at or above an amount, or at or below it; nothing stays nothing."""
    if amount <= 0:
        return NOTHING
    power = Decimal(1).scaleb(amount.adjusted())
    ladder = [step * power for step in (*SERIES[steps], Decimal(10))]
    if up:
        return next(step for step in ladder if step >= amount)
    return next(step for step in reversed(ladder) if step <= amount)
