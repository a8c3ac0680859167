"""One currency for all amounts of a row: a contract's columns have room for one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from imports.normalise.money import CODES, FOREIGN, currency_named
from imports.normalise.reading import Fault
from registry.currencies import POUNDS, words_of
from registry.records import is_money

if TYPE_CHECKING:
    from imports.normalise.fields import ReadColumn

# The amounts whose currency is that of the contract, the first that is said before the other.
LEADING = ("total_value", "annual_value")
ANOTHER = "This amount is in {currency}, the contract’s other amounts in {others}."
GIVE_ALL = "Give all amounts of a contract in one currency, or leave this cell blank."
TAKEN = (
    "Amounts were taken as {kept} because {why}, and left out of every sum in pounds "
    '({{rows}} under "{heading}").'
)
ROW_SAYS = "column {letter} “{heading}” says so of their row"
ABOVE_SAYS = "“{words}” stands above the headings"


class Amount(NamedTuple):
    """One amount of a row: which fact it is, its currency or "", and why, if nothing near says."""

    column: ReadColumn
    fact: str
    code: str
    why: str = ""


class RowCurrencies:
    """The currency of each row's amounts: as cell or heading says, its row, a line on top."""

    def __init__(self, read: Sequence[ReadColumn], above: str, judged: Counter[str]) -> None:
        """`above`: the line over the headings that names a currency; `judged` counts amounts."""
        self.named = next((each for each in read if each.field == "currency"), None)
        self.money = [each for each in read if is_money(each.field)]
        self.above = above
        self.judged = judged
        self._sentences: dict[tuple[str, str, str], str] = {}

    @property
    def columns(self) -> list[ReadColumn]:
        """The columns whose cells are needed; none where every amount is in pounds."""
        if self.named:
            return [*self.money, self.named]
        foreign = any("currency" in also for each in self.money for also in each.also.values())
        return self.money if foreign else []

    def settle(
        self, facts: MutableMapping[str, Any], cells: Sequence[tuple[ReadColumn, int]]
    ) -> Iterator[tuple[ReadColumn, Fault]]:
        """One row's currency; `cells`: each column with the code of the row's cell in it."""
        row = next((each.values[at] or "" for each, at in cells if each is self.named), "")
        amounts = [
            Amount(each, fact, *self._currency(each, at, row))
            for each, at in cells
            if each is not self.named
            for fact in amounts_of(each, at)
        ]
        self._count(amounts)
        yield from one_currency(facts, amounts, row or POUNDS)

    def _currency(self, each: ReadColumn, at: int, row: str) -> tuple[str, str]:
        """The nearest word on an amount's currency, and why it holds where it is not its own."""
        near = currency_named(each.column.texts[at]) or currency_named(each.reading.heading)
        if near:
            return CODES[near], ""
        if row and self.named:
            reading = self.named.reading
            heading = _plain(reading.heading)
            return row, ROW_SAYS.format(letter=reading.column, heading=heading)
        code = each.also.get(at, {}).get("currency", "")
        by_line = bool(code) and code == each.reading.currency
        return code, ABOVE_SAYS.format(words=_plain(self.above)) if by_line else ""

    def _count(self, amounts: Sequence[Amount]) -> None:
        """How many amounts are in which other currency than pounds, in the words of the file."""
        for column, _, code, why in amounts:
            if code not in {"", POUNDS}:
                key = (column.reading.column, code, why)
                if key not in self._sentences:
                    self._sentences[key] = sentence(column, code, why)
                self.judged[self._sentences[key]] += 1


def sentence(column: ReadColumn, code: str, why: str) -> str:
    """What is said of a column's amounts in one currency: made once, since it reads them all."""
    heading = _plain(column.reading.heading or f"column {column.reading.column}")
    if why:
        return TAKEN.format(kept=words_of(code), why=why, heading=heading)
    words = currency_words(column, code)
    return FOREIGN.format(currency=words, kept=words_of(code), heading=heading)


def one_currency(
    facts: MutableMapping[str, Any], amounts: Sequence[Amount], otherwise: str
) -> Iterator[tuple[ReadColumn, Fault]]:
    """Name the row's currency, unless it is pounds; amounts in another are left out and told.

    Pounds go before others, since they can be summed; an amount that names no currency is in
    the row's. `otherwise` holds where no total or yearly amount says.
    """
    said = {one.fact: one.code for one in amounts if one.code}
    leading = [said[name] for name in LEADING if name in said]
    chosen = POUNDS if POUNDS in leading else next(iter(leading), otherwise)
    facts.pop("currency", None)
    if amounts and chosen != POUNDS:
        facts["currency"] = chosen
    for column, fact, code, _ in amounts:
        if code and code != chosen:
            facts.pop(fact, None)
            yield column, another(code, chosen)


def amounts_of(each: ReadColumn, at: int) -> list[str]:
    """Which facts a cell's amount is: that of its column, or another that its words name."""
    if each.values[at] is not None:
        return [each.field]
    return [name for name in each.also.get(at, {}) if is_money(name)]


def currency_words(each: ReadColumn, code: str) -> str:
    """A currency as the file has it: “dollars” where only a sign stands for US dollars."""
    here = (currency_named(text) for text in (each.reading.heading, *each.column.texts))
    return next((words for words in here if CODES.get(words) == code), words_of(code))


def another(code: str, chosen: str) -> Fault:
    problem = ANOTHER.format(currency=words_of(code), others=words_of(chosen))
    return Fault(problem, GIVE_ALL)


def _plain(heading: str) -> str:
    """Words of the file inside a sentence that is formatted later."""
    return " ".join(heading.replace("{", "(").replace("}", ")").split())
