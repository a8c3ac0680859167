"""What a column's values look like, whatever its heading says: shares of dates, money, names."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from imports.cells import Cell
from imports.normalise.codes import CPV_CODE, CPV_DIVISIONS
from imports.normalise.dates import ROLLING
from imports.normalise.flags import LARGE, NO, SMALL, VCSE, YES
from imports.normalise.money import CURRENCY, MoneyColumn, read_money
from imports.normalise.reading import says_nothing, text_of
from imports.normalise.written_dates import Written, written
from registry.identifiers import company_number
from registry.terms import ExtensionKind, read_extension

MOST_READ = 2_000  # distinct cells of which it is asked whether they say anything
MOST_LOOKED_AT = 200  # distinct cells: enough to tell, and quick on any column

ORGANISATION = re.compile(
    r"\b(?:ltd|limited|plc|llp|inc|llc|corp(?:oration)?|co|company|council|trust|university|college|school"
    r"|group|services|solutions|systems|partnership|partners|associates|association|foundation|society"
    r"|charity|cic|nhs|housing|centre|consultants?|consulting|international|uk|care|homes?|bros|sons"
    r"|gmbh|taxis|coaches|engineering|construction|technologies|software|holdings)\b",
    re.IGNORECASE,
)
LEGAL_FORM = re.compile(r"\b(?:ltd|limited|plc|llp|inc|llc|corp|cic|gmbh)\b", re.IGNORECASE)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
CODE = re.compile(r"(?=.*\d)[\w./\\#*&-]{2,40}(?:\s?[\w./\\#*-]{1,12})?")
OCID = re.compile(r"ocds-\w{6}-.+", re.IGNORECASE)
WORDS = re.compile(r"[a-z]{2,}", re.IGNORECASE)
FEWEST_WORDS = 3


@dataclass(slots=True)
class Look:
    """Shares from 0 to 1 of a column's distinct cells that say something, worked out when asked."""

    sample: list[tuple[Cell, str]] = field(default_factory=list)
    distinct: int = 0
    filled: int = 0  # rows
    shares: dict[str, float] = field(default_factory=dict)

    def __getitem__(self, name: str) -> float:
        """The share of the sample that passes one of `TESTS`."""
        if name not in self.shares:
            passed = sum(TESTS[name](cell, text) for cell, text in self.sample)
            self.shares[name] = passed / len(self.sample) if self.sample else 0.0
        return self.shares[name]

    @property
    def empty(self) -> bool:
        return self.distinct == 0

    @property
    def repeats(self) -> bool:
        """Whether a few values stand again and again, as a department's name does."""
        return self.filled >= FEWEST_TO_REPEAT and self.distinct * 5 <= self.filled


FEWEST_TO_REPEAT = 15


def look_at(cells: Sequence[Cell], *, filled: int) -> Look:
    """What the distinct cells of a column look like; `filled` counts the rows that hold one."""
    skip = max(1, len(cells) // MOST_READ)
    telling = [(cell, text) for cell in cells[::skip] if not says_nothing(text := text_of(cell))]
    step = max(1, len(telling) // MOST_LOOKED_AT)
    return Look(telling[::step], distinct=len(telling) * skip, filled=filled)


def _is_date(cell: Cell, text: str) -> bool:
    if isinstance(cell, date):
        return True
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return False
    if text.replace(".", "", 1).isdigit():
        return False  # a serial or YYYYMMDD, but just as well a reference: see `_is_serial`
    return isinstance(written(cell), Written) or ROLLING.search(text) is not None


def _is_span(cell: Cell) -> bool:
    found = written(cell)
    return isinstance(found, Written) and found.until is not None


def _is_serial(cell: Cell, text: str) -> bool:
    form = r"[2-7]\d{4}(?:\.\d+)?|(?:19|20)\d{6}|\d{4}(?:19|20)\d\d"
    return bool(re.fullmatch(form, text)) and isinstance(written(cell), Written)


def _is_money(cell: Cell, text: str) -> bool:
    return (
        not isinstance(cell, date | bool)
        and read_money(cell, MoneyColumn(currency=_currency(text))).value is not None
    )


def _currency(text: str) -> str:
    from_sign = {"$": "dollars", "€": "euros"}
    return next((name for sign, name in from_sign.items() if sign in text), "pounds")


def _is_flag(cell: Cell, text: str) -> bool:
    forms = (YES, NO, SMALL, LARGE, VCSE)
    return isinstance(cell, bool) or any(form.fullmatch(text) for form in forms)


def _is_cpv(text: str) -> bool:
    return any(int(found[1][:2]) in CPV_DIVISIONS for found in CPV_CODE.finditer(text))


def _is_term(text: str) -> bool:
    return read_extension(text).kind is not ExtensionKind.UNKNOWN


TESTS: dict[str, Callable[[Cell, str], bool]] = {
    "dates": _is_date,
    "spans": lambda cell, _: _is_span(cell),
    "serials": _is_serial,
    "money": _is_money,
    "currency": lambda _, text: CURRENCY.search(text) is not None,
    "numbers": lambda _, text: bool(re.fullmatch(r"[\d,.]+", text)),
    "figures": lambda _, text: re.search(r"\d", text) is not None,
    "flags": _is_flag,
    "emails": lambda _, text: EMAIL.fullmatch(text) is not None,
    "web": lambda _, text: WEB.match(text) is not None,
    "company numbers": lambda _, text: company_number(text) is not None,
    "charity numbers": lambda _, text: bool(re.fullmatch(r"(?:SC0?)?\d{6,7}", text)),
    "cpv": lambda _, text: _is_cpv(text),
    "terms": lambda _, text: _is_term(text),
    "organisations": lambda _, text: ORGANISATION.search(text) is not None,
    "legal forms": lambda _, text: LEGAL_FORM.search(text) is not None,
    "codes": lambda _, text: CODE.fullmatch(text) is not None,
    "ocids": lambda _, text: OCID.fullmatch(text) is not None,
    "words": lambda _, text: WORDS.search(text) is not None,
    "sentences": lambda _, text: len(WORDS.findall(text)) >= FEWEST_WORDS,
}
