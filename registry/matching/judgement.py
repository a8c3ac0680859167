"""How sure each rule of the cascade is, and the comparisons that the rules make."""

from registry.names import Name, Strength, vocabulary

SURE_IDENTIFIER = 0.995
SURE_NAME = 0.99
SURE_SPACING = 0.97
SURE_ALIAS = 0.93
SURE_SLIP = 0.93
SURE_TRADE = 0.9
LINK_FROM = 0.9
# The reasons of rules with a guard: a name that comes later can break it.
ALONE_BY_SLIP = "One letter apart, and no other known name is as near."
ALONE_BY_LETTERS = "One letter apart whatever the spaces, and no other known name is as near."
ALONE_BY_TRADE = "The same distinctive words, which no other known name has."
GUARDED = frozenset({ALONE_BY_SLIP, ALONE_BY_LETTERS, ALONE_BY_TRADE})
UNSURE_NAME = 0.75  # the same name, but generic, short, or held by several suppliers
UNSURE_SLIP = 0.6
UNSURE_BESIDE = 0.7  # one of two names in a cell
DIFFERENT_NUMBER = 0.1  # the same name under two company numbers

# The review queue: how alike two names must be, how many are looked at, how many are shown.
ASK_FROM = 0.62
ONLY_TRADE = 0.85  # the factor where all that is shared is words for the trade
ALIKE_SPELLING = 0.85
LOOKED_AT = 40
SHOWN = 3
# A word borne by more suppliers than this finds nobody by itself.
COMMON_WORD = 400
# Words for the trade weigh this much of what other words weigh.
TRADE_WEIGHT = 0.35
# Letters of distinctive words from which they can stand for a firm when nobody else has them.
DISTINCTIVE_LETTERS = 5
SHORTEST_DIFFERING = 4  # of the words that hold the slip
SHORTEST_SPELT = 7  # letters that must agree for two names that differ in spaces only


def surely_same(name: Name, form: str) -> bool:
    """Registered names are unique by law (Companies Act 2006 s. 66); others may be anyone's."""
    if {name.form, form} == {"company", "llp"}:
        return False
    if name.strength is Strength.STRONG:
        return True
    return name.strength is Strength.WEAK and name.form == form != ""


def brand(name: Name) -> str:
    return " ".join(sorted(set(name.distinctive)))


def both_trades(a: str, b: str) -> bool:
    """Two words for trades differ on purpose: `electrical` and `electrician`."""
    descriptive = vocabulary().descriptive
    return a in descriptive and b in descriptive


def likely(score: float) -> float:
    """Review confidence from likeness: two thirds of what is asked is right, more at the top."""
    return round(min(0.35 + 0.5 * (score - ASK_FROM) / (1 - ASK_FROM), 0.85), 2)


def weight(word: str) -> float:
    """How much a word says. Never how rare it is among names known so far: that would make what is
    asked depend on which names came first.
    """
    return TRADE_WEIGHT if word in vocabulary().descriptive else 1.0
