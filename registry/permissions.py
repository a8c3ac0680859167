"""Who may do what, from a person's roles: the one place that decides it.

The public sees public facts of contracts. Officers act for their councils and see all of their
councils' facts, those withheld from the public among them. Regional buyers see every council's
public facts, and the opportunities of their groupings and of areas that lie within them.
Administrators may do everything.
"""

from dataclasses import dataclass
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from registry.models import Council, Grouping, Membership, Role, User
from registry.today import today

# Whoever buys for all of such an area's councils buys for the area; a consortium has its own buyer.
AREAS = (Grouping.Kind.COMBINED_AUTHORITY, Grouping.Kind.COUNTY, Grouping.Kind.SUCCESSOR)


@dataclass(frozen=True, slots=True)
class Powers:
    """What one visitor may do. Codes are those of councils and groupings."""

    councils: frozenset[str] = frozenset()  # acts for these as an officer
    groupings: frozenset[str] = frozenset()  # buys for these
    administrator: bool = False

    def may_act_for(self, council: str) -> bool:
        return self.administrator or council in self.councils

    def may_see_private(self, council: str) -> bool:
        """Contacts, quantities and unit prices."""
        return self.may_act_for(council)

    def may_see_opportunity(self, grouping: str, members: frozenset[str]) -> bool:
        """Officers see those their council could join; buyers those of their groupings."""
        return self.administrator or grouping in self.groupings or bool(self.councils & members)

    def may_run_joint_buy(self, grouping: str, lead: str | None) -> bool:
        """See what every council said, and settle it: its lead, and the buyer of its grouping."""
        return self.administrator or grouping in self.groupings or lead in self.councils

    @property
    def may_decide_suppliers(self) -> bool:
        """For every council: buyers and administrators, who see the registers of many."""
        return self.administrator or bool(self.groupings)

    @property
    def signed_in_for_something(self) -> bool:
        return self.administrator or bool(self.councils or self.groupings)


# What anybody may do, and so what is published.
EVERYBODY = Powers()


def powers_of(user: User | AnonymousUser) -> Powers:
    """One query for the roles, one more for buyers; none for visitors who have not signed in.

    Asked by guards, views and panels alike, so found out once for each `user`: a request has its
    own.
    """
    if isinstance(user, AnonymousUser) or not user.is_active:
        return Powers()
    if user.powers is None:
        user.powers = _found_powers(user)
    return user.powers


def _found_powers(user: User) -> Powers:
    roles = list(Role.objects.of(user))
    return Powers(
        councils=frozenset(r.council_id for r in roles if r.council_id),
        groupings=with_areas_within(frozenset(r.grouping_id for r in roles if r.grouping_id)),
        administrator=user.is_superuser or any(r.kind == Role.Kind.ADMINISTRATOR for r in roles),
    )


def with_areas_within(groupings: frozenset[str]) -> frozenset[str]:
    """These, and areas today of which every council is in one of them."""
    if not groupings:
        return groupings
    members = Membership.objects.on(today())
    mine = members.filter(grouping__in=groupings).values("council")
    astride = members.exclude(council__in=mine).values("grouping")
    inside = members.filter(grouping__kind__in=AREAS).exclude(grouping__in=astride)
    return groupings.union(inside.values_list("grouping", flat=True))


def person(request: HttpRequest) -> User:
    """Who is signed in, for views that only signed-in people reach."""
    return cast(User, request.user)


def councils_written_by(user: User | None) -> frozenset[str]:
    """Codes of the councils whose registers a person may change; none for nobody."""
    if user is None:
        return frozenset()
    powers = powers_of(user)
    if powers.administrator:
        return frozenset(Council.objects.values_list("pk", flat=True))
    return powers.councils


def groupings_of(council: str) -> frozenset[str]:
    """Codes of the groupings a council is in today."""
    return frozenset(
        Membership.objects.on(today()).filter(council=council).values_list("grouping", flat=True)
    )
