"""The currencies that amounts of contracts are in: pounds, save where a register says otherwise."""

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
    )
}


def sign_of(code: str) -> str:
    """What stands before an amount; of a currency not listed here its code."""
    return CURRENCIES[code].sign if code in CURRENCIES else f"{code} "


def words_of(code: str) -> str:
    return CURRENCIES[code].words if code in CURRENCIES else code
