"""Where contracts are signed for: {% signed_for opportunity signed "-s" %}."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import template

from procurement.models import Opportunity
from procurement.signings import Signed

register = template.Library()


@register.inclusion_tag("procurement/signed_for.html")
def signed_for(
    opportunity: Opportunity, signed: Mapping[UUID, Signed], size: str = ""
) -> dict[str, Any]:
    """`signed` is that of every opportunity of the page."""
    found = signed[opportunity.pk]
    done = sum(number for _, number in found) == opportunity.contracts
    return {"signed": found, "this": opportunity.pk, "done": done, "size": size}
