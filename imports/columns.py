"""A field for each column of a register, with the reason in words its officer reads."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from imports.cells import ColumnReading, Table
from imports.fit import DOUBT, Fit, fit
from imports.headings import Match, recognise
from imports.looks import Look, look_at
from imports.meanings import meant_before, settled_meanings, told_by, with_meaning
from imports.memory import Recall, Recalled, folded_heading, marks, memory_keys
from imports.normalise.rows import Column, columns_of
from imports.settled import NOTHING_SETTLED, ColumnChoice, Settled, Suggestion
from registry.records import FIELDS, IGNORED, FieldType, is_money

LEAST_SCORE = 0.3
CLEAR = 0.7  # the share of values that must look alike to name a column without a heading


@dataclass(frozen=True, slots=True)
class Candidate:
    """One field that one column may be."""

    column: str
    field: str
    score: float
    because: str
    recalled: str = ""  # the key of the remembered column it follows


def propose(table: Table, *, settled: Settled = NOTHING_SETTLED) -> list[ColumnReading]:
    """A reading for every column, in order; no two columns are one field.

    What somebody chose goes before all else. What was only let pass in an earlier file speaks
    for columns that would be left aside without it, so that no wrong reading stays for ever.
    Values that are those of last time go before a heading that is half about something else.
    """
    columns = columns_of(table)
    known = _recall(table, columns, settled)
    chosen: dict[str, Candidate] = {}
    _take_over(chosen, known, chosen_ones=True)
    _take_over(chosen, _sure_by_values(table, known, settled, chosen), chosen_ones=False)
    candidates = [
        each
        for letter, column in columns.items()
        if letter not in chosen
        for each in candidates_for(letter, column, settled.suggested)
    ]
    _assign(chosen, candidates)
    _take_over(chosen, known, chosen_ones=False)
    meanings = settled_meanings(table, known, settled)
    before = meant_before(table, known, meanings)
    meanings |= {letter: meaning for letter, (meaning, _) in before.items()}
    read = partial(_reading, table, chosen=chosen, candidates=candidates, meanings=meanings)
    keys = memory_keys(table.headings)
    readings = [replace(read(letter), key=keys[letter]) for letter in columns]
    readings = [told_by(each, before) for each in readings]
    return [_as_further(each, readings, chosen) for each in readings]


def _recall(table: Table, columns: Mapping[str, Column], settled: Settled) -> dict[str, Recalled]:
    """The columns remembered from other files, by letter in this one."""
    if not settled.columns:
        return {}
    return Recall(
        settled.columns,
        memory_keys(table.headings),
        marks_of=lambda letter: marks(columns[letter].texts),
        named={
            letter: {match.field for match in recognise(heading)}
            for letter, heading in table.headings.items()
        },
    ).columns()


# A heading that plainly names a field; "Original vendor" or "Name" score less.
STRONG = 0.8


def _sure_by_values(
    table: Table,
    known: Mapping[str, Recalled],
    settled: Settled,
    chosen: Mapping[str, Candidate],
) -> dict[str, Recalled]:
    """The columns known by their values that no plain heading speaks against.

    Neither is their own heading plainly another field's, nor another column's plainly theirs, but
    for one left aside for them last time; nor has another kept the heading that was theirs.
    """
    free = {letter: each for letter, each in table.headings.items() if letter not in chosen}
    said = {letter: _said(heading, settled) for letter, heading in free.items()}
    kept = {each.choice.field for each in known.values() if not each.by_values}
    keys = memory_keys(table.headings)

    def is_theirs(choice: ColumnChoice) -> bool:
        others = (said[letter] for letter in said if keys[letter] not in choice.left)
        return choice.field not in kept.union(*others)

    return {
        letter: each
        for letter, each in known.items()
        if each.by_values and not said.get(letter) and is_theirs(each.choice)
    }


def _said(heading: str, settled: Settled) -> set[str]:
    """The fields that a heading plainly names, by its words or as other councils took it."""
    suggested = settled.suggested.get(folded_heading(heading))
    named = {match.field for match in recognise(heading) if match.score >= STRONG}
    return named | ({suggested.field} if suggested else set())


def _take_over(
    chosen: dict[str, Candidate], known: Mapping[str, Recalled], *, chosen_ones: bool
) -> None:
    """Give recalled columns their field, where neither the column nor the field is given yet."""
    for letter, recalled in known.items():
        field = recalled.choice.field
        taken = field != IGNORED and field in {each.field for each in chosen.values()}
        fits = field in FIELDS or field == IGNORED
        if recalled.choice.chosen is chosen_ones and letter not in chosen and fits and not taken:
            score = 1.0 if chosen_ones else LOOK_SCORE
            chosen[letter] = Candidate(letter, field, score, recalled.because, recalled.key)


def candidates_for(
    letter: str, column: Column, suggested: Mapping[str, Suggestion]
) -> list[Candidate]:
    """The fields a column may be: by its heading's words, its values' look, others' choices."""
    look = look_at(column.cells, filled=int(column.filled().sum()))
    matches = recognise(column.heading)
    named = {match.field: match for match in matches}
    fits = {field: fit(field, look) for field in named}
    found = [_candidate(letter, named[field], fits[field]) for field in named]
    found += _instead(letter, matches, look)
    if not matches:
        found += _by_look(letter, column.heading, look)
    if suggestion := suggested.get(folded_heading(column.heading)):
        found.append(_suggested(letter, suggestion, look))
    return [each for each in found if each.score >= LEAST_SCORE]


