"""Which part of a register each row stands in: under a section's name, on a sheet of its own."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from imports.normalise.kinds import headed, population_of
from imports.normalise.rows import Column, Sort
from registry.records import Kind


def populations(
    sorts: npt.NDArray[np.int8], columns: Mapping[str, Column], told: Sequence[str]
) -> list[Kind | None]:
    """For each data row the sort of agreement its section says; before any, what `told` says.

    `told` is the sheet's name and the lines above its headings, the name first; headings that
    tell go before both.
    """
    kind = next((found for each in told if (found := population_of(each))), None)
    kind = headed(column.heading for column in columns.values()) or kind
    turns = dict(_turns(sorts, columns))
    kinds: list[Kind | None] = []
    for at, sort in enumerate(sorts.tolist()):
        kind = turns.get(at, kind)
        if sort == Sort.DATA:
            kinds.append(kind)
    return kinds


def _turns(
    sorts: npt.NDArray[np.int8], columns: Mapping[str, Column]
) -> Iterator[tuple[int, Kind]]:
    """The rows that name a population of agreements, and which."""
    for at in np.flatnonzero(sorts == Sort.NOT_A_CONTRACT).tolist():
        texts = [c.texts[c.codes[at]] for c in columns.values() if c.codes[at] >= 0]
        said = [text for text in texts if text]
        found = population_of(said[0]) if len(said) == 1 else None
        if found:
            yield at, found
