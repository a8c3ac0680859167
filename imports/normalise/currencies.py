"""One currency for all amounts of a row: a contract's columns have room for one."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any

from imports.normalise.money import CODES, currency_named
from imports.normalise.reading import Fault
from registry.currencies import POUNDS, words_of
from registry.records import is_money

if TYPE_CHECKING:
    from imports.normalise.fields import ReadColumn

# The amounts whose currency is that of the contract, the first that is said before the other.
LEADING = ("total_value", "annual_value")
ANOTHER = "This amount is in {currency}, the contract’s other amounts in {others}."
GIVE_ALL = "Give all amounts of a contract in one currency, or leave this cell blank."


def one_currency(
    facts: MutableMapping[str, Any], amounts: Sequence[tuple[ReadColumn, int]]
) -> Iterator[tuple[ReadColumn, Fault]]:
    """Name the row's currency, unless it is pounds; amounts in another are left out and told.

    `amounts`: each column of amounts with the code of the row's cell in it. Pounds go before
    others, since they can be summed; an amount that names no currency is in the row's.
    """
    said = {fact: code for each, at in amounts for fact, code in told(each, at) if code}
    leading = [said[name] for name in LEADING if name in said]
    chosen = POUNDS if POUNDS in leading or not leading else leading[0]
    facts.pop("currency", None)
    if chosen != POUNDS:
        facts["currency"] = chosen
    for each, at in amounts:
        for fact, code in told(each, at):
            if code and code != chosen:
                facts.pop(fact, None)
                yield each, another(code, chosen)


def told(each: ReadColumn, at: int) -> Iterator[tuple[str, str]]:
    """Which fact a cell's amount is, and its currency; "" where nothing names one."""
    also = each.also.get(at, {})
    names = [each.field] if each.values[at] is not None else filter(is_money, also)
    here = (each.column.texts[at], each.reading.heading)
    pounds = any(CODES.get(currency_named(text)) == POUNDS for text in here)
    for name in names:
        yield name, also.get("currency") or (POUNDS if pounds else "")


def currency_words(each: ReadColumn, code: str) -> str:
    """A currency as the file has it: “dollars” where only a sign stands for US dollars."""
    here = [each.reading.heading, *each.column.texts]
    return next(words for text in here if CODES.get(words := currency_named(text)) == code)


def another(code: str, chosen: str) -> Fault:
    problem = ANOTHER.format(currency=words_of(code), others=words_of(chosen))
    return Fault(problem, GIVE_ALL)
