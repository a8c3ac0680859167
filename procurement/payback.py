"""Whether a saving covers, over the usual term, the work and the switching it costs.

What is shown adds up: the saving a year is rounded as a whole estimate is, and all the rest is
worked out from what is shown. Part of a pound over the term counts against the saving.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property

from procurement.savings import rounded
from procurement.switching import MONTHS_IN_A_YEAR, NOTHING, Switching
from procurement.track_record import Forecast
from registry.formats import count, money_exact

TERM, WORK = "replacement_term_months", "lead_costs"
KEPT = "Not counted here: councils state it on the ladder, told to the lead and the buyer."
TAKEN_TO_COST = "Leading it is taken to cost"


@dataclass(frozen=True, slots=True)
class Stated:
    """What was stated on a joint buy of what it costs, as far as its reader may know."""

    costs: Decimal | None  # of the lead, by its terms
    switching: Sequence[Switching] | None  # None where the reader may not know it
    of: int  # councils that could state it


@dataclass(frozen=True)
class Payback:
    """A saving in pounds a year, beside what it costs whoever saves it."""

    saving: Forecast  # as shown
    term_months: int
    work: Decimal  # paid once: what leading the procurement costs
    work_words: str  # whose figure that is
    switching: Switching | None = None  # None where councils state none, or it is not told
    switching_words: str = "Not known yet: councils state it on a joint buy’s ladder."

    def switched(self, stated: Sequence[Switching], *, of: int = 1) -> "Payback":
        """The same with what some `of` so many councils state that switching costs them."""
        once = sum((one.once for one in stated), NOTHING)
        yearly = sum((one.yearly for one in stated), NOTHING)
        if not stated:
            return replace(self, switching_words="None is stated.")
        words = f"As {len(stated):,} of {of:,} councils state it." if of > 1 else "As it states it."
        if len(stated) < of:
            words += " What it costs the others is not known, and counts as nothing."
        return replace(self, switching=Switching(once, yearly), switching_words=words)

    @cached_property
    def over_term(self) -> Forecast:
        return Forecast(*(self.over(yearly, ROUND_FLOOR) for yearly in self.saving.pounds))

    def over(self, yearly: Decimal, rounding: str) -> Decimal:
        months = yearly * self.term_months
        return (months / MONTHS_IN_A_YEAR).quantize(Decimal(1), rounding)

    @property
    def switching_over_term(self) -> Decimal:
        if self.switching is None:
            return NOTHING
        return self.switching.once + self.over(self.switching.yearly, ROUND_CEILING)

    @property
    def once(self) -> Decimal:
        return self.work + (self.switching.once if self.switching else NOTHING)

    @property
    def spent(self) -> Decimal:
        return self.work + self.switching_over_term

    @property
    def yearly(self) -> Decimal:
        return self.switching.yearly if self.switching else NOTHING

    @cached_property
    def left(self) -> Forecast:
        """Of the saving over the term; below nothing where it costs more than it saves."""
        return Forecast(*(pounds - self.spent for pounds in self.over_term.pounds))

    @property
    def pays(self) -> bool:
        """Whether the most likely saving over the term covers what it costs."""
        return self.left.mid >= 0

    @property
    def months(self) -> int | None:
        """Until the most likely saving has paid for what is paid once; None if not in the term."""
        if not self.pays or self.saving.mid <= self.yearly:
            return None
        needed = self.once * MONTHS_IN_A_YEAR / (self.saving.mid - self.yearly)
        return int(needed.quantize(Decimal(1), ROUND_CEILING))

    @property
    def term(self) -> str:
        years, over = divmod(self.term_months, MONTHS_IN_A_YEAR)
        return count(self.term_months, "month") if over else count(years, "year")

    @property
    def rows(self) -> list[tuple[str, str]]:
        """What it comes to, line by line, for pages and papers."""
        low, mid, high = map(money_exact, self.over_term.pounds)
        worked = f"{self.term} at {money_exact(self.saving.mid)} a year"
        lines = [
            ("Saving over the usual term", f"{low} to {high}, most likely {mid}: {worked}"),
            ("The lead’s work, once", f"{money_exact(self.work)}. {self.work_words}"),
            ("Switching over the term", self.told_of_switching),
        ]
        low, mid, high = map(in_hand, self.left.pounds)
        return [*lines, ("What is left", f"{low} to {high}, most likely {mid}. {self.verdict}")]

    @property
    def told_of_switching(self) -> str:
        if self.switching is None:
            return self.switching_words
        return f"{money_exact(self.switching_over_term)}. {self.switching_words}"

    @property
    def verdict(self) -> str:
        """When it pays for itself, and whether it does if things go badly."""
        if not self.pays:
            return "At the most likely saving it does not pay for itself within the term."
        if self.left.low < 0:
            return f"{self.when}; at the lowest saving, not within the term."
        return f"{self.when}."

    @property
    def when(self) -> str:
        if not self.months:
            return "It costs nothing to begin with"
        return f"At the most likely saving it pays for itself after {count(self.months, 'month')}"

    @property
    def reason(self) -> str:
        """In a sentence, for a list of reasons."""
        spent = f"{TAKEN_TO_COST} {money_exact(self.work)} once"
        if self.warning:
            return f"{spent}. {self.warning}"
        left = in_hand(self.left.mid)
        return f"{spent}: over {self.term} {left} is most likely left. {self.verdict}"

    @property
    def warning(self) -> str:
        """One sentence where the most likely saving does not cover the work; else nothing."""
        if self.pays:
            return ""
        saved, costs = money_exact(self.over_term.mid), money_exact(self.spent)
        return (
            f"It may not be worth the work: over {self.term} about {saved} is most likely saved, "
            f"and {costs} is spent on it."
        )


def about(saving: Forecast) -> Forecast:
    """Rounded as a whole estimate is: a part of one is known no more exactly."""
    return Forecast(*map(rounded, saving.pounds))


def in_hand(pounds: Decimal) -> str:
    """What is left: below nothing in words."""
    return f"{money_exact(-pounds)} too little" if pounds < 0 else money_exact(pounds)


@dataclass(frozen=True, slots=True)
class Usual:
    """By what a saving is weighed before anybody has stated what it costs."""

    term_months: int
    work: Decimal
    work_words: str = "Assumed until a lead states its costs; a call-off may need less."

    @property
    def pays_from(self) -> Decimal:
        """Pounds a year from which a saving covers the work over the term."""
        return self.work * MONTHS_IN_A_YEAR / self.term_months

    def payback(self, saving: Forecast, stated: Stated | None = None) -> Payback | None:
        """Beside what is stated, else assumed; None where no saving is claimed to weigh."""
        if not saving.high:
            return None
        work, words = self.work, self.work_words
        if stated and stated.costs is not None:
            work, words = stated.costs, "As its terms state."
        found = Payback(about(saving), self.term_months, work, words)
        if stated is None:
            return found
        if stated.switching is None:
            return replace(found, switching_words=KEPT)
        return found.switched(stated.switching, of=stated.of)


def usual(assumed: Mapping[str, Decimal]) -> Usual | None:
    """None where reference data is not loaded."""
    if not assumed.keys() >= {TERM, WORK}:
        return None
    return Usual(int(assumed[TERM]), assumed[WORK])


def pays_from(assumed: Mapping[str, Decimal]) -> Decimal | None:
    """Pounds a year under which a list says that a saving does not cover the work."""
    weighed = usual(assumed)
    return weighed.pays_from if weighed else None
