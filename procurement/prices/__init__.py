"""Unit prices of many councils, made into figures that cannot tell any one council's price.

A contract's price becomes a quote (`quotes`, by the units of `units`), a council's quotes one.
Those of a category and unit, of all councils and never of a filter, become a band and a rate
(`figures`), on steps of 12 per cent. What is shown stays as it is for a quarter, and
until enough councils changed (`release`), so that no difference of two answers tells a price.
"""

from procurement.prices.figures import Figures, alike, figures
from procurement.prices.quotes import Priced, Quote, one_each, quote
from procurement.prices.release import (
    Position,
    changed,
    how_many,
    may_change,
    position,
    quarter_of,
)
from procurement.prices.rules import PriceRules, price_rules

__all__ = [
    "Figures",
    "Position",
    "PriceRules",
    "Priced",
    "Quote",
    "alike",
    "changed",
    "figures",
    "how_many",
    "may_change",
    "one_each",
    "position",
    "price_rules",
    "quarter_of",
    "quote",
]
