"""Numbers as people write them, made into digits: "two and a half", "a tenth of an", "½"."""

import re

ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {word: n for n, word in enumerate(ONES, 1)}
WORDS |= {word: 10 * n for n, word in enumerate(TENS, 2)}
WORD = "|".join(sorted(WORDS, key=len, reverse=True))
NUMBER_WORDS = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(TENS)})[\s-](?P<ones>{'|'.join(ONES[:9])})|(?P<word>{WORD}))\b"
)
SIGNS = str.maketrans({"×": "x", "–": "-", "—": "-", "−": "-", "’": "'", "\xa0": " ", "*": "x"})
SMALL = {"½": ".5", "¼": ".25", "¾": ".75", "⅛": ".125"}
# Fractions that are exact as decimals; a third is not, and stays a problem.
PARTS = {"half": "0.5", "quarter": "0.25", "fifth": "0.2", "eighth": "0.125", "tenth": "0.1"}
PARTS |= {"twentieth": "0.05", "hundredth": "0.01"}
PART = "|".join(PARTS)
# Read as words, for they count nothing.
NO_NUMBERS = re.compile(
    r"\b(?:one|1)(?:[\s-]to[\s-]|:|\s*2\s*)(?:one|1)\b|\bone[\s-]off\b|\bno one\b|\bone another\b"
)
REWRITTEN = (
    (re.compile(r"\ban? (?:dozen)\b"), "12"),
    (re.compile(r"\ba (?:couple|pair) of\b"), "2"),
    (re.compile(r"\ba hundred\b"), "100"),
    (re.compile(r"\ba thousand\b"), "1000"),
    (re.compile(r"\b(\d+) hundred\b"), r"\g<1>00"),
    (re.compile(r"\b(\d+) thousand\b"), r"\g<1>000"),
    (re.compile(r"\b(\d+) and (?:a )?half\b"), r"\1.5"),
    (re.compile(r"\b(\d+) and (?:a )?quarter\b"), r"\1.25"),
    (re.compile(r"\b3[\s-]quarters of (?:an?|1)\b"), "0.75"),
    (re.compile(r"\b1/2 (?=day|hour|week|year|fte)"), "0.5 "),
    (re.compile(r"\b1/4 of (?:an?|1)\b"), "0.25"),
    (re.compile(r"\b1/10(?:th)?(?: of (?:an?|1))? (?=apprentice|fte)"), "0.1 "),
    (re.compile(r"\b1/5(?:th)?(?: of (?:an?|1))? (?=apprentice|fte)"), "0.2 "),
    (re.compile(r"\bhalf(?: of)? (?:an?|1)\b"), "0.5"),
    (re.compile(r"\bhalf[\s-](?=days?\b|hours?\b)"), "0.5 "),
    (re.compile(r"\b(\d+)\s*\(\s*\1\s*\)"), r"\1"),
    (re.compile(r"(?<=\d)\s*no\.?\s+(?=[a-z\d])"), " x "),
    # "An apprentice" is one; "an apprentice week" and "a third of an apprentice" are not.
    (re.compile(r"(?<!of )\ban? (?=(?:new )?apprentice(?:ship)?\b(?! (?:week|day)))"), "1 "),
    (re.compile(r"\bfor an? (?=year|month|week|day)"), "for 1 "),
    # As forms ask: "Number of weeks of apprenticeship on the contract: 78".
    (
        re.compile(
            r"^(?:total )?(?:no\.?|nr\.?|number|quantity) of (?P<what>.{3,120}?)"
            r"\s*[:=-]\s*(?P<n>\d[\d,.]*)$"
        ),
        r"\g<n> \g<what>",
    ),
)
FRACTION = re.compile(rf"(?<!first )(?<!last )(?<!next )\b(?:(?:an?|1) )?({PART}) of (?:an?|1)\b")


def fold(text: str) -> str:
    """Lower case, one spelling of signs, and numbers as digits."""
    plain = text.lower().translate(SIGNS)
    plain = re.sub(r"(\d?)([½¼¾⅛])", lambda m: (m[1] or "0") + SMALL[m[2]] + " ", plain)
    plain = NO_NUMBERS.sub("singly", " ".join(plain.split()))
    plain = NUMBER_WORDS.sub(as_digits, plain)
    plain = FRACTION.sub(lambda m: PARTS[m[1]], plain)
    for pattern, instead in REWRITTEN:
        plain = pattern.sub(instead, plain)
    return plain


def as_digits(found: re.Match[str]) -> str:
    if found["word"]:
        return str(WORDS[found["word"]])
    return str(WORDS[found["tens"]] + WORDS[found["ones"]])
