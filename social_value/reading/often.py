"""How often a promise comes round: once in all, or every year, and what tells so."""

from dataclasses import dataclass

from social_value.reading.amounts import (
    FOR_YEARS,
    IN_A_YEAR,
    OVER,
    Often,
    how_often,
    without_asides,
)

UNKNOWN_RATE = (
    "It is so much for each of something (“{words}”), and how many of those there are is not said."
    " Give the amount for a year, or for the whole contract."
)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often, the reasons, and the text that is left when the words for it are taken out."""

    text: str
    per_year: bool = False
    times: int = 1  # by which the amount is to be multiplied
    because: tuple[str, ...] = ()
    problem: str = ""


def rhythm(folded: str) -> Rhythm:
    """Of a folded clause. Dates, ages, levels and codes are blanked out as well."""
    text = without_asides(folded)
    for often, match in how_often(text):
        left = blanked(text, match.span())
        if often is Often.OTHER:
            if shared_out(match[0]):
                continue
            return Rhythm(left, problem=UNKNOWN_RATE.format(words=match[0].strip()))
        return yearly(left, often, match[0].strip(" ."))
    if over := OVER.search(text):
        return Rhythm(
            blanked(text, over.span()), because=(f"“{over[0]}” says that it is for the whole",)
        )
    return Rhythm(text)


def shared_out(words: str) -> bool:
    """As in "2 hours per person": counted beside the number of people, if one is given."""
    return any(
        word in words for word in ("person", "employee", "head", "member", "staff", "volunteer")
    ) or words.endswith(("colleague", "placement", "apprentice", "session", "visit"))


def yearly(text: str, often: Often, words: str) -> Rhythm:
    times = IN_A_YEAR[often]
    because = [f"“{words}” says that it comes round every {often.value}"]
    if times > 1:
        because.append(f"there are {times} of them in a year")
    years = FOR_YEARS.search(text)
    if years is None:
        return Rhythm(text, True, times, tuple(because))
    because.append(f"“{years[0]}” says for how many years")
    left = blanked(text, years.span())
    return Rhythm(left, False, times * int(years["years"]), tuple(because))


def blanked(text: str, span: tuple[int, int]) -> str:
    return text[: span[0]] + "·" * (span[1] - span[0]) + text[span[1] :]
