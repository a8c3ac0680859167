"""Words that promise nothing, or nothing firm: none, to be confirmed, up to, elsewhere."""

import re
from collections.abc import Sequence

from social_value.reading.amounts import Amount

NOTHING = re.compile(
    r"(?:none|nil|no|n/?\s?a|not applicable|zero|nothing)"
    r"(?:[\s:(-]+(?:identified|stated|specified|offered|required|recorded|applicable|proposed|"
    r"committed|promised|included|given|at this time|for this contract|to report))*[\s)]*"
    r"|(?:n/?a|not applicable|none|nil)\b[^\d£]*|no social value\b[^\d£]*"
    r"|social value\s?[:-]\s?(?:none|nil|n/?a)|(?:no|nil)\s[^\d£]*"
    r"|social value not (?:applicable|required|sought)"
    r"|not (?:required|applicable|sought|included|specified|recorded|stated)"
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
PAST = re.compile(r"\b(?:delivered|achieved|completed|to date|so far|was provided|were provided)\b")
# What is left of fractions once those that are exact as decimals are digits.
FRACTION = re.compile(
    r"(?:half|halves|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|twelfths?)"
    r" of (?:an?|1|the|each)\b"
)
HOPE = re.compile(
    r"\b(?:where possible|if possible|hope|aspir|explore|consider|may offer|might|could be|"
    r"subject to|would like|look to|seek to|endeavour)\w*"
)
AIM = re.compile(
    r"\b(?:aim|target|intend|expect|anticipat|estimat|approx|around|about|circa|c\.|~)"
)
UPPER = re.compile(r"\b(?:up to|maximum(?: of)?|max|no more than|not more than|as many as)\b")
LOWER = re.compile(r"\b(?:at least|minimum|min|more than|not less than|no less than|over)\b")
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
