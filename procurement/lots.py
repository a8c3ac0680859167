"""Ways to make lots of a joint buy, and how many suppliers known today could serve them.

Lots are of one purchase: its value, and so its regime, is that of the whole however many there are.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from registry.formats import count, money_short


@dataclass(frozen=True, slots=True)
class Share:
    """What one council brings: its place (county or its own name) and pounds a year."""

    council: str
    place: str
    annual_value: Decimal


@dataclass(frozen=True, slots=True)
class Bidder:
    """A supplier of the category as registers show it.

    `largest` is its largest yearly value of one contract; `small` is None where none says.
    """

    supplier: Hashable
    largest: Decimal
    small: bool | None


@dataclass(frozen=True, slots=True)
class Lotting:
    """One way to make lots, and who could serve the largest and the smallest of them."""

    name: str
    lots: int
    largest: Decimal
    smallest: Decimal
    could_serve_largest: int
    could_serve_smallest: int
    small_serve_smallest: int
    small_serve_largest: int
    why: str


def lottings(
    shares: Sequence[Share], bidders: Sequence[Bidder], *, reach: Decimal
) -> list[Lotting]:
    """One lot, lots by place, a lot for each council: those that differ, fewest lots first."""
    ways: tuple[tuple[str, Callable[[Share], str]], ...] = (
        ("One lot", lambda _share: "all"),
        ("A lot for each area", lambda share: share.place),
        ("A lot for each council", lambda share: share.council),
    )
    found: dict[int, Lotting] = {}
    for name, key in ways:
        sizes = sums(shares, key)
        if sizes and len(sizes) not in found:
            found[len(sizes)] = lotting(name, list(sizes.values()), bidders, reach)
    return list(found.values())


def sums(shares: Iterable[Share], key: Callable[[Share], str]) -> Mapping[str, Decimal]:
    sizes: dict[str, Decimal] = defaultdict(Decimal)
    for share in shares:
        sizes[key(share)] += share.annual_value
    return sizes


def lotting(
    name: str, sizes: Sequence[Decimal], bidders: Sequence[Bidder], reach: Decimal
) -> Lotting:
    largest, smallest = max(sizes), min(sizes)
    for_largest = list(able(bidders, largest, reach))
    for_smallest = list(able(bidders, smallest, reach))
    return Lotting(
        name=name,
        lots=len(sizes),
        largest=largest,
        smallest=smallest,
        could_serve_largest=len(for_largest),
        could_serve_smallest=len(for_smallest),
        small_serve_smallest=sum(1 for bidder in for_smallest if bidder.small),
        small_serve_largest=sum(1 for bidder in for_largest if bidder.small),
        why=draft(len(sizes), largest, len(for_largest), len(for_smallest)),
    )


def able(bidders: Iterable[Bidder], size: Decimal, reach: Decimal) -> Iterator[Bidder]:
    """Those that hold a contract large enough to be believed able to serve this one."""
    return (bidder for bidder in bidders if bidder.largest * reach >= size)


def draft(lots: int, largest: Decimal, for_largest: int, for_smallest: int) -> str:
    """A first sentence of the reasons section 18 asks for, to be made the councils' own."""
    suppliers = count(for_largest, "supplier") if for_largest else "no supplier"
    if lots == 1:
        return (
            f"Without lots {money_short(largest)} a year goes to one supplier: {suppliers} known "
            "from registers could serve it. The tender notice must give the reasons for no lots."
        )
    return (
        f"The largest lot is {money_short(largest)} a year: {suppliers} known could serve it, and "
        f"{for_smallest:,} the smallest. Prices may move less than for one lot."
    )
