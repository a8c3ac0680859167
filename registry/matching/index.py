"""Known suppliers' names, and which of them a name belongs to: a cascade from cheap to dear."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from registry.identifiers import UNIQUE_SCHEMES, Identifier
from registry.matching.judgement import (
    ALONE_BY_LETTERS,
    ALONE_BY_SLIP,
    ALONE_BY_TRADE,
    ASK_FROM,
    COMMON_WORD,
    DIFFERENT_NUMBER,
    DISTINCTIVE_LETTERS,
    LINK_FROM,
    LOOKED_AT,
    SHORTEST_DIFFERING,
    SHORTEST_SPELT,
    SHOWN,
    SURE_ALIAS,
    SURE_NAME,
    SURE_SLIP,
    SURE_SPACING,
    SURE_TRADE,
    UNSURE_BESIDE,
    UNSURE_NAME,
    UNSURE_SLIP,
    both_trades,
    brand,
    likely,
    surely_same,
)
from registry.matching.likeness import name_likeness
from registry.matching.outcome import NEW, Candidate, Match, Outcome, SupplierId, link, review
from registry.matching.postings import Postings, entries_of, post, size
from registry.matching.slips import Slips, one_slip
from registry.names import Name, NameParts, Strength, name_parts, vocabulary


class NameIndex:
    """Matches names against all names known so far, without reading the registry again.

    Most rules that link compare two names by themselves, so the order of arrival does not matter
    to them. Some have a guard: a slip links only where each name is the other's only neighbour,
    and a word for the trade only where one known name bears the distinctive words. A name that
    arrives later can break that; `confirms` says whether it did. Identifiers only tell names apart
    here: what they join, `partition` has joined before.
    """

    def __init__(self) -> None:
        self._owners: list[SupplierId] = []
        self._names: list[str] = []  # canonical, by entry
        self._forms: list[str] = []
        self._letters: list[str] = []  # the same, without spaces
        self._main: Postings = {}
        self._spelt: Postings = {}
        self._aliases: Postings = {}
        self._beside: Postings = {}
        self._words: Postings = {}
        self._brands: Postings = {}
        self._slips = Slips()
        self._numbers: dict[SupplierId, dict[str, set[str]]] = {}
        self._apart: set[tuple[str, SupplierId]] = set()

    def __len__(self) -> int:
        return len(self._owners)

    def add(
        self, supplier_id: SupplierId, name: str, identifiers: Iterable[Identifier] = ()
    ) -> None:
        """Make a supplier known under one more name and these identifiers."""
        for identifier in identifiers:
            numbers = self._numbers.setdefault(supplier_id, {})
            numbers.setdefault(identifier.scheme, set()).add(identifier.value)
        parts = name_parts(name)
        if parts.main.words:
            self._add_entry(supplier_id, parts)

    def keep_apart(self, name: str, supplier_id: SupplierId) -> None:
        """Remember a person's decision that this name is not this supplier."""
        self._apart.add((name_parts(name).main.canonical, supplier_id))

    def match(self, parts: NameParts, identifiers: tuple[Identifier, ...] = ()) -> Match:
        """The supplier of a name as far as rules tell; `alike` has names they cannot tell of."""
        query = _Query(parts, identifiers, parts.main.canonical)
        for step in (*self._rules, self._by_nearest_letters) if parts.main.words else ():
            if found := step(query):
                return self._with_other_names(query, found)
        return NEW

    def alike(self, name: str) -> tuple[Candidate, ...]:
        """Suppliers of other names like this one, whose rules cannot tell: best first."""
        parts = name_parts(name)
        query = _Query(parts, (), parts.main.canonical)
        entries = self._sharing_rare_words(parts.main.words)
        others = [e for e in entries if self._names[e] != query.canonical]
        return self._most_alike(query, others).candidates

    def confirms(self, parts: NameParts, reason: str) -> bool:
        """Whether a guarded rule still links this name, with all these names known."""
        query = _Query(parts, (), parts.main.canonical)
        found = [step(query) for step in (self._by_slip, self._by_trade, self._by_nearest_letters)]
        return any(m and m.outcome is Outcome.LINK and m.reason == reason for m in found)

    def touching(self, parts: NameParts) -> set[SupplierId]:
        """Those with a name on which a rule could bear together with this one."""
        main = parts.main
        if not main.words:
            return set()
        entries: set[int] = set(self._neighbours(main))
        for name in (main, *parts.aliases, *parts.beside):
            for postings in (self._main, self._aliases, self._beside):
                entries.update(entries_of(postings, name.canonical))
        if len(main.spelt) >= SHORTEST_SPELT:
            entries.update(entries_of(self._spelt, main.spelt))
            near = self._sharing_rare_words(main.words)
            entries.update(e for e in near if self._one_letter(main, e))
        if sum(map(len, main.distinctive)) >= DISTINCTIVE_LETTERS:
            entries.update(entries_of(self._brands, brand(main)))
        return {self._owners[e] for e in entries}

    def called(self, canonical: str) -> set[SupplierId]:
        """Those with this very name."""
        return {self._owners[e] for e in entries_of(self._main, canonical)}

    def join(self, one: SupplierId, other: SupplierId) -> None:
        """Let what is known of `other` be known of `one`. Reads all: for small indexes."""
        self._owners = [one if owner == other else owner for owner in self._owners]
        numbers = self._numbers.setdefault(one, {})
        for scheme, values in self._numbers.pop(other, {}).items():
            numbers.setdefault(scheme, set()).update(values)

    # The steps of the cascade, in order.

    @property
    def _rules(self) -> tuple[Callable[["_Query"], Match | None], ...]:
        return (self._by_name, self._by_spacing, self._by_alias, self._by_slip, self._by_trade)

    def _by_name(self, query: "_Query") -> Match | None:
        main = query.parts.main
        entries = list(entries_of(self._main, query.canonical))
        sure = [e for e in entries if surely_same(main, self._forms[e])]
        entries = sure or entries
        why = "The same name" + (" without its notes." if query.parts.notes else ".")
        if not sure:
            why = "The same name, but too short or general to be sure."
        return self._decided(query, entries, SURE_NAME if sure else UNSURE_NAME, why)

    def _by_spacing(self, query: "_Query") -> Match | None:
        main = query.parts.main
        if len(main.spelt) < SHORTEST_SPELT:
            return None
        entries = list(entries_of(self._spelt, main.spelt))
        sure = main.strength is Strength.STRONG or all(
            surely_same(main, self._forms[e]) for e in entries
        )
        confidence = SURE_SPACING if sure else UNSURE_NAME
        return self._decided(query, entries, confidence, "The same letters, spaced differently.")

    def _by_alias(self, query: "_Query") -> Match | None:
        """A trading or former name of one is the name of the other."""
        parts = query.parts
        entries = list(entries_of(self._aliases, query.canonical))
        for alias in parts.aliases:
            entries += entries_of(self._main, alias.canonical)
            entries += entries_of(self._aliases, alias.canonical)
        strong = all(
            n.strength is Strength.STRONG
            for n in (*parts.aliases, *(() if parts.aliases else (parts.main,)))
        )
        confidence = SURE_ALIAS if strong else UNSURE_NAME
        why = "A trading or former name of one is the name of the other."
        if found := self._decided(query, entries, confidence, why):
            return found
        beside = [e for n in parts.beside for e in entries_of(self._main, n.canonical)]
        return self._decided(query, beside, UNSURE_BESIDE, "One of the names in the cell.")

    def _by_slip(self, query: "_Query") -> Match | None:
        main = query.parts.main
        near = self._neighbours(main)
        names = {self._names[e] for e in near}
        if not names:
            return None
        why = ALONE_BY_SLIP
        confidence = SURE_SLIP
        if len(names) > 1 or main.strength is not Strength.STRONG or not self._mutual(near, main):
            why, confidence = "One letter apart.", UNSURE_SLIP
        return self._decided(query, near, confidence, why)

    def _by_trade(self, query: "_Query") -> Match | None:
        """The same distinctive words, one name with a word for the trade more."""
        main = query.parts.main
        if sum(map(len, main.distinctive)) < DISTINCTIVE_LETTERS:
            return None
        bearers = entries_of(self._brands, brand(main))
        entries = [e for e in bearers if self._names[e] != main.canonical]
        if len({self._names[e] for e in entries}) != 1:
            return None
        extra = set(main.words) ^ set(self._names[entries[0]].split())
        nested = extra.isdisjoint(main.words) or extra.issubset(main.words)
        if not nested or not extra.isdisjoint(vocabulary().decisive):
            return None
        if not (main.form or self._forms[entries[0]]):
            return None
        why = ALONE_BY_TRADE
        return self._decided(query, entries, SURE_TRADE, why)

    def _most_alike(self, query: "_Query", entries: list[int]) -> Match:
        best: dict[SupplierId, float] = {}
        main = query.parts.main
        for entry in entries:
            score = name_likeness(main, self._names[entry].split())
            owner = self._owners[entry]
            if score >= ASK_FROM and score > best.get(owner, 0.0) and self._allowed(query, owner):
                best[owner] = score
        if not best:
            return NEW
        ranked = sorted(best.items(), key=lambda item: (-item[1], str(item[0])))[:SHOWN]
        return review([Candidate(o, likely(s), "Shares rare words.") for o, s in ranked])

    def _with_other_names(self, query: "_Query", found: Match) -> Match:
        """Where the cell's other names are other suppliers', ask whether those are one with it."""
        names = (*query.parts.aliases, *query.parts.beside)
        entries = [e for n in names for e in entries_of(self._main, n.canonical)]
        owners = dict.fromkeys(self._owners[e] for e in entries)
        known = {c.supplier_id for c in found.candidates}
        why = "Another of the names in the cell."
        more = [
            Candidate(o, UNSURE_BESIDE, why)
            for o in owners
            if o not in known and self._allowed(query, o)
        ]
        return replace(found, candidates=(*found.candidates, *more)) if more else found

    def _by_nearest_letters(self, query: "_Query") -> Match | None:
        """One letter apart once spaces are taken out: `foot works` and `footwork`."""
        main = query.parts.main
        if main.strength is not Strength.STRONG or len(main.spelt) < SHORTEST_SPELT:
            return None
        near = [e for e in self._sharing_rare_words(main.words) if self._one_letter(main, e)]
        if len({self._names[e] for e in near}) != 1:
            return None
        return self._decided(query, near, SURE_SLIP, ALONE_BY_LETTERS)

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
        if (
            not query.identifiers
            and len(unnumbered := [o for o in free if o not in self._numbers]) == 1
        ):
            # Several bodies share the name, told apart by numbers: without one it is neither.
            free = unnumbered
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
                if not both_trades(word, other):
                    key = " ".join(sorted((*words[:i], other, *words[i + 1 :])))
                    found.extend(entries_of(self._main, key))
        return found

    def _mutual(self, near: list[int], main: Name) -> bool:
        """The neighbour has no neighbour but this name."""
        other = Name(tuple(self._names[near[0]].split()))
        back = {self._names[e] for e in self._neighbours(other)}
        return back <= {main.canonical}

    def _sharing_rare_words(self, words: tuple[str, ...]) -> Iterator[int]:
        """Entries that share the rarest words with these, each once, so many at most."""
        seen: set[int] = set()
        sizes = sorted((size(self._words.get(w)), w) for w in dict.fromkeys(words))
        near = [w for word in words for w in self._slips.near(word)]
        sizes += [(size(self._words.get(w)), w) for w in near]
        for bearers, word in sizes:
            if not 0 < bearers <= COMMON_WORD:
                continue
            for entry in entries_of(self._words, word):
                if entry not in seen:
                    seen.add(entry)
                    yield entry
                if len(seen) >= LOOKED_AT:
                    return

    def _add_entry(self, supplier_id: SupplierId, parts: NameParts) -> None:
        entry = len(self._owners)
        main = parts.main
        canonical = main.canonical
        self._owners.append(supplier_id)
        self._names.append(canonical)
        self._forms.append(main.form)
        self._letters.append(main.spelt)
        post(self._main, canonical, entry)
        post(self._spelt, main.spelt, entry)
        for name in parts.aliases:
            post(self._aliases, name.canonical, entry)
        for name in parts.beside:
            post(self._beside, name.canonical, entry)
        post(self._brands, brand(main), entry)
        for word in dict.fromkeys(main.words):
            post(self._words, word, entry)
            self._slips.add(word)


class _Query(NamedTuple):
    """One name being matched."""

    parts: NameParts
    identifiers: tuple[Identifier, ...]
    canonical: str
