"""Known suppliers' names, and which of them a name belongs to: a cascade from cheap to dear."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from registry.identifiers import UNIQUE_SCHEMES, Identifier
from registry.matching.likeness import likeness, spelling
from registry.matching.outcome import NEW, Candidate, Match, SupplierId, link, review
from registry.matching.slips import Slips, one_slip
from registry.names import Name, NameParts, Strength, name_parts, vocabulary

SURE_IDENTIFIER = 0.995
SURE_NAME = 0.99
SURE_SPACING = 0.97
SURE_ALIAS = 0.93
SURE_SLIP = 0.93
SURE_TRADE = 0.9
LINK_FROM = 0.9
UNSURE_NAME = 0.75  # the same name, but generic, short, or held by several suppliers
UNSURE_SLIP = 0.6
UNSURE_BESIDE = 0.7  # one of two names in a cell
DIFFERENT_NUMBER = 0.1  # the same name under two company numbers

# The review queue: how alike two names must be, how many are looked at, how many are shown.
ASK_FROM = 0.62
ONLY_TRADE = 0.85  # the factor where all that is shared is words for the trade
ALIKE_SPELLING = 0.85
LOOKED_AT = 40
SHOWN = 3
# A word borne by more suppliers than this finds nobody by itself.
COMMON_WORD = 400
# Words for the trade weigh this much of what a word as rare as they are would weigh.
TRADE_WEIGHT = 0.35
# Letters of distinctive words from which they can stand for a firm when nobody else has them.
DISTINCTIVE_LETTERS = 5
SHORTEST_DIFFERING = 4  # of the words that hold the slip
SHORTEST_SPELT = 7  # letters that must agree for two names that differ in spaces only

Postings = dict[str, int | list[int]]


class NameIndex:
    """Matches names against all names known so far, without reading the registry again.

    Every rule that links compares two names by themselves, so the order of arrival does not
    matter, save for one guard: a slip links only when each of the two names is the other's only
    neighbour. A name that arrives later can break that; `contested` says whose link it puts in
    doubt, for the caller to send to review. Names are resolved in any fixed order (the caller
    sorts a batch) and the outcome is then the same.
    """

    def __init__(self) -> None:
        self._owners: list[SupplierId] = []
        self._names: list[str] = []  # canonical, by entry
        self._forms: list[str] = []
        self._letters: list[str] = []  # the same, without spaces
        self._main: Postings = {}
        self._spelt: Postings = {}
        self._aliases: Postings = {}
        self._words: Postings = {}
        self._brands: Postings = {}
        self._slips = Slips()
        self._holders: dict[Identifier, SupplierId] = {}
        self._numbers: dict[SupplierId, dict[str, set[str]]] = {}
        self._apart: set[tuple[str, SupplierId]] = set()

    def __len__(self) -> int:
        return len(self._owners)

    def add(
        self, supplier_id: SupplierId, name: str, identifiers: Iterable[Identifier] = ()
    ) -> None:
        """Make a supplier known under one more name and these identifiers."""
        for identifier in identifiers:
            self._holders.setdefault(identifier, supplier_id)
            numbers = self._numbers.setdefault(supplier_id, {})
            numbers.setdefault(identifier.scheme, set()).add(identifier.value)
        parts = name_parts(name)
        if parts.main.words:
            self._add_entry(supplier_id, parts)

    def keep_apart(self, name: str, supplier_id: SupplierId) -> None:
        """Remember a person's decision that this name is not this supplier."""
        self._apart.add((name_parts(name).main.canonical, supplier_id))

    def match(self, name: str, identifiers: Iterable[Identifier] = ()) -> Match:
        """The supplier this name and these identifiers belong to, as far as is known."""
        return self.match_parts(name_parts(name), tuple(identifiers))

    def match_parts(self, parts: NameParts, identifiers: tuple[Identifier, ...] = ()) -> Match:
        query = _Query(parts, identifiers, parts.main.canonical)
        if found := self._by_identifier(query):
            return found
        if not parts.main.words:
            return NEW
        steps = (self._by_name, self._by_spacing, self._by_alias, self._by_slip, self._by_trade)
        for step in steps:
            if found := step(query):
                return self._with_other_names(query, found)
        return self._by_likeness(query)

    def contested(self, name: str) -> tuple[SupplierId, ...]:
        """Suppliers near this name by one slip: a link of theirs by a slip is no longer certain."""
        near = self._neighbours(name_parts(name).main)
        return tuple(dict.fromkeys(self._owners[e] for e in near)) if len(near) > 1 else ()

    # The steps of the cascade, in order.

    def _by_identifier(self, query: "_Query") -> Match | None:
        holders: dict[SupplierId, Identifier] = {}
        for identifier in query.identifiers:
            if (holder := self._holders.get(identifier)) is not None:
                holders.setdefault(holder, identifier)
        if len(holders) == 1:
            holder, identifier = holders.popitem()
            return link(holder, SURE_IDENTIFIER, f"The same identifier, {identifier}.")
        if holders:
            why = "Its identifiers belong to different suppliers."
            return review([Candidate(h, 0.5, why) for h in holders])
        return None

    def _by_name(self, query: "_Query") -> Match | None:
        main = query.parts.main
        entries = list(_entries(self._main, query.canonical))
        sure = [e for e in entries if _sure(main, self._forms[e])]
        entries = sure or entries
        why = "The same name" + (" without its notes." if query.parts.notes else ".")
        return self._decided(query, entries, SURE_NAME if sure else UNSURE_NAME, why)

    def _by_spacing(self, query: "_Query") -> Match | None:
        main = query.parts.main
        if len(main.spelt) < SHORTEST_SPELT:
            return None
        entries = list(_entries(self._spelt, main.spelt))
        sure = main.strength is Strength.STRONG or all(_sure(main, self._forms[e]) for e in entries)
        confidence = SURE_SPACING if sure else UNSURE_NAME
        return self._decided(query, entries, confidence, "The same letters, spaced differently.")

    def _by_alias(self, query: "_Query") -> Match | None:
        """A trading or former name of one is the name of the other."""
        parts = query.parts
        entries = list(_entries(self._aliases, query.canonical))
        for alias in parts.aliases:
            entries += _entries(self._main, alias.canonical)
            entries += _entries(self._aliases, alias.canonical)
        strong = all(
            n.strength is Strength.STRONG
            for n in (*parts.aliases, *(() if parts.aliases else (parts.main,)))
        )
        confidence = SURE_ALIAS if strong else UNSURE_NAME
        why = "A trading or former name of one is the name of the other."
        if found := self._decided(query, entries, confidence, why):
            return found
        beside = [e for n in parts.beside for e in _entries(self._main, n.canonical)]
        return self._decided(query, beside, UNSURE_BESIDE, "One of the names in the cell.")

    def _by_slip(self, query: "_Query") -> Match | None:
        main = query.parts.main
        near = self._neighbours(main)
        names = {self._names[e] for e in near}
        if not names:
            return None
        why = "One letter apart, and no other known name is as near."
        confidence = SURE_SLIP
        if len(names) > 1 or main.strength is not Strength.STRONG or not self._mutual(near, main):
            why, confidence = "One letter apart.", UNSURE_SLIP
        return self._decided(query, near, confidence, why)

    def _by_trade(self, query: "_Query") -> Match | None:
        """The same distinctive words, one name with a word for the trade more."""
        main = query.parts.main
        if sum(map(len, main.distinctive)) < DISTINCTIVE_LETTERS:
            return None
        entries = list(_entries(self._brands, _brand(main)))
        if len({self._names[e] for e in entries}) != 1:
            return None
        extra = set(main.words) ^ set(self._names[entries[0]].split())
        nested = extra.isdisjoint(main.words) or extra.issubset(main.words)
        if not nested or not extra.isdisjoint(vocabulary().decisive):
            return None
        if not (main.form or self._forms[entries[0]]):
            return None
        why = "The same distinctive words, which no other known name has."
        return self._decided(query, entries, SURE_TRADE, why)

    def _by_likeness(self, query: "_Query") -> Match:
        best: dict[SupplierId, float] = {}
        main = query.parts.main
        words = main.words
        entries = list(self._sharing_rare_words(words))
        if found := self._by_letters(query, entries):
            return found
        weights = _Weights(self._weight)
        for entry in entries:
            score = self._score(main, self._names[entry].split(), weights.__getitem__)
            owner = self._owners[entry]
            if score >= ASK_FROM and score > best.get(owner, 0.0) and self._allowed(query, owner):
                best[owner] = score
        if not best:
            return NEW
        ranked = sorted(best.items(), key=lambda item: (-item[1], str(item[0])))[:SHOWN]
        return review([Candidate(o, _likely(s), "Shares rare words.") for o, s in ranked])

    def _with_other_names(self, query: "_Query", found: Match) -> Match:
        """Where the cell's other names are other suppliers', ask whether those are one with it."""
        names = (*query.parts.aliases, *query.parts.beside)
        entries = [e for n in names for e in _entries(self._main, n.canonical)]
        owners = dict.fromkeys(self._owners[e] for e in entries)
        known = {c.supplier_id for c in found.candidates}
        why = "Another of the names in the cell."
        more = [
            Candidate(o, UNSURE_BESIDE, why)
            for o in owners
            if o not in known and self._allowed(query, o)
        ]
        return replace(found, candidates=(*found.candidates, *more)) if more else found

    def _score(self, main: Name, other: list[str], weight: Callable[[str], float]) -> float:
        """Likeness, less where only words for the trade are shared."""
        trades = vocabulary().descriptive
        mine = [w for w in main.words if w not in trades]
        theirs = [w for w in other if w not in trades]
        score = likeness(main.words, other, weight)
        if set(mine) & set(theirs):
            return score
        if mine and theirs and spelling("".join(mine), "".join(theirs)) >= ALIKE_SPELLING:
            return max(score, ALIKE_SPELLING)
        return score * ONLY_TRADE

    def _by_letters(self, query: "_Query", entries: list[int]) -> Match | None:
        """One letter apart once spaces are taken out: `foot works` and `footwork`."""
        main = query.parts.main
        if main.strength is not Strength.STRONG or len(main.spelt) < SHORTEST_SPELT:
            return None
        near = [e for e in entries if self._one_letter(main, e)]
        if len({self._names[e] for e in near}) != 1:
            return None
        why = "One letter apart whatever the spaces, and no other known name is as near."
        return self._decided(query, near, SURE_SLIP, why)

    def _one_letter(self, main: Name, entry: int) -> bool:
        spelt = self._letters[entry]
        if abs(len(spelt) - len(main.spelt)) > 1 or not one_slip(main.spelt, spelt):
            return False
        differ = set(main.words) ^ set(self._names[entry].split())
        return all(len(word) >= SHORTEST_DIFFERING and word.isalpha() for word in differ)

    # What the steps are made of.

    def _decided(
        self, query: "_Query", entries: Iterable[int], confidence: float, why: str
    ) -> Match | None:
        """Link to the one supplier found; ask where several are, or where the rule is unsure."""
        owners = list(dict.fromkeys(self._owners[e] for e in entries))
        owners = [o for o in owners if (query.canonical, o) not in self._apart]
        if not owners:
            return None
        free = [o for o in owners if not self._conflict(query, o)]
        if not free:
            why = "The same name, but a different company or charity number."
            return review([Candidate(o, DIFFERENT_NUMBER, why) for o in owners])
        if len(free) > 1:
            why, confidence = f"{why} Several suppliers fit.", min(confidence, 0.5)
        if confidence >= LINK_FROM:
            return link(free[0], confidence, why)
        return review([Candidate(o, confidence, why) for o in free])

    def _conflict(self, query: "_Query", owner: SupplierId) -> bool:
        """A number of a register that gives each body one number, and it is another number."""
        known = self._numbers.get(owner)
        if not known:
            return False
        return any(
            i.scheme in UNIQUE_SCHEMES and i.value not in known.get(i.scheme, {i.value})
            for i in query.identifiers
        )

    def _allowed(self, query: "_Query", owner: SupplierId) -> bool:
        return (query.canonical, owner) not in self._apart and not self._conflict(query, owner)

    def _neighbours(self, name: Name) -> list[int]:
        """Entries whose name is this one with one slip in one word."""
        found: list[int] = []
        words = name.words
        for i, word in enumerate(words):
            for other in self._slips.near(word):
                if not _both_trades(word, other):
                    key = " ".join(sorted((*words[:i], other, *words[i + 1 :])))
                    found.extend(_entries(self._main, key))
        return found

    def _mutual(self, near: list[int], main: Name) -> bool:
        """The neighbour has no neighbour but this name."""
        other = Name(tuple(self._names[near[0]].split()))
        back = {self._names[e] for e in self._neighbours(other)}
        return back <= {main.canonical}

    def _sharing_rare_words(self, words: tuple[str, ...]) -> Iterator[int]:
        """Entries that share the rarest words with these, each once, so many at most."""
        seen: set[int] = set()
        sizes = sorted((_size(self._words.get(w)), w) for w in dict.fromkeys(words))
        near = [w for word in words for w in self._slips.near(word)]
        sizes += [(_size(self._words.get(w)), w) for w in near]
        for size, word in sizes:
            if not 0 < size <= COMMON_WORD:
                continue
            for entry in _entries(self._words, word):
                if entry not in seen:
                    seen.add(entry)
                    yield entry
                if len(seen) >= LOOKED_AT:
                    return

    def _weight(self, word: str) -> float:
        """How much a word says: rare ones more, words for the trade less."""
        held = _size(self._words.get(word))
        weight = math.log((len(self._owners) + 2) / (held + 1))
        return weight * TRADE_WEIGHT if word in vocabulary().descriptive else weight

    def _add_entry(self, supplier_id: SupplierId, parts: NameParts) -> None:
        entry = len(self._owners)
        main = parts.main
        canonical = main.canonical
        self._owners.append(supplier_id)
        self._names.append(canonical)
        self._forms.append(main.form)
        self._letters.append(main.spelt)
        _post(self._main, canonical, entry)
        _post(self._spelt, main.spelt, entry)
        for name in parts.aliases:
            _post(self._aliases, name.canonical, entry)
        _post(self._brands, _brand(main), entry)
        for word in dict.fromkeys(main.words):
            _post(self._words, word, entry)
            self._slips.add(word)


