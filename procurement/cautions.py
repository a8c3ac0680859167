"""What the law asks one to look at before a joint buy is advertised, from what is known of it."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procurement.thresholds import Regime
from registry.formats import count, money_exact
from registry.formats import day as in_words

# Sold under marks that the titles of registers carry; facts of the market, in lower case.
# fmt: off
BRANDS = frozenset({
    "adobe", "apple", "autodesk", "aruba", "aws", "azure", "canon", "cisco", "citrix", "dell",
    "esri", "fortinet", "google", "hp", "ipad", "iphone", "konica", "lenovo", "macbook",
    "meraki", "microsoft", "mimecast", "office365", "m365", "oracle", "ricoh", "sap", "samsung",
    "surface", "veeam", "vmware", "windows", "xerox", "zoom",
})
# fmt: on
WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to look at, why, and the rule it comes from."""

    heading: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Unstated:
    """A contract to be left by notice whose register states none, with its pounds a year."""

    council: str
    annual_value: Decimal


@dataclass(frozen=True, slots=True)
class Facts:
    """What cautions are drawn from."""

    start: date
    regime_pooled: Regime
    titles: Collection[str]
    ending_frameworks: Collection[tuple[str, date]] = ()
    annual_value: Decimal = Decimal(0)
    without_notice: Collection[Unstated] = ()


def cautions(facts: Facts) -> Iterator[Caution]:
    """Those that apply, the gravest first."""
    yield reservation(facts.regime_pooled)
    if facts.without_notice:
        yield unstated_notice(facts.annual_value, facts.without_notice)
    named = brands(facts.titles)
    if named:
        yield Caution(
            f"Brands are named: {', '.join(named)}",
            "The titles of these contracts name them. A specification says what is needed by "
            "what it must do; a brand only where nothing else can say it, with “or equivalent”.",
            "Procurement Act 2023 s.56",
        )
    if facts.regime_pooled == Regime.BELOW:
        yield Caution(
            "No suitability stage",
            "Below the threshold suppliers’ suitability may not be tested before they are "
            "invited to tender: there is no first stage to shorten the list.",
            "Procurement Act 2023 s.85",
        )
    for name, ends in facts.ending_frameworks:
        yield Caution(
            f"{name} ends first",
            f"It ends on {in_words(ends)}, before a call-off for {in_words(facts.start)} could "
            "be made.",
            "Its own dates",
        )


def reservation(pooled: Regime) -> Caution:
    """Whether the councils may keep the competition to local or small suppliers."""
    source = (
        "Local Government (Exclusion of Non-commercial Considerations) (England) Order 2026, "
        "in force 4 February 2026"
    )
    if pooled == Regime.BELOW:
        return Caution(
            "It may be reserved",
            "Below the threshold the councils may keep the competition to suppliers of their "
            "combined areas and the counties or boroughs that border them, of the UK, or to "
            "small and voluntary ones. Decide before inviting, and say so in the advertisement.",
            source,
        )
    return Caution(
        "It may not be reserved",
        "Pooled it is not below the threshold, so the competition cannot be kept to local or "
        "small suppliers. A purchase is never divided to come below it.",
        source,
    )


def unstated_notice(annual_value: Decimal, contracts: Collection[Unstated]) -> Caution:
    """How much of what joins could leave later than it is counted to."""
    resting = sum((one.annual_value for one in contracts), Decimal(0))
    share = f" ({resting * 100 / annual_value:.0f} per cent)" if annual_value else ""
    councils = ", ".join(sorted({one.council for one in contracts}))
    return Caution(
        "Notice is not known",
        f"{money_exact(resting)} of the {money_exact(annual_value)} a year{share} rests on "
        f"{count(len(contracts), 'contract')} to be left by notice whose registers state none, so "
        f"none is counted: {councils}. Ask how much notice they need before relying on the date.",
        "What the registers leave unsaid",
    )


def brands(titles: Iterable[str]) -> list[str]:
    """The brands the titles name, as their own titles write them, in alphabetical order."""
    found: dict[str, str] = {}
    for title in titles:
        for word in title.split():
            folded = "".join(WORD.findall(word.lower()))
            if folded in BRANDS:
                found.setdefault(folded, word.strip(".,:;()/-"))
    return [found[key] for key in sorted(found)]
