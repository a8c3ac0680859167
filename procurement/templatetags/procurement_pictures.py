"""Small pictures in lists: {% small_window opportunity members today %}."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django import template

from procurement.briefing import at_a_glance
from procurement.models import Opportunity
from procurement.pictures import window_thumbnail
from procurement.pictures.svg import Markup
from procurement.who_joins import Member

register = template.Library()


@register.simple_tag
def small_window(
    opportunity: Opportunity, members: Mapping[UUID, Sequence[Member]], today: date
) -> Markup:
    """`members` are those of every opportunity of the list."""
    drawn = at_a_glance(opportunity, members[opportunity.pk], today=today)
    return window_thumbnail(drawn, name=f"window-{opportunity.pk}")
