"""How money, dates and counts are written on pages."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from registry.currencies import POUNDS, sign_of

THOUSAND = Decimal(1_000)
MILLION = Decimal(1_000_000)
BILLION = Decimal(1_000_000_000)
# Below this amount, round to this; the limits are where rounding reaches the next unit.
STEPS = ((1_000, 1), (999_950, 100), (999_950_000, 100_000))
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def money_short(amount: Decimal) -> str:
    """Pounds for reading: £850, £71,600, £1.2 million. Rounded; never for adding up."""
    sign, pounds = split_sign(rounded(amount))
    if pounds < MILLION:
        return f"{sign}£{pounds:,.0f}"
    unit, word = (BILLION, "billion") if pounds >= BILLION else (MILLION, "million")
    return f"{sign}£{f'{pounds / unit:.1f}'.removesuffix('.0')} {word}"


def money_brief(amount: Decimal) -> str:
    """In a few characters, where no more fit: £850, £72k, £1.2m."""
    sign, pounds = split_sign(rounded(amount))
    if pounds < THOUSAND:
        return f"{sign}£{pounds:.0f}"
    thousands = (pounds / THOUSAND).quantize(Decimal(1), ROUND_HALF_UP)
    if thousands < THOUSAND:
        return f"{sign}£{thousands}k"
    millions = pounds / MILLION
    return f"{sign}£{millions:.1f}m".replace(".0m", "m")


def rounded(amount: Decimal) -> Decimal:
    """To whole pounds, hundreds from £1,000, and tenths of a million or billion above."""
    size = abs(amount)
    step = next((step for below, step in STEPS if size < below), MILLION * 100)
    return (amount / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def money_exact(amount: Decimal, currency: str = POUNDS) -> str:
    """To the penny, without pennies when there are none: £71,600, £71,600.50, $5,000."""
    sign, size = split_sign(amount)
    return f"{sign}{sign_of(currency)}{size:,.2f}".removesuffix(".00")


def split_sign(amount: Decimal) -> tuple[str, Decimal]:
    return ("−" if amount < 0 else ""), abs(amount)


def day(value: date) -> str:
    """3 May 2027."""
    return f"{value.day} {month(value)}"


def month(value: date) -> str:
    """May 2027."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def quarter(value: date) -> str:
    """The quarter of the calendar year a day lies in: April to June 2027."""
    first = (value.month - 1) // 3 * 3
    return f"{MONTHS[first]} to {MONTHS[first + 2]} {value.year}"


def count(number: int, one: str, many: str = "") -> str:
    """1 contract, 1,204 contracts; the plural is the singular with s unless given."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def days_away(value: date, today: date) -> str:
    """How far off a day is, in the unit people would use: today, in 12 days, 3 months ago."""
    days = (value - today).days
    if days == 0:
        return "today"
    size = abs(days)
    words = count(size, "day") if size < 60 else count(round(size / 30.44), "month")
    return f"in {words}" if days > 0 else f"{words} ago"
