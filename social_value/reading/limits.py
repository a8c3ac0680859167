"""Words that promise nothing, or nothing firm: none, to be confirmed, up to, elsewhere."""

import re
from collections.abc import Sequence

from social_value.reading.amounts import Amount

NOTHING = re.compile(
    r"(?:none|nil|no|n/?\s?a|not applicable|zero|nothing)"
    r"(?:[\s:(-]+(?:identified|stated|specified|offered|required|recorded|applicable|proposed|"
    r"committed|promised|included|given|at this time|for this contract|to report))*[\s)]*"
    r"|(?:n/?a|not applicable|none|nil)\b[^\d£]*(?:\([^)]*\b(?:below|under|less than|threshold"
    r"|call[\s-]?off)\b[^)]*\))?|no social value\b[^\d£]*"
    r"|social value\s?[:-]\s?(?:none|nil|n/?a)|(?:no|nil)\s[^\d£]*"
    r"|social value not (?:applicable|required|sought)"
    r"|not (?:required|applicable|sought|included|specified|recorded|stated)"
    r"|[^\d£]*\b(?:do|does|did)(?: not|n't) (?:include|offer|require|provide|contain)\b[^\d£]*"
    r"|(?:neither|without)\b[^\d£]*"
)
UNDECIDED = re.compile(
    r"\bt\.?b\.?[cad]\b|\bto be (?:confirmed|agreed|advised|determined|decided|discussed|developed)"
    r"|\bto follow\b|\bawaiting\b|\bpending\b|\bunder (?:negotiation|discussion|review)\b"
    r"|\bnot (?:yet )?known\b|\bunknown\b"
)
ELSEWHERE = re.compile(
    r"\b(?:as per|see|refer to|in line with|as set out|as stated|as detailed|detailed in|"
    r"set out in|contained in|included in|per|as in|within|in accordance with|as described)\b.*"
    r"\b(?:tender|bid|submission|schedule|itt|method statement|proposal|response|document|appendix|"
    r"website|toms?|portal|contract|specification|spec|plan|annex|framework|separate sheet|file)\b"
)
PROXY = re.compile(
    r"\bsocial value (?:of|worth|equivalent|proxy)\b|\bprox(?:y|ies)\b|\bsroi\b|\bsocial return\b"
    r"|\btoms? value\b|\bslev\b|\bsocial value\s?[:=-]?\s?£|£[\d,.]+\s?[km]?\s?"
    r"(?:in |of |worth of )?(?:added |total )?social value\b|\bmonetary value of\b"
)
REFUSED = re.compile(
    r"\b(?:will not|not able|unable|cannot|can't|won't|declined|withdrawn|removed|cancelled|"
    r"no longer|failed)\b"
)
# "Completed by March" is still to come, and "delivered by a college" says who will.
PAST = re.compile(
    r"\b(?:(?:delivered|achieved|completed)(?!,? (?:by|through|with|via|in partnership)\b)"
    r"|to date|so far|was provided|were provided)\b"
)
# What is left of fractions once those that are exact as decimals are digits.
FRACTION = re.compile(
    r"(?:half|halves|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|twelfths?)"
    r" of (?:an?|1|the|each)\b"
)
HOPE = re.compile(
    r"\b(?:where possible|if possible|hope|aspir|explore|consider|may offer|might|could be|"
    r"would like|look to|seek to|endeavour)\w*"
)
# A register lists what was awarded, so that such a condition is met.
CONDITION = (
    r"(?:subject to (?!(?:the )?(?:contract|award|signature|signing|successful award)\b)"
    r"|if (?!not\b)|unless\b|provid(?:ed|ing) (?:that|there|the|a)\b|depend(?:ing|ent) (?:up)?on\b"
    r"|conditional (?:up)?on\b|assuming\b|funding permitting\b"
    r"|where (?:possible|practicable|appropriate|feasible|available|suitable|there (?:is|are))\b)"
)
CONDITIONAL = re.compile(rf"\b{CONDITION}")
# A condition that stands apart from what it is put on: "40 hours, all subject to funding".
CONDITION_ALONE = re.compile(
    rf"(?:(?:and|but|all|both|these|this|which|are|is|being)\s)*(?:{CONDITION}|subject to\b)[^\d£]*"
)
AIM = re.compile(
    r"\b(?:aim|target|intend|expect|anticipat|estimat|approx|around|about|circa|c\.|~)"
)
UPPER = re.compile(r"\b(?:up to|maximum(?: of)?|max|no more than|not more than|as many as)\b")
LOWER = re.compile(r"\b(?:at least|minimum|min|more than|not less than|no less than|over)\b")
ON_A_CONDITION = "It is promised on a condition. Put in what is promised once that is met."
PROXY_VALUE = (
    "This puts a value in pounds on promises; it is not a promise itself. Say what will be done:"
    " hours, weeks, people or money spent."
)


def says_nothing(folded: str) -> bool:
    """That nothing is promised: an answer, not a problem."""
    return NOTHING.fullmatch(folded.strip(" .")) is not None


# In this order: the first that fits says why these words promise nothing.
NO_PROMISE = (
    (UNDECIDED, "It is still to be settled. Put in what was agreed once it is."),
    (PROXY, PROXY_VALUE),
    (REFUSED, "It reads as if this will not be done. Put in what will be, or take it out."),
    (FRACTION, "It gives a fraction that is not exact in figures. Give weeks or hours instead."),
    (PAST, "It tells what was done. A promise says what will be done."),
    (HOPE, "It is worded as a hope. Put in what the supplier is bound to do."),
    (CONDITIONAL, ON_A_CONDITION),
)
ELSEWHERE_SAYS = "It points to another document. Put what that promises here: what, and how much."


def no_promise(folded: str) -> str:
    """Why these words promise nothing, whatever amounts stand in them; blank if they may."""
    for pattern, why in NO_PROMISE:
        if pattern.search(folded):
            return why
    if ELSEWHERE.search(folded) and not re.search(r"\d", folded):
        return ELSEWHERE_SAYS
    return ""


def bounded(text: str, found: Sequence[Amount]) -> list[Amount]:
    """Without an upper limit where the least is said too: "up to 40 hours, minimum 20"."""
    least = {one.kind for one in found if stands_before(LOWER, text, one)}
    return [one for one in found if not (one.kind in least and stands_before(UPPER, text, one))]


def stands_before(words: re.Pattern[str], text: str, one: Amount) -> bool:
    """Whether such words stand right before the amount, with nothing but "of" between."""
    before = [match.end() for match in words.finditer(text[: one.span[0]])]
    return bool(before) and text[before[-1] : one.span[0]].strip(" :=(") in {"", "of", "of a", "a"}


def limit(text: str, found: Sequence[Amount]) -> str:
    """An upper limit alone binds nobody to anything."""
    if found and UPPER.search(text) and not LOWER.search(text):
        return "“Up to” is met by nothing at all. Give the least that is promised."
    return ""


def hope(folded: str) -> list[str]:
    """What a reader should know of the firmness of an amount that was read."""
    if match := AIM.search(folded):
        return [f"“{match[0].strip()}” makes the amount an aim or an estimate"]
    return []
