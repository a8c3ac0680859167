"""Whether a contract's department is the one for IT."""

import re
from functools import lru_cache

# A department is for IT where its name says one of these, and nothing that is not of IT.
_IT_WORDS = "it ict technology digital computing"
_BESIDE_THEM = (
    "and & the information communication communications data services service solutions systems"
    " support infrastructure operations department dept division team unit shared group"
)
_IT = frozenset(_IT_WORDS.split())
_ALL = _IT | frozenset(_BESIDE_THEM.split())
_PARTS = re.compile(r"\s[-–]\s|[/:>|]")  # "Corporate services - ICT"
_WORD = re.compile(r"[a-z]+|&")


@lru_cache(1000)
def is_for_it(department: str) -> bool:
    """One part of its name is of IT alone: "Finance and IT" buys all sorts."""
    parts = _PARTS.split(department.lower().replace("i.t.", "it"))
    return any(_is_it(frozenset(_WORD.findall(part))) for part in parts)


def _is_it(words: frozenset[str]) -> bool:
    return not words.isdisjoint(_IT) and words <= _ALL
