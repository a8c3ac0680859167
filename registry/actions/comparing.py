"""Names that a page made known, left to a worker, which knows all names, to compare."""

from collections.abc import Collection
from dataclasses import astuple

from registry.jobs import ask
from registry.models import Job, NamesToCompare
from registry.resolution import StatedSupplier

TASK = "registry.tasks.settle_again"


def compare_elsewhere(stated: Collection[StatedSupplier], new_names: Collection[str]) -> Job:
    """Ask for it with a job, so that a message lost on the way is rung again."""
    job = ask(TASK, subject=", ".join(sorted(new_names)) or "suppliers named before")
    NamesToCompare.objects.create(
        job=job, stated=[astuple(one) for one in sorted(stated)], new_names=sorted(new_names)
    )
    return job


def stated_in(names: NamesToCompare) -> list[StatedSupplier]:
    return [StatedSupplier(*one) for one in names.stated]
