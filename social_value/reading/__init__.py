"""Reading what a register says of social value: words -> promises, and what was not understood.

`read` is total: whatever the text, every part of it ends as a promise with its reason, as
something that promises nothing, or as a problem shown with its words. No amount is ever guessed.
"""

from collections.abc import Iterator

from social_value.reading.clauses import Clause, clauses
from social_value.reading.judgement import judge
from social_value.reading.outcome import Promise, Reading, Unread
from social_value.reading.tables import TABLES, Tables

__all__ = ["TABLES", "Clause", "Promise", "Reading", "Tables", "Unread", "read"]


def read(text: str, tables: Tables = TABLES) -> Reading:
    """What one cell promises, in the order of its words."""
    promises: list[Promise] = []
    unread: list[Unread] = []
    nothing: list[str] = []
    for part in judged(text, tables):
        match part:
            case Promise():
                promises.append(part)
            case Unread():
                unread.append(part)
            case str():
                nothing.append(part)
    return Reading(tuple(promises), tuple(unread), tuple(nothing))


def judged(text: str, tables: Tables) -> Iterator[Promise | Unread | str]:
    for clause in clauses(text):
        yield judge(clause, tables)
