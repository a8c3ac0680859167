"""What an event that a person records says of a contract's dates, and which options it leaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from registry.exits import Action, Terms, exits, latest_permitted_end
from registry.records import Facts

# What is known besides the end and follows from it: no file is asked to agree.
FOLLOWS: Mapping[str, bool] = {"follows": True}


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says: facts, and the fields known; one known and not said is blank."""

    facts: Facts
    columns: Mapping[str, Mapping[str, object]]


def open_option_ends(terms: Terms) -> list[date]:
    """The last days the options still open give: each whole option, or the latest of a span."""
    if terms.end is None or terms.rolling:
        return []
    found = [e.last for e in exits(terms) if e.action == Action.EXTEND and e.last]
    return sorted(set(found))


def extended(terms: Terms, to: date) -> Word:
    """Options up to that day are used; those after it, as the register has them, remain."""
    latest = latest_permitted_end(terms)
    facts = Facts(end_date=to)
    columns: dict[str, Mapping[str, object]] = {"end_date": {}, "rolling": FOLLOWS}
    if latest is not None:
        facts["latest_end_date"] = max(latest, to)
        columns["latest_end_date"] = FOLLOWS
    return Word(facts, columns)


def covering(word: Word, *, total: Decimal | None, to: date | None) -> Word:
    """The word, and the term its total is for: moving the end spreads nothing anew."""
    if total is None or to is None:
        return word
    facts = Facts({**word.facts, "covered_total": total, "covered_to": to})
    follows = dict.fromkeys(("covered_total", "covered_to"), FOLLOWS)
    return Word(facts, {**word.columns, **follows})


def ends(on: date) -> Word:
    """Notice was given, or it has ended: nothing is open after that day."""
    facts = Facts(end_date=on, latest_end_date=on)
    blank = ("extension", "break_clause", "latest_end_date", "rolling")
    return Word(facts, {"end_date": {}} | dict.fromkeys(blank, FOLLOWS))
