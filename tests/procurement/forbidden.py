"""What demand and early talks must never be, by the name of the constraint that forbids it."""

from datetime import date

from tests.factories import (
    make_council,
    make_demand_price,
    make_ending_demand,
    make_engagement,
    make_grouping,
    make_intended_demand,
    make_snapshot,
)


def twice_in_one_area(make):
    area = make_grouping()
    make(area=area)
    make(area=area)


def same_price_twice():
    make_demand_price()
    make_demand_price()


FORBIDDEN = {
    "ending_demand_once_per_cell": lambda: twice_in_one_area(make_ending_demand),
    "demand_snapshot_is_released_in_or_after_its_quarter": lambda: make_snapshot(
        released_on=date(2026, 10, 1)
    ),
    "intended_demand_once_per_cell": lambda: twice_in_one_area(make_intended_demand),
    "intended_demand_is_a_band": lambda: make_intended_demand(below=100),
    "demand_price_once_per_unit": same_price_twice,
    "demand_price_is_a_band": lambda: make_demand_price(high=399),
    "engagement_is_of_a_council_or_a_grouping": lambda: make_engagement(
        council=make_council(), grouping=make_grouping()
    ),
    "engagement_has_a_notice_or_says_why_not": lambda: make_engagement(notice=""),
    "engagement_says_with_whom_and_what": lambda: make_engagement(suppliers=""),
}
