"""The review queue as its readers are shown it, what weighs most first."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Coalesce

from registry.actions.asking import standing_rulings
from registry.bulk import in_batches
from registry.identifiers import Identifier
from registry.matching import conflict
from registry.models import (
    Contract,
    Supplier,
    SupplierGroup,
    SupplierIdentifier,
    SupplierJudgement,
    SupplierName,
    SupplierQuestion,
    SupplierRuling,
)
from registry.models.contracts import ContractQuerySet
from registry.models.judgements import SupplierJudgementQuerySet
from registry.permissions import Powers

NOTHING = Decimal(0)
MOST_NAMES, MOST_TITLES = 6, 3
# Decided last: so many are shown, of so many looked at.
LATELY, LATELY_READ = 5, 20
What = SupplierJudgement.What
OF_GROUPS = {What.JOINED, What.LEFT}


@dataclass(frozen=True, slots=True)
class Weight:
    """How much hangs on a supplier."""

    contracts: int = 0
    value: Decimal = NOTHING

    def __add__(self, other: "Weight") -> "Weight":
        return Weight(self.contracts + other.contracts, self.value + other.value)


@dataclass(slots=True)
class Waiting:
    """A question in the queue, and what hangs on its answer."""

    question: SupplierQuestion
    weight: Weight


@dataclass(slots=True)
class Party:
    """One of the two, as far as its reader may know it."""

    supplier: Supplier
    asked_name: str
    weight: Weight
    names: list[str] = field(default_factory=list)
    identifiers: list[SupplierIdentifier] = field(default_factory=list)
    councils: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)  # of its largest contracts


def queue(reader: Powers) -> list[Waiting]:
    """What is open, by value and then number of contracts; nothing the reader may not know."""
    open_ones = SupplierQuestion.objects.to_ask().order_by("-confidence", "pk")
    questions = list(told_questions(open_ones, reader))
    seen = {q.pair: q for q in reversed(list(open_to_doubt(questions)))}
    weights = weights_of({key for pair in seen for key in pair}, reader)
    waiting = [
        Waiting(q, weights.get(q.one_id, Weight()) + weights.get(q.other_id, Weight()))
        for q in seen.values()
    ]
    return sorted(waiting, key=lambda w: (-w.weight.value, -w.weight.contracts, w.question.pk))


def told_questions(
    questions: QuerySet[SupplierQuestion], reader: Powers
) -> Iterator[SupplierQuestion]:
    """Those of suppliers and names that the reader may know."""
    told = Supplier.objects.told_to(reader).values("pk")
    found = list(questions.filter(one__in=told, other__in=told).select_related("one", "other"))
    names = told_names({n for q in found for n in (q.one_name, q.other_name)}, reader)
    for q in found:
        if {(q.one_id, q.one_name), (q.other_id, q.other_name)} <= names:
            yield q


def told_names(names: Collection[str], reader: Powers) -> set[tuple[uuid.UUID, str]]:
    """Of these names, those the reader may know, each with whose it is."""
    told = SupplierName.objects.told_to(reader)
    return {
        row
        for some in in_batches(names)
        for row in told.filter(name__in=some).values_list("supplier", "name")
    }


def to_answer(key: int, reader: Powers) -> SupplierQuestion | None:
    """The question, if it is open and the reader may know of it."""
    asked = SupplierQuestion.objects.to_ask().filter(pk=key)
    return next(told_questions(asked, reader), None)


def told_judgements(
    judgements: SupplierJudgementQuerySet, reader: Powers
) -> list[SupplierJudgement]:
    """Less those that would tell a name kept from this reader; the latest first."""
    found = list(judgements.latest_first().select_related("decided_by", "withdrawn_by"))
    ruled = SupplierRuling.objects.filter(judgement__in=found)
    names = {judgement.pk: {judgement.one} for judgement in found}
    for key, one, other in ruled.values_list("judgement", "one", "other"):
        names[key] |= {one, other}
    told = {name for _, name in told_names({n for said in names.values() for n in said}, reader)}
    groups = {judgement.other for judgement in found if judgement.what in OF_GROUPS}
    kept_back = groups_kept_back(groups, reader)
    return [j for j in found if names[j.pk] <= told and j.other not in kept_back]


def groups_kept_back(names: Collection[str], reader: Powers) -> set[str]:
    """Of groups so called, those called after a parent that the reader may not know."""
    told = Supplier.objects.told_to(reader).values("pk")
    headed = SupplierGroup.objects.filter(name__in=names, parent__isnull=False)
    return set(headed.exclude(parent__in=told).values_list("name", flat=True))


def lately(reader: Powers) -> list[SupplierJudgement]:
    """What was decided last and can be taken back."""
    newest = SupplierJudgement.objects.in_force().latest_first().values("pk")[:LATELY_READ]
    keys = [row["pk"] for row in newest]
    return told_judgements(SupplierJudgement.objects.filter(pk__in=keys), reader)[:LATELY]


def open_to_doubt(questions: Collection[SupplierQuestion]) -> Iterator[SupplierQuestion]:
    """Those not answered under any name of the two, nor by numbers: names merely alike that
    stand under two numbers of one register are two bodies.
    """
    rulings = standing_rulings()
    suppliers = {key for q in questions for key in q.pair}
    numbers, names = numbers_of(suppliers), names_of(suppliers)
    for q in questions:
        told_by_numbers = not q.by_rule and conflict(numbers[q.one_id], numbers[q.other_id])
        if not told_by_numbers and not rulings.parted(names[q.one_id], names[q.other_id]):
            yield q


def names_of(suppliers: Collection[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    for some in in_batches(suppliers):
        rows = SupplierName.objects.filter(supplier__in=some)
        for supplier, name in rows.values_list("supplier", "name"):
            found[supplier].append(name)
    return found


def numbers_of(suppliers: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Identifier]]:
    found: dict[uuid.UUID, list[Identifier]] = defaultdict(list)
    for some in in_batches(suppliers):
        rows = SupplierIdentifier.objects.filter(supplier__in=some)
        for supplier, scheme, value in rows.values_list("supplier", "scheme", "value"):
            found[supplier].append(Identifier(scheme, value))
    return found


def weights_of(suppliers: Collection[uuid.UUID], reader: Powers) -> dict[uuid.UUID, Weight]:
    rows = (
        known_contracts(reader)
        .filter(supplier__in=suppliers)
        .values("supplier")
        .annotate(number=Count("pk"), pounds=Coalesce(Sum("shown_yearly_value"), NOTHING))
        .order_by()
    )
    return {row["supplier"]: Weight(row["number"], row["pounds"]) for row in rows}


def known_contracts(reader: Powers) -> ContractQuerySet:
    found = Contract.objects.standing().of_supplier_told_to(reader)
    return found.as_published_to(reader)


def contracts_of_group(group: SupplierGroup, reader: Powers) -> ContractQuerySet:
    members = Supplier.objects.told_to(reader).in_group(group)
    return known_contracts(reader).filter(supplier__in=members.values("pk"))


def parties(waiting: Waiting, reader: Powers) -> Iterator[Party]:
    """Both, side by side."""
    q = waiting.question
    weights = weights_of(q.pair, reader)
    for supplier, name in ((q.one, q.one_name), (q.other, q.other_name)):
        theirs = known_contracts(reader).filter(supplier=supplier)
        yield Party(
            supplier,
            name,
            weights.get(supplier.pk, Weight()),
            names=list(
                supplier.names.told_to(reader)
                .exclude(name=name)
                .values_list("name", flat=True)[:MOST_NAMES]
            ),
            identifiers=list(supplier.identifiers.all()),
            councils=commonest(theirs, "council__name"),
            categories=commonest(theirs.filter(category__isnull=False), "category__name"),
            titles=largest(theirs),
        )


def largest(contracts: ContractQuerySet) -> list[str]:
    by_value = contracts.order_by(F("shown_yearly_value").desc(nulls_last=True), "title")
    return list(by_value.values_list("title", flat=True)[:MOST_TITLES])


def commonest(contracts: ContractQuerySet, column: str) -> list[str]:
    rows = contracts.values(column).annotate(number=Count("pk")).order_by("-number", column)
    return [row[column] for row in rows[:MOST_NAMES]]
