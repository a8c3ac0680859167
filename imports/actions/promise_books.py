"""A workbook of promises read in the confined process, and what it says put in place."""

from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from imports.cells import Sheet, Workbook
from imports.problem_book import written
from imports.problems import UnreadableFileError
from imports.reading import read
from registry.formats import count
from registry.jobs import progress
from registry.models import Job
from registry.today import today
from social_value import actions as social_value
from social_value.actions.books import MOST_PROBLEMS, Taken
from social_value.book import HEADINGS, NAME
from social_value.models import PromiseBook

NOT_IT = (
    "This is not the workbook of promises. Download it from this page, fill it in and send it "
    "back with its headings as they are."
)


def take_promises(book: PromiseBook, job: Job) -> None:
    """Read the workbook; what is new in rows without problems is put in place."""
    progress(job, "Reading the workbook you sent back", done=0, total=2)
    try:
        rows = list(rows_in(read(Path(book.file.path), name="promises.xlsx")))
    except UnreadableFileError as refusal:
        job.message = str(refusal)
        return
    progress(job, "Putting it in place", done=1, total=2)
    with transaction.atomic():
        taken = social_value.take_book(book.council, rows, by=job.asked_by)
        book.problems = taken.problems[:MOST_PROBLEMS]
        book.save(update_fields=["problems"])
    job.message = sentence_of(taken)
    if taken.measures:
        social_value.rebuild_pools(today=today(), measures=sorted(taken.measures))


def rows_in(book: Workbook) -> Iterator[tuple[int, dict[str, str]]]:
    """The number and texts of each row below our headings that says anything."""
    page = next((sheet for sheet in book.sheets if sheet.name == NAME), None)
    found = list(texts_of(page)) if page else []
    first = next((n for n, texts in found if tuple(texts[: len(HEADINGS)]) == HEADINGS), None)
    if first is None:
        raise UnreadableFileError(NOT_IT)
    for number, texts in found:
        if number > first and any(texts):
            yield number, dict(zip(HEADINGS, texts, strict=False))


def texts_of(page: Sheet) -> Iterator[tuple[int, list[str]]]:
    for number, *cells in page.cells.astype(object).itertuples():
        yield number, [written(cell) for cell in cells]


def sentence_of(taken: Taken) -> str:
    said = []
    if taken.changed:
        said.append(f"{count(taken.changed, 'promise')} changed")
    if taken.delivered:
        said.append(f"{count(taken.delivered, 'delivery', 'deliveries')} recorded")
    if not said:
        said.append("Nothing changed")
    if taken.again:
        said.append(f"{count(taken.again, 'delivery', 'deliveries')} recorded before")
    if taken.problems:
        said.append(f"{count(len(taken.problems), 'problem')} to put right")
    return f"{', '.join(said)}."
