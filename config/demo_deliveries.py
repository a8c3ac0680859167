"""The demonstration's deliveries: some of what invented councils' contracts promise was done."""

from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from registry.models import Council
from social_value.actions import confirm_delivery, record_delivery
from social_value.actions.deliveries import Evidence
from social_value.acts import Act
from social_value.models import Commitment, Delivery

# The other units are of things that come whole: nobody gives half a laptop.
DIVISIBLE = ("FTE-year", "tonne CO2e")
# Left undone while there is time, so that a pool can be shown.
POOLED = "apprenticeship_weeks"
MOST_OF_A_COUNCIL = 6
# What of a promise was done, one promise after another; none of it confirmed where it says so.
SHARES = (
    *((Decimal("1.0"), True), (Decimal("0.5"), True), (Decimal("0.25"), False)),
    *((Decimal("0.75"), True), (Decimal("0.4"), True)),
)


def make_deliveries(day: date) -> int:
    """A few acts for each council that promises anything; twice makes them once."""
    if Delivery.objects.exists():
        return 0
    made = 0
    for council in Council.objects.filter(invented=True).order_by("code"):
        promises = Commitment.objects.of_standing_contracts().select_related("measure")
        promises = promises.filter(
            council=council, measure__useful_amount__isnull=False, starts__lt=day
        )
        promises = promises.exclude(measure=POOLED, ends__gte=day)
        for n, promise in enumerate(promises.order_by("pk")[:MOST_OF_A_COUNCIL]):
            share, confirmed = SHARES[made % len(SHARES)]
            deliver(promise, share, day - timedelta(days=20 + 9 * n), confirmed=confirmed)
            made += 1
    return made


def deliver(promise: Commitment, share: Decimal, done_on: date, *, confirmed: bool) -> None:
    finest = Decimal("0.1") if promise.measure.unit in DIVISIBLE else Decimal(1)
    amount = (promise.quantity * share).quantize(finest, ROUND_DOWN) or promise.quantity
    made = record_delivery(
        Act(
            measure=promise.measure_id,
            amount=amount,
            done_on=done_on,
            area=promise.council_id,
            credits={promise.contract_id: amount},
        ),
        Evidence(link=f"https://example.org/invented/{promise.pk}"),
        by=None,
    )
    if confirmed:
        confirm_delivery(made, council=promise.council_id)
