"""Opportunities as the command line prints them. Names are an interface."""

from collections.abc import Iterable
from typing import Any

from procurement.models import Opportunity
from procurement.payback import Payback
from procurement.rules import Rules
from procurement.sensitivity import undated_of
from procurement.undated import Undated
from procurement.who_joins import Member, who_join
from registry.permissions import EVERYBODY
from registry.today import today


def opportunities_json(*, council: str | None, grouping: str | None) -> list[dict[str, Any]]:
    """All of them, or those of a grouping or that a council could join, best saving first."""
    found = Opportunity.objects.order_by("-saving_mid", "start_date", "category", "grouping", "pk")
    if grouping:
        found = found.filter(grouping=grouping)
    if council:
        found = found.of_councils([council])
    listed = list(found)
    unknown = undated_of(listed, today=today())
    members = who_join(listed, today=today(), reader=EVERYBODY)
    rules = Rules.of_the_day()
    return [
        as_json(
            one,
            unknown[one.category_id, one.grouping_id],
            members[one.pk],
            rules.payback(one.saving),
        )
        for one in listed
    ]


def as_json(
    one: Opportunity, unknown: Undated, members: Iterable[Member], payback: Payback | None
) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "category": one.category_id,
        "grouping": one.grouping_id,
        "start_date": one.start_date.isoformat(),
        "alternative": one.alternative,
        "councils": one.councils,
        "contracts": one.contracts,
        "annual_value": str(one.annual_value),
        "total_value": str(one.total_value),
        "undated": undated_json(one, unknown),
        "members": [member_json(member) for member in members],
        "saving": {
            "low": str(one.saving_low),
            "mid": str(one.saving_mid),
            "high": str(one.saving_high),
            "method": one.saving_method,
            "reasons": one.reasons,
        },
        "payback": payback_json(payback) if payback else None,
        "regime_alone": one.regime_alone,
        "regime_pooled": one.regime_pooled,
        "regime_note": one.regime_note,
        "hhi": one.hhi,
        "routes": one.routes,
    }


def payback_json(found: Payback) -> dict[str, Any]:
    """What is left of the saving over the term, which may be below nothing."""
    low, mid, high = map(str, found.left.pounds)
    return {
        "term_months": found.term_months,
        "work": str(found.work),
        "left": {"low": low, "mid": mid, "high": high},
        "months": found.months,
        "warning": found.warning,
    }


def undated_json(one: Opportunity, unknown: Undated) -> dict[str, Any]:
    """What contracts without a known end could add; it is in no other figure."""
    return {
        "contracts": unknown.contracts,
        "councils": list(unknown.councils),
        "annual_value": str(unknown.annual_value),
        "without_value": unknown.without_value,
        "up_to": str(unknown.up_to(one.annual_value)),
    }


def member_json(member: Member) -> dict[str, Any]:
    days = {
        name: day.isoformat() if (day := getattr(member.ask, name)) else None
        for name in ("earliest_exit", "latest_end", "action_by")
    }
    return {
        "council": member.contract.council_id,
        "contract": str(member.contract.pk),
        **days,
        "action": member.ask.action,
        "months": member.ask.months,
        "annual_value": f"{member.annual_value:.2f}",
        "because": member.ask.because,
    }
