"""What keeps one council's answer from being read off figures that many councils make up."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol


class Dominance(Protocol):
    """The most of a sum that one contributor, or the two largest, may make up."""

    @property
    def largest_share(self) -> Decimal: ...

    @property
    def two_largest_share(self) -> Decimal: ...


def dominated(amounts: Sequence[Decimal], rules: Dominance) -> bool:
    """Whether one council or two make up so much that a sum would tell about them."""
    total = sum(amounts, Decimal(0))
    one, two = (sum(sorted(amounts)[-n:], Decimal(0)) for n in (1, 2))
    return one > total * rules.largest_share or two > total * rules.two_largest_share


def changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> int:
    """Councils that joined, left, or give another answer."""
    return sum(1 for code in before.keys() | now.keys() if before.get(code) != now.get(code))
