"""Panels: parts of pages that other apps offer, so that no app imports its neighbour.

An app's `panels.py` has functions that take the request and the page's subject and return HTML;
`config` registers them; `{% panels "council" council=council %}` shows them in order.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

# What a panel does: (request, **subject) -> HTML, empty when it has nothing to say.
Panel = Callable[..., str]

_places: dict[str, list[Panel]] = defaultdict(list)


def register(place: str, panel: Panel) -> None:
    """Show a panel at a place: a page such as "council", "upload", "joint buy" or "pooled ask"."""
    if panel not in _places[place]:
        _places[place].append(panel)


def render(place: str, request: HttpRequest, **subject: Any) -> SafeString:
    return mark_safe("".join(panel(request, **subject) for panel in _places[place]))  # noqa: S308