class _Weights(dict[str, float]):
    """Weights of words, each worked out once for one name."""

    def __init__(self, weigh: Callable[[str], float]) -> None:
        super().__init__()
        self._weigh = weigh

    def __missing__(self, word: str) -> float:
        weight = self[word] = self._weigh(word)
        return weight


class _Query:
    """One name being matched."""

    __slots__ = ("canonical", "identifiers", "parts")

    def __init__(
        self, parts: NameParts, identifiers: tuple[Identifier, ...], canonical: str
    ) -> None:
        self.parts = parts
        self.identifiers = identifiers
        self.canonical = canonical


def _sure(name: Name, form: str) -> bool:
    """Registered names are unique by law (Companies Act 2006 s. 66); others may be anyone's."""
    if {name.form, form} == {"company", "llp"}:
        return False
    if name.strength is Strength.STRONG:
        return True
    return name.strength is Strength.WEAK and name.form == form != ""


def _brand(name: Name) -> str:
    return " ".join(sorted(set(name.distinctive)))


def _both_trades(a: str, b: str) -> bool:
    """Two words for trades differ on purpose: `electrical` and `electrician`."""
    descriptive = vocabulary().descriptive
    return a in descriptive and b in descriptive


def _likely(score: float) -> float:
    """Review confidence from likeness: two thirds of what is asked is right, more at the top."""
    return round(min(0.35 + 0.5 * (score - ASK_FROM) / (1 - ASK_FROM), 0.85), 2)


def _post(postings: Postings, key: str, entry: int) -> None:
    held = postings.get(key)
    if held is None:
        postings[key] = entry
    elif isinstance(held, int):
        postings[key] = [held, entry]
    else:
        held.append(entry)


def _entries(postings: Postings, key: str) -> Iterator[int]:
    held = postings.get(key)
    if held is None:
        return iter(())
    return iter((held,)) if isinstance(held, int) else iter(held)


def _size(held: int | list[int] | None) -> int:
    if held is None:
        return 0
    return 1 if isinstance(held, int) else len(held)
