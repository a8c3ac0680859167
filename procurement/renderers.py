"""JSON as fast as it can be written, and CSV row by row."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer

from registry.exports.ocds import encoded
from registry.spreadsheets import safe

# Rows written before they are sent: fewer, larger pieces cost less.
ROWS_A_PIECE = 500


class JSONRenderer(BaseRenderer):
    """Dates as ISO 8601, money as text to the penny: a JSON number would lose pennies."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        _accepted: str | None = None,
        _context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b"" if data is None else self.written(data)

    def written(self, data: Any) -> bytes:
        return orjson.dumps(data, default=as_text)


def as_text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(f"{type(value).__name__} has no place in JSON")


class CSVRenderer(JSONRenderer):
    """For lists that stream as CSV; what goes wrong is still told as JSON."""

    media_type = "text/csv"
    format = "csv"


class OCDSRenderer(JSONRenderer):
    """As the standard has amounts: numbers, digit for digit."""

    def written(self, data: Any) -> bytes:
        return encoded(data)


def csv_lines(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    piece = io.StringIO()
    writer = csv.writer(piece)
    writer.writerow(names)
    for number, row in enumerate(rows, start=1):
        writer.writerow(map(cell, row))
        if number % ROWS_A_PIECE == 0:
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue()


def cell(value: Any) -> str:
    """Several values in one cell stand with bars between them."""
    if isinstance(value, list):
        return safe("|".join(map(cell, value)))
    if isinstance(value, Mapping):
        return " ".join(filter(None, map(cell, value.values())))
    return safe(value)
