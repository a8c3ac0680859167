"""Numbers and codes that name a supplier or a kind of goods: company, charity, CPV."""

import re

from imports.cells import Cell
from imports.normalise.reading import BLANK, Fault, Reading, says_nothing, text_of
from imports.normalise.texts import CUT, read_text
from registry.identifiers import charity_number, company_number
from registry.records import FIELDS

NO_NUMBER = re.compile(
    r"0+|.*\b(?:sole trader|partnership|unregistered|not registered|individual|exempt|public sector"
    r"|non[- ]?uk|overseas|foreign|public body|local authority"
    r"|council|nhs|school|university|charity|no number"
    r"|see .{1,30})\b[^\d]*|no|none|n",
    re.IGNORECASE,
)
CHARITY_WORD = re.compile(r"charit|chc|^cc\b", re.IGNORECASE)
CPV_CODE = re.compile(r"(?<!\d)(\d{8})(?:\s?[-–.]\s?(\d)(?!\d)|(\d)?(?!\d))")
# The first two digits of every division of CPV 2008 (Regulation (EC) No 213/2008).
CPV_DIVISIONS = frozenset({3, 9, 14, 15, 16, 18, 19, 22, 24, *range(30, 36), 37, 38, 39})
CPV_DIVISIONS |= {*range(41, 46), 48, 50, 51, 55, 60, *range(63, 67), *range(70, 74), 75, 76}
CPV_DIVISIONS |= {77, 79, 80, 85, 90, 92, 98}
OTHER_SCHEME = "Codes that are not in the CPV were kept as they stand."
COMPANY_LENGTH = CPV_LENGTH = 8
MOST_CPV = (FIELDS["cpv_code"].max_length or 0) // (CPV_LENGTH + 1)


def read_company_number(cell: Cell) -> Reading:
    """The eight characters of a Companies House number, however they were typed."""
    text = text_of(cell)
    if len(text) == COMPANY_LENGTH and text.isdecimal() and int(text) > 0:
        return Reading(text)
    if says_nothing(text) or NO_NUMBER.fullmatch(text):
        return BLANK
    if CHARITY_WORD.search(text) and (charity := charity_number(re.sub(r"[^\d]", "", text))):
        return Reading(also={"supplier_charity_number": charity.value})
    number = company_number(text)
    if number:
        return Reading(number)
    return Reading(
        fault=Fault(
            "This is not a Companies House number.",
            "Give the eight characters, such as 01234567 or SC123456, or leave the cell blank.",
        )
    )


def read_charity_number(cell: Cell) -> Reading:
    """A charity's number as its register writes it."""
    text = text_of(cell)
    if says_nothing(text) or NO_NUMBER.fullmatch(text):
        return BLANK
    found = charity_number(text)
    if found:
        return Reading(found.value)
    if text.casefold() in {"yes", "y"}:
        return Reading(also={"vcse": True})
    return Reading(
        fault=Fault(
            "This is not a charity number.",
            "Give the number alone, such as 1121596, or leave the cell blank.",
        )
    )


def read_cpv(cell: Cell) -> Reading:
    """The CPV codes of a cell without check digits, each once; other codes and text as stated."""
    text = text_of(cell)
    if says_nothing(text):
        return BLANK
    padded = text.zfill(CPV_LENGTH) if re.fullmatch(r"[39]\d{6}", text) else text
    codes = list(dict.fromkeys(found[1] for found in CPV_CODE.finditer(padded)))
    known = [code for code in codes if int(code[:2]) in CPV_DIVISIONS]
    if not known:
        kept = read_text(cell, text, "cpv_code")
        return Reading(kept.value, note=kept.note or (OTHER_SCHEME if codes else ""))
    words = CPV_CODE.sub(" ", padded)
    label = " ".join(re.sub(r"\bcpv\b[\s:]*|[;|]", " ", words, flags=re.IGNORECASE).split())
    label = label.strip(" -–,;:()&/")
    label = label[: FIELDS["cpv_label"].max_length].rstrip()
    also = {"cpv_label": label} if re.search(r"[a-z]{3}", label, re.IGNORECASE) else {}
    return Reading(" ".join(known[:MOST_CPV]), note=CUT if known[MOST_CPV:] else "", also=also)
