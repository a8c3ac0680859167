"""How much of a measure the amounts of a clause come to, in the measure's unit."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from social_value.reading.amounts import Amount, Kind
from social_value.reading.tables import Tables, Wording

# As finely as quantities are kept: what is finer is rounded down, so that nothing is invented.
FINEST = Decimal("0.0001")
# No promise of a council's contract comes to more than this, in any unit.
MOST = Decimal(1_000_000_000)
# What stands between a number and the time it takes, if one multiplies the other.
TOGETHER = re.compile(
    r"\bx\b|\bof\b|\bfor\b|\beach\b|\bper\b|\bat\b|\(|\blasting\b|\bspend(?:ing)?\b"
    r"|\ban? $|^[\s-]*$"
)
BARE_UNIT = re.compile(r"\b(?:weeks?|days?|hours?|months?)\b")
APART = re.compile(r"[,;]|\band\b|\bor\b")
EACH = re.compile(r"\beach\b|\bper (?:person|employee|head|member|staff|volunteer|colleague|session"
                  r"|visit|placement|apprentice)")  # fmt: skip
SESSIONS = re.compile(
    r"[^,;:()]{0,60}?\b(?:sessions?|workshops?|events?|courses?|class(?:es)?|talks?|visits?|clubs?"
    r"|fairs?|drop-ins?|programmes?|seminars?|webinars?)\b"
)
SEVERAL = (
    "More than one amount stands here, and which one counts is not clear. "
    "Give one for each promise."
)
HOW_LONG = (
    "It does not say how long each takes. "
    "Give hours or weeks: for example, “2 placements of 2 weeks”."
)


@dataclass(frozen=True, slots=True)
class Counted:
    """So much, and why."""

    quantity: Decimal
    because: tuple[str, ...]


# A measure counted, a reason why it cannot be, or None where no amount is of its kind.
Outcome = Counted | str | None


def counted(wording: Wording, text: str, found: Sequence[Amount], tables: Tables) -> Outcome:
    """By the measure's kind of amount."""
    unit = tables.units[wording.measure]
    of_kind = {kind: [one for one in found if one.kind is kind] for kind in Kind}
    outcome = COUNTERS[wording.counted](Case(text, of_kind, unit, tables))
    if isinstance(outcome, Counted) and not 0 < outcome.quantity < MOST:
        return "The amount is too small or too large to be believed. Put it right here."
    return outcome


@dataclass(frozen=True, slots=True)
class Case:
    """A clause's amounts by kind, beside the unit they are to be counted in."""

    text: str
    of: Mapping[Kind, Sequence[Amount]]
    unit: str
    tables: Tables

    def converted(self, value: Decimal, said: str) -> Counted | str:
        """A value in the unit said, in the measure's unit."""
        if said == self.unit:
            return Counted(value, ())
        conversion = self.tables.conversions.get((said, self.unit))
        if conversion is None:
            return f"How many {self.unit}s a {said} is, is not settled. Give {self.unit}s."
        return Counted(conversion.of(value, FINEST), (conversion.because,))


def one_amount(case: Case, kind: Kind) -> Amount | str | None:
    found = case.of[kind]
    if len(found) > 1:
        return SEVERAL
    return found[0] if found else None


def plainly(kind: Kind) -> Callable[[Case], Outcome]:
    """The one amount of that kind, as it stands."""

    def count(case: Case) -> Outcome:
        found = one_amount(case, kind)
        if not isinstance(found, Amount):
            return found
        return Counted(floor(found.value), as_read(found))

    return count


def people(case: Case) -> Outcome:
    """So many people; a number of sessions is none of them."""
    found = one_amount(case, Kind.COUNT)
    if isinstance(found, Amount) and SESSIONS.match(case.text[found.span[1] :]):
        return "It counts sessions, and how many people come is not said. Give the people."
    return plainly(Kind.COUNT)(case)


def money(case: Case) -> Outcome:
    """One sum of money; several times over where "4 x £500" says so."""
    found = one_amount(case, Kind.MONEY)
    if not isinstance(found, Amount):
        return found
    several = [one for one in case.of[Kind.COUNT] if multiplied(case.text, one, found)]
    if len(several) == 1:
        return product(several[0], found)
    if several or EACH.search(case.text):
        return SEVERAL
    return Counted(floor(found.value), as_read(found))


