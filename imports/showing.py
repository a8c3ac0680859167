"""An upload as its pages show it: the officer's own first rows under what we took them for."""

from dataclasses import dataclass
from typing import Any

from imports.models import Choice, Correction, Upload
from registry.formats import count
from registry.records import FIELDS, IGNORED, Kind


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """One column: where it stands, what it was taken for, and why."""

    letter: str
    heading: str
    label: str  # the field's words; "" when the column is kept but not used
    because: str


@dataclass(frozen=True, slots=True)
class ShownTable:
    """The first rows of a sheet with its columns read."""

    sheet: str
    columns: list[ShownColumn]
    rows: list[dict[str, Any]]

    @property
    def used(self) -> int:
        return sum(1 for column in self.columns if column.label)


def tables_of(upload: Upload) -> list[ShownTable]:
    columns = upload.report.get("columns", [])
    return [
        ShownTable(
            part["sheet"],
            [shown_column(c) for c in columns if c["sheet"] == part["sheet"]],
            part["rows"],
        )
        for part in upload.sample
    ]


def shown_column(column: dict[str, str]) -> ShownColumn:
    field = column["field"]
    label = "" if field == IGNORED else FIELDS[field].label
    return ShownColumn(column["column"], column["heading"], label, column["because"])


@dataclass(frozen=True, slots=True)
class TakenOver:
    """One thing settled that this reading followed; `now`: while this very file was checked."""

    kind: str
    key: str
    words: str
    now: bool


def taken_over(upload: Upload) -> list[TakenOver]:
    """What was settled and still stands; what was taken back since is gone with its reading."""
    standing = Choice.objects.standing().of_council(upload.council_id)
    settled_for = {
        (kind, key): by for kind, key, by in standing.values_list("kind", "key", "upload")
    }
    return [
        TakenOver(**one, now=settled_for[one["kind"], one["key"]] == upload.pk)
        for one in upload.report.get("replayed", ())
        if (one["kind"], one["key"]) in settled_for
    ]


def corrections_in(upload: Upload) -> list[tuple[Correction, dict[str, Any]]]:
    """The corrections this reading took over that stand, with how many rows each touched."""
    told = {one["correction"]: one for one in upload.report.get("corrected", [])}
    standing = Correction.objects.standing().filter(pk__in=told).select_related("corrected_by")
    return [(one, told[one.pk]) for one in standing]


def reading_of(upload: Upload) -> list[tuple[str, str]]:
    """How the file was read, as label and words."""
    report = upload.report
    sheets = report.get("sheets", [])
    rows = [
        ("Sheet", ", ".join(s["sheet"] for s in sheets)),
        ("Headings", headings_words(sheets)),
        ("Dates", report["dates"]["decided_by"] or report["dates"]["order"]),
        ("Amounts", amounts_words(report["value"])),
    ]
    kinds = {k: n for k, n in report.get("kinds", {}).items() if n}
    if len(kinds) > 1:
        parts = (count(n, Kind(kind).words) for kind, n in sorted(kinds.items()))
        rows.append(("Kinds of agreement", ", ".join(parts)))
    return [(label, words) for label, words in rows if words]


def headings_words(sheets: list[dict[str, Any]]) -> str:
    first = sheets[0]
    where = " and ".join(str(row) for row in first["heading_rows"])
    return f"in row {where}; contracts from row {first['first_row']} to {first['last_row']}"


def amounts_words(value: dict[str, Any]) -> str:
    if not value["rows_with_value"]:
        return "no amounts"
    basis = {"total": "for the whole term", "annual": "for a year"}.get(
        value["basis"], "the heading does not say whether for a year or the whole term"
    )
    vat = {"net": "without VAT", "gross": "with VAT"}.get(value["vat"], "VAT not stated")
    return f"on {value['rows_with_value']:,} rows: {basis}; {vat}"
