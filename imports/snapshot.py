"""What is settled as JSON and back: for a choice's row, and for the upload that was read by it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from imports.settled import ColumnChoice, Correction, Settled, SheetChoice, Suggestion


def encode(settled: Settled) -> dict[str, Any]:
    """All that bears on a reading, so that the same can be read again later."""
    return {
        "sheets": [encode_sheet(sheet) for sheet in settled.sheets],
        "columns": {key: encode_column(column) for key, column in settled.columns.items()},
        "suggested": {key: asdict(one) for key, one in settled.suggested.items()},
        "day_first": settled.day_first,
        "meanings": {key: list(meaning) for key, meaning in settled.meanings.items()},
        "rolling_words": dict(settled.rolling_words),
        "ours": dict(settled.ours),
        "others": None if settled.others is None else dict(settled.others),
        "corrections": [asdict(one) for one in settled.corrections],
    }


def decode(said: Mapping[str, Any]) -> Settled:
    """What `encode` made; nothing is settled in an upload read before anything could be."""
    return Settled(
        sheets=decode_sheets(said.get("sheets", ())),
        columns={key: decode_column(one) for key, one in said.get("columns", {}).items()},
        suggested={key: Suggestion(**one) for key, one in said.get("suggested", {}).items()},
        day_first=said.get("day_first"),
        meanings={key: decode_meaning(one) for key, one in said.get("meanings", {}).items()},
        rolling_words=said.get("rolling_words", {}),
        ours=said.get("ours", {}),
        others=said.get("others"),
        corrections=tuple(Correction(**one) for one in said.get("corrections", ())),
    )


def encode_sheet(sheet: SheetChoice) -> dict[str, Any]:
    rows, headings = list(sheet.heading_rows), list(sheet.headings)
    return {"name": sheet.name, "heading_rows": rows, "headings": headings}


def decode_sheets(said: Sequence[Mapping[str, Any]]) -> tuple[SheetChoice, ...]:
    return tuple(
        SheetChoice(one["name"], tuple(one["heading_rows"]), tuple(one["headings"])) for one in said
    )


def encode_column(column: ColumnChoice) -> dict[str, Any]:
    """In an order of its own, so that the same choice is always the same JSON."""
    plain = {"beside": list(column.beside), "values": sorted(column.values)}
    return asdict(column) | plain | {"left": list(column.left), "meaning": list(column.meaning)}


def decode_column(said: Mapping[str, Any]) -> ColumnChoice:
    left, right = said["beside"]
    values, aside = frozenset(said["values"]), tuple(said.get("left", ()))
    basis, vat = said.get("meaning", ("", ""))
    plain = {**said, "beside": (left, right), "values": values, "left": aside}
    plain["meaning"] = (basis, vat)
    return ColumnChoice(**plain)


def decode_meaning(said: Sequence[str]) -> tuple[str, str]:
    basis, vat = said
    return basis, vat
