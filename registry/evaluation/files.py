"""Labelled rows read from a CSV file, or one sentence why not."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from registry.classify import Item
from registry.evaluation.categories import Title
from registry.evaluation.suppliers import Pair


class UnreadableLabelsError(Exception):
    """The file cannot be used; the message is the one sentence its owner reads."""


TRUE = frozenset({"1", "true", "yes", "y"})
FALSE = frozenset({"0", "false", "no", "n"})


def read_pairs(path: Path) -> list[Pair]:
    """Pairs of names: columns name_a, name_b, same and perhaps similarity."""
    return [_pair(number, row) for number, row in _rows(path, ("name_a", "name_b", "same"))]


def read_titles(path: Path) -> list[Title]:
    """Titles: columns title and label; perhaps description, supplier, cpv, department, alt."""
    return [_title(number, row) for number, row in _rows(path, ("title", "label"))]


def _rows(path: Path, needed: Iterable[str]) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UnreadableLabelsError(f"There is no file {path}.") from None
    except OSError as error:
        raise UnreadableLabelsError(f"{path} cannot be opened: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise UnreadableLabelsError(f"{path} is not UTF-8 text.") from None
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
        rows = [(reader.line_num, {k: v or "" for k, v in row.items() if k}) for row in reader]
    except csv.Error as error:
        raise UnreadableLabelsError(f"{path} is not a CSV file: {error}.") from None
    missing = [name for name in needed if name not in (reader.fieldnames or ())]
    if missing:
        raise UnreadableLabelsError(f"{path} has no column {' or '.join(missing)}.")
    if not rows:
        raise UnreadableLabelsError(f"{path} has no rows below its headings.")
    return rows


def _pair(number: int, row: dict[str, str]) -> Pair:
    same = row["same"].strip().lower()
    if same not in TRUE | FALSE:
        raise UnreadableLabelsError(f"Line {number}: same must be 1 or 0, not “{row['same']}”.")
    similarity = row.get("similarity", "").strip()
    try:
        likeness = float(similarity) if similarity else None
    except ValueError:
        raise UnreadableLabelsError(
            f"Line {number}: similarity must be a number, not “{similarity}”."
        ) from None
    return Pair(row["name_a"], row["name_b"], same in TRUE, likeness)


def _title(number: int, row: dict[str, str]) -> Title:
    label = row["label"].strip()
    if not label:
        raise UnreadableLabelsError(f"Line {number} has no label.")
    item = Item(
        row["title"], *(row.get(n, "") for n in ("description", "supplier", "cpv", "department"))
    )
    return Title(item, label, row.get("alt", "").strip())
