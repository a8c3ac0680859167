"""On whose word acts stand, as everybody may know it: councils and communities, never people."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from registry.models import Role
from social_value.models import Credit, Delivery, Measure

COMMUNITY = "the community"


@dataclass(frozen=True, slots=True)
class Vouched:
    """An act of which something is confirmed, and who says that it happened so."""

    measure: Measure
    amount: Decimal  # as confirmed
    whole: Decimal
    done_on: date
    where: str
    said_by: str  # the council whose officer recorded it; blank where that is not known
    confirmed_by: Sequence[str]
    not_by: Sequence[str]  # councils it is credited to that have not confirmed it

    @property
    def words(self) -> str:
        others = [one for one in self.confirmed_by if one != self.said_by]
        if self.said_by and others:
            said = f"Said by {self.said_by}; confirmed by {listed(others)}"
        elif len(others) > 1:
            said = f"Confirmed by {listed(others)}"
        else:
            said = f"On the word of {self.said_by or others[0]} alone"
        rest = [one for one in self.not_by if one != self.said_by]
        if rest:
            said += f"; not confirmed by {listed(rest)}"
        if self.said_by in self.not_by:  # who records an act never confirms it
            said += f"; a second officer of {self.said_by} is still to confirm it"
        return said


def listed(names: Sequence[str]) -> str:
    """As in "A, B and C"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def vouched(deliveries: "QuerySet[Delivery]", *, most: int) -> list[Vouched]:
    """The newest of these that somebody confirmed."""
    confirmed = Credit.objects.confirmed().filter(delivery=OuterRef("pk"))
    found = deliveries.filter(Exists(confirmed)).select_related("measure", "area")
    told = found.prefetch_related("credits__council", "confirmations__council")
    acts = list(told.order_by("-done_on", "-pk")[:most])
    officers = councils_of(one.recorded_by_id for one in acts)
    return [of_act(one, officers[one.recorded_by_id]) for one in acts]


def councils_of(people: Iterable[int | None]) -> dict[int | None, set[str | None]]:
    """Which councils each is an officer of."""
    found: dict[int | None, set[str | None]] = defaultdict(set)
    roles = Role.objects.filter(user__in=set(people) - {None}, kind=Role.Kind.OFFICER)
    for user, council in roles.values_list("user", "council"):
        found[user].add(council)
    return found


def of_act(act: Delivery, recorder: set[str | None]) -> Vouched:
    credited = sorted(act.credits.all(), key=lambda one: (-one.amount, one.pk))
    names = {one.council_id: one.council.short_name for one in credited}
    yes = {one.council_id for one in act.confirmations.all() if one.agrees}
    return Vouched(
        measure=act.measure,
        amount=sum((one.amount for one in credited if one.council_id in yes), Decimal(0)),
        whole=act.amount,
        done_on=act.done_on,
        where=act.area.short_name,
        said_by=next((name for key, name in names.items() if key in recorder), ""),
        confirmed_by=[
            *(name for key, name in names.items() if key in yes),
            *([COMMUNITY] if None in yes else []),
        ],
        not_by=[name for key, name in names.items() if key not in yes],
    )
