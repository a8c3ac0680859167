"""What plain comparisons of names reach at a given precision, to hold the cascade against."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from registry.evaluation.ratios import Ratios, ratios

_WORD = re.compile(r"[a-z0-9]+")
_IGNORED = frozenset({"ltd", "limited", "plc", "llp", "the", "and", "uk", "cic"})


@dataclass(frozen=True, slots=True)
class Baseline:
    """One plain method with the threshold that serves it best."""

    method: str
    threshold: float
    ratios: Ratios


def best_baseline(
    pairs: Sequence[tuple[str, str]], same: Sequence[bool], *, precision: float
) -> Baseline | None:
    """The plain method with the highest recall at this precision or better; its threshold is
    chosen on the very rows it is measured on, which flatters it.
    """
    found = [b for method in METHODS if (b := _at(method, pairs, same, precision))]
    return max(found, key=lambda b: b.ratios.right, default=None)


def plain(name: str) -> str:
    """Case, punctuation and the commonest legal forms folded, words in their order."""
    words = _WORD.findall(name.lower().replace("&", " "))
    return " ".join(w for w in words if w not in _IGNORED)


def _exact(a: str, b: str) -> float:
    return 100.0 if a == b else 0.0


METHODS: dict[str, Callable[[str, str], float]] = {
    "exact canonical": _exact,
    "token set": fuzz.token_set_ratio,
    "token sort": fuzz.token_sort_ratio,
}


def _at(
    method: str, pairs: Sequence[tuple[str, str]], same: Sequence[bool], precision: float
) -> Baseline | None:
    scores = [METHODS[method](plain(a), plain(b)) for a, b in pairs]
    best: Baseline | None = None
    for threshold in sorted(set(scores), reverse=True):
        if threshold <= 0:
            break
        found = ratios((s >= threshold, t) for s, t in zip(scores, same, strict=True))
        good = found.precision is not None and found.precision >= precision
        if good and (best is None or found.right > best.ratios.right):
            best = Baseline(method, threshold, found)
    return best
