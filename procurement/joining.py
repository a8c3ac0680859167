"""When a supplier can join a framework, by what it is in law."""

from collections.abc import Mapping

# Procurement Act 2023, in force from 24 February 2025. A framework is closed once awarded
# (section 45); an open framework reopens, at least once in three years and then in each five
# (section 49); a dynamic market admits at any time (sections 34 and 36).
WHEN: Mapping[str, str] = {
    "framework": "when it is replaced",
    "open framework": "when it reopens",
    "dynamic market": "at any time",
}


def when(kind: str) -> str:
    return WHEN[kind]
