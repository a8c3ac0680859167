"""Finds the table that is the register: which sheets, which headings, first and last data row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from imports.cells import Sheet, Table, Workbook
from imports.layout import refusals
from imports.layout.body import data_rows
from imports.layout.grid import Row, fill_counts, first_rows, text_of
from imports.layout.heading_rows import ROWS_SEARCHED, HeadingBlock, find_headings, join_headings
from imports.layout.merged import fill_down
from imports.layout.verdicts import ENDS, SUBJECTS, Nature, Verdict, in_words, judge
from imports.problems import NotRecognisedError, UnreadableFileError

SAME_HEADINGS = 0.6  # share of headings two sheets of one register have in common
SAME_FIELDS = 0.75  # share of fields, where the headings are worded otherwise
_ASIDE = re.compile(
    r"\b(example|template|instructions?|guidance|guide|how to|look ?ups?|lists?|pivot|sample|"
    r"drop ?downs?|validation|notes?|read ?me|summary|dashboard|key)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one sheet was found to hold."""

    sheet: Sheet
    block: HeadingBlock | None
    verdict: Verdict
    rows: tuple[int, int] | None  # first and last data row
    because: list[str] = field(default_factory=list)
    above: tuple[str, ...] = ()  # lines of title and notes above the headings

    @property
    def size(self) -> int:
        return self.rows[1] - self.rows[0] + 1 if self.rows else 0


def find_tables(
    workbook: Workbook, *, chosen: Mapping[str, Sequence[int]] | None = None
) -> list[Table]:
    """The sheets of the workbook that are the contract register, in its order.

    `chosen` gives the heading rows of each sheet to be read, as somebody settled them; what they
    chose is not judged. Raises `UnreadableFileError` with the sentence the owner reads when the
    workbook holds no contract register.
    """
    if chosen:
        return _chosen_tables(workbook, chosen)
    findings = [_examine(sheet) for sheet in workbook.sheets if not sheet.hidden]
    registers = _registers(findings)
    if not registers:
        hidden = [_examine(sheet) for sheet in workbook.sheets if sheet.hidden]
        raise _refusal(workbook, findings, hidden)
    _expect_rows(registers)
    taken = _one_register([finding for finding in registers if finding.rows])
    left_out = _left_out(workbook, findings, taken)
    return [_table(finding, left_out) for finding in taken]


def _refusal(
    workbook: Workbook, findings: list[Finding], hidden: list[Finding]
) -> UnreadableFileError:
    """Payments are never contracts, whoever says so; in all else its officer may correct us."""
    sentence = refusals.sentence(findings, hidden)
    found = [finding for finding in [*findings, *hidden] if finding.rows]
    if not found or any(finding.verdict.nature == Nature.PAYMENTS for finding in found):
        return UnreadableFileError(sentence)
    return NotRecognisedError(sentence, workbook)


def _chosen_tables(workbook: Workbook, chosen: Mapping[str, Sequence[int]]) -> list[Table]:
    taken = [
        _examine_chosen(sheet, chosen[sheet.name])
        for sheet in workbook.sheets
        if sheet.name in chosen
    ]
    others = [
        _examine(sheet)
        for sheet in workbook.sheets
        if sheet.name not in chosen and not sheet.hidden
    ]
    left_out = _left_out(workbook, others, taken)
    return [_table(finding, left_out) for finding in taken]


def _examine(sheet: Sheet) -> Finding:
    counts = fill_counts(sheet)
    used = np.flatnonzero(counts)
    blank_above = int(used[0]) if len(used) else 0
    rows = first_rows(sheet, after=blank_above, count=ROWS_SEARCHED)
    block = find_headings(rows, first=blank_above + 1)
    if block is None:
        return Finding(sheet, None, Verdict(Nature.UNKNOWN, 0.0), _span(used))
    above = _lines(rows[: block.rows[0] - 1 - blank_above])
    verdict = judge(block.headings, told=" ".join([sheet.name, *above]))
    headed = sum(map(bool, block.headings))
    span = data_rows(sheet, counts, after=block.rows[-1], headed=headed)
    return Finding(sheet, block, verdict, span, above=above)


def _lines(rows: Sequence[Row]) -> tuple[str, ...]:
    """What the rows say, a line for each that says something."""
    lines = (" ".join(text_of(cell) for cell in row if cell is not None) for row in rows)
    return tuple(line for line in lines if line)


def _span(used: np.ndarray) -> tuple[int, int] | None:
    return (int(used[0]) + 1, int(used[-1]) + 1) if len(used) else None


def _examine_chosen(sheet: Sheet, heading_rows: Sequence[int]) -> Finding:
    rows = [first_rows(sheet, after=row - 1, count=1)[0] for row in heading_rows]
    block = HeadingBlock(list(heading_rows), join_headings(rows))
    headed = sum(map(bool, block.headings))
    span = data_rows(sheet, fill_counts(sheet), after=heading_rows[-1], headed=headed)
    above = _lines(first_rows(sheet, count=min(heading_rows[0] - 1, ROWS_SEARCHED)))
    because = ["This sheet was chosen before."]
    return Finding(sheet, block, judge(block.headings), span, because, above)


