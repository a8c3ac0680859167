"""Known names, and which of them a rule ties to a name."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from registry.matching.alike import Alike, LikeNames
from registry.matching.judgement import (
    SAME_START,
    SHARED_BY,
    SHORTEST_DIFFERING,
    SHORTEST_SPELT,
    SURE_ALIAS,
    SURE_NAME,
    SURE_SLIP,
    SURE_SPACING,
    SURE_TRADE,
    UNSURE_BESIDE,
    UNSURE_NAME,
    both_trades,
    brand,
    only_a_trade_apart,
    surely_same,
)
from registry.matching.postings import Postings, entries_of, post
from registry.matching.slips import SHORTEST, Slips, one_slip
from registry.names import Name, NameParts, Strength, name_parts

SAME = "The same name."
WITHOUT_NOTES = "The same name without its notes."
TOO_GENERAL = "The same name, but too short or general to be sure."
SPACED = "The same letters, spaced differently."
OTHER_NAME = "A trading or former name of one is the name of the other."
SHARED_NAME = "A trading or former name that several firms have."
BESIDE = "One of the names in the cell."
ONE_LETTER = "One letter apart, and no other known name is as near."
BY_TRADE = "The same distinctive words, which no other known name has."


class Bond(NamedTuple):
    """What a rule says of a name and another: from `LINK_FROM` on that they are one supplier,
    below that somebody should be asked.
    """

    other: str
    confidence: float
    reason: str


class NameIndex:
    """All known names, by what rules compare.

    A rule looks at two names and, where it has a guard, at their nearest: a slip ties two names
    that have no other neighbour, a word for the trade two that alone have their distinctive words.
    So each name has few bonds however many names are known, the same from either side, and a new
    name makes or breaks none but its own and those of names in `touching`.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: list[str] = []  # as written, by entry
        self._canonical: list[str] = []
        self._forms: list[str] = []
        self._letters: list[str] = []  # without spaces
        self._main: Postings = {}
        self._spelt: Postings = {}
        self._starts: Postings = {}  # one entry for each spelling
        self._aliases: Postings = {}
        self._beside: Postings = {}
        self._brands: Postings = {}  # one entry for each canonical name
        self._slips = Slips()
        self._like = LikeNames(self._slips)
        for name in dict.fromkeys(names):
            self.add(name)

    def __len__(self) -> int:
        return len(self._names)

    def add(self, name: str) -> None:
        """Make a name known; once each."""
        parts = name_parts(name)
        main = parts.main
        if not main.words:
            return
        entry, canonical = len(self._names), main.canonical
        self._names.append(name)
        self._canonical.append(canonical)
        self._forms.append(main.form)
        self._letters.append(main.spelt)
        if canonical not in self._main:
            self._add_words(main, canonical, entry)
        if main.spelt not in self._spelt and _spells_a_name(main.spelt):
            post(self._starts, _start(main.spelt, len(main.spelt)), entry)
        post(self._main, canonical, entry)
        post(self._spelt, main.spelt, entry)
        for other in parts.aliases:
            post(self._aliases, other.canonical, entry)
        for other in parts.beside:
            post(self._beside, other.canonical, entry)

    def _add_words(self, main: Name, canonical: str, entry: int) -> None:
        if words := brand(main):
            post(self._brands, words, entry)
        self._like.add(canonical)
        for word in main.words:
            self._slips.add(word)

    def called(self, canonical: str) -> list[str]:
        """The names that are this one but for spelling, the plainest first."""
        found = [self._names[e] for e in entries_of(self._main, canonical)]
        return sorted(found, key=lambda name: (len(name), name))

    @property
    def canonical_names(self) -> Iterable[str]:
        return self._main.keys()

    def alike(self, canonical: str) -> list[Alike]:
        """Canonical names alike enough to ask about, the most alike first."""
        return self._like.alike(canonical)

    def bonds(self, name: str) -> list[Bond]:
        """Other names that a rule ties to this one, each with what is surest of it."""
        parts = name_parts(name)
        found: dict[str, Bond] = {}
        for bond in self._all_bonds(parts) if parts.main.words else ():
            held = found.get(bond.other)
            if bond.other != name and (held is None or held.confidence < bond.confidence):
                found[bond.other] = bond
        return list(found.values())

    def touching(self, name: str) -> set[str]:
        """Names of which this one can have made or broken a bond: one end of each, if not both."""
        parts = name_parts(name)
        main = parts.main
        if not main.words:
            return set()
        near = {*self._neighbours(main.words), *self._respaced(main)}
        entries = {e for canonical in near for e in entries_of(self._main, canonical)}
        for one in (main, *parts.aliases, *parts.beside):
            for postings in (self._main, self._aliases, self._beside):
                entries.update(entries_of(postings, one.canonical))
        entries.update(entries_of(self._spelt, main.spelt))
        # Only the first two to have these words can have been alone with them.
        for e in islice(entries_of(self._brands, brand(main)), 2):
            entries.update(entries_of(self._main, self._canonical[e]))
        return {self._names[e] for e in entries} - {name}

    # The rules.

    def _all_bonds(self, parts: NameParts) -> Iterator[Bond]:
        yield from self._same(parts)
        yield from self._spaced(parts.main)
        yield from self._other_names(parts)
        yield from self._one_letter(parts.main)
        yield from self._by_trade(parts.main)

    def _same(self, parts: NameParts) -> Iterator[Bond]:
        main = parts.main
        entries = list(entries_of(self._main, main.canonical))
        forms = {main.form, *(self._forms[e] for e in entries)}
        for e in entries:
            other = Name(main.words, self._forms[e], self._letters[e])
            # A company and a partnership of one name are two; without a form it may be either.
            either = {"company", "llp"} <= forms and other.form != main.form
            if either or not surely_same(main, other):
                yield Bond(self._names[e], UNSURE_NAME, TOO_GENERAL)
            else:
                yield Bond(self._names[e], SURE_NAME, WITHOUT_NOTES if parts.notes else SAME)

    def _spaced(self, main: Name) -> Iterator[Bond]:
        if len(main.spelt) < SHORTEST_SPELT:
            return
        for e in entries_of(self._spelt, main.spelt):
            if self._canonical[e] != main.canonical:
                other = name_parts(self._names[e]).main
                sure = SURE_SPACING if surely_same(main, other) else UNSURE_NAME
                yield Bond(self._names[e], sure, SPACED)

    def _other_names(self, parts: NameParts) -> Iterator[Bond]:
        """Trading and former names, and names that share a cell."""
        main = parts.main
        yield from self._tied(main, self._aliases, self._aliases, SURE_ALIAS, OTHER_NAME)
        yield from self._tied(main, self._beside, self._beside, UNSURE_BESIDE, BESIDE)
        for alias in parts.aliases:
            yield from self._tied(alias, self._main, self._aliases, SURE_ALIAS, OTHER_NAME)
            yield from self._tied(alias, self._aliases, self._aliases, UNSURE_NAME, SHARED_NAME)
        for other in parts.beside:
            yield from self._tied(other, self._main, self._beside, UNSURE_BESIDE, BESIDE)

    def _tied(
        self, name: Name, found_in: Postings, borne_in: Postings, confidence: float, why: str
    ) -> Iterator[Bond]:
        """By a name that one firm has beside its own: the bearer's, if it is strong and alone."""
        bearers = {self._canonical[e] for e in entries_of(borne_in, name.canonical)}
        if len(bearers) > SHARED_BY:
            return
        if len(bearers) > 1 or name.strength is not Strength.STRONG:
            confidence = min(confidence, UNSURE_NAME)
        for e in entries_of(found_in, name.canonical):
            yield Bond(self._names[e], confidence, why)

    def _one_letter(self, main: Name) -> Iterator[Bond]:
        """One letter apart in a word, or whatever the spaces, where neither has another so near."""
        if main.strength is not Strength.STRONG:
            return
        near = {*self._neighbours(main.words), *self._respaced(main)}
        if len(near) != 1:
            return
        for e in entries_of(self._main, near.pop()):
            other = name_parts(self._names[e]).main
            back = {*self._neighbours(other.words), *self._respaced(other)}
            if other.strength is Strength.STRONG and back <= {main.canonical}:
                yield Bond(self._names[e], SURE_SLIP, ONE_LETTER)

    def _by_trade(self, main: Name) -> Iterator[Bond]:
        """The same distinctive words, one name with a word for the trade more."""
        bearers = {self._canonical[e] for e in islice(entries_of(self._brands, brand(main)), 3)}
        others = bearers - {main.canonical}
        if len(others) != 1:
            return
        [other] = others
        if not only_a_trade_apart(set(main.words), set(other.split())):
            return
        for e in entries_of(self._main, other):
            if main.form or self._forms[e]:
                yield Bond(self._names[e], SURE_TRADE, BY_TRADE)

    # What the rules are made of.

    def _neighbours(self, words: tuple[str, ...]) -> Iterator[str]:
        """Canonical names that are this one with one slip in one word."""
        for i, word in enumerate(words):
            for other in self._slips.near(word):
                if not both_trades(word, other):
                    key = " ".join(sorted((*words[:i], other, *words[i + 1 :])))
                    if key in self._main:
                        yield key

    def _respaced(self, main: Name) -> Iterator[str]:
        """Canonical names one letter apart once spaces are taken out: `foot works`, `footwork`."""
        spelt = main.spelt
        if not _spells_a_name(spelt):
            return
        for letters in (len(spelt) - 1, len(spelt), len(spelt) + 1):
            for start in entries_of(self._starts, _start(spelt, letters)):
                if one_slip(spelt, self._letters[start]):
                    for e in entries_of(self._spelt, self._letters[start]):
                        if self._may_be_misspelt(main.words, e):
                            yield self._canonical[e]

    def _may_be_misspelt(self, words: tuple[str, ...], entry: int) -> bool:
        others = self._canonical[entry].split()
        shortest = SHORTEST if len(words) == len(others) else SHORTEST_DIFFERING
        differ = set(words) ^ set(others)
        return bool(differ) and all(len(word) >= shortest for word in differ)


def _spells_a_name(spelt: str) -> bool:
    return len(spelt) >= SHORTEST_SPELT and spelt.isalpha()


def _start(spelt: str, letters: int) -> str:
    return f"{spelt[:SAME_START]}{letters}"
