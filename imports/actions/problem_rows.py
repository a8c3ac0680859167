"""Problems kept with the rows they stand in, and corrections noted on what was recorded."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from imports.corrections import rows_held
from imports.models import Correction, ProblemRow, RowProblem, Upload
from imports.problems import Problem
from imports.settled import LEFT_OUT
from imports.study import Study
from imports.understanding import Understood
from registry import bulk
from registry.models import Source, Statement
from registry.today import day_of

# Rows whose cells are kept beside their problems. Past this a register is put right at its root.
MOST_ROWS = 5_000
BATCH = 1_000
CUT, LONGEST = frozenset({"heading", "problem", "what_to_do"}), 500


def keep_problems(upload: Upload, found: Study) -> None:
    """Put what is wrong beside the upload, with the rows it stands in."""
    upload.problems.all().delete()
    upload.problem_rows.all().delete()
    lines = keep_rows(upload, found)
    bulk.insert(
        RowProblem,
        ["upload", "line", *Problem.__slots__],
        ((upload.pk, lines.get((one.sheet, one.row)), *fitted(one)) for one in found.problems),
    )


def fitted(one: Problem) -> Iterator[Any]:
    """What is said of a cell, no longer than its columns hold: headings can be pages long."""
    for name, said in one.said().items():
        yield f"{said[: LONGEST - 1]}…" if name in CUT and len(said) > LONGEST else said


def keep_rows(upload: Upload, found: Study) -> dict[tuple[str, int], int]:
    """The first rows with something wrong in them; their keys by sheet and row."""
    wanted: set[tuple[str, int]] = set()
    for one in found.problems:
        if len(wanted) == MOST_ROWS:
            break
        wanted.add((one.sheet, one.row))
    if not wanted:
        return {}
    read = found.understood
    held = rows_held(read.tables, read.columns, read.corrected, wanted)
    made = ProblemRow.objects.bulk_create(
        (
            ProblemRow(
                upload=upload,
                sheet=one.sheet,
                row=one.row,
                row_key=one.key,
                cells=dict(one.cells),
                raw=dict(one.raw),
            )
            for one in held
        ),
        batch_size=BATCH,
    )
    return {(one.sheet, one.row): one.pk for one in made}


def note_corrections(sources: Mapping[str, Source], understood: Understood) -> None:
    """Tell on each recorded row what people corrected in it: raw text, who and when."""
    cells = [one for one in understood.corrected if one.correction.field != LEFT_OUT]
    if not cells:
        return
    who = _who(one.correction.id for one in cells)
    said: dict[tuple[str, int], dict[str, Any]] = defaultdict(dict)
    for one in cells:
        word = {"raw": one.correction.raw, **who.get(one.correction.id, {})}
        said[one.sheet, one.row][one.correction.field] = word
    for sheet, source in sources.items():
        rows = {row: words for (name, row), words in said.items() if name == sheet}
        _note(source, rows)


def _note(source: Source, rows: Mapping[int, Mapping[str, Any]]) -> None:
    numbers = sorted(rows)
    for start in range(0, len(numbers), BATCH):
        batch = numbers[start : start + BATCH]
        recorded = list(Statement.objects.filter(source=source, row__in=batch))
        for statement in recorded:
            statement.corrected = rows[statement.row or 0]
        Statement.objects.bulk_update(recorded, ["corrected"])


def _who(keys: Iterator[int]) -> dict[int, dict[str, str]]:
    made = Correction.objects.filter(pk__in=set(keys)).select_related("corrected_by")
    return {
        one.pk: {
            "by": str(one.corrected_by or ""),
            "on": day_of(one.corrected_at).isoformat(),
        }
        for one in made
    }
