"""Opportunities of a grouping worked out when opened: found as those of stored ones are, and not
stored.
"""

from dataclasses import replace
from datetime import date

from procurement.actions.candidates import by_pair, candidates_among
from procurement.actions.law import Law
from procurement.actions.opportunities import found_opportunities
from procurement.models import Assumption, Opportunity
from procurement.worked_out import WorkedOut
from registry.models import Category


def find_together(among: WorkedOut, category: Category, *, today: date) -> list[Opportunity]:
    """Its plan in order of date, then the runners-up; nothing is written.

    Nothing is found where reference data is not loaded: no period is assumed.
    """
    if not Assumption.objects.exists():
        return []
    grouping = among.grouping
    law = Law.of_the_day(None)
    law = replace(law, nations={**law.nations, grouping.code: grouping.nation})
    candidates = candidates_among(among.contracts(category), today=today)
    members = {grouping.code: among.councils}
    found = found_opportunities(candidates, by_pair(candidates, members, None), law, today)
    return [Opportunity(**values, grouping=grouping, category=category) for values in found]
