"""Words as somebody may have meant them: the nearest of those that registers use."""

import re
from collections.abc import Collection, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

# In shorter words one letter makes another word; in longer ones two slips are still one word.
SHORTEST, LONG = 4, 8
LONGEST = 40
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},{LONGEST}}}")


def words_in(texts: Iterable[str]) -> set[str]:
    """The words worth forgiving in texts, folded: letters only, neither short nor endless."""
    found: set[str] = set()
    for text in texts:  # one at a time: the words of half a million titles take much memory
        found.update(_WORD.findall(text.casefold()))
    return found


def slips_forgiven(word: str) -> int:
    """Letters left out, added, changed or exchanged."""
    if len(word) < SHORTEST:
        return 0
    return 2 if len(word) >= LONG else 1


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word with the fewest slips between, first in the alphabet of several."""
    most = slips_forgiven(word)
    near = process.extract(word, known, scorer=OSA.distance, score_cutoff=most, limit=None)
    return min(((slips, other) for other, slips, _ in near), default=(0, None))[1]
