"""Bytes to sheets of typed cells: starts the confined child process and takes its answer."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path, PurePath
from typing import IO

import numpy as np
import pandas as pd

from imports.cells import MergedDown, Sheet, Workbook
from imports.problems import UnreadableFileError
from imports.unpacking.answer import Answer, RawColumn, RawSheet, receive
from imports.unpacking.limits import FIRST_READER_SECONDS, SECOND_READER_SECONDS
from imports.unpacking.outcomes import FIRST_READER, GAVE_UP, SECOND_READER
from imports.unpacking.zips import DAMAGED

PROJECT = Path(__file__).resolve().parent.parent
COMPLAINT_BYTES = 20_000

TOO_SLOW = (
    "This file takes too long to read; copy the register into a new workbook, without other "
    "sheets, and upload that."
)


def read(path: Path, *, name: str) -> Workbook:
    """The file as the spreadsheet program shows it; `name` is what its owner calls it.

    Raises `UnreadableFileError` with the one sentence the owner reads when the file is not a
    spreadsheet, protected, broken, hostile or too large.
    """
    answer = _ask(path, name=name, reader=FIRST_READER, seconds=FIRST_READER_SECONDS)
    if answer is None:
        answer = _ask(path, name=name, reader=SECOND_READER, seconds=SECOND_READER_SECONDS)
    if answer is None:
        raise UnreadableFileError(DAMAGED)
    if answer.refused:
        raise UnreadableFileError(answer.refused)
    notes = [*answer.notes, *_name_notes(name, answer.kind)]
    sheets = [sheet_from(raw) for raw in answer.sheets]
    return Workbook(answer.kind, sheets, notes + _hidden_notes(sheets), answer.from_1904)


def _ask(path: Path, *, name: str, reader: str, seconds: float) -> Answer | None:
    """What the child answers; None when the file was too much for the reader it used."""
    command = [sys.executable, "-m", "imports.unpacking", str(path.resolve()), _told(name)]
    with (
        tempfile.TemporaryFile() as answer,
        tempfile.TemporaryFile() as complaints,
        tempfile.TemporaryDirectory() as folder,  # cleared away however the child ends
    ):
        try:
            ended = subprocess.run(  # noqa: S603 - our own module, no shell
                [*command, reader, str(seconds)],
                stdin=subprocess.DEVNULL,
                stdout=answer,
                stderr=complaints,
                timeout=seconds,
                cwd=PROJECT,
                env=_environment(folder),
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableFileError(TOO_SLOW) from error
        if ended.returncode == 0:
            answer.seek(0)
            return receive(answer)
        _expect_gave_up(ended.returncode, complaints)
        return None


def _expect_gave_up(code: int, complaints: IO[bytes]) -> None:
    """Pass when the file brought the child down; a fault of our own is a bug and is raised."""
    complaints.seek(0)
    said = complaints.read(COMPLAINT_BYTES).decode("utf-8", "replace")
    by_the_file = code == GAVE_UP or code < 0 or "panicked" in said or "MemoryError" in said
    if not by_the_file:
        raise RuntimeError(f"The reading process ended with {code}: {said}")


def _environment(folder: str) -> dict[str, str]:
    # The service's settings and secrets do not go to a process that opens strangers' files, and
    # no library in it starts threads of its own.
    kept = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
    # The second reader parses with what Python brings, whatever else happens to be installed.
    return kept | {
        "TMPDIR": folder,
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "OPENPYXL_LXML": "False",
    }


def _told(name: str) -> str:
    """The name as an argument can carry it: NULs and lone surrogates cannot be passed."""
    return name.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def sheet_from(raw: RawSheet) -> Sheet:
    # Emptied while it is turned into columns, so that the two are never both in memory whole.
    raw.columns.reverse()
    columns = {
        letter(place): _column(raw.columns.pop()) for place in range(1, len(raw.columns) + 1)
    }
    index = pd.RangeIndex(1, raw.rows + 1)
    cells = pd.DataFrame(columns, index=index, copy=False)
    return Sheet(
        raw.name,
        cells,
        raw.hidden,
        frozenset(raw.hidden_rows),
        tuple(MergedDown(letter(place), first, last) for place, first, last in raw.merged),
        np.frombuffer(raw.widths, dtype=np.intc).tolist(),
    )


def _column(raw: RawColumn) -> pd.Categorical:
    values = np.empty(len(raw.values), dtype=object)
    values[:] = raw.values
    codes = np.frombuffer(raw.codes, dtype=np.intc)
    dtype = pd.CategoricalDtype(pd.Index(values, dtype=object))
    return pd.Categorical.from_codes(codes, dtype=dtype, validate=False)


def letter(place: int) -> str:
    """The letter of a column, counted from 1: A, B, ... Z, AA."""
    letters = ""
    while place:
        place, last = divmod(place - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters


def _name_notes(name: str, kind: str) -> list[str]:
    suffix = PurePath(name).suffix.lower().lstrip(".")
    text = {"csv", "tsv", "txt"}
    if not suffix or suffix == kind or {suffix, kind} <= text:
        return []
    return [f"The name ends in .{suffix}, but the file is {kind}; it was read as what it is."]


def _hidden_notes(sheets: list[Sheet]) -> list[str]:
    return [
        f"Sheet “{sheet.name}” has {len(sheet.hidden_rows):,} hidden "
        f"{'row' if len(sheet.hidden_rows) == 1 else 'rows'}; they were read like the others."
        for sheet in sheets
        if sheet.hidden_rows and not sheet.hidden
    ]
