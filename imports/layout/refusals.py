"""The sentence with which a workbook that holds no contract register is refused."""

from collections.abc import Sequence
from typing import Protocol

from imports.cells import Sheet
from imports.layout.heading_rows import HeadingBlock
from imports.layout.verdicts import Nature, Verdict

EMPTY = "This file has no rows; choose the register and upload it again."
HEADINGS_ONLY = (
    "This register has headings but no rows under them; if the council has nothing to report, "
    "record a nil return, otherwise upload the register with its contracts."
)
NO_HEADINGS = (
    "No row of headings was found that names what a contract register holds; put headings such as "
    "title, supplier, start date and end date above the rows and upload again."
)
UPLOAD_THE_REGISTER = "upload the contract register, which says for each contract when it ends."
SHOWN = 3  # headings quoted


class Found(Protocol):
    """What is known of one sheet."""

    @property
    def sheet(self) -> Sheet: ...
    @property
    def block(self) -> HeadingBlock | None: ...
    @property
    def verdict(self) -> Verdict: ...
    @property
    def rows(self) -> tuple[int, int] | None: ...


def sentence(findings: Sequence[Found], hidden: Sequence[Found]) -> str:
    """Why there is no register in what was found, and what to do."""
    for finding in hidden:
        if finding.verdict.nature == Nature.REGISTER and finding.rows:
            return (
                f"The only sheet that looks like a contract register, “{finding.sheet.name}”, is "
                "hidden; unhide it and upload again."
            )
    used = [finding for finding in findings if finding.rows or finding.block]
    if not used:
        return EMPTY
    named = [finding for finding in used if finding.verdict.nature != Nature.UNKNOWN]
    if named:
        return _named(max(named, key=_size).verdict)
    headed = [finding for finding in used if finding.block]
    if not headed:
        return NO_HEADINGS
    return _unknown(max(headed, key=_size).verdict)


def _named(verdict: Verdict) -> str:
    return (
        f"This looks like {verdict.nature}, not a contract register: it has headings such as "
        f"{_quoted(verdict.telling)}; {UPLOAD_THE_REGISTER}"
    )


def _unknown(verdict: Verdict) -> str:
    return (
        f"This does not look like a contract register: its headings are {_quoted(verdict.telling)} "
        f"and the like; {UPLOAD_THE_REGISTER}"
    )


def why_not(sheet: str, verdict: Verdict) -> str:
    """Why one sheet among others was not read."""
    if verdict.nature == Nature.REGISTER:
        return f"Sheet “{sheet}” was not read: its headings are not those of the register."
    if verdict.nature == Nature.UNKNOWN:
        return f"Sheet “{sheet}” was not read: it has no headings of a contract register."
    return f"Sheet “{sheet}” was not read: it looks like {verdict.nature}."


def _quoted(headings: Sequence[str]) -> str:
    shown = [f"“{heading[:60]}”" for heading in headings[:SHOWN]]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if shown[1:] else shown)


def _size(finding: Found) -> int:
    return finding.rows[1] - finding.rows[0] if finding.rows else 0
