"""What buying together may save in a year: a range, its method, and why it may not be real."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property, lru_cache
from operator import mul

from registry.formats import money_exact

OPENING = "Indicative, not cashable until contracted."
CENT, PENNY, NOTHING = Decimal(100), Decimal("0.01"), Decimal(0)
WHOLE_HHI = 10_000
REMEMBERED = 1000  # there are a few rates for each category, and numbers of councils
# To the nearest thousand from ten thousand pounds up, else to the nearest hundred: a range of
# estimates shown to the pound claims to know what it does not.
FINE, COARSE, COARSE_FROM = Decimal("1E2"), Decimal("1E3"), Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Prior:
    """What pooling a category has saved elsewhere, in per cent of a year's value."""

    low: Decimal
    mid: Decimal
    high: Decimal
    source: str
    as_at: str = ""


@dataclass(frozen=True, slots=True)
class PriceGap:
    """What many councils' unit prices show could be saved, as it was last released.

    Of all of them and never of those that join: few councils' gap would tell what one pays.
    """

    percent: Decimal  # less, if all paid what the lowest do
    low_share: Decimal
    mid_share: Decimal
    unit: str
    behind: str  # "10 or more councils"
    as_at: str


@dataclass(frozen=True, slots=True)
class Damping:
    """The share of a saving kept where suppliers are at most so concentrated."""

    below_hhi: int
    share: Decimal


@dataclass(frozen=True)
class Fee:
    """What a framework takes, in per cent of the price, and whose it is."""

    percent: Decimal
    framework: str = ""  # the dearest of those that serve; none does where it is empty
    stated: bool = True  # else it is what frameworks usually take

    @property
    def taken(self) -> Decimal:
        """Nothing where no framework serves: councils that tender themselves pay none."""
        return self.percent if self.framework else Decimal(0)

    @cached_property
    def words(self) -> str:
        if not self.framework:
            return (
                "No framework’s fee is taken off: none that could serve is known. One may charge "
                f"about {plain(self.percent)} per cent of the price."
            )
        whose = f"that of {self.framework}" + (
            "" if self.stated else ", assumed since it states none"
        )
        return (
            f"Net of a framework fee of {plain(self.percent)} per cent of the price after the "
            f"saving: {whose}. It is the highest of those that could serve."
        )


@dataclass(frozen=True, slots=True)
class Pool:
    """What is bought together: pounds a year, and how concentrated its suppliers are."""

    annual_value: Decimal
    hhi: int
    councils: int
    fee: Fee
    without_value: int = 0  # contracts that join but state no value
    without_notice: Decimal = Decimal(0)  # of the value, what is rolling and states no notice


@dataclass(frozen=True, slots=True)
class Basis:
    """What a category's savings are estimated by: per cent of a year's value, and in words."""

    method: str
    percents: tuple[Decimal, Decimal, Decimal]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saving:
    """Pounds a year, never below nothing, and what a sceptic should be told."""

    low: Decimal
    mid: Decimal
    high: Decimal
    method: str
    reasons: tuple[str, ...]


def hhi(pence_of_suppliers: Collection[int]) -> int:
    """Concentration of suppliers by value (Herfindahl-Hirschman): 10,000 when there is one."""
    total = sum(pence_of_suppliers)
    if not total:
        return 0
    squares: int = sum(map(mul, pence_of_suppliers, pence_of_suppliers))
    whole = total * total
    return (2 * squares * WHOLE_HHI + whole) // (2 * whole)  # half up


def basis(prior: Prior | None, gap: PriceGap | None = None) -> Basis | None:
    """Unit prices where enough councils' are known, else what pooling saved elsewhere."""
    if gap is not None:
        percents = (gap.percent * gap.low_share, gap.percent * gap.mid_share, gap.percent)
        return Basis("unit prices", percents, tuple(price_words(gap)))
    if prior is not None:
        return Basis("prior", (prior.low, prior.mid, prior.high), (prior_words(prior),))
    return None


def estimate(pool: Pool, by: Basis | None, dampings: Sequence[Damping]) -> Saving:
    """A range of the year's value, less what concentration and fee take.

    What switching costs is taken off where councils state it (`procurement.switching`).
    """
    if by is None:
        nothing = NOTHING.quantize(PENNY)
        said = (OPENING, "No evidence is held for this category, so no saving is claimed.")
        return Saving(nothing, nothing, nothing, "none", said)
    kept = kept_share(pool.hhi, dampings)
    rates = net_rates(by.percents, kept, pool.fee.taken)
    low, mid, high = [rounded(pool.annual_value * rate) for rate in rates]
    return Saving(low, mid, high, by.method, (OPENING, *by.words, *reasons(pool, kept)))


