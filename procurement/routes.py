"""Frameworks that could serve a joint buy: by category, by its day, by who may use them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from registry.formats import day as in_words

OPEN_FRAMEWORK = "open framework"
DYNAMIC_MARKET = "dynamic market"


@dataclass(frozen=True, slots=True)
class Scheme:
    """A framework or dynamic market as its owner published it; None where it is not known."""

    reference: str
    name: str
    owner: str
    kind: str
    categories: frozenset[str]
    starts: date | None = None
    ends: date | None = None
    scheme_ends: date | None = None
    fee_percent: Decimal | None = None
    users: str = ""
    lots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """A framework considered: whether it could serve on the day, and why or why not."""

    reference: str
    name: str
    serves: bool
    why: str
    fee_percent: Decimal | None = None
    ends: date | None = None  # the last day of its scheme, or its own


def routes(category: str, schemes: Iterable[Scheme], *, call_off: date) -> list[Route]:
    """Every framework of the category: those that serve first, then those that just miss.

    `call_off` is the planned day of award under the framework: its end must not be before it.
    """
    found = [route(s, call_off) for s in schemes if category in s.categories]
    return sorted(found, key=lambda r: (not r.serves, r.reference))


def route(scheme: Scheme, day: date) -> Route:
    serves, why = verdict(scheme, day)
    if serves and scheme.users:
        why = f"{why} Who may use it: {scheme.users}; check that every council is named."
    elif serves:
        why = f"{why} Check that every council is among those who may use it."
    ends = scheme.scheme_ends or scheme.ends
    return Route(scheme.reference, scheme.name, serves, why, scheme.fee_percent, ends)


def verdict(scheme: Scheme, day: date) -> tuple[bool, str]:
    """Whether its dates cover the day. An unknown end is said, and does not rule it out."""
    if scheme.starts and day < scheme.starts:
        return False, f"It starts on {in_words(scheme.starts)}, after the call-off."
    if scheme.ends is None:
        return True, "Its end is not known: check it."
    if day <= scheme.ends:
        return True, f"It runs to {in_words(scheme.ends)}."
    return after_end(scheme, scheme.ends, day)


def after_end(scheme: Scheme, ends: date, day: date) -> tuple[bool, str]:
    """An open framework is awarded anew until its scheme ends (Procurement Act 2023 section 49)."""
    if scheme.kind == OPEN_FRAMEWORK and scheme.scheme_ends and day <= scheme.scheme_ends:
        return True, (
            f"This framework ends on {in_words(ends)}; its scheme runs to "
            f"{in_words(scheme.scheme_ends)}, so its next framework should serve."
        )
    return False, f"It ends on {in_words(scheme.scheme_ends or ends)}, before the call-off."
