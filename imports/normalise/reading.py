"""What reading one cell gives: a value, what else it says, or what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from imports.cells import Cell

NOTHING_MORE: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell and what its owner can do, in plain sentences."""

    problem: str
    what_to_do: str


class Reading(NamedTuple):
    """One cell as understood. `value` is None when the cell says nothing or cannot be read.

    A tuple, because a register of 100,000 rows makes a million of them.
    """

    value: Any = None
    fault: Fault | None = None
    also: Mapping[str, Any] = NOTHING_MORE  # other facts it states
    note: str = ""  # what was judged and could be wrong: a sentence for rows read alike


BLANK = Reading()

# What officers write where they have nothing to say.
NOTHING = re.compile(
    r"[\s\-–—_.…*?/\\]*|n\s*[/.\\]?\s*a\.?|n\s*/\s*k|n\.a\.|#n/a|#ref!?|#value!?|#name\??|#div/0!?|null"
    r"|nan|nat"
    r"|none|nil|blank|not (?:applicable|available|known|stated|specified|recorded|provided|given"
    r"|yet known|held|set|confirmed|yet confirmed|yet agreed|required)|no (?:data|date|information)"
    r"|unknown|unspecified|undefined|tb[acd]|t\.?b\.?[acd]\.?|to be (?:confirmed|agreed"
    r"|determined|advised"
    r"|decided|completed|added|provided)|pending|awaiting(?: .{1,30})?|x|xx+",
    re.IGNORECASE,
)

LONGEST_NOTHING = 40
NOTHING_BEGINS = frozenset(" -–—_.…*?/\\#nNuUtTbBxXpPaA") | {""}


def text_of(cell: Cell) -> str:
    """A cell's text with blanks collapsed; whole numbers without ".0", dates as ISO."""
    if isinstance(cell, str):
        text = " ".join((cell.replace("\x00", "") if "\x00" in cell else cell).split())
        return cell if text == cell else text  # so that most cells are not kept twice
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < MOST_EXACT else repr(cell)
    return _moment(cell)


MOST_EXACT = 1e15  # past this a spreadsheet's number has lost digits


def _moment(cell: int | date | time | timedelta) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    return str(cell)


def says_nothing(text: str) -> bool:
    """Blank, "TBC", "N/A", a dash: no value, and no problem either."""
    if len(text) > LONGEST_NOTHING or text[:1] not in NOTHING_BEGINS:
        return False
    return NOTHING.fullmatch(text) is not None
