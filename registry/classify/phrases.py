"""What the words of a title or description say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from registry.classify.evidence import NOT_IT, OUTSIDE, Evidence
from registry.classify.tables import Phrase, PhraseTable, Rule, Rules
from registry.classify.words import Text, title_words

GENERIC_IT = 1.0  # the word ICT itself, and generic words of IT
# Before a head such as "system", words of another trade say what it is for.
BEFORE_IT_HEAD = 0.25
DECIDES = 5.0  # points of a word that such a head does not weaken: "CCTV system"
# Where people's work is bought, products say what they work on.
BEFORE_OUT_HEAD = 0.4


@dataclass(frozen=True, slots=True)
class Field:
    """How much the words of one field count, by where they stand and what they say."""

    head: float  # in the word that says what is bought
    phrase: float  # beside it
    after: float  # after "for", "of", "at": what it is for
    against: float  # a further factor for words that say it is not IT


TITLE = Field(head=1.7, phrase=1.0, after=0.7, against=1.0)
DESCRIPTION = Field(head=0.6, phrase=0.45, after=0.4, against=0.6)
# What a system is for does not make it something else.
DESCRIPTION_OF_IT = Field(head=0.6, phrase=0.45, after=0.4, against=0.15)
SUPPLIER = Field(head=0.5, phrase=0.4, after=0.4, against=0.8)


def read_words(evidence: Evidence, text: Text, rules: Rules, where: Field) -> None:
    """Every phrase of the table in the text, longest first, each phrase once."""
    known = title_words()
    it_head = text.head_word in known.it_nouns
    out_head = text.head_word in known.out_nouns
    matches = list(_matches(text.words, rules.phrases))
    for start, phrase in matches:
        length = len(phrase.words)
        scale = _scale(text, start, length, where)
        before = start + length <= text.head
        weak = it_head and before and phrase.points < DECIDES
        against = where.against * (BEFORE_IT_HEAD if weak else 1.0)
        product = BEFORE_OUT_HEAD if out_head and not start <= text.head < start + length else 1.0
        means_it = len(phrase.rules) > 1 and _is_joined(phrase, matches)
        for rule in phrase.rules:
            if means_it and rule.code == NOT_IT:
                continue
            factor = against if rule.code == NOT_IT else product
            if rule.code != NOT_IT and (rule.sure or where is TITLE):
                evidence.words.add(phrase.words)
            _count(evidence, rule, rule.points * scale * phrase.more, scale, factor)
    evidence.it += GENERIC_IT * where.phrase * text.words.count("ict")
    if where is TITLE and not known.it_nouns.isdisjoint(text.words):
        _read_areas(evidence, text, rules, where)


def _is_joined(phrase: Phrase, matches: Sequence[tuple[int, Phrase]]) -> bool:
    """Whether another phrase speaks for a category of IT that this one speaks for: it means that.

    Storage may be of furniture; beside servers it is of data.
    """
    codes = {rule.code for rule in phrase.rules} - {NOT_IT, OUTSIDE}
    others = (rule.code for _, other in matches if other is not phrase for rule in other.rules)
    return not codes.isdisjoint(others)


def _read_areas(evidence: Evidence, text: Text, rules: Rules, where: Field) -> None:
    """A service area beside a generic word of IT: `planning software`."""
    for _, phrase in _matches(text.words, rules.areas):
        for rule in phrase.rules:
            points = rule.points * where.phrase * phrase.more
            evidence.add(rule.code, points, rule.reason, sure=False)


def _matches(words: tuple[str, ...], table: PhraseTable) -> Iterator[tuple[int, Phrase]]:
    """Where phrases of the table begin; no word is used twice, and no phrase."""
    seen: set[tuple[str, ...]] = set()
    free = 0  # the first word that no phrase has used
    for i, word in enumerate(words):
        if i < free or word not in table:
            continue
        for phrase in table[word]:
            end = i + len(phrase.words)
            if words[i:end] == phrase.words:
                free = end
                if phrase.words not in seen:
                    seen.add(phrase.words)
                    yield i, phrase
                break


def _scale(text: Text, start: int, length: int, where: Field) -> float:
    if start <= text.head < start + length:
        return where.head
    return where.phrase if start < text.phrase_end else where.after


def _count(evidence: Evidence, rule: Rule, points: float, scale: float, factor: float) -> None:
    if rule.code == NOT_IT:
        evidence.add_against(points * factor, rule.reason)
        return
    if rule.generic and rule.sure:
        evidence.it += GENERIC_IT * scale
    if rule.code == OUTSIDE:
        factor = 1.0
    evidence.it += points * (1 - factor) if rule.sure else 0.0
    evidence.add(rule.code, points * factor, rule.reason, sure=rule.sure)
