"""A field for each column of a register, with the reason in words its officer reads."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from imports.cells import ColumnReading, Table
from imports.fit import DOUBT, Fit, fit
from imports.headings import Match, money_meaning, recognise
from imports.looks import Look, look_at
from imports.normalise.rows import Column, columns_of
from registry.records import FIELDS, IGNORED, FieldType

LEAST_SCORE = 0.3
CLEAR = 0.7  # the share of values that must look alike to name a column without a heading


@dataclass(frozen=True, slots=True)
class Candidate:
    """One field that one column may be."""

    column: str
    field: str
    score: float
    because: str


def propose(table: Table, *, remembered: Mapping[str, str] | None = None) -> list[ColumnReading]:
    """A reading for every column, in order; no two columns are one field.

    `remembered` says which field a heading was last time, by `memory_keys`; it
    goes before all else.
    """
    columns = columns_of(table)
    chosen = _remembered(table, remembered or {})
    candidates = [
        each
        for letter, column in columns.items()
        if letter not in chosen
        for each in candidates_for(letter, column)
    ]
    _assign(chosen, candidates)
    read = partial(_reading, table, chosen=chosen, candidates=candidates)
    return [read(letter) for letter in columns]


def memory_keys(table: Table) -> dict[str, str]:
    """What to remember each column by: its heading folded, and its number among those alike."""
    seen: dict[str, int] = {}
    keys: dict[str, str] = {}
    for letter, heading in table.headings.items():
        folded = folded_heading(heading)
        seen[folded] = seen.get(folded, 0) + 1
        keys[letter] = folded if seen[folded] == 1 else f"{folded} {seen[folded]}"
    return keys


def folded_heading(heading: str) -> str:
    """A heading without what changes from quarter to quarter: case, signs, blanks."""
    return " ".join(re.sub(r"[\W_]+", " ", heading.casefold()).split())


def _remembered(table: Table, remembered: Mapping[str, str]) -> dict[str, Candidate]:
    chosen: dict[str, Candidate] = {}
    for letter, key in memory_keys(table).items():
        field = remembered.get(key) if key else None
        taken = field != IGNORED and field in {each.field for each in chosen.values()}
        if field is not None and not taken and (field in FIELDS or field == IGNORED):
            chosen[letter] = Candidate(letter, field, 1.0, "you chose this last time")
    return chosen


def candidates_for(letter: str, column: Column) -> list[Candidate]:
    """The fields a column may be, from its heading's words and the look of its values."""
    look = look_at(column.cells, filled=int(column.filled().sum()))
    matches = recognise(column.heading)
    named = {match.field: match for match in matches}
    fits = {field: fit(field, look) for field in named}
    found = [_candidate(letter, named[field], fits[field]) for field in named]
    found += _instead(letter, matches, look)
    if not matches:
        found += _by_look(letter, look)
    return [each for each in found if each.score >= LEAST_SCORE]


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


def _by_look(letter: str, look: Look) -> list[Candidate]:
    """For a column whose heading says nothing: a field only where its values are clear."""
    return [
        Candidate(letter, field, LOOK_SCORE * look[kind], f"no heading; the values read as {words}")
        for kind, field, words in BY_LOOK
        if look[kind] >= CLEAR
    ]


def _assign(chosen: dict[str, Candidate], candidates: Sequence[Candidate]) -> None:
    """Best first; a field once given is gone. Ties go to the column further left."""
    taken = {each.field for each in chosen.values()}
    for each in sorted(candidates, key=lambda candidate: -candidate.score):
        if each.column not in chosen and each.field not in taken:
            chosen[each.column] = each
            taken.add(each.field)


def _reading(
    table: Table,
    letter: str,
    *,
    chosen: Mapping[str, Candidate],
    candidates: Sequence[Candidate],
) -> ColumnReading:
    heading = table.headings.get(letter, "")
    wanted = [each for each in candidates if each.column == letter]
    first = max(wanted, key=lambda each: each.score, default=None)
    given = chosen.get(letter)
    if given is None:
        return ColumnReading(
            table.sheet, letter, heading, IGNORED, _why_ignored(heading, first, chosen), 0.0
        )
    because = given.because
    if first is not None and given.field not in {first.field, IGNORED}:
        because += f"; {_taken(first, chosen)}"
    basis, vat = money_meaning(heading) if _is_money(given.field) else ("", "")
    if given.field == "annual_value":
        basis = "annual"
    confidence = round(min(given.score, 1.0), 2)
    return ColumnReading(table.sheet, letter, heading, given.field, because, confidence, basis, vat)


def _is_money(field: str) -> bool:
    return field in FIELDS and FIELDS[field].type is FieldType.MONEY


def _why_ignored(heading: str, first: Candidate | None, chosen: Mapping[str, Candidate]) -> str:
    if first is not None:
        return f"{first.because}; but {_taken(first, chosen)}"
    if not heading.strip():
        return "it has no heading, and its values do not say what they are"
    return "the heading names nothing the registry keeps"


def _taken(first: Candidate, chosen: Mapping[str, Candidate]) -> str:
    by = next((letter for letter, each in chosen.items() if each.field == first.field), "")
    return f"column {by} is already the {FIELDS[first.field].label.lower()}"
