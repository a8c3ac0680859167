"""Addresses of what pages list by the hundred."""

from functools import cache
from uuid import UUID

from django.urls import get_script_prefix, reverse

ANY = UUID(int=0)


def address_by_key(view: str, key: UUID) -> str:
    """What `reverse` gives for the key, which it would look up and check for each link anew."""
    before, after = _around_the_key(view, get_script_prefix())
    return f"{before}{key}{after}"


@cache
def _around_the_key(view: str, _prefix: str) -> tuple[str, str]:
    """Asked for again for each prefix, as a server may change what its addresses begin with."""
    before, _, after = reverse(view, args=[ANY]).partition(str(ANY))
    return before, after