def kept_share(concentration: int, dampings: Sequence[Damping]) -> Decimal:
    """The share for the lowest limit that the concentration is below; all of it without one."""
    return next((s.share for s in dampings if concentration < s.below_hhi), Decimal(1))


def dampings(assumed: Mapping[str, Decimal]) -> list[Damping]:
    """The steps of `reference/assumptions.csv`, where they are numbers by code; lowest first."""
    steps = [
        Damping(int(assumed["hhi_moderate_from"]), Decimal(1)),
        Damping(int(assumed["hhi_high_from"]), assumed["kept_when_moderate"]),
        Damping(WHOLE_HHI + 1, assumed["kept_when_high"]),
    ]
    return sorted(steps, key=lambda step: step.below_hhi)


@lru_cache(REMEMBERED)
def net_rates(
    percents: tuple[Decimal, ...], kept: Decimal, fee_percent: Decimal
) -> tuple[Decimal, ...]:
    """What each pound bought saves after the fee on the rest; nothing when costs exceed it."""
    saved = [percent * kept / CENT for percent in percents]
    return tuple(max(rate - (1 - rate) * fee_percent / CENT, NOTHING) for rate in saved)


def rounded(amount: Decimal) -> Decimal:
    step = COARSE if amount >= COARSE_FROM else FINE
    return amount.quantize(step, ROUND_HALF_UP).quantize(PENNY)


def prior_words(prior: Prior) -> str:
    return (
        f"Method: {plain(prior.low)} to {plain(prior.high)} per cent (most likely "
        f"{plain(prior.mid)}) of the year's value, from what pooling has saved elsewhere. "
        f"Source: {prior.source}."
    )


def price_words(gap: PriceGap) -> list[str]:
    """How unit prices made the range, and what they do not show."""
    return [
        f"Method: unit prices of {gap.behind} for one {gap.unit}, as at {gap.as_at}. At the mean "
        f"of the lowest they would spend {plain(gap.percent)} per cent less; the range is "
        f"{percent_words(gap.low_share)} of that to all of it, most likely "
        f"{percent_words(gap.mid_share)}.",
        "The rate is that of all councils whose prices are known. Those that join here may pay "
        "more or less; a rate of theirs would tell what one of them pays.",
        f"The whole year’s value is taken as bought at such prices; what is not a {gap.unit} in "
        "it may save nothing.",
        "The lowest prices may be of older agreements, of larger volumes, or without delivery.",
    ]


def reasons(pool: Pool, kept: Decimal) -> list[str]:
    """Why the figure may be false, most telling first."""
    said = []
    if kept < 1:
        said.append(
            f"Reduced to {percent_words(kept)} because few suppliers hold this spend "
            f"(HHI {pool.hhi:,}): pooling moves prices less."
        )
    said.append(pool.fee.words)
    if pool.without_value:
        said.append(f"{counted(pool.without_value)} without a value: nothing is counted for them.")
    if pool.without_notice:
        said.append(
            f"{money_exact(pool.without_notice)} of the {money_exact(pool.annual_value)} a year "
            "rests on rolling contracts whose registers state no notice: none is counted, so they "
            "may have to stay longer."
        )
    return [*said, *standing_doubts(pool.councils)]


@lru_cache(REMEMBERED)
def standing_doubts(councils: int) -> tuple[str, ...]:
    return (
        f"The {councils} councils may buy different specifications or bundles; what differs "
        "is not pooled.",
        "Values are what registers state: they may be old, estimated, or with options in them.",
        "Volumes may change by the start date, and delivery to many sites may cost more.",
        "Only contracts that can join by right on this date are counted, and all of them: if half "
        "of their value joins, expect half of the saving.",
        "What switching costs is not taken off but set beside it, where councils state it on the "
        "joint buy's ladder.",
        "The work of leading it is not taken off but set beside it; other councils' time is not "
        "counted.",
    )


def plain(number: Decimal) -> str:
    """Without the noughts a database adds: 3, not 3.00."""
    return f"{number.normalize():f}"


def percent_words(share: Decimal) -> str:
    return f"{plain(share * CENT)} per cent"


def counted(contracts: int) -> str:
    return "1 contract is" if contracts == 1 else f"{contracts} contracts are"