def mass(case: Case) -> Outcome:
    found = one_amount(case, Kind.MASS)
    if not isinstance(found, Amount):
        return found
    said = "tonne CO2e" if found.unit == "tonne" else found.unit
    return joined(case.converted(found.value, said), as_read(found))


def posts(case: Case) -> Outcome:
    """Full-time equivalents, times the years they are for where those are said."""
    found = one_amount(case, Kind.POSTS)
    if not isinstance(found, Amount):
        return found
    lengths = [one for one in case.of[Kind.TIME] if one.unit in ("year", "month")]
    if len(lengths) > 1:
        return SEVERAL
    if not lengths:
        return joined(case.converted(found.value, "FTE"), as_read(found))
    made = product(found, lengths[0])
    return joined(case.converted(made.quantity, lengths[0].unit), made.because)


def time(case: Case) -> Outcome:
    """A length of time, times how often or for how many, where the words join the two."""
    lengths, counts = case.of[Kind.TIME], case.of[Kind.COUNT]
    if len(lengths) > 1 or len(counts) > 1:
        return SEVERAL
    if not lengths:
        return HOW_LONG if counts else None
    [length] = lengths
    if not counts:
        if EACH.search(case.text):
            return "It is so much for each, and how many there are is not said."
        return joined(case.converted(length.value, length.unit), as_read(length))
    if not joined_by_words(case.text, counts[0], length):
        return SEVERAL
    made = product(counts[0], length)
    return joined(case.converted(made.quantity, length.unit), made.because)


def apprentices(case: Case) -> Outcome:
    """Weeks as said, or so many apprentices for as long as is said, else for a year each."""
    people = [*case.of[Kind.COUNT], *case.of[Kind.POSTS]]
    if case.of[Kind.TIME]:
        return time(Case(case.text, {**case.of, Kind.COUNT: people}, case.unit, case.tables))
    if len(people) > 1:
        return SEVERAL
    if not people:
        return None
    if BARE_UNIT.search(case.text):
        return "It names weeks or months, and how many of them is not clear. Give one amount."
    return joined(case.converted(people[0].value, "apprentice"), as_read(people[0]))


COUNTERS: Mapping[str, Callable[[Case], Outcome]] = {
    "time": time,
    "apprentices": apprentices,
    "people": people,
    "posts": posts,
    "count": plainly(Kind.COUNT),
    "money": money,
    "percent": plainly(Kind.PERCENT),
    "mass": mass,
}


def product(one: Amount, other: Amount) -> Counted:
    said = f"£{other.value}" if other.kind is Kind.MONEY else f"{other.value} {other.unit}s"
    because = (*as_read(one), *as_read(other), f"{one.value} times {said}")
    return Counted(floor(one.value * other.value), because)


def joined(made: Counted | str, because: tuple[str, ...]) -> Counted | str:
    """With what was known before, first."""
    if isinstance(made, str):
        return made
    return Counted(made.quantity, (*because, *made.because))


def as_read(amount: Amount) -> tuple[str, ...]:
    if amount.highest is None:
        return ()
    return (f"from {amount.value} to {amount.highest} is promised, so at least {amount.value}",)


def floor(value: Decimal) -> Decimal:
    """Rounded down to what can be kept; whole amounts stay as they are."""
    return value if value == value.quantize(FINEST) else value.quantize(FINEST, ROUND_DOWN)


def joined_by_words(text: str, count: Amount, length: Amount) -> bool:
    """Whether one multiplies the other: "2 x 2 weeks", "2 placements of 2 weeks", "2 days each"."""
    if EACH.search(text):
        return True
    if text[slice(*count.span)].startswith("x"):
        return True
    between = text[count.span[1] : length.span[0]] or text[length.span[1] : count.span[0]]
    return bool(TOGETHER.search(between)) and not APART.search(between)


def multiplied(text: str, count: Amount, sum_of_money: Amount) -> bool:
    """Whether "x" stands between a number and a sum of money."""
    between = text[count.span[1] : sum_of_money.span[0]]
    return bool(re.fullmatch(r"\s?x\s?", between))
