"""Which dates of frameworks the law allows: terms, and the awards of an open framework's scheme."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from registry.formats import count
from registry.formats import day as in_words
from registry.values import months_on

FRAMEWORK, OPEN, DYNAMIC_MARKET = "framework", "open framework", "dynamic market"
SPECIAL, LIGHT_TOUCH = "special", "light touch"
ONE_SUPPLIER = "one"
DAY = timedelta(days=1)
MONTHS_IN_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Rule:
    """A number of years that the law sets, and between which days it applies."""

    code: str
    years: int
    applies_from: date
    applies_to: date | None
    source: str


class Law:
    """The rules of a day."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = sorted(rules, key=lambda rule: rule.applies_from)

    def on(self, code: str, day: date) -> Rule | None:
        """What the law said on a day; None where it said nothing, or none is held."""
        found = [
            rule
            for rule in self.rules
            if rule.code == code
            and rule.applies_from <= day
            and (rule.applies_to is None or day <= rule.applies_to)
        ]
        return found[-1] if found else None

    def first_day(self, code: str) -> date | None:
        return next((rule.applies_from for rule in self.rules if rule.code == code), None)


@dataclass(frozen=True, slots=True)
class Award:
    """One framework of a scheme: the day of its award, and its last day where it is stated."""

    awarded: date
    ends: date | None = None
    single_supplier: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What a framework's dates are, and what bears on them."""

    kind: str
    starts: date | None = None
    ends: date | None = None
    scheme_ends: date | None = None
    awards: Sequence[Award] = ()  # of an open framework, past and planned, in their order
    sector: str = ""
    suppliers: str = ""
    longer_because: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be: the field it stands in, and the sentence that names the rule."""

    field: str
    says: str


def last_day(first: date, years: int) -> date:
    """The last day of a period of so many years beginning with a day; the last there is at most."""
    if first.year + years > date.max.year:
        return date.max
    return months_on(first, years * MONTHS_IN_A_YEAR) - DAY


def faults(terms: Terms, law: Law) -> list[Fault]:
    """Every date the law or the calendar refuses, each with the rule."""
    found = [*order_faults(terms)]
    if terms.kind == OPEN:
        found += scheme_faults(terms, law)
    elif terms.kind == FRAMEWORK:
        found += term_faults(terms, law)
    return found


def order_faults(terms: Terms) -> Iterator[Fault]:
    if terms.starts and terms.ends and terms.ends < terms.starts:
        yield Fault("ends", f"It starts on {in_words(terms.starts)}, so it cannot end before that.")
    if terms.scheme_ends and terms.kind != OPEN:
        yield Fault("scheme_ends", "Only an open framework has a scheme that can go on after it.")
    elif terms.scheme_ends and terms.ends and terms.scheme_ends < terms.ends:
        yield Fault(
            "scheme_ends",
            f"This framework ends on {in_words(terms.ends)}, so its scheme cannot end before that.",
        )


# Ordinary frameworks.


def term_faults(terms: Terms, law: Law) -> Iterator[Fault]:
    """Section 47: so many years, unless reasons are stated; not for light touch services."""
    if terms.starts is None or terms.ends is None or terms.sector == LIGHT_TOUCH:
        return
    code = "framework_most_special" if terms.sector == SPECIAL else "framework_most"
    rule = law.on(code, terms.starts)
    if rule is None or terms.longer_because:
        return
    if terms.ends > (last := last_day(terms.starts, rule.years)):
        yield Fault(
            "ends",
            f"A framework that starts on {in_words(terms.starts)} ends by {in_words(last)}: it "
            f"may last {count(rule.years, 'year')} unless its notice gives reasons for more. "
            f"Correct the date, or give the reasons. {named(rule)}",
        )


def named(rule: Rule) -> str:
    """The rule's source as a sentence."""
    return f"({rule.source}.)"


# Open frameworks.


def scheme_faults(terms: Terms, law: Law) -> list[Fault]:
    """Section 49, for the awards that are stated: what is not stated breaks no rule."""
    awards = awards_of(terms)
    if not awards:
        return []
    first = awards[0].awarded
    since = law.first_day("open_most")
    if since and first < since:
        return [
            Fault(
                first_field(terms),
                f"There have been open frameworks since {in_words(since)} only, and this one’s "
                f"first award is on {in_words(first)}. (Procurement Act 2023 s.49.)",
            )
        ]
    return [
        *sequence_faults(awards),
        *second_award_faults(terms, awards, law),
        *further_award_faults(terms, awards, law),
        *length_faults(terms, awards, law),
        *single_supplier_faults(terms, awards, law),
    ]


def awards_of(terms: Terms) -> list[Award]:
    """As stated; where none is, the framework's own first day stands for the first award."""
    single = terms.suppliers == ONE_SUPPLIER
    if terms.awards:
        return [replace(one, single_supplier=single or one.single_supplier) for one in terms.awards]
    return [Award(terms.starts, terms.ends, single)] if terms.starts else []


def first_field(terms: Terms) -> str:
    return "awards" if terms.awards else "starts"


def end_field(terms: Terms) -> str:
    return "awards" if terms.awards else "ends"


