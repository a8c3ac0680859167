"""Names that no rule ties but that are alike, for the review queue: found without reading all."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from registry.matching.likeness import Likeness
from registry.matching.postings import Postings, post
from registry.matching.slips import Slips
from registry.names import vocabulary

# How alike two names must be to be asked about, and of how many names each is shown the likeness.
ASK_FROM = 0.62
SHOWN = 3
# What more names than this share finds none of them.
COMMON = 400
# Letters from which a word cut short may stand for a longer one.
HEAD = 4
WORDS_SHARED = "Shares rare words."
LAST = "\uffff"  # behind every letter


class Alike(NamedTuple):
    """Another canonical name, and how alike it is, from 0 to 1."""

    canonical: str
    score: float


def likely(score: float) -> float:
    """How often such a pair is one supplier: two thirds of what is asked, more at the top."""
    return round(min(0.35 + 0.5 * (score - ASK_FROM) / (1 - ASK_FROM), 0.85), 2)


class LikeNames:
    """Known canonical names by pairs of their words, for one word in common says little.

    Whether one of two names finds the other is told by these two alone, so that it makes no
    difference which came first; but for words that become common.
    """

    def __init__(self, slips: Slips) -> None:
        self._slips = slips  # among all words of these names
        self._canonical: list[str] = []
        self._words: Postings = {}
        self._pairs: Postings = {}  # by two words, or by the only one
        self._light: Postings = {}  # names with one word that is not a trade's
        self._in_order: list[str] = []  # the words, sorted when they are asked for

    def add(self, canonical: str) -> None:
        words = sorted(set(canonical.split()))
        entry = len(self._canonical)
        self._canonical.append(canonical)
        for word in words:
            post(self._words, word, entry)
        for pair in combinations(words, 2) if len(words) > 1 else (words,):
            post(self._pairs, " ".join(pair), entry)
        if len(rare := _rare(words)) == 1:
            post(self._light, rare[0], entry)

    def alike(self, canonical: str) -> list[Alike]:
        """All that are alike enough to ask, the most alike first."""
        words = sorted(set(canonical.split()))
        entries: set[int] = set()
        for postings, key in self._sharing(words):
            held = postings.get(key)
            if isinstance(held, int):
                entries.add(held)
            elif held is not None and len(held) <= COMMON:
                entries.update(held)
        likeness = Likeness(canonical)
        others = [self._canonical[e] for e in entries]
        found = [
            Alike(other, score)
            for other in others
            if other != canonical and (score := likeness.to(other)) >= ASK_FROM
        ]
        return sorted(found, key=lambda one: (-one.score, one.canonical))

    def _sharing(self, words: Sequence[str]) -> Iterator[tuple[Postings, str]]:
        """Where names are found that share enough with these words to be alike."""
        for i, word in enumerate(words):
            others = (*words[:i], *words[i + 1 :])
            yield self._light, word
            for like in (word, *self._slips.near(word), *self._cut_short(word)):
                yield self._pairs, like
                if not others:
                    yield self._words, like
                for other in others:
                    yield self._pairs, f"{like} {other}" if like < other else f"{other} {like}"

    def _cut_short(self, word: str) -> Iterator[str]:
        """Known words that begin with this one, and beginnings of it that are words."""
        if len(word) < HEAD or word.isdigit():
            return
        yield from (word[:n] for n in range(HEAD, len(word)) if word[:n] in self._words)
        if len(self._in_order) != len(self._words):
            self._in_order = sorted(self._words)
        start = bisect_right(self._in_order, word)
        yield from self._in_order[start : bisect_left(self._in_order, word + LAST, start)]


def _rare(words: Iterable[str]) -> list[str]:
    trades = vocabulary().descriptive
    return [word for word in words if word not in trades]
