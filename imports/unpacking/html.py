"""Reads the tables of a web page saved under a spreadsheet's name."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from time import process_time

from imports.problems import UnreadableFileError
from imports.unpacking.limits import MAX_COLUMNS

LEAST_ROWS = 2
LEAST_COLUMNS = 2
MAX_SPAN = 1_000
FED_AT_A_TIME = 65_536  # characters
MOST_SECONDS = 10.0
MOST_WAITING = 1_000_000  # characters since a tag or comment opened; pages carry their styles so
MOST_LEFT_OPEN = 65_536  # characters, at the end of the page
SKIPPED = frozenset({"script", "style", "head", "noscript"})

NOT_A_TABLE = (
    "This is a web page, not a spreadsheet; download the register again, check that it opens in "
    "your spreadsheet program, and upload that."
)

TOO_TANGLED = (
    "This is a web page with tags that never close; open it in your spreadsheet program, save it "
    "as .xlsx and upload that."
)


@dataclass(slots=True)
class HtmlTable:
    """Cells as text, and areas of one column and several rows: its number, first and last row."""

    rows: list[list[str]] = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)

    def close(self) -> None:
        """Areas reach no further than the table."""
        rows = len(self.rows)
        self.merged = [(place, first, min(last, rows)) for place, first, last in self.merged]


def tables(text: str) -> list[HtmlTable]:
    """The page's tables that could hold a register, in order; a page without any is refused."""
    parser = _TableParser()
    began = process_time()
    for start in range(0, len(text), FED_AT_A_TIME):
        # Tags that never close are looked through again and again, the longer the slower.
        if len(parser.rawdata) > MOST_WAITING or process_time() - began > MOST_SECONDS:
            raise UnreadableFileError(TOO_TANGLED)
        parser.feed(text[start : start + FED_AT_A_TIME])
    if len(parser.rawdata) > MOST_LEFT_OPEN:
        raise UnreadableFileError(TOO_TANGLED)
    parser.close()
    found = [table for table in parser.tables if _could_hold_rows(table)]
    if not found:
        raise UnreadableFileError(NOT_A_TABLE)
    return found


def _could_hold_rows(table: HtmlTable) -> bool:
    filled = [row for row in table.rows if sum(1 for cell in row if cell) >= LEAST_COLUMNS]
    return len(filled) >= LEAST_ROWS


class _TableParser(HTMLParser):
    """Collects the text of cells; a table inside a cell is part of that cell's text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[HtmlTable] = []
        self.depth = 0
        self.skipping = 0
        self.cell: list[str] | None = None
        self.spans: dict[int, int] = {}  # column -> further rows a cell above reaches into
        self.colspan = self.rowspan = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._start_table()
        elif tag in SKIPPED:
            self.skipping += 1
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")
        elif self.depth == 1:
            self._start_part(tag, dict(attrs))

    def _start_table(self) -> None:
        self.depth += 1
        if self.depth == 1:
            self.tables.append(HtmlTable())
            self.spans = {}

    def _start_part(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag == "tr":
            self._end_cell()
            self.tables[-1].rows.append([])
        elif tag in {"td", "th"}:
            self._end_cell()
            self.cell = []
            self.colspan = _span(attrs.get("colspan"))
            self.rowspan = _span(attrs.get("rowspan"))

    def handle_endtag(self, tag: str) -> None:
        if tag in SKIPPED:
            self.skipping = max(0, self.skipping - 1)
        elif tag == "table" and self.depth:
            self._end_cell()
            self.depth -= 1
            if not self.depth:
                self.tables[-1].close()
        elif self.depth == 1 and tag in {"td", "th", "tr"}:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.skipping:
            self.cell.append(" ".join(data.split(" ")) if data.strip() else " ")

    def _end_cell(self) -> None:
        if self.cell is None or self.depth != 1:
            return
        table = self.tables[-1]
        if not table.rows:
            table.rows.append([])
        row = table.rows[-1]
        row.extend("" for _ in self._reached_from_above(len(row)))
        for place in range(len(row), len(row) + self.colspan):
            self.spans[place] = self.rowspan - 1
        if len(row) > MAX_COLUMNS:
            raise UnreadableFileError(NOT_A_TABLE)
        row.append(_tidy("".join(self.cell)))
        if self.rowspan > 1 and self.colspan == 1:
            table.merged.append((len(row), len(table.rows), len(table.rows) + self.rowspan - 1))
        row.extend([""] * (self.colspan - 1))
        self.cell = None

    def _reached_from_above(self, place: int) -> Iterator[int]:
        while self.spans.get(place, 0) > 0:
            self.spans[place] -= 1
            yield place
            place += 1


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.replace("\r", "").split("\n"))
    return "\n".join(line for line in lines if line)


def _span(said: str | None) -> int:
    return min(int(said), MAX_SPAN) if said and said.isdecimal() and int(said) else 1
