"""Every way a joint buy could be bought, side by side: when, at what fee, for whom, and against.

Ways that do not count (a framework that ends first, say) are kept, with the reason.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procurement.frameworks.joining import when
from procurement.routes import DYNAMIC_MARKET, Scheme, routes, verdict
from procurement.timetable import Step, Timetable, Way
from registry.formats import day as in_words
from registry.formats import money_short
from registry.values import months_on

CENT = Decimal(100)
# Words by which an owner opens a framework to every council.
EVERYBODY = ("any public", "all public", "public sector", "any council", "all councils")
BETWEEN_PLACES = re.compile(r"\s*(?:,|;|\band\b)\s*")
NOT_WORKED_OUT = "Its periods are not worked out here."


@dataclass(frozen=True, slots=True)
class Buyer:
    """A council that would buy, and the names of the places it lies in."""

    name: str
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bought:
    """What is to be bought together, and what each way is judged by."""

    category: str  # its code
    called: str
    start: date
    mobilisation_months: int
    total_value: Decimal  # pounds over the whole term
    saved_share: Decimal  # of it, at the most
    usual_fee_percent: Decimal
    buyers: Sequence[Buyer]
    small_for_all: int = 0  # small suppliers known that could serve all of it
    small_for_one: int = 0  # and a lot for the smallest council

    @property
    def call_off(self) -> date:
        """The planned day of award under a framework."""
        return months_on(self.start, -self.mobilisation_months)


@dataclass(frozen=True, slots=True)
class Fee:
    """Pounds over the whole term; `percent` is assumed where none is stated."""

    low: Decimal
    high: Decimal
    percent: Decimal
    stated: bool


@dataclass(frozen=True, slots=True)
class Users:
    """Whether all who would buy may use it; None where that is not known."""

    all: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One way. It counts where it could serve; `earliest` is the first start begun today."""

    name: str
    what: str
    counts: bool
    why: str
    users: Users
    suppliers: str
    against: Sequence[str]
    reference: str = ""  # of a framework
    lots: Sequence[str] = ()
    fee: Fee | None = None  # none is due
    earliest: date | None = None
    next_step: Step | None = None

    def in_time(self, start: date) -> bool | None:
        return None if self.earliest is None else self.earliest <= start


EACH_MAY = Users(True, "All: it is their own")


def choices(
    bought: Bought,
    schemes: Iterable[Scheme],
    timetables: Mapping[Way, Timetable],
    alone: Timetable | None,
) -> list[Choice]:
    """Those that could serve first: frameworks, the councils' own procedures, each alone.

    `timetables` has a plan for each way to buy together whose law is worked out, counted from
    today; `alone` is that of the largest council by itself.
    """
    held = {scheme.reference: scheme for scheme in schemes}
    found = [
        from_scheme(bought, held[route.reference], timetables)
        for route in routes(bought.category, held.values(), call_off=bought.call_off)
    ]
    market = any(held[one.reference].kind == DYNAMIC_MARKET for one in found)
    own = [*own_procedures(bought, timetables), *([] if market else [no_market(bought)])]
    every = [*found, *own, each_alone(bought, alone)]
    return sorted(every, key=lambda one: not one.counts)


def from_scheme(bought: Bought, scheme: Scheme, timetables: Mapping[Way, Timetable]) -> Choice:
    """A call-off of all together, or a purchase from a dynamic market."""
    market = scheme.kind == DYNAMIC_MARKET
    way = Way.MARKET if market else Way.CALL_OFF
    serves, why = verdict(scheme, bought.call_off)
    plan = timetables.get(way)
    users = may_use(scheme.users, bought.buyers)
    return Choice(
        name=scheme.name,
        what="Joint purchase from a dynamic market" if market else "Joint call-off",
        counts=serves,
        why=why,
        users=users,
        suppliers=suppliers_of(scheme.kind),
        against=list(against_scheme(scheme, users, plan)),
        reference=scheme.reference,
        lots=scheme.lots,
        fee=fee(bought, scheme.fee_percent),
        earliest=earliest_from(scheme, plan, bought.mobilisation_months),
        next_step=first_duty(plan),
    )


def suppliers_of(kind: str) -> str:
    if kind == DYNAMIC_MARKET:
        return "Any that meet its conditions can join now, small ones too."
    return f"Only those on it. Others can join {when(kind)}."


def against_scheme(scheme: Scheme, users: Users, plan: Timetable | None) -> Iterator[str]:
    if plan is None:
        yield NOT_WORKED_OUT
    if users.all is False:
        yield "As its owner words it, not all of these councils may use it."
    if scheme.ends is None:
        yield "It may end sooner than is thought: its end is not known."
    if scheme.fee_percent is None:
        yield "Its fee is not stated."
    if len(scheme.lots) > 1:
        yield "The lot must cover all that is bought: read its scope."
    if scheme.kind != DYNAMIC_MARKET:
        yield "Prices of suppliers that are not on it are never asked."


def earliest_from(scheme: Scheme, plan: Timetable | None, mobilisation: int) -> date | None:
    """Begun today; None where it has ended by then, or its periods are not worked out."""
    if plan is None:
        return None
    day = plan.earliest_start
    if scheme.starts:
        day = max(day, months_on(scheme.starts, mobilisation))
    return day if verdict(scheme, months_on(day, -mobilisation))[0] else None


