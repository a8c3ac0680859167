"""Amounts as registers write them, to the penny; a range or a fused amount is refused."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from imports.cells import Cell
from imports.normalise.reading import BLANK, Fault, Reading, says_nothing, text_of
from registry.currencies import CURRENCIES as KNOWN
from registry.currencies import code_of
from registry.records import Basis, Vat
from registry.values import MONTHS_IN_A_YEAR

PENNY = Decimal("0.01")
# A year's or in all: no council's whole spending of a year comes to half of it. What does is two
# amounts run together, or in pence, and one such would be the larger part of every sum it is in.
MOST = Decimal(10) ** 10
SHORTEST_FUSED = 9  # characters; "1,23,456" is a slip, "12,00012,000" two amounts
GIVE_ONE = "Give one amount in pounds, such as 12,000.50, or leave the cell blank."

TOO_LARGE = Reading(fault=Fault("This is too large for one contract.", GIVE_ONE))
NEGATIVE = "Amounts in brackets or with a minus sign were read as negative."
FOREIGN = (
    "Amounts in {currency}, not pounds, were kept as {kept} and left out of every sum in pounds "
    '({{rows}} under "{heading}").'
)
MONTHLY = "Amounts per month were multiplied by 12 and kept as annual."
UP_TO = 'Amounts written "up to" or "about" were kept as estimates.'

CURRENCIES = {"£": "pounds", "GBP": "pounds", "$": "dollars", "USD": "US dollars", "€": "euros"}
CURRENCIES |= {
    "EUR": "euros",
    "US$": "US dollars",
    "CHF": "Swiss francs",
    "AUD": "Australian dollars",
}
CURRENCIES |= {
    "CAD": "Canadian dollars",
    "¥": "yen",
    "JPY": "yen",
    "EURO": "euros",
    "EUROS": "euros",
}
CURRENCIES |= {"STG": "pounds", "POUNDS": "pounds", "DOLLARS": "dollars", "STERLING": "pounds"}
CURRENCY = re.compile(
    r"US\$|[£$€¥]|(?<![A-Z])(?:GBP|USD|EUR(?:OS?)?|CHF|AUD|CAD|JPY|STG|POUNDS|STERLING"
    r"|DOLLARS)(?![A-Z])",
    re.IGNORECASE,
)
# What names no country is taken for the currency that councils are likeliest to pay in.
CODES = {"dollars": "USD"} | {one.words: one.code for one in KNOWN.values()}
EACH_ITS_OWN = ""  # the currency of a column whose cells name several
FEW = 2  # different cells of another currency: among amounts in pounds they are asked about
SCALES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mil": 6, "mill": 6, "million": 6}
SCALES |= {"millions": 6, "bn": 9, "billion": 9, "thousands": 3}
GROUPED = r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:[  ]\d{3})+|\d{1,3}(?:'\d{3})+|\d+"
NUMBER = re.compile(
    rf"(?P<amount>(?:{GROUPED})(?:\.\d*)?|\.\d+)\s*"
    rf"(?P<scale>{'|'.join(sorted(SCALES, key=len, reverse=True))})?(?![a-z\d])",
    re.IGNORECASE,
)
# A pound sign that went through the wrong encoding, or got lost in one.
SPOILT_SIGN = re.compile(r"Â£|ï¿½|\ufffd|^\?(?=\d)")
# Nine cells in ten: read without asking further.
PLAIN = re.compile(r"£?\s?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?)")
# What may stand beside an amount, and what it says. Removed before the amount is read.
SAYS: tuple[tuple[re.Pattern[str], dict[str, Any]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), says)
    for pattern, says in (
        (r"\(?\b(?:excl?(?:uding|usive of|\.)?|ex\.?|net(?: of)?|plus|before)\s*-?\s*vat\)?"
         r"|\+\s*vat\b|\bvat excl\w*|\bnet$", {"value_vat": Vat.NET.value}),
        (r"\(?\b(?:incl?(?:uding|usive of|\.)?|gross(?: of)?|with)\s*vat\)?|\bvat incl\w*|\bgross$",
         {"value_vat": Vat.GROSS.value}),
        (r"\b(?:per (?:calendar )?month|a month|pcm|p\.?c\.?m\.?|monthly|each month)\b"
         r"|/\s?month\b", {"monthly": True}),
        (r"\(?(?:\b|(?<=\d))(?:p\.\s?a\.?|pa|per annum|per year|a year|each year|annual(?:ly)?"
         r"|yearly|p/a)(?!\w)\)?"
         r"|/\s?(?:yr|year|annum)\b", {"value_basis": Basis.ANNUAL.value}),
        (r"\b(?:(?:in )?total|for the (?:full )?term|whole life|(?:over|for) (?:the )?(?:full "
         r"|whole )?"
         r"(?:contract |initial )?(?:term|period|life|\d{1,2} (?:years?|yrs?|months?)))\b",
         {"value_basis": Basis.TOTAL.value}),
        (r"\b(?:up to|maximum(?: of)?|max\.?|circa|ca?\.|approx(?:imately|\.)?|about|around"
         r"|est(?:imated?|\.)?"
         r"|c(?=\s?£))\s*:?|[~≈]|\bc(?=\d)", {"value_is_estimate": True}),
        (r"\((?:lots?|year|yr|phase|option)s? [\w ,&-]{1,20}\)"
         r"|\((?:over )?\d{1,2} ?(?:years?|yrs?|months?)\)", {}),
    )
)  # fmt: skip
BOUND = re.compile(r"^[<>≤≥]|\b(?:over|under|more than|less than|below|above|in excess of"
                   r"|exceeds?|minimum"
                   r"|at least|from)\b|\+$", re.IGNORECASE)  # fmt: skip
RATE = re.compile(r"(?:per|/|an?)\s?(?:hour|hr|day|week|unit|item|user|person|head|visit|night"
                  r"|tonne|mile"
                  r"|licen[cs]e|session|page)\b|\bp/?[hd]\b|%", re.IGNORECASE)  # fmt: skip
LETTERS = {"S": "a £ or a 5", "O": "a nought", "L": "a 1", "I": "a 1", "B": "an 8", "Z": "a 2"}
STRAY = re.compile(r"(?<![a-z])(?:(?P<before>[sbz])(?=\d)"
                   r"|(?<=[\d,.])(?P<inside>[oilszb])(?=[\d,.oilszb]|$)"
                   r"|(?P<first>[oil])(?=\d))", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MoneyColumn:
    """What a column's heading and its cells as a whole say of each amount."""

    scale: int = 1
    currency: str = "pounds"  # or EACH_ITS_OWN


