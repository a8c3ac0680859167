"""What one clause promises: a promise with its reasons, a problem, or nothing."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from social_value.reading.amounts import Amount, Kind, amounts, without_part
from social_value.reading.clauses import Clause
from social_value.reading.counting import counted
from social_value.reading.limits import (
    ON_A_CONDITION,
    bounded,
    hope,
    limit,
    no_promise,
    says_nothing,
)
from social_value.reading.often import Rhythm, rhythm
from social_value.reading.outcome import Promise, Unread
from social_value.reading.places import place_words
from social_value.reading.tables import Tables, Wording

# What is asked for where a measure's words stand without an amount it could be counted by.
NO_AMOUNT = "It names {measure} but no amount. Say how many: for example, “{example}”."
# No promise takes more words than this; the time it takes to look grows with their square.
LONGEST = 600
TOO_LONG = "This is too long to be read as one promise. Part it with semicolons, one to each."
NO_PURPOSE = "It gives money without saying what for. Say whether it is given, or spent with whom."
NOTHING_COUNTED = "No amount stands in these words. Say what will be done, and how much of it."
NO_MEASURE = "No measure of ours fits these words. Say what will be done, and how much of it."
EXAMPLES = {
    "time": "40 hours",
    "apprentices": "2 apprentices, or 104 weeks",
    "people": "5 people",
    "posts": "2 FTE",
    "count": "20 laptops",
    "money": "£5,000",
    "percent": "10%",
    "mass": "12 tonnes CO2e",
}


def judge(clause: Clause, tables: Tables) -> Promise | Unread | str:
    """Exactly one of the three for every clause, whatever stands in it."""
    if len(clause.words) > LONGEST:
        return Unread(clause.words, TOO_LONG)
    if says_nothing(clause.folded):
        return clause.words
    if problem := no_promise(clause.folded) or (ON_A_CONDITION if clause.conditional else ""):
        return Unread(clause.words, problem)
    return weigh(clause, tables)


def weigh(clause: Clause, tables: Tables) -> Promise | Unread | str:
    """The first measure that its words name and its amounts can be counted by."""
    whole, part = without_part(clause.folded)
    told = rhythm(whole)
    found = bounded(told.text, amounts(told.text))
    if found and all(one.value == 0 for one in found):
        return clause.words
    fitting = [w for w in tables.wordings if w.names(whole)]
    if problem := limit(told.text, found) or (told.problem if found and fitting else ""):
        return Unread(clause.words, problem)
    because: list[str] = []
    for wording in fitting:
        outcome = counted(wording, told.text, found, tables)
        if isinstance(outcome, str):
            because.append(outcome)
        elif outcome is not None:
            why = wording.because(whole, tables.names[wording.measure])
            made = Promise(
                wording.measure, outcome.quantity, clause.words, (*why, *outcome.because, *part)
            )
            return completed(made, whole, told, tables)
    return Unread(clause.words, why_not(because, fitting, found, tables))


def why_not(
    because: Sequence[str], fitting: Sequence[Wording], found: Sequence[Amount], tables: Tables
) -> str:
    """Why no amount of the clause is one of these measures."""
    if any(one.kind is Kind.MONEY for one in found) and not any(
        wording.counted == "money" for wording in fitting
    ):
        return NO_PURPOSE
    if because:
        return because[0]
    if not fitting:
        return NO_MEASURE if found else NOTHING_COUNTED
    name = tables.names[fitting[0].measure].lower()
    return NO_AMOUNT.format(measure=name, example=EXAMPLES[fitting[0].counted])


def completed(made: Promise, whole: str, told: Rhythm, tables: Tables) -> Promise:
    """With how often, for whom and where; a share of spending has no rhythm."""
    because = [*made.because, *told.because, *hope(whole)]
    percent = tables.units[made.measure] == "per cent"
    quantity = made.quantity if percent else made.quantity * told.times
    group = group_of(whole, made.measure, tables)
    place = place_words(made.words)
    if group:
        because.append(f"it is for {group}")
    if place:
        because.append(f"it is for “{place}” alone")
    return replace(
        made,
        quantity=plain(quantity),
        per_year=told.per_year and not percent,
        group=group,
        place=place,
        because=tuple(because),
    )


def group_of(folded: str, measure: str, tables: Tables) -> str:
    """Whom it is for, where the words say so and the measure does not."""
    for group in tables.groups:
        if group.words.search(folded):
            return "" if group.meant_by == measure else group.name
    return ""


def plain(value: Decimal) -> Decimal:
    """Without noughts that say nothing: 13, not 13.00."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