# Less than what a plain heading with fitting values scores, more than what most others do.
SUGGESTED_SCORE = 0.97


def _suggested(letter: str, suggestion: Suggestion, look: Look) -> Candidate:
    field = suggestion.field
    label = FIELDS[field].label.lower() if field in FIELDS else ""
    factor = min(fit(field, look).factor, 1.0) if label else 1.0
    what = f"for the {label}" if label else "for nothing the registry needs"
    because = f"{suggestion.councils} councils took this heading {what}"
    return Candidate(letter, field, SUGGESTED_SCORE * factor, because)


# A heading that says nothing else: odd text casts doubt on it, but does not overrule it.
PLAIN = 0.95


def _candidate(letter: str, match: Match, how: Fit) -> Candidate:
    because = f"{match.because}; {how.because}" if how.because else match.because
    plain = match.score >= PLAIN and FIELDS[match.field].type is FieldType.TEXT
    factor = max(how.factor, DOUBT) if plain else how.factor
    return Candidate(letter, match.field, match.score * factor, because)


# What a heading's word for one field means where the values are plainly of another kind.
INSTEAD: tuple[tuple[str, str, str, str], ...] = (
    ("extension", "dates", "latest_end_date", "dates"),
    ("latest_end_date", "terms", "extension", "options to extend"),
    ("supplier_name", "numbers", "supplier_other_id", "numbers"),
    ("cpv_label", "cpv", "cpv_code", "CPV codes"),
    ("vcse", "charity numbers", "supplier_charity_number", "charity numbers"),
    ("contact_name", "emails", "contact_email", "e-mail addresses"),
    ("contact_name", "web", "contact_url", "web addresses"),
    ("council_name", "legal forms", "supplier_name", "organisations"),
    ("council_name", "web", "council_code", "web addresses"),
    ("end_date", "terms", "term", "lengths of time"),
    ("term", "dates", "end_date", "dates"),
    ("reference", "ocids", "ocid", "open contracting IDs"),
    ("category", "cpv", "cpv_code", "CPV codes"),
    ("sme", "charity numbers", "supplier_charity_number", "charity numbers"),
)
INSTEAD_SHARE = 0.6
INSTEAD_FACTOR = 0.9


def _instead(letter: str, matches: Sequence[Match], look: Look) -> list[Candidate]:
    by_field = {match.field: match for match in matches}
    return [
        Candidate(
            letter,
            field,
            by_field[said].score * INSTEAD_FACTOR,
            f"{by_field[said].because}, but the values read as {words}",
        )
        for said, kind, field, words in INSTEAD
        if said in by_field and look[kind] >= INSTEAD_SHARE and not _also_dates(kind, look)
    ]


