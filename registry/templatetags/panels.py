"""Where pages show what other apps offer: {% panels "council" council=council %}."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString

from registry.panels import render

register = template.Library()


@register.simple_tag(takes_context=True)
def panels(context: RequestContext, place: str, **subject: Any) -> SafeString:
    return render(place, context["request"], **subject)
