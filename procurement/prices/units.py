"""What a unit price is the price of: the same thing for the same time, however it is written."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent.parent / "reference" / "units.csv"

WORD = re.compile(r"[a-z]+")
FILLING = frozenset({"a", "an", "per", "of", "the", "cost", "price", "p"})
# How often a year a price is paid, by the word that says so.
TIMES_A_YEAR = {
    **dict.fromkeys(("month", "monthly", "months", "pm", "pcm", "mth"), Decimal(12)),
    **dict.fromkeys(("quarter", "quarterly"), Decimal(4)),
    **dict.fromkeys(("year", "yearly", "years", "yr", "pa"), Decimal(1)),
    **dict.fromkeys(("annum", "annual", "annually"), Decimal(1)),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A thing, and how often a year its price is paid: not at all stated, or once for good."""

    thing: str
    times_a_year: Decimal | None  # as the unit says; None where it says nothing
    lasting: bool  # a thing used over time, such as a licence: its price is for some time

    @property
    def label(self) -> str:
        """`licence a year` or `laptop`: what prices are compared within."""
        yearly = self.lasting or self.times_a_year is not None
        return f"{self.thing} a year" if yearly else self.thing


def unit_of(said: str) -> Unit | None:
    """The unit as councils write it: "per user per month". None where nothing is named."""
    words = [word for word in WORD.findall(said.casefold()) if word not in FILLING]
    times = [TIMES_A_YEAR[word] for word in words if word in TIMES_A_YEAR]
    things = [word for word in words if word not in TIMES_A_YEAR]
    if not things or len(times) > 1:
        return None
    thing, lasting = known(things)
    return Unit(thing, times[0] if times else None, lasting)


def known(words: list[str]) -> tuple[str, bool]:
    """The table's thing where a single word says it; other units are compared as written."""
    if len(words) == 1:
        for spelling in (words[0], words[0].removesuffix("s")):
            if spelling in table():
                return table()[spelling]
    return " ".join(words), False


@cache
def table() -> Mapping[str, tuple[str, bool]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {row["word"]: (row["unit"], row["every"] == "year") for row in csv.DictReader(lines)}
