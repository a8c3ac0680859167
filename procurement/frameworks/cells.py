"""How cells of frameworks' tables are read, each refusing in words what cannot be."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

MOST_POUNDS = Decimal(10) ** 14
MOST_DIGITS = 6  # of a small number, with noughts before it
YES_NO = {"yes": True, "no": False, "true": True, "false": False, "": False}


class CellError(ValueError):
    """What a cell holds cannot be; the message is what its sender reads."""


def text(longest: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if len(cell) > longest:
            raise CellError(f"is longer than {longest} characters. Shorten it.")
        if any(unshowable(letter) for letter in cell):
            raise CellError("holds characters that cannot be shown. Type it again.")
        return cell

    return read


def unshowable(letter: str) -> bool:
    """Control characters, and halves of characters, which JSON can hold and no page can."""
    return (letter < " " and letter not in "\n\t") or "\ud800" <= letter <= "\udfff"


def reference(cell: str) -> str:
    """It becomes part of an address."""
    if "/" in cell or not cell.isprintable() or not any(map(str.isalnum, cell)):
        raise CellError("cannot stand in an address. Give it without slashes, as in RM1557.15.")
    return text(60)(cell)


def day(cell: str) -> date | None:
    if not cell:
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError:
        pass
    try:
        number, month, year = (int(part) for part in cell.split("/"))
        return date(year, month, number)
    except (ValueError, OverflowError):
        raise CellError(f"“{cell}” is not a date. Write 2027-03-31 or 31/03/2027.") from None


def amount(cell: str) -> Decimal | None:
    if not cell:
        return None
    try:
        found = Decimal(cell.replace("£", "").replace(",", "").strip())
    except InvalidOperation:
        raise CellError(f"“{cell}” is not an amount. Write pounds as in 12000000.") from None
    # As it is kept: rounding up can make it longer than its column.
    if not found.is_finite() or not 0 <= found < MOST_POUNDS or rounded(found) >= MOST_POUNDS:
        raise CellError(f"“{cell}” is not an amount of pounds from 0 up.")
    return rounded(found)


def percent(cell: str) -> Decimal | None:
    if not cell:
        return None
    try:
        found = Decimal(cell.removesuffix("%").strip())
    except InvalidOperation:
        raise CellError(f"“{cell}” is not a percentage. Write it as in 0.5.") from None
    if not found.is_finite() or not 0 <= found <= 100:
        raise CellError(f"“{cell}” is not a percentage from 0 to 100.")
    return rounded(found)


def rounded(found: Decimal) -> Decimal:
    return found.quantize(Decimal("0.01"))


def number(cell: str) -> int:
    plain = cell.isascii() and cell.isdigit() and len(cell) <= MOST_DIGITS
    if not plain or not 1 <= int(cell) <= 9_999:
        raise CellError(f"“{cell}” is not a number from 1 to 9999.")
    return int(cell)


def yes_no(cell: str) -> bool:
    if cell.lower() not in YES_NO:
        raise CellError(f"“{cell}” is neither yes nor no.")
    return YES_NO[cell.lower()]


def codes(cell: str) -> tuple[str, ...]:
    """Codes divided by spaces, in order, each once."""
    return tuple(sorted(set(text(2_000)(cell).split())))


def one_of(*words: str) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell and cell.lower() not in words:
            raise CellError(f"“{cell}” is none of: {', '.join(words)}.")
        return cell.lower()

    return read