def sequence_faults(awards: Sequence[Award]) -> Iterator[Fault]:
    """Section 49(2)(b): one framework expires on the award of the next."""
    for number, (one, following) in enumerate(pairwise(awards), start=1):
        if following.awarded <= one.awarded:
            yield Fault(
                "awards",
                f"Award {number + 1} is on {in_words(following.awarded)}, not after award "
                f"{number} on {in_words(one.awarded)}. Put them in order.",
            )
        elif one.ends and not following.awarded - DAY <= one.ends <= following.awarded:
            yield Fault(
                "awards",
                f"Framework {number} is said to end on {in_words(one.ends)}, but it ends when "
                f"framework {number + 1} is awarded, on {in_words(following.awarded)}. "
                "(Procurement Act 2023 s.49(2)(b).)",
            )
    for number, one in enumerate(awards, start=1):
        if one.ends and one.ends < one.awarded:
            yield Fault(
                "awards",
                f"Framework {number} cannot end on {in_words(one.ends)}, before its award on "
                f"{in_words(one.awarded)}.",
            )


def second_award_faults(terms: Terms, awards: Sequence[Award], law: Law) -> Iterator[Fault]:
    first = awards[0]
    rule = law.on("open_second_award", first.awarded)
    if rule is None:
        return
    last = last_day(first.awarded, rule.years)
    why = (
        f"The second is awarded within {count(rule.years, 'year')} of the first, on "
        f"{in_words(first.awarded)}: by {in_words(last)}. {named(rule)}"
    )
    if len(awards) > 1:
        if awards[1].awarded > last:
            yield Fault("awards", f"Award 2 is on {in_words(awards[1].awarded)}. {why}")
    elif first.ends and first.ends > last and goes_on_after(terms, last):
        yield Fault(
            end_field(terms),
            f"The first framework is said to end on {in_words(first.ends)}, and it ends when the "
            f"second is awarded. {why}",
        )


def goes_on_after(terms: Terms, day: date) -> bool:
    """Whether the scheme outlives a day, as far as its last day is stated."""
    return terms.scheme_ends is None or terms.scheme_ends > day


def further_award_faults(terms: Terms, awards: Sequence[Award], law: Law) -> Iterator[Fault]:
    """Each whole period from the second award in which the scheme goes on holds an award."""
    if len(awards) < 2:
        return
    second = awards[1].awarded
    rule = law.on("open_further_awards", second)
    if rule is None:
        return
    known_to = max(one.ends or one.awarded for one in awards)
    after_second = [one.awarded for one in awards[2:]]
    begins = second
    while (last := last_day(begins, rule.years)) < known_to and goes_on_after(terms, last):
        if not any(begins <= day <= last for day in after_second):
            yield Fault(
                "awards",
                f"No framework is awarded from {in_words(begins)} to {in_words(last)}. There is "
                f"an award in each {count(rule.years, 'year')} from the second award, on "
                f"{in_words(second)}. {named(rule)}",
            )
        begins = last + DAY


def length_faults(terms: Terms, awards: Sequence[Award], law: Law) -> Iterator[Fault]:
    first = awards[0].awarded
    rule = law.on("open_most", first)
    if rule is None:
        return
    last = last_day(first, rule.years)
    why = (
        f"An open framework ends {count(rule.years, 'year')} after its first award, on "
        f"{in_words(first)}, at the latest: on {in_words(last)}. {named(rule)}"
    )
    yield from late(terms, awards, last, why)


def single_supplier_faults(terms: Terms, awards: Sequence[Award], law: Law) -> Iterator[Fault]:
    for one in awards:
        rule = law.on("open_single_supplier_most", one.awarded)
        if one.single_supplier and rule:
            last = last_day(one.awarded, rule.years)
            why = (
                f"A framework awarded to a single supplier on {in_words(one.awarded)}, and its "
                f"scheme, end within {count(rule.years, 'year')}: by {in_words(last)}. "
                f"{named(rule)}"
            )
            yield from late(terms, awards, last, why)


def late(terms: Terms, awards: Sequence[Award], last: date, why: str) -> Iterator[Fault]:
    """Days stated for the scheme that lie after its last permitted one, each field once."""
    stated: Mapping[str, date | None] = {
        "scheme_ends": terms.scheme_ends,
        end_field(terms): max((one.ends or one.awarded for one in awards), default=None),
        "ends": terms.ends,
    }
    for field, day in stated.items():
        if day and day > last:
            yield Fault(field, f"{in_words(day)} is too late. {why}")
            return


def reopens_by(terms: Terms, law: Law, *, today: date) -> tuple[date, Rule] | None:
    """The last day by which an open framework must be awarded anew, where that is still to come."""
    stated = [one.awarded for one in awards_of(terms)]
    awards = [day for day in stated if day <= today] or stated[:1]
    if not awards:
        return None
    begins, code = awards[0], "open_second_award"
    if len(awards) > 1:
        begins, code = awards[1], "open_further_awards"
    rule = law.on(code, begins)
    if rule is None:
        return None
    last = last_day(begins, rule.years)
    while any(begins <= day <= last for day in awards[2:]):
        begins = last + DAY
        last = last_day(begins, rule.years)
    return (last, rule) if last >= today and goes_on_after(terms, last) else None
