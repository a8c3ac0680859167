"""What a framework's page says: who is on it, who calls off, and what to be careful of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch

from procurement.call_offs import CallOff, Offer, may_use, mismatches
from procurement.frameworks.law import Law, faults
from procurement.models import Framework, FrameworkOwner, Lot, LotSupplier
from procurement.pictures.schemes import SchemeBar
from registry.formats import day as in_words
from registry.models import Contract, Council, Membership, Supplier
from registry.permissions import Powers
from registry.values import months_on

MOST_CALL_OFFS, MOST_SUPPLIERS = 50, 100


@dataclass(frozen=True, slots=True)
class ShownLot:
    """A lot, how many are on it, and the first of them, each with the registry's supplier."""

    lot: Lot
    number: int
    suppliers: Sequence[tuple[LotSupplier, bool]]  # whether its page is open to the reader


def shown_lots(framework: Framework, reader: Powers) -> list[ShownLot]:
    first = LotSupplier.objects.order_by("name", "pk")[:MOST_SUPPLIERS]
    lots = framework.lots.annotate(on_it=Count("suppliers", distinct=True)).prefetch_related(
        "categories", Prefetch("suppliers", first, to_attr="first_on_it")
    )
    linked = {one.supplier_id for lot in lots for one in lot.first_on_it if one.supplier_id}
    told = set(Supplier.objects.told_to(reader).filter(pk__in=linked).values_list("pk", flat=True))
    return [
        ShownLot(lot, lot.on_it, [(one, one.supplier_id in told) for one in lot.first_on_it])
        for lot in lots
    ]


@dataclass(frozen=True, slots=True)
class ShownCallOff:
    """A contract under the framework, how it was linked, and what does not fit."""

    contract: Contract
    by: str
    misfits: Sequence[str]


def shown_call_offs(framework: Framework, reader: Powers) -> tuple[list[ShownCallOff], int]:
    """The latest, as their reader is told of them, and how many there are."""
    contracts = Contract.objects.standing().filter(call_off__framework=framework)
    number = contracts.count()
    latest = contracts.select_related("council", "call_off").order_by("-start_date", "pk")
    told = list(latest.as_published_to(reader)[:MOST_CALL_OFFS])
    offer = offer_of(framework)
    judge = Users(framework, {one.council_id for one in told})
    return [shown_call_off(one, offer, judge) for one in told], number


class Users:
    """Whether councils are among those a framework is for."""

    def __init__(self, framework: Framework, councils: set[str]) -> None:
        self.framework = framework
        self.places = {one.pk for one in framework.places.all()}
        spells = Membership.objects.filter(council__in=councils, grouping__in=self.places)
        self.inside = set(spells.values_list("council", flat=True)) if self.places else set()

    def may_use(self, council: Council) -> bool | None:
        if council.name == self.framework.owner:
            return True
        inside = council.pk in self.inside if self.places else None
        return may_use(self.framework.open_to, in_its_places=inside)


def offer_of(framework: Framework) -> Offer:
    rows = LotSupplier.objects.filter(lot__framework=framework).values_list("supplier", flat=True)
    on_it: set[UUID | None] = set(rows)
    return Offer(
        starts=framework.starts,
        ends=framework.last_day,
        suppliers=frozenset(on_it - {None}),
        every_supplier_known=None not in on_it,
        maximum_value=framework.maximum_value,
    )


def shown_call_off(contract: Contract, offer: Offer, users: Users) -> ShownCallOff:
    link = contract.call_off
    facts = CallOff(
        council=contract.council_id,
        awarded=contract.award_date,
        starts=contract.start_date,
        supplier=contract.supplier_id,
        value=contract.total_value,
    )
    misfits = [
        *([link.doubt] if link.doubt else []),
        *mismatches(facts, offer, may_use=users.may_use(contract.council)),
    ]
    return ShownCallOff(contract, link.get_by_display().lower(), misfits)


def warnings(framework: Framework, law: Law, *, today: date, lead_months: int) -> Iterator[str]:
    """What a buyer or its keeper should know before relying on it."""
    for fault in faults(framework.terms(), law):
        yield f"What is held of it cannot be right. {fault.says}"
    ends = framework.last_day
    if ends and today <= ends < months_on(today, lead_months):
        yield (
            f"It ends on {in_words(ends)}: a joint call-off that takes {lead_months} months to "
            "prepare would come too late."
        )
    if framework.ends is None and framework.kind != Framework.Kind.DYNAMIC_MARKET:
        yield "Its last day is not known here. Check it with its owner before planning a call-off."


def earlier_names(owner: str) -> str:
    """Other names its owner goes or went by."""
    found = FrameworkOwner.objects.filter(pk=owner).first()
    return ", ".join(found.names[1:]) if found else ""


def scheme_bar(framework: Framework) -> SchemeBar:
    awards = list(framework.awards.all())
    return SchemeBar(
        name=framework.name,
        kind=framework.kind,
        starts=framework.starts,
        ends=framework.ends,
        scheme_ends=framework.scheme_ends,
        awards=[one.awarded_on for one in awards],
        windows=[
            (one.apply_from, one.apply_to) for one in awards if one.apply_from and one.apply_to
        ],
    )
