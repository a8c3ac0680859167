"""The contracts that could be replaced, as the windows see them, and what is worked out of each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from django.db.models import BigIntegerField, F, TextField
from django.db.models.functions import Cast, Round

from procurement.models.opportunities import Pair, listed
from procurement.sums import Joining
from procurement.windows import Contracts, Exits, Groups, Ints, by_membership, exit_columns
from registry.exits import Terms
from registry.models import Category, Contract, Membership
from registry.models.contracts import ContractQuerySet
from registry.permissions import EVERYBODY
from registry.records import BOUGHT_ANEW
from registry.statements import facts_of_columns
from registry.workings import TERM_FIELDS, terms_of

PENCE = 100  # in a pound
# Pounds. Ten thousand million a year from each of a thousand contracts: slips, which must keep
# nobody else's sums from being written. To the penny it has as many digits as SQLite gives back.
MOST_KEPT = Decimal(10) ** 13
# Keys as text and amounts as whole numbers: making more of each takes longer than asking for it.
COLUMNS = (
    Cast("pk", TextField()),
    "council_id",
    "category_id",
    Cast("shown_supplier", TextField()),
    Cast(Round(F("shown_yearly_value") * PENCE), BigIntegerField()),
    *TERM_FIELDS,
)

T = TypeVar("T")
# A contract's terms as its columns state them: thousands of contracts share them.
Said = tuple[Any, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Contracts that could be replaced, in order of their ids: one entry of each column a contract.

    Categories, councils, suppliers and terms are numbers from 0 on. An unnamed supplier counts as
    one of its own; `pence` a year are nought where no value is known.
    """

    ids: Sequence[str]  # as the database writes them
    category: Ints
    council: Ints
    supplier: Ints
    pence: Ints
    valued: npt.NDArray[np.bool_]
    terms: Ints
    categories: Sequence[str]
    councils: Sequence[str]
    read: Sequence[Terms]

    def __len__(self) -> int:
        return len(self.ids)

    def named(self, these: Ints) -> str:
        """As opportunities name contracts."""
        return listed(map(self.ids.__getitem__, these.tolist())).replace("-", "")

    @property
    def contracts(self) -> Contracts:
        return Contracts(self.council, self.pence)

    def joining(self) -> Joining:
        return Joining(self.council, self.supplier, self.pence, self.lacks_notice())

    def ends(self) -> Ints:
        """The ordinals of their stated ends, 0 where there is none."""
        ends = (one.end.toordinal() if one.end else 0 for one in self.read)
        return np.fromiter(ends, np.int64, len(self.read))[self.terms]

    def lacks_notice(self) -> npt.NDArray[np.bool_]:
        """Whether they roll on and state no notice."""
        lacking = (one.rolling and one.notice is None for one in self.read)
        return np.fromiter(lacking, np.bool_, len(self.read))[self.terms]

    def exits(self) -> Exits:
        """Each has those of its terms, of which there are far fewer."""
        of_terms = exit_columns(self.read)
        counts = np.bincount(of_terms.contract, minlength=len(self.read))
        begins = np.cumsum(counts) - counts
        each = counts[self.terms]
        contract = np.repeat(np.arange(len(self)), each)
        within = np.arange(len(contract)) - np.repeat(np.cumsum(each) - each, each)
        these = np.repeat(begins[self.terms], each) + within
        return Exits(
            contract,
            of_terms.first[these],
            of_terms.last[these],
            of_terms.decide_by[these],
            of_terms.notice[these],
            of_terms.notices,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """Which candidates are of which pair; pairs are numbers here."""

    groups: Groups
    categories: Sequence[str]
    groupings: Sequence[str]

    @property
    def grouping(self) -> Ints:
        """Of each entry of the groups."""
        return self.groups.group % len(self.groupings)

    def pair(self, group: int) -> Pair:
        category, grouping = divmod(group, len(self.groupings))
        return self.categories[category], self.groupings[grouping]


def kept(pounds: Decimal) -> Decimal:
    """A sum over contracts as it is kept: no more than a column holds, whatever they come to."""
    return min(pounds, MOST_KEPT)


def wait_for_others() -> None:
    """One rebuild after another, so that none writes over what a later look has found.

    One category stands for all: an edit of it waits as well, and nothing else. On SQLite the
    transaction itself sees to it.
    """
    Category.objects.select_for_update(no_key=True).order_by("pk").first()


def members_of_groupings(today: date, pairs: Collection[Pair] | None) -> dict[str, list[str]]:
    """Councils of each grouping on the day. Groupings are of one nation, as the law requires."""
    memberships = Membership.objects.on(today)
    if pairs is not None:
        memberships = memberships.filter(grouping__in={grouping for _, grouping in pairs})
    members: dict[str, list[str]] = defaultdict(list)
    in_order = memberships.order_by("grouping", "council").distinct()
    for grouping, council in in_order.values_list("grouping", "council"):
        members[grouping].append(council)
    return members


def fetch_candidates(
    pairs: Collection[Pair] | None, members: Mapping[str, Sequence[str]], *, today: date
) -> Candidates:
    """Contracts of commodity categories that could be replaced.

    Of some pairs, only those of their categories and of the councils in their groupings.
    """
    categories = Category.objects.bought_together()
    contracts = Contract.objects.all()
    if pairs is not None:
        categories = categories.filter(pk__in={category for category, _ in pairs})
        contracts = contracts.filter(council__in=set().union(*members.values()))
    # Named one by one, so that the planner knows how many contracts they have.
    named = list(categories.values_list("pk", flat=True))
    return candidates_among(contracts.filter(category__in=named), today=today)


def candidates_among(contracts: ContractQuerySet, *, today: date) -> Candidates:
    """Those of these contracts that could be replaced."""
    # All at once: a cursor is planned for its first rows, and waits for each of its steps.
    return in_columns(list(replaceable(contracts, today=today).values_list(*COLUMNS)))


def replaceable(contracts: ContractQuerySet, *, today: date) -> ContractQuerySet:
    """Those bought anew whose end is still ahead, or for them to choose.

    What is withheld from the public counts as not known: sums over others would tell it.
    """
    these = contracts.known_to_run_on(today).filter(kind__in=BOUGHT_ANEW)
    return these.as_published_to(EVERYBODY)


def in_columns(rows: Sequence[tuple[Any, ...]]) -> Candidates:
    ids, council, category, supplier, pence = (
        [row[place] for row in rows] for place in range(len(COLUMNS) - len(TERM_FIELDS))
    )
    councils, categories = sorted(set(council)), sorted(set(category))
    terms, said = numbered(row[-len(TERM_FIELDS) :] for row in rows)
    # Columns are put in order, not rows: those would lie all over the memory from then on.
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
    return Candidates(
        ids=[ids[n] for n in order.tolist()],
        category=numbered(category, categories)[0][order],
        council=numbered(council, councils)[0][order],
        supplier=numbered(s or own for s, own in zip(supplier, ids, strict=True))[0][order],
        pence=np.array([amount or 0 for amount in pence], np.int64)[order],
        valued=np.array([amount is not None for amount in pence], np.bool_)[order],
        terms=terms[order],
        categories=categories,
        councils=councils,
        read=[read_terms(one) for one in said],
    )


def numbered(values: Iterable[T], names: Iterable[T] = ()) -> tuple[Ints, list[T]]:
    """Values as numbers, and what these stand for: `names` first, others as they come."""
    number = {name: n for n, name in enumerate(names)}
    numbers = [number.setdefault(value, len(number)) for value in values]
    return np.array(numbers, np.int64), list(number)


def read_terms(said: Said) -> Terms:
    return terms_of(facts_of_columns(dict(zip(TERM_FIELDS, said, strict=True))))


def by_pair(
    candidates: Candidates, members: Mapping[str, Sequence[str]], pairs: Collection[Pair] | None
) -> Grouped:
    """In every grouping whose councils they are of; of some pairs, only in these."""
    groupings = sorted(members)
    council = {code: n for n, code in enumerate(candidates.councils)}
    groups = by_membership(
        category=candidates.category,
        council=candidates.council,
        members={
            n: [council[code] for code in members[grouping] if code in council]
            for n, grouping in enumerate(groupings)
        },
    )
    found = Grouped(groups, candidates.categories, groupings)
    if pairs is None:
        return found
    wanted = [n for n in np.unique(groups.group).tolist() if found.pair(n) in pairs]
    keep = np.isin(groups.group, np.array(wanted, np.int64))
    return replace(found, groups=Groups(groups.contract[keep], groups.group[keep]))
