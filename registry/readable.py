"""Names that registers shout, as a person would write them. What is stored stays as it was sent."""

import csv
import re
from functools import cache
from pathlib import Path

# Written so wherever they stand: legal forms, and abbreviations that could be read as a word.
_WRITTEN = (
    "Ltd plc LLP LP CIC CIO Inc GmbH Co Corp Bros St Dr Mr Mrs Ms Cyf Pty IT ICT UK GB EU USA NHS "
    "HR AV BT IBM EE SAP EDF AEG BAE ICL CIPFA ADT AXA ITV DIY HVAC CCTV ASDA RIBA UKRI OCS ISS AA "
    "ABB ESPO YPO AECOM"
)
WRITTEN = {word.upper(): word for word in _WRITTEN.split()}
_SMALL = "a an and at by for from in of on or the to with"
SMALL = frozenset(_SMALL.split())
SHORT_WORDS_FILE = Path(__file__).parent / "reference" / "short_words.csv"
LONGEST_INITIALS = 4
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
TRADING_AS = re.compile(r"\bT/A\b")


def readable_name(name: str) -> str:
    """A name in capitals throughout, legal form apart, in usual case; any other as it is."""
    words = WORD.findall(name)
    told = [word for word in words if word.upper() not in WRITTEN]
    if not all(word.isupper() for word in told):
        return name
    first = WORD.search(name)
    begins = first.start() if first else 0
    return TRADING_AS.sub(
        "t/a", WORD.sub(lambda found: usual_case(found, begins=found.start() == begins), name)
    )


def usual_case(found: re.Match[str], *, begins: bool) -> str:
    word = found[0]
    if word.upper() in WRITTEN:
        return WRITTEN[word.upper()]
    if word.casefold() in SMALL and not begins and len(word) > 1:
        return word.lower()
    if beside_digit_or_slash(found) or looks_abbreviated(word):
        return word
    return capitalised(word)


def beside_digit_or_slash(found: re.Match[str]) -> bool:
    """Part of something like 3M, O2 or T/A, which is no word."""
    around = (
        found.string[max(found.start() - 1, 0) : found.start()]
        + found.string[found.end() : found.end() + 1]
    )
    return any(sign.isdigit() or (sign == "/" and len(found[0]) == 1) for sign in around)


def looks_abbreviated(word: str) -> bool:
    """Too short for a word that is not known as one, or impossible to say.

    Left as it was sent, a word too rare for the list is at least not wrong.
    """
    if word.casefold() in short_words() | SMALL:
        return False
    initials = len(word) <= LONGEST_INITIALS and word.isalpha()
    return initials or not re.search("[AEIOUYÀ-Þ]", word)


@cache
def short_words() -> frozenset[str]:
    """Words and names as short as initials that are none."""
    with SHORT_WORDS_FILE.open(encoding="utf-8", newline="") as lines:
        return frozenset(row["word"] for row in csv.DictReader(lines))


def capitalised(word: str) -> str:
    """Smith, O’Brien, McDonald, John’s."""
    head, apostrophe, tail = re.split("(['’])", word, maxsplit=1) if re.search("['’]", word) else (
        word, "", ""
    )  # fmt: skip
    if apostrophe and len(head) == 1:
        return f"{head}{apostrophe}{tail.capitalize()}"
    if head.startswith("MC") and len(head) > 4:
        head = f"Mc{head[2:].capitalize()}"
    else:
        head = head.capitalize()
    return f"{head}{apostrophe}{tail.lower()}"
