"""Names that no rule ties but that are alike, for the review queue: found without reading all."""

from collections.abc import Collection, Iterator, Sequence
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
WORDS_SHARED = "Shares rare words."


class Alike(NamedTuple):
    """Another canonical name, and how alike it is, from 0 to 1."""

    canonical: str
    score: float


def likely(score: float) -> float:
    """How often such a pair is one supplier: two thirds of what is asked, more at the top."""
    return round(min(0.35 + 0.5 * (score - ASK_FROM) / (1 - ASK_FROM), 0.85), 2)


class LikeNames:
    """Known canonical names by pairs of their words, for one word in common says little.

    A name with two words or more that are not a trade's must share two of them to be alike; a
    lighter one, its only such word, with a trade unless the other is as light. Whether one of two
    names finds the other is told by these two alone, so that it makes no difference which came
    first; but for words that become common.
    """

    def __init__(self, slips: Slips) -> None:
        self._slips = slips  # among all words of these names
        self._canonical: list[str] = []
        self._words: Postings = {}
        self._light: Postings = {}  # light names by the word that is not a trade's
        self._pairs: Postings = {}  # by two words, or by the only one
        self._mixed: Postings = {}  # names that are not light, by such a word and a trade

    def add(self, canonical: str) -> None:
        words, rare = _words(canonical)
        entry = len(self._canonical)
        self._canonical.append(canonical)
        for word in words:
            post(self._words, word, entry)
        if len(rare) == 1:
            post(self._light, min(rare), entry)
        if len(words) == 1:
            post(self._pairs, words[0], entry)
        for one, other in combinations(words, 2):
            kinds = (one in rare) + (other in rare)
            if kinds == min(len(rare), 2):
                post(self._pairs, f"{one} {other}", entry)
            elif kinds == 1:
                post(self._mixed, f"{one} {other}", entry)

    def alike(self, canonical: str) -> list[Alike]:
        """All that are alike enough to ask, the most alike first."""
        entries: set[int] = set()
        for postings, key in self._sharing(*_words(canonical)):
            held = postings.get(key)
            if isinstance(held, int):
                entries.add(held)
            elif held is not None and len(held) <= COMMON:
                entries.update(held)
        to = Likeness(canonical).to
        others = [self._canonical[e] for e in entries]
        found = [Alike(other, score) for other in others if (score := to(other)) >= ASK_FROM]
        return sorted(
            (one for one in found if one.canonical != canonical),
            key=lambda one: (-one.score, one.canonical),
        )

    def _sharing(
        self, words: Sequence[str], rare: Collection[str]
    ) -> Iterator[tuple[Postings, str]]:
        """Where names are found that share enough with these words to be alike."""
        if len(rare) == 1:
            yield from ((self._light, word) for word in rare)
        for i, word in enumerate(words):
            others = (*words[:i], *words[i + 1 :])
            for like in (word, *self._slips.near(word)):
                yield self._pairs if others else self._words, like
                for other in others:
                    key = f"{like} {other}" if like < other else f"{other} {like}"
                    yield self._pairs, key
                    if len(rare) == 1:
                        yield self._mixed, key


def _words(canonical: str) -> tuple[list[str], set[str]]:
    """The words of a name in order, and those of them that are not a trade's."""
    words = set(canonical.split())
    return sorted(words), words - vocabulary().descriptive
