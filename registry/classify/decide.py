"""The category of a contract: is it IT at all, then which, or an abstention."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from registry.classify.evidence import (
    DESCRIPTION,
    NOT_IT,
    TITLE,
    Evidence,
    read_codes,
    read_supplier,
    read_vendor_words,
    read_words,
)
from registry.classify.tables import Rules, rules
from registry.classify.words import text_of

# Less confidence than this goes to review.
ABSTAIN_BELOW = 0.3
# Points from which it is taken for IT, so that words with other meanings count in full.
KNOWN_IT = 0.7
UNSURE = 0.35  # what they count otherwise


@dataclass(frozen=True, slots=True)
class Item:
    """What is known of a contract that says what it buys."""

    title: str
    description: str = ""
    supplier: str = ""
    cpv: str = ""


@dataclass(frozen=True, slots=True)
class Classification:
    """A category's code ("" when abstaining), how sure, and why."""

    code: str
    confidence: float
    reason: str


class Classifier:
    """Classifies with a set of rules."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules

    def classify_many(self, items: Sequence[Item]) -> list[Classification]:
        """The same for many at once; each distinct item is looked at once."""
        known: dict[Item, Classification] = {}
        for item in items:
            if item not in known:
                known[item] = self._decide(self.evidence(item))
        return [known[item] for item in items]

    def evidence(self, item: Item) -> Evidence:
        found = Evidence()
        title = text_of(item.title)
        read_words(found, title, self._rules, TITLE)
        if item.description and item.description.strip() != item.title.strip():
            read_words(found, text_of(item.description[:600]), self._rules, DESCRIPTION)
        read_vendor_words(found, title, self._rules)
        read_supplier(found, item.supplier, self._rules)
        read_codes(found, item.cpv, self._rules)
        return found

    def _decide(self, found: Evidence) -> Classification:
        it = found.it + sum(found.sure.values())
        known = it >= KNOWN_IT
        points = dict(found.sure)
        for code, unsure in found.unsure.items():
            points[code] = points.get(code, 0.0) + (unsure if known else UNSURE * unsure)
        against = found.against
        if not points and against <= 0:
            return Classification("", 0.0, "Nothing in it says what is bought.")
        best = max(points, key=lambda c: (points[c], c), default="")
        for_it = max(points.get(best, 0.0), 0.6 * it)
        if against > for_it:
            return _answer(NOT_IT, against / (against + it + 0.7), found)
        if not (found.worded or found.specific_code):
            return Classification("", 0.2, f"Too little: only {_why(best, found)}.")
        rest = sum(points.values()) - points[best]
        confidence = points[best] / (points[best] + 0.6 * rest + 0.8 * against + 0.8)
        if confidence < ABSTAIN_BELOW:
            return Classification("", round(confidence, 2), f"Not sure: {_why(best, found)}")
        return _answer(best, confidence, found)


def _answer(code: str, confidence: float, found: Evidence) -> Classification:
    return Classification(code, round(min(confidence, 0.97), 2), _why(code, found))


def _why(code: str, found: Evidence) -> str:
    """The weightiest reasons, in words."""
    reasons = sorted(found.reasons.get(code, []), key=lambda r: -r[0])
    return ", ".join(dict.fromkeys(text for _, text in reasons[:4])) or "no word for it"


@cache
def default_classifier() -> Classifier:
    """The classifier of this project's own tables, loaded once."""
    return Classifier(rules())


def classify(
    title: str, description: str = "", supplier: str = "", cpv: str = ""
) -> Classification:
    """One contract's category."""
    return default_classifier().classify_many([Item(title, description, supplier, cpv)])[0]


def classify_many(items: Sequence[Item]) -> list[Classification]:
    """Many contracts' categories, in order."""
    return default_classifier().classify_many(items)
