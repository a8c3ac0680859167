"""What pages count: sums over contracts, each in one query however many there are.

Contracts are given `as_published_to` their reader: no sum tells what a row would not.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, Q, Sum
from django.db.models.functions import Coalesce, TruncMonth, TruncQuarter
from django.urls import reverse

from registry.currencies import POUNDS
from registry.decisions import Decision, decisions
from registry.exits import Terms
from registry.models import Category, Contract
from registry.models.contracts import ContractQuerySet, may_run
from registry.periods import Period, month_start, sums
from registry.pictures import Line
from registry.records import BOUGHT_ANEW, Facts
from registry.statements import column_of
from registry.workings import TERM_FIELDS, terms_of

NOTHING = Decimal(0)
# A decision comes before the end by its notice: looking this much further finds it.
LONGEST_NOTICE = 24


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends in one quarter, of one name (a category, or everything)."""

    name: str
    code: str
    quarter: date
    value: Decimal


def ending_by_category(contracts: ContractQuerySet, spans: Sequence[Period]) -> list[Ending]:
    """Yearly value of contracts ending in these periods, by category and quarter.

    Of a quarter that began before the first period, from that period's first day on.
    """
    return ending_by(contracts.filter(category__isnull=False), spans, "category", "category__name")


def ending_by_council(contracts: ContractQuerySet, spans: Sequence[Period]) -> list[Ending]:
    """The same by council."""
    return ending_by(contracts, spans, "council", "council__name")


def ending_by(
    contracts: ContractQuerySet, spans: Sequence[Period], code: str, name: str
) -> list[Ending]:
    found = (
        contracts.ending_between(spans[0].first, spans[-1].last)
        .values(code, name, quarter=TruncQuarter("end_date"))
        .annotate(pounds=Coalesce(Sum("shown_yearly_value"), NOTHING))
        .order_by()
    )
    first = spans[0].first
    return [
        Ending(row[name], row[code], max(row["quarter"], first), row["pounds"]) for row in found
    ]


def category_page(code: str) -> str:
    return reverse("registry:category", args=[code])


def lines(
    endings: Sequence[Ending],
    spans: Sequence[Period],
    *,
    most: int = 12,
    link: Callable[[str], str] = category_page,
) -> list[Line]:
    """The lines of a picture, the largest first; what is small or unknown goes unseen."""
    by_name: Mapping[tuple[str, str], list[tuple[date, Decimal]]] = defaultdict(list)
    for ending in endings:
        by_name[ending.name, ending.code].append((ending.quarter, ending.value))
    found = [
        Line(name, sums(amounts, spans), link(code)) for (name, code), amounts in by_name.items()
    ]
    worthwhile = [line for line in found if any(line.amounts)]
    return sorted(worthwhile, key=lambda line: (-sum(line.amounts), line.name))[:most]


def ending_line(contracts: ContractQuerySet, spans: Sequence[Period], name: str) -> list[Line]:
    """One line of everything that ends in these periods; none when nothing does."""
    found = (
        contracts.ending_between(spans[0].first, spans[-1].last)
        .values(month=TruncMonth("end_date"))
        .annotate(pounds=Coalesce(Sum("shown_yearly_value"), NOTHING))
        .order_by()
    )
    first = spans[0].first
    amounts = sums(((max(row["month"], first), row["pounds"]) for row in found), spans)
    return [Line(name, amounts)] if any(amounts) else []


def totals(contracts: ContractQuerySet, day: date) -> dict[str, Any]:
    """How many contracts there are, of how many councils, suppliers and pounds a year.

    What has ended by the day is worth nothing a year, here as in every list.
    """
    return contracts.standing().aggregate(
        contracts=Count("pk"),
        councils=Count("council", distinct=True),
        suppliers=Count("shown_supplier", distinct=True),
        value=Coalesce(Sum("shown_yearly_value", filter=may_run(day)), NOTHING),
        not_begun=Count("pk", filter=Q(start_date__gt=day)),
        first_end=Min("end_date"),
        last_end=Max("end_date"),
    )


def commodity(contracts: ContractQuerySet) -> ContractQuerySet:
    """Those of the kind that councils can buy together, as the sums of demand count them."""
    return contracts.filter(category__kind=Category.Kind.COMMODITY, kind__in=BOUGHT_ANEW)


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that some of a council's contracts lack, and what it would be good for."""

    words: str
    contracts: int
    share: int  # per cent of contracts that have it
    good_for: str
    weight: int = 0  # what it counts in the score


# What each fact counts of the 100 of a complete register: our judgement of what joint buying needs.
WEIGHTS = {"end": 35, "value": 25, "options": 15, "identifier": 10, "category": 15}
# Field test, words, and why it is worth filling in.
WORTH_KNOWING: tuple[tuple[str, Q, str, str], ...] = (
    (
        "end",
        Q(end_date__isnull=False) | Q(rolling=True),
        "an end date, or “rolling”",
        "Without it a contract joins no purchase.",
    ),
    (
        "value",
        Q(yearly_value__isnull=False) | ~Q(currency=POUNDS),
        "a value for a year: an annual amount, or a total with its start and end",
        "Savings are worked out from it.",
    ),
    (
        "options",
        ~Q(extension="") | Q(latest_end_date__isnull=False),
        "extension options, or that there are none",
        "They decide which dates a contract can move to.",
    ),
    (
        "identifier",
        ~Q(supplier_company_number="") | ~Q(supplier_charity_number=""),
        "the supplier’s company or charity number",
        "It tells suppliers of like names apart.",
    ),
    ("category", Q(category__isnull=False), "a category", "Only like is bought with like."),
)


def completeness(contracts: ContractQuerySet) -> list[Missing]:
    """The facts worth knowing, the most often missing first; none without contracts."""
    counts = contracts.standing().aggregate(
        all=Count("pk"),
        **{f"has_{name}": Count("pk", filter=has) for name, has, _, _ in WORTH_KNOWING},
    )
    if not counts["all"]:
        return []
    found = [
        Missing(
            words,
            counts["all"] - counts[f"has_{name}"],
            100 * counts[f"has_{name}"] // counts["all"],
            why,
            WEIGHTS[name],
        )
        for name, _, words, why in WORTH_KNOWING
    ]
    return sorted(found, key=lambda fact: fact.share)


def score(facts: Sequence[Missing]) -> int | None:
    """0 to 100: the share that has each fact, by weight. None without contracts."""
    return sum(fact.share * fact.weight for fact in facts) // 100 if facts else None


@dataclass(frozen=True, slots=True)
class Due:
    """A decision and the contract it is about."""

    decision: Decision
    contract: Contract


def due(contracts: ContractQuerySet, *, today: date, until: date) -> list[Due]:
    """What there is to decide from today to a day, in order of date."""
    furthest = month_start(until, LONGEST_NOTICE)
    candidates = contracts.standing().filter(
        Q(end_date__range=(today, furthest)) | Q(review_date__range=(today, until))
    )
    found = [
        Due(decision, contract)
        for contract in candidates.select_related("council", "category")
        for decision in decisions_of(contract, today=today)
        if decision.by <= until
    ]
    return sorted(found, key=lambda due: (due.decision.by, due.contract.title))


def decisions_of(contract: Contract, *, today: date) -> list[Decision]:
    return decisions(terms_of_contract(contract), review=contract.review_date, today=today)


def terms_of_contract(contract: Contract) -> Terms:
    """When a contract can be left, read from its columns."""
    facts: Facts = {}
    for name in TERM_FIELDS:
        value = getattr(contract, column_of(name))
        if value not in (None, ""):
            facts[name] = value  # type: ignore[literal-required]
    return terms_of(facts)
