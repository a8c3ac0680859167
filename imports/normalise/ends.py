"""When a row's contract ends: its end, term and extension put together, day by day."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from imports.normalise.dates import ROLLING
from registry.records import Facts
from registry.terms import (
    Extension,
    ExtensionKind,
    Length,
    SumReading,
    against_term,
    last_day,
    latest_end,
    read_extension,
    read_length,
)

FROM_TERM = "{rows} had a term but no end date: the end was worked out from the start and the term."
FROM_EXTENSION = "{rows} had their latest end worked out from the end and the extension options."
EARLIER = (
    "{rows} gave a last extension date before the end date: it was left out, and the end stands."
)
INCLUDED = "{rows} had an end date that already includes the extensions their options describe."
ONLY_OPTIONS = (
    "{rows} had a sum of options shorter than the contract: its term is not among them, and all "
    "were read as what may follow."
)
PARTS = (
    '{rows} had options such as "1+1" that add up to the contract\'s own length: they were read as '
    "what may follow, and could be its parts."
)
LEFT = "{rows} had an end date that already includes the first of their options: those left count."
SUMS = 'In {rows} options such as "1+1" were read as the first term and what may follow it.'
END_FIRST = "{rows} had no end date: the one written with the extension options was taken."

JUDGED = {
    SumReading.FIRST_IS_TERM: SUMS,
    SumReading.ONLY_OPTIONS: ONLY_OPTIONS,
    SumReading.PARTLY_TAKEN: LEFT,
    SumReading.MAY_BE_PARTS: PARTS,
}


@dataclass(slots=True)
class Ends:
    """Settles rows one by one, counting what was judged."""

    judged: Counter[str] = field(default_factory=Counter)

    def settle(self, facts: Facts, *, end_says_rolling: bool) -> None:
        """Fill in the end, latest end and `rolling` as far as the row's words carry."""
        extension = _extension(facts.get("extension", ""))
        term = _extension(facts.get("term", "")) if "term" in facts else Extension()
        self._find_end(facts, extension)
        self._find_latest(facts, extension, term)
        facts["rolling"] = end_says_rolling or ("end_date" not in facts and _rolls(facts))

    def _find_end(self, facts: Facts, extension: Extension) -> None:
        if "end_date" in facts:
            return
        if extension.initial_end is not None:
            facts["end_date"] = extension.initial_end
            self.judged[END_FIRST] += 1
            return
        length = term_length(facts.get("term", "")) or extension.initial or None
        if "start_date" in facts and length:
            facts["end_date"] = last_day(facts["start_date"], length)
            self.judged[FROM_TERM] += 1

    def _find_latest(self, facts: Facts, extension: Extension, term: Extension) -> None:
        end = facts.get("end_date")
        if end is None:
            return
        stated = facts.get("latest_end_date")
        if stated is not None:
            if stated < end:
                del facts["latest_end_date"]
                self.judged[EARLIER] += 1
            return
        latest = self._latest(facts, extension) or self._latest(facts, _options_of(term))
        if latest is not None and latest >= end:
            facts["latest_end_date"] = latest

    def _latest(self, facts: Facts, extension: Extension) -> date | None:
        if extension.kind in {ExtensionKind.NONE, ExtensionKind.UNKNOWN}:
            return None
        end, start = facts["end_date"], facts.get("start_date")
        if start is not None:
            extension, how = against_term(extension, start=start, end=end)
            all_taken = how is SumReading.PARTLY_TAKEN and not extension.periods
            if all_taken or _already_in(extension, start=start, end=end):
                self.judged[INCLUDED] += 1
                return end
            if how in JUDGED:
                self.judged[JUDGED[how]] += 1
        self.judged[FROM_EXTENSION] += 1
        return latest_end(end, extension)


def term_length(text: str) -> Length | None:
    """The first term that a term column states: "3 years", "3+1+1", "2 years + 1 year"."""
    if not text:
        return None
    read = _extension(text)
    if read.initial is not None:
        return read.initial
    if read.summed and read.periods:
        return read.periods[0]
    return read_length(text)


def _options_of(term: Extension) -> Extension:
    """The options a term column states after the first term; a bare length is no option."""
    if term.initial is not None:
        return term
    if term.summed and len(term.periods) > 1:
        return Extension(ExtensionKind.PERIODS, term.periods[1:], initial=term.periods[0])
    return Extension()


def _already_in(extension: Extension, *, start: date, end: date) -> bool:
    """Whether the end is that of the first term with every option taken."""
    if extension.initial is None or not extension.periods:
        return False
    first = last_day(start, extension.initial)
    full = latest_end(first, extension)
    return full is not None and abs((full - end).days) <= 1 and first < end


def _rolls(facts: Facts) -> bool:
    """Whether a row without an end says somewhere that it just goes on."""
    said = facts.get("rolling", False)
    words = (facts.get("term", ""), facts.get("extension", ""), facts.get("contract_type", ""))
    return said or any(text and _rolling(text) for text in words)


@lru_cache(8192)
def _rolling(text: str) -> bool:
    return ROLLING.search(text) is not None


@lru_cache(8192)
def _extension(text: str) -> Extension:
    return read_extension(text) if text else Extension()