def column_currency(cells: Iterable[Cell], heading: str = "", *, above: str = "pounds") -> str:
    """The currency that the heading names, or most of the cells' signs: `above` when few do.

    Where cells of other currencies are more than a few, each is in its own.
    """
    signs = Counter(_sign(cell) for cell in cells if cell is not None)
    del signs[NO_AMOUNT]
    amounts, bare = signs.total(), signs.pop(BARE, 0)
    [(most, count)] = signs.most_common(1) or [(above, 1)]
    # One euro among bare numbers is one amount in euros, not a column of them.
    most = most if count * 2 > amounts else above
    column = currency_named(heading) or most
    others = amounts - bare - signs["pounds"]
    mixed = others > FEW or others * 3 > amounts
    return EACH_ITS_OWN if column == "pounds" and mixed else column


BARE, NO_AMOUNT = "bare", "no amount"


def _sign(cell: Cell) -> str:
    """The currency a cell names, that it is a number without one, or that it begins otherwise."""
    if not isinstance(cell, str):
        return BARE
    begins = cell[:1].isdigit()
    named = "" if begins and cell[-1:].isdigit() else currency_named(cell)
    return named or (BARE if begins else NO_AMOUNT)


def currency_named(text: str) -> str:
    """The currency whose sign or name stands in a cell or a heading; "" where none does."""
    found = CURRENCY.search(text)
    return CURRENCIES[found[0].upper()] if found else ""


UNKNOWN_CURRENCY = "“{words}” names no currency known here: it was taken as saying nothing."
SHORT = 12  # characters of a word that names no currency, of which there may be many


def read_currency(cell: Cell) -> Reading:
    """The currency that a cell of a column of currencies names, by its code."""
    text = text_of(cell)
    if code := code_of(text):
        return Reading(code)
    if not any(letter.isalnum() for letter in text):
        return BLANK
    words = text if len(text) <= SHORT else f"{text[:SHORT]}…"
    return Reading(note=UNKNOWN_CURRENCY.format(words=words.replace("{", "(").replace("}", ")")))


def read_money(cell: Cell, column: MoneyColumn) -> Reading:
    """One amount, and its currency where its column is not one of pounds alone.

    What the cell itself says of currency, basis or VAT goes before the heading. Among amounts in
    pounds one in another currency is refused, as a slip that somebody is asked about.
    """
    found = _read(cell, column)
    if column.currency == "pounds" or found.value is None:
        return found
    own = currency_named(cell) if isinstance(cell, str) else ""
    if not (own or column.currency):
        return found
    return found._replace(also={**found.also, "currency": CODES[own or column.currency]})


