"""How alike two names are, for the order of the review queue. Never grounds to link."""

from collections.abc import Set
from itertools import product

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from registry.names import vocabulary

# Two long words this alike (0 to 1) count as one word misspelt.
ALIKE = 0.8
NEARLY = 0.9  # what a word cut short counts of the whole, and no misspelling more
ALIKE_SPELLING = 0.85
ONLY_TRADE = 0.85  # the factor where all that is shared is words for the trade
# What words for the trade weigh beside others: whole numbers, whose sum no order changes.
TRADE_WEIGHT, WEIGHT = 7, 20


def weight(words: Set[str]) -> int:
    """How much words say. Never how rare they are among names known so far: that would make what
    is asked depend on which names came first.
    """
    return WEIGHT * len(words) - (WEIGHT - TRADE_WEIGHT) * len(words & vocabulary().descriptive)


class Likeness:
    """How alike a canonical name is to others."""

    def __init__(self, canonical: str) -> None:
        self.words = frozenset(canonical.split())
        self.weight = weight(self.words)

    def to(self, other: str) -> float:
        """From 0 to 1, less where only words for the trade are shared."""
        theirs = set(other.split())
        common = self.words & theirs
        shared = weight(common)
        left = self.weight - shared, weight(theirs) - shared
        part = _nearly_shared(self.words - common, theirs - common) if all(left) else 0.0
        score = _likeness(shared + part, *(one - part for one in left))
        if shared > TRADE_WEIGHT * len(common):
            return score
        if spelling(_distinctive(self.words), _distinctive(theirs)) >= ALIKE_SPELLING:
            return max(score, ALIKE_SPELLING)
        return score * ONLY_TRADE


def _likeness(shared: float, *left: float) -> float:
    """The weight that two names share, of the lighter one's and of all there is."""
    if not shared:
        return 0.0
    more, less = max(*left, 0.0), max(min(left), 0.0)
    return round(0.6 * shared / (shared + less) + 0.4 * shared / (shared + less + more), 6)


def _distinctive(words: Set[str]) -> str:
    return "".join(sorted(words - vocabulary().descriptive))


def _nearly_shared(ones: Set[str], others: Set[str]) -> float:
    """What the most alike pair of words is worth."""
    best = 0.0
    for a, b in product(ones, others):
        if a[0] == b[0] or a[-1] == b[-1]:
            best = max(best, _alike(a, b) * min(weight({a}), weight({b})))
    return best


def _alike(a: str, b: str) -> float:
    """Misspelt, or one cut short: `barns` and `barnstaple`."""
    if len(a) < 4 or len(b) < 4 or a.isdigit() or b.isdigit():
        return 0.0
    if a.startswith(b) or b.startswith(a):
        return NEARLY
    return float(Levenshtein.normalized_similarity(a, b, score_cutoff=ALIKE))


def spelling(a: str, b: str) -> float:
    """0 to 1: how alike the letters are, whatever the spaces."""
    return float(fuzz.ratio(a, b)) / 100 if a and b else 0.0
