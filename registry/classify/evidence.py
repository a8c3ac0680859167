"""What speaks for each category: the words, supplier and codes of one contract, with points."""

from dataclasses import dataclass, field

from registry.classify.codes import Scheme, product_codes
from registry.classify.tables import Rule, Rules, Vendor
from registry.classify.words import Text, fold_words
from registry.names import name_parts

NOT_IT = "NON"
OUTSIDE = "OUT"

# A longer phrase is less ambiguous: what each further word adds.
PER_WORD = 0.25
# A vendor of IT: what its likeliest category gets, and each further one.
VENDOR_FIRST = 1.3
VENDOR_NEXT = 0.5
VENDOR_IN_TITLE = 1.0
GENERIC_IT = 1.0  # the word ICT itself
CODE_IT = 0.7  # a code of an IT division says that much for IT, whatever it says of the category
# Codes that buyers put on anything: alone they say nothing.
OVERUSED_DIVISION = "72"
SPECIFIC_CODE = 1.2  # a code rule with these points may decide alone


@dataclass(frozen=True, slots=True)
class Field:
    """How much the words of one field count, by where they stand and what they say."""

    head: float  # in the word that says what is bought
    phrase: float  # beside it
    after: float  # after "for", "of", "at": what it is for
    against: float  # a further factor for words that say it is not IT


TITLE = Field(head=1.7, phrase=1.0, after=0.7, against=1.0)
DESCRIPTION = Field(head=0.6, phrase=0.45, after=0.4, against=0.6)
SUPPLIER = Field(head=0.5, phrase=0.4, after=0.4, against=0.8)
# Before a head such as "system", words of another trade say what it is for.
BEFORE_IT_HEAD = 0.25


@dataclass(slots=True)
class Evidence:
    """Points by category, and whether it is IT at all."""

    sure: dict[str, float] = field(default_factory=dict)
    unsure: dict[str, float] = field(default_factory=dict)  # count in full only if it is IT
    reasons: dict[str, list[tuple[float, str]]] = field(default_factory=dict)
    it: float = 0.0  # says IT without saying which category
    against: float = 0.0  # says it is not IT
    worded: bool = False  # title or description said something of IT
    specific_code: bool = False

    def add(self, code: str, points: float, reason: str, *, sure: bool = True) -> None:
        table = self.sure if sure else self.unsure
        table[code] = table.get(code, 0.0) + points
        self.reasons.setdefault(code, []).append((points, reason))


def read_words(evidence: Evidence, text: Text, rules: Rules, where: Field) -> None:
    """Every phrase of the table in the text, longest first, no phrase twice."""
    words = text.words
    seen: set[tuple[str, ...]] = set()
    it_head = text.head >= 0 and words[text.head] in _it_nouns()
    i = 0
    while i < len(words):
        found = _longest(words, i, rules)
        if found is None:
            if words[i] == "ict":
                evidence.it += GENERIC_IT * where.phrase
            i += 1
            continue
        phrase, matched = found
        if phrase not in seen:
            seen.add(phrase)
            scale = _scale(text, i, len(phrase), where)
            against = where.against
            if it_head and i + len(phrase) <= text.head:
                against *= BEFORE_IT_HEAD
            _count(evidence, matched, scale, against)
        i += len(phrase)


def _it_nouns() -> frozenset[str]:
    return _IT_NOUNS


_IT_NOUNS = frozenset(
    fold_words(
        "software system systems platform portal application app database website module saas "
        "hardware ict webpage intranet solution"
    )
)


def _scale(text: Text, start: int, length: int, where: Field) -> float:
    if start <= text.head < start + length:
        return where.head
    return where.phrase if start < text.phrase_end else where.after


def _longest(
    words: tuple[str, ...], i: int, rules: Rules
) -> tuple[tuple[str, ...], list[Rule]] | None:
    for phrase, matched in rules.phrases.get(words[i], ()):
        if words[i : i + len(phrase)] == phrase:
            return phrase, matched
    return None


def _count(evidence: Evidence, matched: list[Rule], scale: float, against: float) -> None:
    for rule in matched:
        points = rule.points * scale * (1 + PER_WORD * (len(rule.words) - 1))
        if rule.code == NOT_IT:
            evidence.against += points * against
            evidence.reasons.setdefault(NOT_IT, []).append((points * against, f"“{rule.term}”"))
            continue
        evidence.worded = True
        if "ict" in rule.words or rule.generic:
            evidence.it += GENERIC_IT * scale if rule.sure else 0.0
        evidence.add(rule.code, points, f"“{rule.term}”", sure=rule.sure)


def read_supplier(evidence: Evidence, supplier: str, rules: Rules) -> None:
    """A supplier known to sell IT, or what its name says it does."""
    if not supplier.strip():
        return
    parts = name_parts(supplier)
    for name in (parts.main, *parts.aliases):
        for vendor in rules.vendors.get(name.words[0] if name.words else "", ()):
            if name.words[: len(vendor.words)] == vendor.words:
                _count_vendor(evidence, vendor, VENDOR_FIRST)
                return
    words = parts.main.words
    if not _IT_TRADES.isdisjoint(words):
        evidence.it += 0.6
        return
    trade = Evidence()
    read_words(trade, Text(words), rules, SUPPLIER)
    if trade.against:
        evidence.against += trade.against
        evidence.reasons.setdefault(NOT_IT, []).append((trade.against, f"supplier {supplier}"))


_IT_TRADES = frozenset(
    fold_words("software systems computing computers telecom telecoms networks technologies ict")
    + fold_words("digital data informatics cyber online internet broadband hosting cloud")
)


def read_vendor_words(evidence: Evidence, text: Text, rules: Rules) -> None:
    """A vendor's name in the title."""
    words = text.words
    for i, word in enumerate(words):
        for vendor in rules.vendors.get(word, ()):
            long_enough = len(vendor.words) > 1 or len(word) > 4
            if long_enough and words[i : i + len(vendor.words)] == vendor.words:
                evidence.worded = True
                _count_vendor(evidence, vendor, VENDOR_IN_TITLE)
                return


def _count_vendor(evidence: Evidence, vendor: Vendor, first: float) -> None:
    for place, code in enumerate(vendor.codes):
        points = first if place == 0 else VENDOR_NEXT
        evidence.add(code, points, f"supplier {vendor.name}")


def read_codes(evidence: Evidence, cpv: str, rules: Rules) -> None:
    """The CPV or UNSPSC codes; several share their points."""
    codes = product_codes(cpv)
    share = 1 / len(codes) ** 0.5 if codes else 0.0
    for code in codes:
        rule = rules.code_rule(code)
        if rule is None:
            continue
        points = rule.points * share
        reason = f"{code.scheme} {code.digits}"
        if rule.code == NOT_IT:
            evidence.against += points
            evidence.reasons.setdefault(NOT_IT, []).append((points, reason))
            continue
        overused = code.scheme is Scheme.CPV and code.digits.startswith(OVERUSED_DIVISION)
        if points >= SPECIFIC_CODE and not overused:
            evidence.specific_code = True
        evidence.it += CODE_IT * share
        evidence.add(rule.code, points, reason, sure=False)
