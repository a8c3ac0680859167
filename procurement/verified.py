"""Verified savings beside forecasts: a council's own for its officers, categories' for all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from procurement.models import JointBuy, JointBuyMember, Pledge, RealisedSaving
from procurement.payback import about
from procurement.track_record import Forecast, TrackRecord, Verified, track_record
from registry.models import Category, Council
from registry.permissions import Powers

# A joint buy and a council, with what the council's contracts in it came to a year.
Parts = Mapping[tuple[UUID, str], Decimal]


@dataclass(frozen=True, slots=True)
class OfCouncil:
    """What was expected of one council's part, and what it last told."""

    council: Council
    forecast: Forecast
    told: RealisedSaving | None


@dataclass(frozen=True, slots=True)
class OfCategory:
    category: Category
    record: TrackRecord


def signed_by(joint_buy: JointBuy, reader: Powers) -> list[Council]:
    """The councils of the reader's that signed, and so may tell what it saved."""
    found = Pledge.objects.standing().of(joint_buy).filter(step=Pledge.Step.SIGNED)
    councils = [pledge.participant.council for pledge in found]
    return [council for council in councils if reader.may_act_for(council.pk)]


def joint_buys_signed_by(reader: Powers) -> list[JointBuy]:
    """Those the reader's own councils signed, the latest first."""
    signed = Pledge.objects.standing().filter(
        step=Pledge.Step.SIGNED, participant__council__in=reader.councils
    )
    found = JointBuy.objects.filter(pk__in=signed.values("participant__joint_buy"))
    return list(found.for_list().order_by("-start_date", "pk"))


def beside_forecast(joint_buy: JointBuy, councils: Iterable[Council]) -> list[OfCouncil]:
    parts = parts_of([joint_buy])
    told = {one.council_id: one for one in joint_buy.realised.standing()}
    return [
        OfCouncil(council, about(forecast(joint_buy, council.pk, parts)), told.get(council.pk))
        for council in councils
    ]


def parts_of(joint_buys: Iterable[JointBuy]) -> Parts:
    rows = JointBuyMember.objects.filter(joint_buy__in=list(joint_buys))
    sums = rows.values_list("joint_buy", "council").annotate(Sum("annual_value"))
    return {(joint_buy, council): value for joint_buy, council, value in sums}


def forecast(joint_buy: JointBuy, council: str, parts: Parts) -> Forecast:
    """The joint buy's saving by how much of its value is the council's."""
    whole = joint_buy.saving
    part = parts.get((joint_buy.pk, council), Decimal(0))
    return whole.share(part, joint_buy.annual_value)


def track_records(*, at_a_time: int) -> list[OfCategory]:
    """Of each category of which enough councils have told."""
    told = list(RealisedSaving.objects.standing().select_related("joint_buy__category"))
    parts = parts_of({one.joint_buy for one in told})
    verified: dict[Category, list[Verified]] = defaultdict(list)
    for one in told:
        expected = forecast(one.joint_buy, one.council_id, parts)
        verified[one.joint_buy.category].append(Verified(expected, one.amount))
    return sorted(with_records(verified, at_a_time), key=lambda one: one.category.name)


def with_records(
    verified: Mapping[Category, Sequence[Verified]], at_a_time: int
) -> Iterable[OfCategory]:
    for category, told in verified.items():
        if record := track_record(told, at_a_time=at_a_time):
            yield OfCategory(category, record)
