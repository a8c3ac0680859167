"""The review queue kept in step with what names and people's rulings leave open."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from registry.actions.known_names import KnownNames
from registry.bulk import in_batches
from registry.matching import Rulings
from registry.models import SupplierName, SupplierQuestion, SupplierRuling

Pair = frozenset[uuid.UUID]


@dataclass(frozen=True, slots=True)
class Side:
    """A name, and whose it is."""

    supplier: uuid.UUID
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question before it is written down."""

    one: Side
    other: Side
    confidence: float
    reason: str

    @property
    def pair(self) -> Pair:
        return frozenset({self.one.supplier, self.other.supplier})


def standing_rulings() -> Rulings:
    """All that people ruled of pairs of names."""
    rows = SupplierRuling.objects.standing().values_list("verdict", "one", "other")
    by_verdict: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for verdict, one, other in rows:
        by_verdict[verdict].add((one, other))
    return Rulings(
        together=frozenset(by_verdict[SupplierRuling.Verdict.SAME]),
        apart=frozenset(by_verdict[SupplierRuling.Verdict.DIFFERENT]),
    )


def ask(
    suppliers: Collection[uuid.UUID], owner: Mapping[str, uuid.UUID], wanted: Iterable[Asked]
) -> None:
    """Keep to what is asked of these suppliers, whose names are now their owners'."""
    by_pair = {one.pair: one for one in wanted}
    seen: set[Pair] = set()
    for question in standing_of(suppliers):
        question.one_id = owner.get(question.one_name, question.one_id)
        question.other_id = owner.get(question.other_name, question.other_id)
        pair = frozenset({question.one_id, question.other_id})
        inside = pair <= set(suppliers)
        stale = question.by_rule and inside and pair not in by_pair
        if len(pair) == 1 or pair in seen or stale:
            question.withdrawn_at = timezone.now()
        question.save(update_fields=["one", "other", "withdrawn_at"])
        seen.add(pair)
    write([one for pair, one in by_pair.items() if pair not in seen], by_rule=True)


def standing_of(suppliers: Collection[uuid.UUID]) -> list[SupplierQuestion]:
    found: dict[int, SupplierQuestion] = {}
    for some in in_batches(suppliers):
        rows = SupplierQuestion.objects.standing().filter(Q(one__in=some) | Q(other__in=some))
        found |= {one.pk: one for one in rows.order_by("pk")}
    return list(found.values())


def write(asked: Iterable[Asked], *, by_rule: bool) -> None:
    SupplierQuestion.objects.bulk_create(
        SupplierQuestion(
            one_id=one.one.supplier,
            other_id=one.other.supplier,
            one_name=one.one.name,
            other_name=one.other.name,
            confidence=one.confidence,
            reason=one.reason,
            by_rule=by_rule,
        )
        for one in asked
        if one.one.name != one.other.name
    )


def ask_about_likeness(names: Collection[str], known: KnownNames) -> None:
    """Ask about new names that no rule links with another, but that are like one."""
    alike = list(_alike(names, known))
    owners = owners_of({name for one, other, *_ in alike for name in (one, other)})
    rulings = standing_rulings()
    asked: dict[Pair, Asked] = {}
    for one, other, confidence, reason in alike:
        for side in owners[one]:
            for facing in owners[other]:
                question = Asked(Side(side, one), Side(facing, other), confidence, reason)
                if side != facing and not rulings.parted([one], [other]):
                    asked.setdefault(question.pair, question)
    suppliers = {key for pair in asked for key in pair}
    open_pairs = {frozenset({q.one_id, q.other_id}) for q in standing_of(suppliers)}
    write([one for pair, one in asked.items() if pair not in open_pairs], by_rule=False)


def _alike(names: Iterable[str], known: KnownNames) -> Iterator[tuple[str, str, float, str]]:
    for name in sorted(names):
        for candidate in known.index.alike(name):
            yield name, str(candidate.supplier_id), candidate.confidence, candidate.reason


def owners_of(names: Collection[str]) -> dict[str, list[uuid.UUID]]:
    found: dict[str, list[uuid.UUID]] = defaultdict(list)
    for some in in_batches(names):
        rows = SupplierName.objects.filter(name__in=some).order_by("pk")
        for name, supplier in rows.values_list("name", "supplier"):
            found[name].append(supplier)
    return found