def _read(cell: Cell, column: MoneyColumn) -> Reading:
    if isinstance(cell, bool | date | time | timedelta):
        return Reading(fault=Fault("This is not an amount of money.", GIVE_ONE))
    if isinstance(cell, int | float):
        return _number(Decimal(repr(cell)) if math.isfinite(cell) else None, column)
    text = SPOILT_SIGN.sub("£", text_of(cell)).strip("'\"").removesuffix("/-")
    plain = PLAIN.fullmatch(text)
    if plain and column.currency == "pounds":
        return _number(Decimal(plain[1].replace(",", "")), column)
    if says_nothing(CURRENCY.sub("", text)):
        return BLANK
    currency = currency_named(text)
    if column.currency == "pounds" and currency not in {"", "pounds"}:
        return Reading(fault=Fault(f"This amount is in {currency}.", GIVE_ONE))
    return _text(text, column)


def _number(amount: Decimal | None, column: MoneyColumn) -> Reading:
    if amount is None:
        return BLANK
    if abs(amount * column.scale) >= MOST:
        return TOO_LARGE
    pounds = (amount * column.scale).quantize(PENNY)
    return Reading(pounds, note=NEGATIVE if pounds < 0 else "")


def _text(text: str, column: MoneyColumn) -> Reading:
    also, bare = _beside(text)
    bare = " ".join(CURRENCY.sub(" ¤", bare).split())
    numbers = list(NUMBER.finditer(bare))
    fault = _fault(text, bare, numbers)
    if fault:
        return Reading(fault=fault)
    [found] = numbers
    amount = Decimal(re.sub(r"[,  ']", "", found["amount"]))
    scale = SCALES.get((found["scale"] or "").casefold(), 0)
    one = MoneyColumn(scale=1) if scale else column
    sign = -1 if _negative(bare) else 1
    reading = _number(sign * amount * 10**scale, one)
    return _with_beside(reading, also)


def _with_beside(reading: Reading, also: dict[str, Any]) -> Reading:
    if not also or reading.value is None:
        return reading
    note = UP_TO if "value_is_estimate" in also else reading.note
    if also.pop("monthly", False):
        yearly = reading.value * MONTHS_IN_A_YEAR
        if abs(yearly) >= MOST:
            return TOO_LARGE
        also["value_basis"] = Basis.ANNUAL.value
        return Reading(yearly, also=also, note=MONTHLY)
    return Reading(reading.value, also=also, note=note)


def _beside(text: str) -> tuple[dict[str, Any], str]:
    """What the words beside an amount say, and the cell without them."""
    also: dict[str, Any] = {}
    for pattern, says in SAYS:
        shorter = pattern.sub(" ", text)
        if shorter != text:
            also.update(says)
            text = shorter
    return also, text.strip(" ;:,=")


def _negative(bare: str) -> bool:
    compact = bare.replace("¤", "").replace(" ", "")
    in_brackets = compact.startswith("(") and compact.endswith(")")
    return in_brackets or compact.startswith(("-", "−", "–")) or compact.endswith(("-", "CR", "cr"))


def _fault(text: str, bare: str, numbers: list[re.Match[str]]) -> Fault | None:
    """Why this is not one amount, if it is not."""
    stray = STRAY.search(re.sub(r"(?i)(?<=\d)\s*(?:bn|billions?)\b", "", text))
    if stray and not NUMBER.fullmatch(bare.strip("¤ ()-")):
        return _letter(stray[0])
    if len(numbers) > 1 or re.search(
        r"\d\s*¤\s*\d|\.\d+,\d|\.\d+\.\d|,\d{4,}|\d{2}\.\d{3,}\.", bare
    ):
        return _several(bare, numbers)
    if RATE.search(text):
        return Fault("This is a rate, not an amount for the contract.", GIVE_ONE)
    if BOUND.search(bare):
        return Fault("This is a limit, not an amount.", GIVE_ONE)
    left = NUMBER.sub("", bare, count=1).strip(" ¤()-−–+/.=*")
    if not numbers or (left and left.casefold() not in {"cr", "only", "gbp"}):
        return Fault("This is not an amount of money.", GIVE_ONE)
    return None


def _letter(letter: str) -> Fault:
    meant = LETTERS[letter.upper()]
    return Fault(
        f"The letter {letter} stands among the digits, where {meant} may be meant.",
        "Type the amount again in digits.",
    )


def _several(bare: str, numbers: list[re.Match[str]]) -> Fault:
    digits = bare.strip("¤ ()-")
    if len(digits) < SHORTEST_FUSED and re.fullmatch(r"\d{1,3}(?:,\d+)+(?:\.\d+)?", digits):
        return Fault("The commas do not stand between thousands.", GIVE_ONE)
    between = bare[numbers[0].end() : numbers[-1].start()] if numbers else ""
    if re.fullmatch(r"[\s¤]*(?:-|–|—|to|and|/|or)[\s¤]*", between, re.IGNORECASE):
        return Fault("This is a range or two amounts, not one amount.", GIVE_ONE)
    return Fault("Two or more amounts stand in this cell.", GIVE_ONE)
