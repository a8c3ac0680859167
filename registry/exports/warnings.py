"""What to look at before publishing: names that read as a person's, titles that tell a secret."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from registry.exports.rows import Agreement
from registry.names import name_parts
from registry.records import Facts

GIVEN_NAMES = Path(__file__).parent.parent / "reference" / "given_names.csv"
STYLE = re.compile(r"(mr|mrs|ms|miss|mx|dr|prof|professor|rev|sir|dame)\.?\s+\S", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:-[^\W\d_]+)*")
MOST_WORDS = 4
# Shorter words of a name stand in titles by chance.
TELLING_LETTERS = 5


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to look at, and the contract it is about."""

    contract: str
    title: str
    words: str


@cache
def given_names() -> frozenset[str]:
    with GIVEN_NAMES.open(encoding="utf-8", newline="") as lines:
        return frozenset(row["name"] for row in csv.DictReader(lines))


def reads_as_person(name: str) -> bool:
    """Whether a supplier's name reads as a person's: a style, or a given name before a surname.

    A guess, for a person to judge. A name with a legal form is a body's.
    """
    if not name or name_parts(name).main.form:
        return False
    if STYLE.match(name):
        return True
    words = WORD.findall(name)
    plain = " ".join(words) == " ".join(name.split())
    return plain and 2 <= len(words) <= MOST_WORDS and words[0].casefold() in given_names()


def names_a_person(facts: Facts) -> bool:
    """Whether a row's supplier is told by what reads as a person's name, and by no number."""
    numbered = facts.get("supplier_company_number") or facts.get("supplier_charity_number")
    return not numbered and reads_as_person(facts.get("supplier_name", ""))


def warnings(agreement: Agreement) -> Iterator[Notice]:
    """For one contract of a council's own, as its officers see it."""
    facts = agreement.facts
    name, title = facts.get("supplier_name", ""), facts.get("title", "")
    withheld = "supplier" in agreement.withheld
    if not withheld and names_a_person(facts):
        words = f"“{name}” reads as a person’s name. If it is one, withhold it."
        yield Notice(agreement.id, title, words)
    if withheld and tells(name, (title, facts.get("description", ""))):
        words = "The title or description names the withheld supplier. Change it in the register."
        yield Notice(agreement.id, title, words)


def tells(name: str, texts: Iterable[str]) -> bool:
    """Whether a text has one of the name's distinguishing words."""
    telling = {w for w in name_parts(name).main.distinctive if len(w) >= TELLING_LETTERS}
    said = {word.casefold() for text in texts for word in WORD.findall(text)}
    return bool(telling & said)
