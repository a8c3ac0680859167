"""Keeping what an upload changes in pages, so that however long the lists, none is cut."""

from collections.abc import Iterator
from itertools import count, islice
from typing import Any
from uuid import UUID

from imports.models import ChangesPage, Upload
from imports.named_people import named_people, told
from imports.report import all_changes
from imports.study import Study
from registry import bulk
from registry.models import Contract
from registry.testimony import batches


def keep_changes(upload: Upload, found: Study) -> None:
    """In place of what was kept when it was read before."""
    upload.changes_pages.all().delete()
    bulk.insert(ChangesPage, ["upload", "sort", "number", "items"], pages(upload, found))


def people_named(found: Study) -> dict[str, Any]:
    """Whose names recording would newly tell everybody."""
    named = list(named_people(found.differences.values()))
    withheld: set[UUID] = set()
    for keys in batches(one.contract for one in named if one.contract):
        kept_back = Contract.objects.filter(pk__in=keys, supplier_withheld=True)
        withheld.update(kept_back.values_list("pk", flat=True))
    return told(named, withheld=withheld)


def pages(upload: Upload, found: Study) -> Iterator[tuple[int, str, int, list[Any]]]:
    for sort, changes in all_changes(found).items():
        for number, items in hundreds(changes):
            yield upload.pk, sort, number, items


def hundreds(changes: Iterator[Any]) -> Iterator[tuple[int, list[Any]]]:
    for number in count(1):
        if not (items := list(islice(changes, ChangesPage.HOLDS))):
            return
        yield number, items
