"""How alike two names are, for the order of the review queue. Never grounds to link."""

from collections.abc import Set

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


class Likeness:
    """How alike a canonical name is to others."""

    def __init__(self, canonical: str) -> None:
        self.words = frozenset(canonical.split())
        self.trades = vocabulary().descriptive
        self.weight = self._weight(self.words)

    def to(self, other: str) -> float:
        """From 0 to 1, less where only words for the trade are shared."""
        theirs = set(other.split())
        common = self.words & theirs
        shared = self._weight(common)
        mine, more = self.weight - shared, self._weight(theirs) - shared
        if mine and more:
            score = self._with_slip(common, theirs, shared)
        else:
            score = likeness_of(shared, 0, mine + more)
        if shared > TRADE_WEIGHT * len(common):
            return score
        if spelling(_distinctive(self.words), _distinctive(theirs)) >= ALIKE_SPELLING:
            return max(score, ALIKE_SPELLING)
        return score * ONLY_TRADE

    def _weight(self, words: Set[str]) -> int:
        """How much words say. Never how rare they are among names known so far: that would make
        what is asked depend on which names came first.
        """
        return WEIGHT * len(words) - (WEIGHT - TRADE_WEIGHT) * len(words & self.trades)

    def _with_slip(self, common: Set[str], theirs: Set[str], shared: float) -> float:
        """The most alike two of the words left over count as shared, in part."""
        mine, more = self.weight - shared, self._weight(theirs) - shared
        part = 0.0
        for a in self.words - common:
            for b in theirs - common:
                if a[0] == b[0] or a[-1] == b[-1]:
                    worth = min(self._weight({a}), self._weight({b}))
                    part = max(part, _alike(a, b) * worth)
        mine, more = max(mine - part, 0.0), max(more - part, 0.0)
        return likeness_of(shared + part, min(mine, more), max(mine, more))


def likeness_of(shared: float, less: float, more: float) -> float:
    """The weight that two names share, of the lighter one's and of all there is."""
    if not shared:
        return 0.0
    return round(0.6 * shared / (shared + less) + 0.4 * shared / (shared + less + more), 6)


def _distinctive(words: Set[str]) -> str:
    return "".join(sorted(words - vocabulary().descriptive))


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
