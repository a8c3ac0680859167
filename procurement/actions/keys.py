"""Giving out keys for the API, and taking them back."""

import secrets

from django.utils import timezone

from procurement.fair_use import digest_of
from procurement.models import ApiKey

PREFIX = "bc_"
BYTES = 32
SHOWN = 8


def make_key(*, name: str, email: str) -> str:
    """A new key, which is told this once: only its digest is kept."""
    key = PREFIX + secrets.token_urlsafe(BYTES)
    ApiKey.objects.create(digest=digest_of(key), start=key[:SHOWN], name=name, email=email)
    return key


def revoke_key(key: str) -> bool:
    """Whether there was such a key to revoke."""
    standing = ApiKey.objects.standing().filter(digest=digest_of(key))
    return bool(standing.update(revoked_at=timezone.now()))
