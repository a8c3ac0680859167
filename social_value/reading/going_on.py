"""Whether a piece of a cell only says more of its neighbours: how often, by whom, if what."""

import re

from social_value.reading.amounts import Amount, amounts, without_asides
from social_value.reading.limits import CONDITION_ALONE, CONDITIONAL, LOWER, UPPER

PERIOD = (
    r"(?:per annum|p\.?a\.?|per year|each year|every year|annually|yearly|per month|monthly|each)"
)
LONG = r"\d+(?:\.\d+)?[\s-]*(?:hour|hr|day|week|month)s?"
# Of what stands before it, even where a sentence ended: how often, how long each takes.
WHEREVER = re.compile(
    rf"(?:{PERIOD}|each (?:(?:lasting|for|of) )?{LONG}"
    rf"|(?:lasting|for|of)?\s*{LONG} (?:each|per person)(?: (?:{PERIOD}))?)\W*"
)
# Within a sentence alone: with whom and by whom, and what somebody takes it to be worth.
SAYS_MORE = re.compile(
    r"(?:(?:jointly )?(?:administered|delivered|managed|run|paid|distributed|provided|hosted"
    r"|organised|spread|shared|targeted|aimed|focused|agreed)"
    r"|in (?:partnership|conjunction|collaboration)|with|by|through|via|such as"
    r"|working (?:with|alongside))\b[^\d£]*"
    r"|(?:valued at|worth|equivalent to|equating to|(?:at|with) a value of)\s.*"
)
PART_OF_IT = re.compile(r"(?:including|incl?\.?|of whom|of which)\s")
BOUND = re.compile(r"(?:(?:with|and|but)\s)?(?:an?\s)?")
OF_ALL = re.compile(r"(?:and |but )?(?:all|both|these|the above)\b")


def wherever(folded: str) -> bool:
    return WHEREVER.fullmatch(folded) is not None


def goes_on(before: str, folded: str) -> bool:
    """Whether a piece says more of the piece before it in its sentence."""
    if SAYS_MORE.fullmatch(folded):
        return True
    counted = amounts(without_asides(before))
    if not counted:
        return False
    return bool(PART_OF_IT.match(folded)) or other_bound(before, counted[-1], folded)


def other_bound(before: str, counted: Amount, folded: str) -> bool:
    """Whether it gives the least where the most was given, or the other way, in the same unit."""
    here = amounts(without_asides(folded))
    if not here or (here[0].kind, here[0].unit) != (counted.kind, counted.unit):
        return False
    opens = folded[BOUND.match(folded).end() :]  # type: ignore[union-attr]  # it may be empty
    return any(
        one.match(opens) and other.search(before) for one, other in ((UPPER, LOWER), (LOWER, UPPER))
    )


def stands_alone(folded: str) -> bool:
    """A condition and nothing besides, met or not."""
    return CONDITION_ALONE.fullmatch(folded) is not None


def conditional(folded: str) -> bool:
    """Whether a condition is put on it that is not met by the contract's having been awarded."""
    return CONDITIONAL.search(folded) is not None


def of_all(folded: str) -> bool:
    return OF_ALL.match(folded) is not None
