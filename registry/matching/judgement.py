"""How sure each rule is, and the comparisons that the rules make."""

from registry.names import Name, Strength, vocabulary

SURE_IDENTIFIER = 0.995
SURE_NAME = 0.99
SURE_SPACING = 0.97
SURE_ALIAS = 0.93
SURE_SLIP = 0.93
SURE_TRADE = 0.9
LINK_FROM = 0.9
UNSURE_NAME = 0.75  # the same name, but generic, short, or held by several suppliers
UNSURE_BESIDE = 0.7  # one of two names in a cell
DIFFERENT_NUMBER = 0.1  # the same name under two company numbers

# A trading name that more firms than this have is a franchise's: it says nothing of any two.
SHARED_BY = 3
# Letters of distinctive words from which they can stand for a firm when nobody else has them.
DISTINCTIVE_LETTERS = 5
SHORTEST_DIFFERING = 4  # of the words that hold a slip, where the spaces differ too
SHORTEST_SPELT = 7  # letters that must agree for two names that differ in spaces only
SAME_START = 6  # letters that must agree for two names that differ in spaces and a letter


def surely_same(name: Name, other: Name) -> bool:
    """Of two names with the same words: registered names are unique by law, whether they end in
    Ltd or Limited (Companies Act 2006 s. 66), others may be anyone's. Short and general names must
    be the same letters in order too, for words can mean much when there are few.
    """
    if {name.form, other.form} == {"company", "llp"}:
        return False
    if Strength.STRONG in (name.strength, other.strength):
        return True
    registered = name.form == other.form != ""
    return registered and (name.strength is Strength.WEAK or name.spelt == other.spelt)


def brand(name: Name) -> str:
    """The words that can stand for a firm, or none."""
    words = set(name.distinctive)
    return " ".join(sorted(words)) if sum(map(len, words)) >= DISTINCTIVE_LETTERS else ""


def only_a_trade_apart(ones: set[str], others: set[str]) -> bool:
    """One has all words of the other and more, none of which makes it another body."""
    nested = ones <= others or others <= ones
    return nested and vocabulary().decisive.isdisjoint(ones ^ others)


def both_trades(a: str, b: str) -> bool:
    """Two words for trades differ on purpose: `electrical` and `electrician`."""
    descriptive = vocabulary().descriptive
    return a in descriptive and b in descriptive
