"""The words of a title: folded, with the phrase that says what is bought found."""

import re
from dataclasses import dataclass
from functools import cache

from registry.names import folded, singular

# Spellings of one word.
SAME = {
    "license": "licence", "licenced": "licence", "licensed": "licence", "licencing": "licensing",
    "center": "centre", "programe": "programme", "program": "programme", "defence": "defence",
    "mngmt": "management", "mgmt": "management", "mgt": "management", "maint": "maintenance",
    "equip": "equipment", "svcs": "service", "svc": "service", "comms": "communications",
    "telecomms": "telecoms", "telecom": "telecoms", "telecommunication": "telecommunications",
    "wireles": "wireless", "sw": "software", "hw": "hardware", "infra": "infrastructure",
    "multifunction": "multifunctional", "fibres": "fibre", "fiber": "fibre", "pcs": "pc",
    "cctvs": "cctv", "apps": "app", "mfds": "mfd", "organization": "organisation",
}  # fmt: skip
# Verbs before IT in a firm's or scheme's name: "Shred it", "Box it", "Print it".
IT_IS_NO_NOUN_AFTER = frozenset(
    [
        "shred",
        "box",
        "make",
        "do",
        "keep",
        "get",
        "move",
        "fix",
        "post",
        "just",
        "beat",
        "rent",
        "skip",
        "hire",
        "drop",
        "bin",
        "stop",
        "say",
        "leave",
        "store",
        "wrap",
        "ship",
        "pack",
        "love",
        "using",
        "use",
    ]
)
# In capitals throughout, IT is only sure before such words.
IT_NOUNS = frozenset(
    [
        "support",
        "service",
        "services",
        "equipment",
        "hardware",
        "software",
        "system",
        "systems",
        "consultancy",
        "consultant",
        "infrastructure",
        "managed",
        "security",
        "health",
        "helpdesk",
        "maintenance",
        "training",
        "project",
        "network",
        "asset",
        "disposal",
        "solution",
        "solutions",
        "outsourcing",
        "transformation",
        "strategy",
        "audit",
        "project",
        "products",
        "resource",
        "contract",
        "contractor",
        "recycling",
        "and",
        "peripherals",
        "consumables",
        "purchases",
    ]
)
# Words that stand around what is bought and do not say what it is.
LIGHT = frozenset(
    map(
        singular,
        [
            "contract",
            "contracts",
            "agreement",
            "framework",
            "award",
            "awarded",
            "renewal",
            "project",
            "programme",
            "tender",
            "procurement",
            "purchase",
            "supply",
            "provision",
            "delivery",
            "service",
            "services",
            "requirement",
            "replacement",
            "upgrade",
            "extension",
            "phase",
            "lot",
            "mini",
            "competition",
            "call",
            "off",
            "order",
            "year",
            "annual",
            "new",
            "the",
            "a",
            "an",
            "and",
            "or",
            "various",
            "general",
            "full",
            "solution",
            "solutions",
            "appointment",
            "notice",
            "opportunity",
            "invitation",
            "quotation",
            "quote",
            "rfq",
            "itt",
            "request",
            "further",
            "direct",
            "supplier",
            "suppliers",
            "provider",
            "providers",
            "contractor",
            "implementation",
            "installation",
            "install",
            "support",
            "maintenance",
            "maintain",
            "deliver",
            "provide",
            "supplying",
            "purchasing",
            "buy",
            "buying",
            "ongoing",
            "continued",
            "continuation",
            "interim",
            "scheme",
            "package",
            "council",
            "county",
            "district",
            "borough",
            "city",
            "uk",
            "part",
            "stage",
            "ltd",
            "based",
            "number",
            "ref",
        ],
    )
)
BREAKS = frozenset(
    [
        "for",
        "of",
        "to",
        "at",
        "in",
        "with",
        "on",
        "by",
        "from",
        "via",
        "within",
        "under",
        "between",
        "across",
        "during",
        "per",
        "as",
        "into",
        "including",
        "incorporating",
        "re",
    ]
)
OPENERS = BREAKS | {"-"}

