"""Bands of unit prices: worked out from every council's contracts, and frozen for a quarter."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from procurement.models import Assumption, PriceRelease
from procurement.prices import (
    Figures,
    Priced,
    PriceRules,
    Quote,
    alike,
    figures,
    may_change,
    one_each,
    price_rules,
    quarter_of,
    quote,
)
from registry.models import Category, Contract
from registry.permissions import EVERYBODY
from registry.records import BOUGHT_ANEW, Vat

# A category and a unit: what prices are compared within, whoever asks.
Compared = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sorted:
    """Quotes near enough to one another to compare, and those set aside as of something else."""

    alike: Sequence[Quote] = ()
    aside: Sequence[Quote] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What was released before: the newest word, and the newest that gave figures."""

    newest: PriceRelease
    shown: PriceRelease


@transaction.atomic
def release_prices(*, today: date, categories: Collection[str] | None = None) -> set[str]:
    """Release what may be shown now; the categories of which that is something new.

    A first band as soon as it can be; each further one once a quarter, if enough councils
    changed. Running it again in a quarter changes nothing.
    """
    rules = price_rules(dict(Assumption.objects.values_list("code", "value")))
    now = comparable(today, rules, categories)
    before = released(categories)
    quarter = quarter_of(today)
    made = [
        release
        for key in sorted(now.keys() | before.keys())
        if (release := next_release(key, now.get(key, Sorted()), before.get(key), quarter, rules))
    ]
    looked_at = [one.newest.pk for one in before.values() if one.newest.looked < quarter]
    PriceRelease.objects.filter(pk__in=looked_at).update(looked=quarter)
    PriceRelease.objects.bulk_create(made, ignore_conflicts=True)
    return {one.category_id for one in made}


def next_release(
    key: Compared,
    now: Sorted,
    before: Standing | None,
    quarter: date,
    rules: PriceRules,
) -> PriceRelease | None:
    """What is to be shown from now on; None where it stays as it is.

    Where too few are left to stand behind figures, a release without any takes the last back.
    """
    found = figures(now.alike, rules)
    if before is None:
        return made_of(key, now, quarter, found) if found else None
    shown = before.shown.prices
    if not may_change(shown, now.alike, looked=before.newest.looked, quarter=quarter, rules=rules):
        return None
    return made_of(key, now, quarter, found)


def made_of(key: Compared, now: Sorted, quarter: date, found: Figures | None) -> PriceRelease:
    category, unit = key
    return PriceRelease(
        category_id=category,
        unit=unit,
        quarter=quarter,
        looked=quarter,
        low=found.low if found else None,
        high=found.high if found else None,
        rate_percent=found.rate_percent if found else None,
        councils=len(now.alike),
        held={one.council: str(one.price) for one in now.alike},
        set_aside={one.council: str(one.price) for one in now.aside},
    )


def released(categories: Collection[str] | None) -> dict[Compared, Standing]:
    found = PriceRelease.objects.order_by("quarter")
    if categories is not None:
        found = found.filter(category__in=categories)
    newest = {(one.category_id, one.unit): one for one in found}
    shown = {(one.category_id, one.unit): one for one in found if one.low is not None}
    return {key: Standing(newest[key], shown[key]) for key in newest}


def comparable(
    today: date, rules: PriceRules, categories: Collection[str] | None
) -> Mapping[Compared, Sorted]:
    """One quote a council of each category and unit, those too far apart to compare set aside."""
    found: dict[Compared, list[Quote]] = defaultdict(list)
    for category, one in priced(today, categories):
        if made := quote(one, today=today, rules=rules):
            unit, compared = made
            found[category, unit[:120]].append(compared)
    return {key: sorted_out(one_each(quotes), rules) for key, quotes in found.items()}


def sorted_out(quotes: Sequence[Quote], rules: PriceRules) -> Sorted:
    kept = alike(quotes, rules)
    return Sorted(kept, [one for one in quotes if one not in kept])


def priced(today: date, categories: Collection[str] | None) -> list[tuple[str, Priced]]:
    """Contracts that may still run and state a price. A withheld value's price counts as none."""
    found = (
        Contract.objects.may_run_on(today)
        .filter(
            category__in=Category.objects.bought_together(),
            kind__in=BOUGHT_ANEW,
            unit_price__gt=0,
            quantity__gt=0,
            value_withheld=False,
        )
        .as_published_to(EVERYBODY)
    )
    if categories is not None:
        found = found.filter(category__in=categories)
    return [
        (
            one.category_id or "",
            Priced(
                council=one.council_id,
                unit=one.unit,
                unit_price=one.unit_price,
                quantity=one.quantity,
                vat=Vat(one.value_vat),
                start=one.start_date,
                end=one.end_date,
                total_value=one.total_value,
                yearly_value=one.yearly_value,
            ),
        )
        for one in found.order_by("pk")
    ]
