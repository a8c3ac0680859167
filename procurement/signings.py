"""A contract is bought once: which are signed for, and in which joint buy they were first."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Subquery

from procurement.models import JointBuy, JointBuyMember, Opportunity, OpportunityQuerySet, Pledge
from registry.bulk import in_batches
from registry.formats import count, day
from registry.permissions import EVERYBODY, Powers

# Joint buys, and how many contracts of something are signed for in each.
Signed = Sequence[tuple[JointBuy, int]]


@dataclass(frozen=True, slots=True)
class Signing:
    """A contract that its council signed for."""

    contract: UUID
    council: str
    joint_buy: JointBuy
    told: bool  # whether the reader may see that joint buy


def signings(contracts: Iterable[UUID], *, reader: Powers = EVERYBODY) -> list[Signing]:
    """Of these contracts, those signed for, each in the joint buy where it was first."""
    seen = JointBuy.objects.seen_by(reader).filter(pk=OuterRef("joint_buy"))
    found: list[Signing] = []
    for batch in in_batches(contracts):
        signed = JointBuyMember.objects.filter(contract__in=batch, joint_buy=first_signed())
        rows = signed.select_related("joint_buy__category", "joint_buy__grouping")
        found.extend(
            Signing(one.contract_id, one.council_id, one.joint_buy, one.told)
            for one in rows.annotate(told=Exists(seen))
        )
    return found


def first_signed() -> Subquery:
    """The joint buy in which the council of a member first signed for that contract."""
    signed = Pledge.objects.filter(
        step=Pledge.Step.SIGNED,
        participant__joint_buy__members__contract=OuterRef("contract"),
        participant__joint_buy__members__council=F("participant__council"),
    )
    return Subquery(signed.order_by("pk").values("participant__joint_buy")[:1])


def signed_elsewhere(
    this: JointBuy, contracts: Iterable[UUID], *, reader: Powers = EVERYBODY
) -> list[Signing]:
    """Those of this joint buy's contracts that are signed for in another."""
    return [one for one in signings(contracts, reader=reader) if one.joint_buy != this]


def signed_of(opportunities: Iterable[Opportunity], *, reader: Powers) -> Mapping[UUID, Signed]:
    """By opportunity, where contracts that could join it are signed for, as this reader is told."""
    named = {one.pk: set(one.contract_ids) for one in opportunities}
    found = signings({pk for pks in named.values() for pk in pks}, reader=reader)
    return {pk: told(one for one in found if one.contract in pks) for pk, pks in named.items()}


def marked_under_way(found: OpportunityQuerySet, reader: Powers) -> OpportunityQuerySet:
    """With `under_way` where a joint buy that this reader may see has begun from one."""
    begun = JointBuy.objects.seen_by(reader).filter(pk=OuterRef("pk"))
    return found.annotate(under_way=Exists(begun))


def told(found: Iterable[Signing]) -> Signed:
    """What its reader may know, by joint buy."""
    return list(Counter(one.joint_buy for one in found if one.told).items())


def councils_done(members: Iterable[tuple[str, UUID]], gone: Set[UUID]) -> frozenset[str]:
    """Councils of these (council, contract) whose contracts are all gone."""
    by_council: dict[str, set[UUID]] = defaultdict(set)
    for council, contract in members:
        by_council[council].add(contract)
    return frozenset(council for council, held in by_council.items() if held <= gone)


def done_elsewhere(this: JointBuy) -> frozenset[str]:
    """Councils that signed elsewhere for every contract they have in this joint buy."""
    members = list(this.members.values_list("council", "contract"))
    gone = {one.contract for one in signed_elsewhere(this, [contract for _, contract in members])}
    return councils_done(members, gone)


def why_done(this: JointBuy, council: str) -> str:
    """Where a council has signed for all it has in this joint buy; nothing if it has not."""
    held = set(this.members.filter(council=council).values_list("contract", flat=True))
    found = signed_elsewhere(this, held)
    if not held or len(found) < len(held):
        return ""
    where = " and ".join(sorted({in_words(one.joint_buy) for one in found}))
    are = "is" if len(found) == 1 else "are"
    return (
        f"Its {count(len(found), 'contract')} in this joint buy {are} signed for already, in "
        f"{where}. A contract is bought once"
    )


def in_words(this: JointBuy) -> str:
    return f"{this.category.name}, {this.grouping.name}, from {day(this.start_date)}"
