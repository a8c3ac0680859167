"""What a council gets for its register, wherever its officers stand: {% give_back council %}."""

from typing import Any

from django import template

from registry import summaries
from registry.models import Contract, Council

register = template.Library()


@register.inclusion_tag("registry/give_back.html")
def give_back(council: Council) -> dict[str, Any]:
    missing = summaries.completeness(Contract.objects.filter(council=council))
    return {"council": council, "missing": missing, "score": summaries.score(missing)}
