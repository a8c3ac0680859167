"""Opportunities of a grouping worked out when opened: found as those of stored ones are, and not
stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from procurement.actions.candidates import Asks, candidates_among
from procurement.actions.law import Law
from procurement.actions.opportunities import MEMBER_COLUMNS, found_opportunities, member
from procurement.models import Assumption, Member, Opportunity
from procurement.worked_out import WorkedOut
from registry.models import Category


@dataclass(frozen=True, slots=True)
class Unstored:
    """An opportunity with its members, none of them in the database."""

    opportunity: Opportunity
    members: Sequence[Member]


def find_together(among: WorkedOut, category: Category, *, today: date) -> list[Unstored]:
    """Its plan in order of date, then the runners-up; nothing is written.

    Nothing is found where reference data is not loaded: no period is assumed.
    """
    if not Assumption.objects.exists():
        return []
    grouping = among.grouping
    law = Law.of_the_day(None)
    law = replace(law, nations={**law.nations, grouping.code: grouping.nation})
    candidates = candidates_among(among.contracts(category))
    members = {grouping.code: among.councils}
    asks, unstored = Asks(today), []
    for one in found_opportunities(candidates, members, None, law, today):
        this = one.opportunity
        this.grouping, this.category = grouping, category
        rows = (member(this, joins, asks) for joins in one.chosen)
        made = [Member(**dict(zip(MEMBER_COLUMNS, row, strict=True))) for row in rows]
        unstored.append(Unstored(this, made))
    return unstored
