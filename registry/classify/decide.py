"""The category of a contract: is it IT at all, then which, or an abstention."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from registry.classify.departments import is_for_it
from registry.classify.evidence import NOT_IT, Evidence
from registry.classify.model import (
    LabelledTitle,
    TitleModel,
    default_model,
    labelled_titles,
    with_decisions,
)
from registry.classify.phrases import DESCRIPTION, DESCRIPTION_OF_IT, TITLE, read_words
from registry.classify.signals import Seller, read_codes, read_seller, read_vendor_words, seller
from registry.classify.tables import Rules, rules
from registry.classify.words import text_of, title_words

# Less confidence than this goes to review.
ABSTAIN_BELOW = 0.4
# The text model is asked where the rules are less sure than this. Its likelihoods count from LIKELY
# up, each as so many points at certainty: less than one plain word of the rules.
ASK_MODEL_BELOW = 0.5
LIKELY = 0.15
LIKELY_ALONE = 0.5  # where nothing else says IT
MODEL_POINTS = 1.0
SELLERS_KEPT = 100_000  # suppliers' readings kept in memory
# Points from which it is taken for IT, so that words with other meanings count in full.
KNOWN_IT = 0.7
DEPARTMENT_IT = 0.7  # what the IT department buys is IT, unless a word says otherwise
MOST_READ = 600  # characters of a description: what is bought is said first
UNSURE = 0.35  # what they count otherwise


@dataclass(frozen=True, slots=True)
class Item:
    """What is known of a contract that says what it buys."""

    title: str
    description: str = ""
    supplier: str = ""
    cpv: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class Classification:
    """A category's code ("" when abstaining), how sure, and why."""

    code: str
    confidence: float
    reason: str


class Classifier:
    """Classifies by rules, and asks the text model where they are silent or unsure."""

    def __init__(self, rules: Rules, model: TitleModel) -> None:
        self._rules = rules
        self._model = model
        self._sellers: dict[str, Seller] = {"": Seller()}
        self._first_named: dict[Seller, str] = {Seller(): ""}

    def classify_many(self, items: Sequence[Item]) -> list[Classification]:
        """The category of each; items that say the same in other numbers are looked at once."""
        items = [self._plain(item) for item in items]
        found = {item: self.evidence(item) for item in dict.fromkeys(items)}
        answers = {item: _decide(evidence) for item, evidence in found.items()}
        unsure = [item for item, answer in answers.items() if answer.confidence < ASK_MODEL_BELOW]
        likelihoods = self._model.likelihoods([item.title for item in unsure])
        for item, likely in zip(unsure, likelihoods, strict=True):
            read_likelihoods(found[item], likely)
            answers[item] = _decide(found[item])
        return [answers[item] for item in items]

    def evidence(self, item: Item) -> Evidence:
        found = Evidence()
        title = text_of(item.title)
        read_words(found, title, self._rules, TITLE)
        read_vendor_words(found, title, self._rules)
        read_seller(found, self._seller(item.supplier))
        read_codes(found, item.cpv, self._rules)
        found.it += DEPARTMENT_IT if item.department else 0.0
        if item.description:
            it = title.head_word in title_words().it_nouns or found.it >= KNOWN_IT
            where = DESCRIPTION_OF_IT if it else DESCRIPTION
            read_words(found, text_of(item.description), self._rules, where)
        return found

    def _plain(self, item: Item) -> Item:
        """The item without what does not say what is bought: numbers, and most firms' names."""
        same = item.description.strip() == item.title.strip()
        return Item(
            self._rules.without_numbers(item.title),
            "" if same else self._rules.without_numbers(item.description[:MOST_READ]),
            self._first_named.setdefault(self._seller(item.supplier), item.supplier),
            item.cpv,
            "ICT" if is_for_it(item.department) else "",
        )

    def _seller(self, supplier: str) -> Seller:
        if supplier not in self._sellers:
            if len(self._sellers) > SELLERS_KEPT:
                self._sellers = {"": Seller()}
                self._first_named = {Seller(): ""}
            self._sellers[supplier] = seller(supplier, self._rules)
        return self._sellers[supplier]


def read_likelihoods(evidence: Evidence, likely: Mapping[str, float]) -> None:
    """What the text model says, where it says something."""
    least = LIKELY if evidence.it or evidence.sure else LIKELY_ALONE
    for code, likelihood in likely.items():
        if likelihood < (LIKELY if code == NOT_IT else least):
            continue
        points, reason = MODEL_POINTS * likelihood, "words like those of titles so labelled"
        if code == NOT_IT:
            evidence.add_against(points, reason)
        else:
            evidence.likely.add(code)
            evidence.add(code, points, reason)


def _decide(found: Evidence) -> Classification:
    """First whether it is IT at all, then which category."""
    it = found.it + sum(found.sure.values())
    points = _points(found, known=it >= KNOWN_IT)
    if not points and found.against <= 0:
        return Classification("", 0.0, "Nothing in it says what is bought.")
    best = max(points, key=lambda c: (points[c], c), default="")
    best_points = points.get(best, 0.0)
    if found.against > max(best_points, 0.6 * it):
        return _answer(NOT_IT, found.against / (found.against + it + 0.7), found)
    if not _says_what(found, best, it):
        return Classification("", 0.2, f"Too little: only {found.why(best)}.")
    if found.code_against and _one_weak_word(found):
        return Classification("", 0.3, f"Only {found.why(best)}, and the code says otherwise.")
    rest = sum(points.values()) - best_points
    confidence = best_points / (best_points + 0.6 * rest + 0.8 * found.against + 0.8)
    return _answer(best, confidence, found)


def _says_what(found: Evidence, best: str, it: float) -> bool:
    """Whether more than a loose word of the description speaks for the category."""
    if found.words or best in found.likely or found.specific_code:
        return True
    return bool(found.sure) and it >= KNOWN_IT and (best in found.sure or best in found.coded)


def _one_weak_word(found: Evidence) -> bool:
    """Whether all that speaks for IT is one word, which other trades may use as well."""
    return sum(map(len, found.words)) <= 1 and not found.vendor


def _points(found: Evidence, *, known: bool) -> dict[str, float]:
    """Points by category; words with other meanings count in full only where it is IT."""
    points = dict(found.sure)
    for code, unsure in found.unsure.items():
        points[code] = points.get(code, 0.0) + (unsure if known else UNSURE * unsure)
    return points


def _answer(code: str, confidence: float, found: Evidence) -> Classification:
    """The category where it is sure enough, else an abstention that says what it leant to."""
    sure = round(min(confidence, 0.97), 2)
    if confidence < ABSTAIN_BELOW:
        return Classification("", sure, f"Not sure: {found.why(code)}")
    return Classification(code, sure, found.why(code))


@cache
def default_classifier() -> Classifier:
    """The classifier of this project's own tables, loaded once."""
    return Classifier(rules(), default_model())


def classify(
    title: str, description: str = "", supplier: str = "", cpv: str = ""
) -> Classification:
    """One contract's category."""
    return default_classifier().classify_many([Item(title, description, supplier, cpv)])[0]


def classify_many(
    items: Sequence[Item], decided: frozenset[LabelledTitle] = frozenset()
) -> list[Classification]:
    """Many contracts' categories, in order; `decided` are people's labels, learned beside ours."""
    return classifier_with(decided).classify_many(items)


@lru_cache(maxsize=1)
def classifier_with(decided: frozenset[LabelledTitle]) -> Classifier:
    """One that has learned these too; trained anew only when they are others than last time."""
    if not decided:
        return default_classifier()
    return Classifier(rules(), TitleModel(with_decisions(labelled_titles(), sorted(decided))))
