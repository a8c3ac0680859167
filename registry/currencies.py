"""The currencies that amounts of contracts are in: pounds, save where a register says otherwise."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

POUNDS = "GBP"


@dataclass(frozen=True, slots=True)
class Currency:
    """One currency by its ISO 4217 code, as its amounts are written and as sentences name it."""

    code: str
    sign: str
    words: str


CURRENCIES: Mapping[str, Currency] = {
    one.code: one
    for one in (
        Currency(POUNDS, "£", "pounds"),
        Currency("EUR", "€", "euros"),
        Currency("USD", "$", "US dollars"),
        Currency("AUD", "A$", "Australian dollars"),
        Currency("CAD", "C$", "Canadian dollars"),
        Currency("CHF", "CHF ", "Swiss francs"),
        Currency("JPY", "¥", "yen"),
        Currency("DKK", "DKK ", "Danish kroner"),
        Currency("NOK", "NOK ", "Norwegian kroner"),
        Currency("SEK", "SEK ", "Swedish kronor"),
    )
}


def sign_of(code: str) -> str:
    """What stands before an amount; of a currency not listed here its code."""
    return CURRENCIES[code].sign if code in CURRENCIES else f"{code} "


def words_of(code: str) -> str:
    return CURRENCIES[code].words if code in CURRENCIES else code


# Other names that stand alone; what names no country is what councils are likeliest to pay in.
_OTHERWISE = {
    "pound": POUNDS, "sterling": POUNDS, "pound sterling": POUNDS, "pounds sterling": POUNDS,
    "stg": POUNDS, "uk pounds": POUNDS, "british pounds": POUNDS, "uk£": POUNDS, "euro": "EUR",
    "dollar": "USD", "dollars": "USD", "us$": "USD", "au$": "AUD", "ca$": "CAD",
}  # fmt: skip
_CODES = {
    name.strip().casefold(): one.code
    for one in CURRENCIES.values()
    for name in (one.code, one.sign, one.words, one.words.removesuffix("s"))
} | _OTHERWISE
_PARTS = (re.compile(r"\s*[()\[\]/,;:–—-]+\s*"), re.compile(r"[\s()\[\]]+"))


def code_of(text: str) -> str:
    """The currency that a text names and nothing else: "GBP", "£", "Euro", "USD ($)"; else ""."""
    folded = " ".join(text.casefold().replace(".", "").split())
    if folded in _CODES:
        return _CODES[folded]
    for apart in _PARTS:
        codes = {_CODES.get(part, "") for part in apart.split(folded) if part}
        if len(codes) == 1 and (code := codes.pop()):
            return code
    return ""
