"""Identifiers of rows that the world may name: version 7 of RFC 9562, which sort by their time."""

import secrets
import time
import uuid

RANDOM_BITS = 74


def new_key() -> uuid.UUID:
    """Milliseconds since 1970, then chance: unguessable, and indexes grow at one end only.

    Purely random ones touch every page of an index, which makes large uploads slow.
    """
    chance = secrets.randbits(RANDOM_BITS)
    high = (int(time.time() * 1000) << 16) | 0x7000 | (chance >> 62)
    return uuid.UUID(int=(high << 64) | 0x8000_0000_0000_0000 | (chance & ((1 << 62) - 1)))
