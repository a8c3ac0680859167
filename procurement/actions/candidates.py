"""The contracts that could be replaced, as the windows see them, and what is worked out of each."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from procurement.windows import Contracts, Groups, by_membership
from registry.exits import Terms
from registry.models import Category, Contract
from registry.models.contracts import ContractQuerySet
from registry.permissions import EVERYBODY
from registry.records import BOUGHT_ANEW
from registry.statements import facts_of_columns
from registry.workings import terms_of

TERMS = (
    "start_date",
    "end_date",
    "latest_end_date",
    "extension",
    "rolling",
    "notice_period",
    "break_clause",
)
COLUMNS = ("pk", "council_id", "category_id", "shown_supplier", "shown_yearly_value", *TERMS)

ROWS_AT_ONCE = 10_000
PENCE = 100  # in a pound

# A category and a grouping: what is planned together and rebuilt together.
Pair = tuple[str, str]
# A contract's terms as its columns state them: thousands of contracts share them.
Said = tuple[Any, ...]


class Candidate(NamedTuple):
    """One contract as the windows see it; `pence` a year are nought where no value is known."""

    hex: str  # its id, as opportunities name it
    council: str
    category: str
    supplier: uuid.UUID | None
    pence: int
    terms: Terms


def fetch_candidates(
    pairs: Collection[Pair] | None, members: Mapping[str, Sequence[str]]
) -> list[Candidate]:
    """Contracts that could be replaced, by id: of commodity categories, and still standing.

    Of some pairs, only those of their categories and of the councils in their groupings.
    """
    categories = Category.objects.bought_together()
    contracts = Contract.objects.all()
    if pairs is not None:
        categories = categories.filter(pk__in={category for category, _ in pairs})
        contracts = contracts.filter(council__in=set().union(*members.values()))
    # Named one by one, so that the planner knows how many contracts they have.
    return candidates_among(
        contracts.filter(category__in=list(categories.values_list("pk", flat=True)))
    )


def candidates_among(contracts: ContractQuerySet) -> list[Candidate]:
    """Those of these contracts that could be replaced, by id.

    What is withheld from the public counts as not known: sums over others would tell it.
    """
    these = contracts.standing().filter(kind__in=BOUGHT_ANEW).as_published_to(EVERYBODY)
    rows = these.values_list(*COLUMNS).iterator(ROWS_AT_ONCE)
    # Put in order here: a cursor asked for the order would be given it by slow small steps.
    return sorted(as_candidates(rows), key=lambda one: one.hex)


def as_candidates(rows: Iterable[tuple[Any, ...]]) -> Iterator[Candidate]:
    read: dict[Said, Terms] = {}
    for pk, council, category, supplier, value, *stated in rows:
        said = tuple(stated)
        terms = read.get(said) or read.setdefault(said, read_terms(said))
        pence = int(value * PENCE) if value else 0
        yield Candidate(pk.hex, council, category, supplier, pence, terms)


def read_terms(said: Said) -> Terms:
    return terms_of(facts_of_columns(dict(zip(TERMS, said, strict=True))))


class Indexed:
    """Candidates and groupings by number, as the arrays want them."""

    def __init__(
        self, candidates: Sequence[Candidate], members: Mapping[str, Sequence[str]]
    ) -> None:
        self.categories = sorted({c.category for c in candidates})
        self.groupings = sorted(members)
        councils = sorted({c.council for c in candidates}.union(*members.values()))
        category = {code: n for n, code in enumerate(self.categories)}
        council = {code: n for n, code in enumerate(councils)}
        self.category = np.array([category[c.category] for c in candidates], np.int64)
        self.contracts = Contracts(
            council=np.array([council[c.council] for c in candidates], np.int64),
            pence=np.array([c.pence for c in candidates], np.int64),
        )
        self.members = {
            n: [council[code] for code in members[grouping]]
            for n, grouping in enumerate(self.groupings)
        }

    def groups(self, pairs: Collection[Pair] | None) -> Groups:
        groups = by_membership(
            category=self.category, council=self.contracts.council, members=self.members
        )
        if pairs is None:
            return groups
        wanted = np.array(
            sorted(n for n in set(groups.group.tolist()) if self.pair(n) in pairs), np.int64
        )
        keep = np.isin(groups.group, wanted)
        return Groups(groups.contract[keep], groups.group[keep])

    def pair(self, group: int) -> Pair:
        category, grouping = divmod(group, len(self.groupings))
        return self.categories[category], self.groupings[grouping]
