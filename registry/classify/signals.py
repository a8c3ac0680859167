"""What the supplier and the product codes say."""

from dataclasses import dataclass

from registry.classify.codes import Scheme, product_codes
from registry.classify.evidence import NOT_IT, Evidence
from registry.classify.phrases import SUPPLIER, read_words
from registry.classify.tables import Rules, Vendor
from registry.classify.words import Text, title_words
from registry.names import name_parts

# A vendor of IT: what its likeliest category gets, and each further one.
VENDOR_FIRST = 1.9
VENDOR_NEXT = 0.5
VENDOR_IN_TITLE = 1.0
SHORTEST_IN_TITLE = 5  # letters of a one-word vendor's name that a title may mean by it
TRADE_IT = 0.6  # "software" or "systems" in a supplier's name
CODE_IT = 0.7  # a code of an IT division says that much for IT, whatever it says of the category
# Programming and consultancy (722): buyers put it on consultancy of every kind.
MISUSED = "722"
CODE_IT_MISUSED = 0.5
# Codes that buyers put on anything: alone they say nothing.
OVERUSED_DIVISION = "72"
SPECIFIC_CODE = 1.2  # a code rule with these points may decide alone


@dataclass(frozen=True, slots=True)
class Seller:
    """What a supplier's name says."""

    vendor: Vendor | None = None  # known to sell IT
    sells_it: bool = False  # by the words of its name
    against: float = 0.0  # its name says another trade
    trade: str = ""  # in these words


def seller(supplier: str, rules: Rules) -> Seller:
    """Read a supplier's name; the same for all its contracts."""
    parts = name_parts(supplier)
    for name in (parts.main, *parts.aliases):
        if vendor := _vendor_at(name.words, 0, rules):
            return Seller(vendor)
    words = parts.main.words
    if not title_words().it_trades.isdisjoint(words):
        return Seller(sells_it=True)
    trade = Evidence()
    read_words(trade, Text(words), rules, SUPPLIER)
    return Seller(against=trade.against, trade=trade.why(NOT_IT)) if trade.against else Seller()


def read_seller(evidence: Evidence, found: Seller) -> None:
    """A supplier known to sell IT, or what its name says it does."""
    if found.vendor:
        _count_vendor(evidence, found.vendor, VENDOR_FIRST)
    elif found.sells_it:
        evidence.it += TRADE_IT
    elif found.against:
        evidence.add_against(found.against, f"{found.trade} in the supplier’s name")


def read_vendor_words(evidence: Evidence, text: Text, rules: Rules) -> None:
    """A vendor's name in the title."""
    for i, word in enumerate(text.words):
        vendor = _vendor_at(text.words, i, rules) if word in rules.vendors else None
        if vendor and len(" ".join(vendor.words)) >= SHORTEST_IN_TITLE:
            evidence.words.add(vendor.words)
            _count_vendor(evidence, vendor, VENDOR_IN_TITLE)
            return


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
            evidence.add_against(points, reason)
            evidence.code_against = True
            continue
        overused = code.scheme is Scheme.CPV and code.digits.startswith(OVERUSED_DIVISION)
        if points >= SPECIFIC_CODE and not overused:
            evidence.specific_code = True
        evidence.it += (CODE_IT_MISUSED if code.digits.startswith(MISUSED) else CODE_IT) * share
        evidence.coded.add(rule.code)
        evidence.add(rule.code, points, reason, sure=False)


def _vendor_at(words: tuple[str, ...], i: int, rules: Rules) -> Vendor | None:
    for vendor in rules.vendors.get(words[i], ()) if i < len(words) else ():
        if words[i : i + len(vendor.words)] == vendor.words:
            return vendor
    return None


def _count_vendor(evidence: Evidence, vendor: Vendor, first: float) -> None:
    evidence.vendor = True
    for place, code in enumerate(vendor.codes):
        points = first if place == 0 else VENDOR_NEXT
        evidence.add(code, points, f"supplier {vendor.name}")
