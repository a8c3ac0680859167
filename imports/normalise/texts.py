"""Text columns: blanks collapsed, nothing said left out, lengths with the heading's unit."""

import re

from imports.cells import Cell
from imports.normalise.dates import read_date
from imports.normalise.reading import BLANK, Reading, says_nothing, text_of
from imports.normalise.written_dates import Order
from registry.records import FIELDS

NAMELESS = re.compile(
    r"\[?\(?redacted.*|tbc|various.*|multiple.*|confidential.*|withheld.*|see (?:contract"
    r"|notes?|list).*"
    r"|name withheld.*|individual.*|\*+|private individual.*|commercial in confidence",
    re.IGNORECASE,
)
LEGAL_FORM = re.compile(r"\b(?:ltd|limited|plc|llp|inc|cic)\b\.?", re.IGNORECASE)
BETWEEN_NAMES = re.compile(r"[;|\n]|,\s|\s[/&]\s|\band\b|\b\d\)|\b\d\.\s", re.IGNORECASE)

NO_NAME = (
    'Some supplier cells name nobody ("Redacted", "Various", "TBC"); they were kept as stated.'
)
SEVERAL = "Some supplier cells seem to name several suppliers; each was kept as one name."
CUT = "Text longer than the registry keeps was cut short."

UNITS = (
    (re.compile(r"\b(?:months?|mths?)\b", re.IGNORECASE), "months"),
    (re.compile(r"\b(?:years?|yrs?)\b", re.IGNORECASE), "years"),
    (re.compile(r"\bweeks?\b", re.IGNORECASE), "weeks"),
    (re.compile(r"\bdays?\b", re.IGNORECASE), "days"),
)
BARE_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,2})?")


def read_text(cell: Cell, text: str, field: str) -> Reading:
    """Words as stated (`text`: with blanks collapsed); a cell that says nothing is blank."""
    if says_nothing(text) and not (field == "supplier_name" and NAMELESS.fullmatch(text)):
        return BLANK
    longest = FIELDS[field].max_length
    if longest and len(text) > longest:
        return Reading(text[:longest].rstrip(), note=CUT)
    return Reading(text, note=_supplier_note(cell) if field == "supplier_name" else "")


def _supplier_note(cell: Cell) -> str:
    text = str(cell)
    if NAMELESS.fullmatch(text.strip()):
        return NO_NAME
    several = len(LEGAL_FORM.findall(text)) > 1 and BETWEEN_NAMES.search(text)
    aliases = re.search(r"\bt/?as?\b|trading as|former|previous|known as", text, re.IGNORECASE)
    return SEVERAL if several and not aliases else ""


def read_term(cell: Cell, field: str, heading: str, order: Order) -> Reading:
    """A length or options in words. A bare number takes its unit from the heading.

    "No" and "N/A" stay: that there is no extension is a fact. A date is kept as ISO, so that
    nobody has to ask again which number was the month.
    """
    text = text_of(cell)
    if not text or (says_nothing(text) and text[:1].casefold() != "n"):
        return BLANK
    as_date = read_date(cell, order=order, is_end=True)
    if "start_date" in as_date.also and as_date.value is not None:
        return Reading(text, also={"end_date": as_date.value, **as_date.also})
    if as_date.value is not None and not BARE_NUMBER.fullmatch(text):
        rest = as_date.also.get("extension", "")
        return Reading(f"{as_date.value.isoformat()} {rest}".strip())
    unit = next((unit for pattern, unit in UNITS if pattern.search(heading)), "")
    if unit and BARE_NUMBER.fullmatch(text):
        return BLANK if float(text) == 0 else Reading(f"{text} {unit}")
    return read_text(cell, text, field) if not says_nothing(text) else Reading(text)