def fee(bought: Bought, percent: Decimal | None) -> Fee:
    """On the price: from that after the largest saving to that of today."""
    assumed = bought.usual_fee_percent if percent is None else percent
    most = bought.total_value * assumed / CENT
    least = most * (1 - bought.saved_share) if percent is not None else Decimal(0)
    return Fee(least, most, assumed, stated=percent is not None)


def may_use(users: str, buyers: Sequence[Buyer]) -> Users:
    """Read from its owner's words: everybody, or the places named and who lies outside them."""
    if not users:
        return Users(None, "Not stated: ask its owner whether every council is named")
    words = users.casefold()
    if any(one in words for one in EVERYBODY):
        return Users(True, f"All, as “{users}”")
    named = [one for one in BETWEEN_PLACES.split(words) if one]
    outside = [buyer.name for buyer in buyers if not lies_in(buyer, named)]
    if len(outside) == len(buyers):
        return Users(None, f"“{users}”: check that every council is named")
    if outside:
        return Users(False, f"“{users}”: {', '.join(outside)} would not be among them")
    return Users(True, f"All, as “{users}”")


def lies_in(buyer: Buyer, named: Iterable[str]) -> bool:
    """Midlands covers East Midlands; a council may be named itself."""
    places = [place.casefold() for place in buyer.places if place]
    return any(re.search(rf"\b{re.escape(name)}\b", place) for name in named for place in places)


def own_procedures(bought: Bought, timetables: Mapping[Way, Timetable]) -> Iterator[Choice]:
    """New procedures that one council runs for all."""
    for way, name, against in (
        (Way.TENDER, "Open procedure", OPEN_AGAINST),
        (Way.FLEXIBLE, "Competitive flexible procedure", FLEXIBLE_AGAINST),
        (Way.QUOTES, "Quotes", QUOTES_AGAINST),
    ):
        plan = timetables.get(way)
        if plan is not None:
            yield Choice(
                name=name,
                what="New joint procedure, run by a lead authority",
                counts=True,
                why="It can be begun for any date that leaves it time.",
                users=EACH_MAY,
                suppliers=anybody(bought),
                against=against,
                earliest=plan.earliest_start,
                next_step=first_duty(plan),
            )


OPEN_AGAINST = (
    "The lead does the whole work: agree who bears its costs.",
    "Every tender must be assessed, however many come.",
)
FLEXIBLE_AGAINST = (
    "The lead does the whole work, and more stages take longer than an open procedure.",
    "Worth it where suppliers must be talked to; a commodity seldom needs it.",
)
QUOTES_AGAINST = (
    "The lead asks for all: agree who bears its costs.",
    "Below the threshold no stage of its own may test suppliers’ suitability.",
)
ALONE_AGAINST = (
    "No larger volume: the saving above is not to be expected, only that of one specification.",
    "Each council pays for a procedure of its own.",
    "Only where each decides and buys by itself. It is no way to come below a threshold: what is "
    "planned as one purchase is valued as one.",
)


def anybody(bought: Bought) -> str:
    return (
        "Any can tender. Of the small suppliers in these registers, judged by the largest "
        f"contract of each, {are(bought.small_for_all)} large enough for the whole and "
        f"{are(bought.small_for_one)} for the smallest council’s share."
    )


def are(number: int) -> str:
    """How many are, as a sentence says it."""
    return {0: "none is", 1: "1 is"}.get(number, f"{number:,} are")


def no_market(bought: Bought) -> Choice:
    return Choice(
        name="Dynamic market",
        what="Joint purchase from a dynamic market",
        counts=False,
        why=f"None for {bought.called} is known here. Setting one up takes notices of its own "
        "(UK13 and UK14), and pays where several purchases follow.",
        users=Users(None, "Those its owner names"),
        suppliers=suppliers_of(DYNAMIC_MARKET),
        against=("Its conditions stay as they are for its whole life.",),
    )


def each_alone(bought: Bought, plan: Timetable | None) -> Choice:
    """The same specification and date, and purchases of each council's own."""
    return Choice(
        name="Align and let alone",
        what="One specification and date, separate purchases",
        counts=True,
        why="Each council’s procedure must end in time; the dates are those of the largest.",
        users=EACH_MAY,
        suppliers="Any can tender to each. Of the small suppliers in these registers, judged by "
        f"the largest contract of each, {are(bought.small_for_one)} large enough for the smallest.",
        against=ALONE_AGAINST,
        earliest=plan.earliest_start if plan else None,
        next_step=first_duty(plan),
    )


def first_duty(plan: Timetable | None) -> Step | None:
    """What must be done first for the date to hold."""
    return next((step for step in plan.steps if step.duty), None) if plan else None


def fee_words(one: Fee | None) -> str:
    """In words, as papers have it."""
    if one is None:
        return "No fee"
    percent = f"{one.percent.normalize():f} per cent"
    if not one.stated:
        return f"Not stated; up to {money_short(one.high)} at the usual {percent}"
    if one.low == one.high:
        return f"{money_short(one.high)}, {percent}"
    return f"{money_short(one.low)} to {money_short(one.high)}, {percent}"


def step_words(one: Step | None) -> str:
    return f"By {in_words(one.by)}: {one.what}" if one else NOT_WORKED_OUT
