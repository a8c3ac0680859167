"""The review queue kept in step with what names and people's rulings leave open."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from django.db.models import Q
from django.utils import timezone

from registry import bulk
from registry.bulk import in_batches
from registry.matching import SHOWN, WORDS_SHARED, NameIndex, Rulings, likely
from registry.models import SupplierName, SupplierQuestion, SupplierRuling
from registry.names import canonical_name

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
    suppliers: Collection[uuid.UUID],
    owners: Mapping[str, Collection[uuid.UUID]],
    wanted: Iterable[Asked],
) -> None:
    """Bring what is asked of these suppliers up to date, after names changed hands."""
    by_pair = {one.pair: one for one in wanted}
    standing = standing_of(suppliers)
    of_rules = {q.pair: q for q in standing if q.by_rule}
    inside = {pair: q for pair, q in of_rules.items() if pair <= set(suppliers)}
    withdraw(q for pair, q in inside.items() if pair not in by_pair)
    write([one for pair, one in by_pair.items() if pair not in of_rules], by_rule=True)
    follow_names([q for q in standing if not q.by_rule], owners)


def follow_names(
    questions: Collection[SupplierQuestion], owners: Mapping[str, Collection[uuid.UUID]]
) -> None:
    """Let questions about names that are alike be of the suppliers that now have these names.

    Those of one supplier are kept, unseen: its names may part again.
    """
    by_names: dict[tuple[str, str], list[SupplierQuestion]] = defaultdict(list)
    for question in questions:
        by_names[question.one_name, question.other_name].append(question)
    more: list[Asked] = []
    for (one, other), asked in by_names.items():
        ones = owners.get(one) or {q.one_id for q in asked}
        others = owners.get(other) or {q.other_id for q in asked}
        held = {(q.one_id, q.other_id): q for q in asked}
        sides = set(product(ones, others))
        withdraw(q for key, q in held.items() if key not in sides)
        more += [
            Asked(Side(a, one), Side(b, other), asked[0].confidence, asked[0].reason)
            for a, b in sides - held.keys()
        ]
    write(more, by_rule=False)


def withdraw(questions: Iterable[SupplierQuestion]) -> None:
    for keys in in_batches(q.pk for q in questions):
        SupplierQuestion.objects.filter(pk__in=keys).update(withdrawn_at=timezone.now())


def standing_of(suppliers: Collection[uuid.UUID]) -> list[SupplierQuestion]:
    found: dict[int, SupplierQuestion] = {}
    for some in in_batches(suppliers):
        rows = SupplierQuestion.objects.standing().filter(Q(one__in=some) | Q(other__in=some))
        found |= {one.pk: one for one in rows.order_by("pk")}
    return list(found.values())


def write(asked: Iterable[Asked], *, by_rule: bool) -> None:
    now = timezone.now()
    columns = ["one", "other", "one_name", "other_name", "confidence", "reason", "by_rule"]
    bulk.insert(
        SupplierQuestion,
        [*columns, "answer", "opened_at"],
        (
            (
                *(one.one.supplier, one.other.supplier, one.one.name, one.other.name),
                *(one.confidence, one.reason, by_rule, "", now),
            )
            for one in asked
            if one.one.name != one.other.name
        ),
    )


def ask_about_likeness(names: Collection[str], known: NameIndex) -> None:
    """Ask about new names that no rule ties to another, but that are like one.

    Of each name only the few most like it are asked about, so a new one can take the place of
    another with any it is like: what is asked of those is looked at again.
    """
    new = {canonical_name(name) for name in names}
    alike = cache(known.alike)
    affected = new.union(*({one.canonical for one in alike(name)} for name in new))
    held = _asked_about({name for one in affected for name in known.called(one)})
    ends = {one for pair in held for one in map(canonical_name, pair) if known.called(one)}
    wanted = {
        frozenset({name, one.canonical}): one.score
        for name in affected | ends
        for one in alike(name)[:SHOWN]
        if name in affected or one.canonical in affected
    }
    answered = {
        frozenset(map(canonical_name, pair))
        for pair, asked in held.items()
        if any(q.decided_at for q in asked)
    }
    called = {
        frozenset(known.called(name)[0] for name in pair): likely(score)
        for pair, score in wanted.items()
        if pair not in answered
    }
    gone = (q for pair, asked in held.items() if pair not in called for q in asked)
    withdraw(q for q in gone if not q.decided_at)
    _write_likeness({pair: sure for pair, sure in called.items() if pair not in held})


def _asked_about(names: Collection[str]) -> dict[frozenset[str], list[SupplierQuestion]]:
    """Questions of likeness that stand or are answered, by the two names."""
    found: dict[frozenset[str], list[SupplierQuestion]] = defaultdict(list)
    asked = SupplierQuestion.objects.filter(by_rule=False, withdrawn_at=None)
    for some in in_batches(names):
        for q in asked.filter(Q(one_name__in=some) | Q(other_name__in=some)):
            found[frozenset({q.one_name, q.other_name})].append(q)
    return found


def _write_likeness(sure: Mapping[frozenset[str], float]) -> None:
    owners = owners_of({name for pair in sure for name in pair})
    asked: list[Asked] = []
    for pair, confidence in sorted((sorted(pair), one) for pair, one in sure.items()):
        one, other = pair
        asked += [
            Asked(Side(mine, one), Side(theirs, other), confidence, WORDS_SHARED)
            for mine, theirs in product(set(owners[one]), set(owners[other]))
        ]
    write(asked, by_rule=False)


def owners_of(names: Collection[str]) -> dict[str, list[uuid.UUID]]:
    found: dict[str, list[uuid.UUID]] = defaultdict(list)
    for some in in_batches(names):
        rows = SupplierName.objects.filter(name__in=some).order_by("pk")
        for name, supplier in rows.values_list("name", "supplier"):
            found[name].append(supplier)
    return found
