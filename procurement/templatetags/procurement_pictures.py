"""Small pictures in lists: {% small_window opportunity today %}."""

from datetime import date

from django import template

from procurement.briefing import at_a_glance
from procurement.models import Opportunity
from procurement.pictures import window_thumbnail
from procurement.pictures.svg import Markup

register = template.Library()


@register.simple_tag
def small_window(opportunity: Opportunity, today: date) -> Markup:
    """Its members and their contracts should be fetched with the list."""
    drawn = at_a_glance(opportunity, today=today)
    return window_thumbnail(drawn, name=f"window-{opportunity.pk}")