def _registers(findings: list[Finding]) -> list[Finding]:
    """The sheets that are registers; those named as examples or lists only if there is no other."""
    registers = [finding for finding in findings if finding.verdict.nature == Nature.REGISTER]
    plain = [finding for finding in registers if not _ASIDE.search(finding.sheet.name)]
    return plain if any(finding.rows for finding in plain) else registers


def _expect_rows(registers: list[Finding]) -> None:
    if not any(finding.rows for finding in registers):
        raise UnreadableFileError(refusals.HEADINGS_ONLY)


def _one_register(registers: list[Finding]) -> list[Finding]:
    """The most convincing sheet and every other with the same headings."""
    best = max(registers, key=lambda finding: finding.verdict.points * np.log1p(finding.size))
    return [finding for finding in registers if _alike(finding, best)]


def _alike(one: Finding, other: Finding) -> bool:
    """Whether two sheets are parts of one register: by their headings' words, or what they mean."""
    headings, others = _plain_headings(one), _plain_headings(other)
    if len(headings & others) >= SAME_HEADINGS * min(len(headings), len(others)):
        return True
    fields, said = one.verdict.fields, other.verdict.fields
    whole = all(
        "supplier_name" in each and SUBJECTS & each and ENDS & each for each in (fields, said)
    )
    return whole and len(fields & said) >= SAME_FIELDS * min(len(fields), len(said))


def _plain_headings(finding: Finding) -> set[str]:
    headings = finding.block.headings if finding.block else []
    return {re.sub(r"\W+", " ", heading).strip().casefold() for heading in headings if heading}


def _left_out(workbook: Workbook, findings: list[Finding], taken: list[Finding]) -> list[str]:
    """Why each of the other sheets was not read."""
    hidden = [
        f"Sheet “{sheet.name}” is hidden and was not read."
        for sheet in workbook.sheets
        if sheet.hidden
    ]
    names = {finding.sheet.name for finding in taken}
    others = [finding for finding in findings if finding.sheet.name not in names and finding.size]
    return [refusals.why_not(finding.sheet.name, finding.verdict) for finding in others] + hidden


def _table(finding: Finding, left_out: Sequence[str] = ()) -> Table:
    if finding.block is None or finding.rows is None:
        raise UnreadableFileError(refusals.HEADINGS_ONLY)
    first, last = finding.rows
    headings = dict(zip(finding.sheet.cells.columns, finding.block.headings, strict=True))
    cells, filled_down = finding.sheet.cells.iloc[first - 1 : last], 0
    if finding.sheet.merged:
        counts = fill_counts(finding.sheet)
        cells, filled_down = fill_down(finding.sheet, cells, headings, counts)
    return Table(
        sheet=finding.sheet.name,
        heading_rows=finding.block.rows,
        first_row=first,
        last_row=last,
        headings=headings,
        cells=cells,
        because=[*finding.because, *_reasons(finding)],
        hidden_rows=frozenset(row for row in finding.sheet.hidden_rows if first <= row <= last),
        above=finding.above,
        filled_down=filled_down,
        split_rows=_split_rows(finding),
        left_out=(*_rows_left_out(finding.sheet, finding.block.rows[0], last), *left_out),
    )


def _split_rows(finding: Finding) -> frozenset[int]:
    """Rows to which a text file gives more cells than to the headings, and not empty ones."""
    widths = finding.sheet.widths
    if finding.block is None or finding.rows is None or not widths:
        return frozenset()
    headed = max(widths[row - 1] for row in finding.block.rows)
    first, last = finding.rows
    beyond = finding.sheet.cells.iloc[first - 1 : last, headed:]
    used = beyond.notna().any(axis=1)
    return frozenset(int(row) for row in used.index[used] if widths[row - 1] > headed)


def _reasons(finding: Finding) -> list[str]:
    """Why this sheet and these rows, in sentences."""
    block, (first, last) = finding.block, finding.rows or (0, 0)
    if block is None:
        return []
    rows = _rows_in_words(block.rows[0], block.rows[-1])
    verb = "holds" if len(block.rows) == 1 else "hold"
    headed = sum(map(bool, block.headings))
    fields = in_words(finding.verdict.fields)
    said = f"; they name {fields}" if fields else ""
    return [
        f"{rows} of sheet “{finding.sheet.name}” {verb} its {headed} headings{said}.",
        f"Rows {first:,} to {last:,} are the register.",
    ]


def _rows_left_out(sheet: Sheet, headings: int, last: int) -> list[str]:
    """The rows of a sheet that are neither its headings nor the register."""
    sentences = []
    if headings > 1:
        above = _rows_in_words(1, headings - 1)
        sentences.append(
            f"{above} of sheet “{sheet.name}”, above the headings, left out as title and notes."
        )
    if last < len(sheet.cells):
        below = _rows_in_words(last + 1, len(sheet.cells))
        sentences.append(f"{below} of sheet “{sheet.name}”, below the register, left out as notes.")
    return sentences


def _rows_in_words(first: int, last: int) -> str:
    return f"Row {first:,}" if first == last else f"Rows {first:,} to {last:,}"
