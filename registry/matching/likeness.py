"""How alike two names are, for the order of the review queue. Never grounds to link."""

from collections.abc import Callable, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from registry.matching.judgement import ALIKE_SPELLING, ONLY_TRADE, weight
from registry.names import Name, vocabulary

# Two long words this alike (0 to 1) count as one word misspelt.
ALIKE = 0.8


def likeness(a: Sequence[str], b: Sequence[str], weight: Callable[[str], float]) -> float:
    """0 to 1: the weight of the words two names share, set against what only one of them has."""
    common = set(a) & set(b)
    only_a = [w for w in a if w not in common]
    only_b = [w for w in b if w not in common]
    shared = sum(map(weight, common))
    extra_a, extra_b = sum(map(weight, only_a)), sum(map(weight, only_b))
    if only_a and only_b:
        shared, extra_a, extra_b = _with_slips(only_a, only_b, weight, (shared, extra_a, extra_b))
    smaller = shared + min(extra_a, extra_b)
    both = shared + extra_a + extra_b
    if not both or not smaller:
        return 0.0
    return 0.6 * shared / smaller + 0.4 * shared / both


def _with_slips(
    only_a: Sequence[str],
    only_b: Sequence[str],
    weight: Callable[[str], float],
    sums: tuple[float, float, float],
) -> tuple[float, float, float]:
    """Count the most alike pair of words left over as shared, in part."""
    shared, extra_a, extra_b = sums
    best, pair = 0.0, ("", "")
    for wa in only_a:
        for wb in only_b:
            if wa[0] == wb[0] or wa[-1] == wb[-1]:
                alike = _alike(wa, wb)
                if alike > best:
                    best, pair = alike, (wa, wb)
    if best < ALIKE:
        return sums
    part = best * min(weight(pair[0]), weight(pair[1]))
    return shared + part, max(extra_a - part, 0.0), max(extra_b - part, 0.0)


def _alike(a: str, b: str) -> float:
    """Misspelt, or one cut short: `barns` and `barnstaple`."""
    if len(a) < 4 or len(b) < 4 or a.isdigit() or b.isdigit():
        return 0.0
    if a.startswith(b) or b.startswith(a):
        return 0.9
    return float(Levenshtein.normalized_similarity(a, b, score_cutoff=ALIKE))


def spelling(a: str, b: str) -> float:
    """0 to 1: how alike the letters are, whatever the spaces."""
    return float(fuzz.ratio(a, b)) / 100


def name_likeness(one: Name, other: list[str]) -> float:
    """Likeness of a name to another's words, less where only words for the trade are shared."""
    trades = vocabulary().descriptive
    words = one.canonical.split()
    mine = [w for w in words if w not in trades]
    theirs = [w for w in other if w not in trades]
    score = likeness(words, other, weight)
    if set(mine) & set(theirs):
        return score
    if mine and theirs and spelling("".join(mine), "".join(theirs)) >= ALIKE_SPELLING:
        return max(score, ALIKE_SPELLING)
    return score * ONLY_TRADE
