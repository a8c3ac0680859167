"""Keeping what an upload changes in pages, so that however long the lists, none is cut."""

from collections.abc import Iterator
from itertools import count, islice
from typing import Any

from imports.models import ChangesPage, Upload
from imports.report import Study, all_changes
from registry import bulk


def keep_changes(upload: Upload, found: Study) -> None:
    """In place of what was kept when it was read before."""
    upload.changes_pages.all().delete()
    bulk.insert(ChangesPage, ["upload", "sort", "number", "items"], pages(upload, found))


def pages(upload: Upload, found: Study) -> Iterator[tuple[int, str, int, list[Any]]]:
    for sort, changes in all_changes(found).items():
        for number, items in hundreds(changes):
            yield upload.pk, sort, number, items


def hundreds(changes: Iterator[Any]) -> Iterator[tuple[int, list[Any]]]:
    for number in count(1):
        if not (items := list(islice(changes, ChangesPage.HOLDS))):
            return
        yield number, items
