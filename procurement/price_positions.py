"""What an opportunity's reader may know of unit prices: bands, and their own councils' place.

Buyers of the grouping and administrators see bands. Officers see them where their council's price
stands behind them, with its position: who gives nothing gets nothing. Nobody sees another's price.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from procurement.models import Assumption, Opportunity, PriceQuery, PriceRelease
from procurement.pictures.prices import OwnPrice, PriceBand
from procurement.prices import Position, how_many, position
from procurement.prices.units import unit_of
from registry.models import Contract, Council, User
from registry.permissions import Powers
from registry.values import pence


@dataclass(frozen=True, slots=True)
class Own:
    """A council of the reader's beside the band, with the contracts its price comes from."""

    council: Council
    price: Decimal
    position: Position
    contracts: Sequence[Contract]


@dataclass(frozen=True, slots=True)
class Strip:
    """One unit's band as the reader may see it."""

    release: PriceRelease
    low: Decimal
    high: Decimal
    behind: str
    own: Sequence[Own]

    @property
    def drawn(self) -> PriceBand:
        own = [OwnPrice(one.council.short_name, one.price) for one in self.own]
        return PriceBand(self.release.unit, self.low, self.high, own)


@dataclass(frozen=True, slots=True)
class Prices:
    """What is known and told; `kept_back` where a band is shown to those alone who give prices."""

    strips: Sequence[Strip]
    kept_back: bool
    set_aside: Sequence["SetAside"] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A price of a council of the reader's that was left out when a band was made.

    As it was then, for a quarter: were it worked out anew whenever its officer changes the
    register, the price at which it begins would tell what another council pays.
    """

    council: Council
    release: PriceRelease
    price: Decimal
    ratio: Decimal  # further apart than this is taken as of something else


def prices_for(opportunity: Opportunity, reader: Powers) -> Prices:
    """The same for every opportunity of a category, whatever its grouping or date."""
    found = PriceRelease.objects.newest().shown().filter(category=opportunity.category_id)
    releases = list(found.order_by("-councils", "unit"))
    as_buyer = reader.administrator or opportunity.grouping_id in reader.groupings
    seen = [one for one in releases if as_buyer or reader.councils & one.held.keys()]
    aside = set_aside(reader, releases)
    if not seen:
        return Prices([], kept_back=bool(releases), set_aside=aside)
    least = int(Assumption.objects.get(pk="price_councils_least").value)
    mine = OwnContracts(opportunity.category_id, reader)
    return Prices([strip(one, mine, least) for one in seen], kept_back=False, set_aside=aside)


def every_price_set_aside(reader: Powers) -> list[SetAside]:
    """Of the councils the reader is an officer of, in every category."""
    if not reader.councils:
        return []
    found = PriceRelease.objects.newest().shown().select_related("category")
    return set_aside(reader, found.order_by("category__name", "unit"))


def set_aside(reader: Powers, releases: Iterable[PriceRelease]) -> list[SetAside]:
    mine = [
        (one, code) for one in releases for code in sorted(reader.councils & one.set_aside.keys())
    ]
    if not mine:
        return []
    councils = Council.objects.in_bulk({code for _, code in mine})
    ratio = Assumption.objects.get(pk="price_outlier_ratio").value
    return [
        SetAside(councils[code], one, pence(Decimal(one.set_aside[code])), ratio)
        for one, code in mine
    ]


class OwnContracts:
    """The priced contracts of the councils the reader is an officer of, by council and unit."""

    def __init__(self, category: str, reader: Powers) -> None:
        self.councils = Council.objects.in_bulk(sorted(reader.councils))
        self.contracts = list(
            Contract.objects.standing()
            .filter(council__in=self.councils, category=category, unit_price__gt=0)
            .as_published_to(reader)
            .order_by("title", "pk")
        )

    def of(self, council: str, unit: str) -> list[Contract]:
        return [c for c in self.contracts if c.council_id == council and labelled(c) == unit]


def labelled(contract: Contract) -> str:
    unit = unit_of(contract.unit)
    return unit.label if unit else ""


def strip(release: PriceRelease, mine: OwnContracts, least: int) -> Strip:
    low, high = release.low or Decimal(0), release.high or Decimal(0)
    prices = release.prices
    own = [
        Own(council, pence(prices[code]), position(prices[code], low, high), contracts)
        for code, council in sorted(mine.councils.items())
        if code in prices
        for contracts in [mine.of(code, release.unit)]
    ]
    return Strip(release, pence(low), pence(high), how_many(release.councils, least), own)


def queries(strips: Iterable[Strip], user: User) -> list[PriceQuery]:
    """What is to be remembered of showing these to somebody."""
    return [
        PriceQuery(user=user, what=what, council=council, category=one.release.category,
                   unit=one.release.unit)
        for one in strips
        for what, council in looked_at(one)
    ]  # fmt: skip


def queries_of_own(told: Iterable[SetAside], user: User) -> list[PriceQuery]:
    what = PriceQuery.What.POSITION
    return [
        PriceQuery(user=user, what=what, council=one.council, category=one.release.category,
                   unit=one.release.unit)
        for one in told
    ]  # fmt: skip


def looked_at(one: Strip) -> list[tuple[PriceQuery.What, Council | None]]:
    if not one.own:
        return [(PriceQuery.What.BAND, None)]
    return [(PriceQuery.What.POSITION, own.council) for own in one.own]