def _also_dates(kind: str, look: Look) -> bool:
    """A date alone can be read as how far a contract may run: that makes it no length of time."""
    return kind in {"terms", "numbers", "charity numbers"} and look["dates"] >= INSTEAD_SHARE


BY_LOOK: tuple[tuple[str, str, str], ...] = (
    ("emails", "contact_email", "e-mail addresses"),
    ("ocids", "ocid", "open contracting IDs"),
    ("legal forms", "supplier_name", "organisations"),
    ("organisations", "supplier_name", "organisations"),
)
LOOK_SCORE = 0.4


def _by_look(letter: str, heading: str, look: Look) -> list[Candidate]:
    """For a column whose heading says nothing: a field only where its values are clear."""
    why = "the heading names no field" if heading.strip() else "no heading"
    return [
        Candidate(letter, field, LOOK_SCORE * look[kind], f"{why}; the values read as {words}")
        for kind, field, words in BY_LOOK
        if look[kind] >= CLEAR
    ]


def _assign(chosen: dict[str, Candidate], candidates: Sequence[Candidate]) -> None:
    """Best first; a field once given is gone. Ties go to the column further left."""
    taken = {each.field for each in chosen.values()}
    for each in sorted(candidates, key=lambda candidate: -candidate.score):
        if each.column not in chosen and each.field not in taken - {IGNORED}:
            chosen[each.column] = each
            taken.add(each.field)


def _reading(
    table: Table,
    letter: str,
    *,
    chosen: Mapping[str, Candidate],
    candidates: Sequence[Candidate],
    meanings: Mapping[str, tuple[str, str]],
) -> ColumnReading:
    heading = table.headings.get(letter, "")
    wanted = [each for each in candidates if each.column == letter]
    first = max(wanted, key=lambda each: each.score, default=None)
    given = chosen.get(letter)
    if given is None:
        why = _why_ignored(heading, first, chosen)
        rival = first.field if first else ""
        return ColumnReading(table.sheet, letter, heading, IGNORED, why, 0.0, rival=rival)
    because = given.because
    if first is not None and not given.recalled and given.field not in {first.field, IGNORED}:
        because += f"; {_taken(first, chosen)}"
    confidence = round(min(given.score, 1.0), 2)
    read = ColumnReading(
        table.sheet,
        letter,
        heading,
        given.field,
        because,
        confidence,
        recalled=given.recalled,
    )
    return with_meaning(read, table, meanings.get(letter)) if is_money(given.field) else read


# "Extension 1 date", "2nd extension to": one of several columns that differ by their number.
ORDINAL = re.compile(r"\b(?:\d(?:st|nd|rd|th)?|first|second|third|fourth|fifth)\b")
SEVERAL = {
    "latest_end_date": "the last date of such columns is the",
    "extension": "such columns together are the",
}


def _as_further(
    read: ColumnReading, readings: Sequence[ColumnReading], chosen: Mapping[str, Candidate]
) -> ColumnReading:
    """A column left aside only because a like one with another number is its field already."""
    name = _without_ordinal(read.heading)
    like = next(
        (r for r in readings if r.field in SEVERAL and _without_ordinal(r.heading) == name), None
    )
    if read.column in chosen or not name or like is None:
        return read
    label = FIELDS[like.field].label.lower()
    because = f"like column {like.column}; {SEVERAL[like.field]} {label}"
    return replace(read, further=like.field, because=because)


def _without_ordinal(heading: str) -> str:
    """The heading with its number left open; "" when it has none."""
    folded = heading.casefold()
    return ORDINAL.sub("#", folded) if ORDINAL.search(folded) else ""


def _why_ignored(heading: str, first: Candidate | None, chosen: Mapping[str, Candidate]) -> str:
    if first is not None:
        return f"{first.because}; but {_taken(first, chosen)}"
    if not heading.strip():
        return "it has no heading, and its values do not say what they are"
    return "the heading names nothing the registry keeps"


def _taken(first: Candidate, chosen: Mapping[str, Candidate]) -> str:
    by = next((letter for letter, each in chosen.items() if each.field == first.field), "")
    return f"column {by} is already the {FIELDS[first.field].label.lower()}"