_BOILERPLATE = re.compile(
    r"\.?\s*published for completeness.*|\.?\s*this contract award was not published at the time.*"
    r"|\bterms? (?:of|and).{0,60}\bapply\b|information and communications? technology \(ict\)"
    r"|dynamic purchasing (?:system|solution|vehicle)|\bframework agreement\b|\bdps\b"
    r"|\bcontract (?:award|notice)\b|\baward notice\b|\bvoluntary ex ante transparency\b.*"
    r"|https?://\S+|\bwww\.\S+|\S+@\S+|\btechnology (?:products?|services?) (?:2|3|and associated)\b\S*"
    r"|\b(?:crown commercial service|ccs|espo|ypo|nepo|kcs)\b|\be-?tendering (?:system|portal)\b"
    r"|\bmulti-?quote\b|\bin-?tend\b|\bprocontract\b|\badditional information:.*",
    re.IGNORECASE,
)
_IT = re.compile(r"\bI\.?T\.?(?=[\s/&,)]|$)|\bI\.?C\.?T\.?(?=[\s/&,)\-]|$)|\bIM&T\b|\bDDaT\b")
_WIFI = re.compile(r"\bwi[\s-]?fi\b", re.IGNORECASE)
_E_WORD = re.compile(r"\be-(?=[a-z]{4})", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z0-9]+|[-–:;,()|/.]")
_PUNCTUATION = frozenset("-–:;,()|/.")


@dataclass(frozen=True, slots=True)
class Text:
    """A title's or description's words, and where its head stands (-1: none)."""

    words: tuple[str, ...]
    head: int = -1
    phrase_end: int = 10_000  # where the phrase of the head ends


def text_of(raw: str) -> Text:
    """Fold a title into words and find the noun that says what is bought."""
    tokens = _tokens(raw)
    words: list[str] = []
    ends: list[int] = []  # how many words stood before each break
    for token in tokens:
        if token in _PUNCTUATION:
            ends.append(len(words))
        else:
            if token in BREAKS:
                ends.append(len(words))
            words.append(fold_word(token))
    return Text(tuple(words), *_head(words, ends))


def fold_words(text: str) -> tuple[str, ...]:
    """The words of a rule, folded as titles are."""
    return tuple("ict" if w == "it" else fold_word(w) for w in re.findall(r"[a-z0-9]+", text))


@cache
def fold_word(word: str) -> str:
    word = SAME.get(word, word)
    return SAME.get(singular(word), singular(word))


def _tokens(raw: str) -> list[str]:
    text = _BOILERPLATE.sub(" ", raw)
    text = _E_WORD.sub("e ", _WIFI.sub("wifi", text))
    text = _with_ict(text)
    return _TOKEN.findall(folded(text))


def _with_ict(text: str) -> str:
    """Write the noun IT as `ICT`, and take the pronoun away; other case has lost the difference."""
    shouted = text.isupper()

    def replace(match: re.Match[str]) -> str:
        if match[0].replace(".", "") != "IT":
            return "ICT"
        before = re.findall(r"[a-z]+", text[: match.start()].lower())[-1:]
        if before and before[0] in IT_IS_NO_NOUN_AFTER:
            return " "
        after = re.findall(r"[a-z]+", text[match.end() :].lower())[:1]
        if shouted and not (after and after[0] in IT_NOUNS):
            return " "
        return "ICT"

    return re.sub(r"\bit\b", " ", _IT.sub(replace, text))


def _head(words: list[str], ends: list[int]) -> tuple[int, int]:
    """The last weighty word of the first phrase that has one: `supply of [laptops] for schools`."""
    start = 0
    for end in (*ends, len(words)):
        weighty = [
            i for i in range(start, end) if words[i] not in LIGHT | BREAKS and _is_word(words[i])
        ]
        if weighty and not (end - start == 1 and words[start] == "ict" and end < len(words)):
            return weighty[-1], end
        start = max(start, end)
    return -1, len(words)


def _is_word(word: str) -> bool:
    return len(word) > 1 and not word[0].isdigit()
