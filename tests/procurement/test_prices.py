"""Unit prices: what is compared, what becomes of it, and what must never follow from it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from procurement.prices import (
    Figures,
    Position,
    Priced,
    PriceRules,
    Quote,
    changed,
    figures,
    how_many,
    may_change,
    one_each,
    position,
    quote,
)
from procurement.prices.figures import SERIES, alike, gap, mean, rate, stepped
from procurement.prices.units import unit_of
from registry.records import Vat

TODAY = date(2026, 11, 20)
RULES = PriceRules(
    councils_least=5,
    lowest_least=3,
    lowest_share=Decimal("0.25"),
    outlier_ratio=Decimal(3),
    floor_percent=Decimal(2),
    floor_pounds=Decimal(500),
    most_percent=Decimal(28),
    largest_share=Decimal("0.5"),
    two_largest_share=Decimal("0.8"),
    steps=20,
    benchmark_steps=40,
    release_changes=3,
    age_months=60,
    vat_percent=Decimal(20),
)
WITHOUT_FLOORS = replace(RULES, floor_percent=Decimal(0), floor_pounds=Decimal(0))
LICENCES = Priced(
    council="E1",
    unit="per user per month",
    unit_price=Decimal("4.50"),
    quantity=Decimal(1000),
    vat=Vat.NET,
    start=date(2025, 4, 1),
    end=date(2028, 3, 31),
    total_value=None,
    yearly_value=None,
)


def quotes(*prices, quantity=100):
    return [Quote(f"E{n}", Decimal(p), Decimal(quantity)) for n, p in enumerate(prices)]


# What is compared


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("each", "item"),
        ("Per Device", "item"),
        ("Laptops", "laptop"),
        ("per user per month", "user a year"),
        ("Seat / annum", "user a year"),
        ("licence", "licence a year"),
        ("laptop per month", "laptop a year"),
        ("terabyte", "terabyte"),
        ("Terabyte, monthly", "terabyte a year"),
        ("day", "day"),
    ],
)
def test_unit_is_the_same_however_it_is_written(said, label):
    assert unit_of(said).label == label


@pytest.mark.parametrize("said", ["", "  ", "per month", "£", "user per month per year"])
def test_unit_that_names_nothing_or_two_times_is_none(said):
    assert unit_of(said) is None


def compared(one=LICENCES, **changes):
    return quote(replace(one, **changes), today=TODAY, rules=RULES)


def test_quote_puts_a_monthly_price_by_the_year():
    assert compared() == ("user a year", Quote("E1", Decimal(54), Decimal(1000)))


def test_quote_takes_vat_out_where_it_is_stated():
    assert compared(vat=Vat.GROSS)[1].price == Decimal(45)
    assert compared(vat=Vat.UNKNOWN)[1].price == Decimal(54)


@pytest.mark.parametrize(
    ("values", "price"),
    [
        ({"yearly_value": Decimal(60000)}, 60),
        ({"total_value": Decimal(60000), "yearly_value": Decimal(20000)}, 20),
        ({"yearly_value": Decimal(720000)}, 720),
        ({"yearly_value": Decimal(59000)}, 60),  # registers round
    ],
)
def test_quote_of_a_licence_is_for_the_time_its_value_says(values, price):
    assert compared(unit="licence", unit_price=Decimal(60), **values)[1].price == price


def test_quote_of_a_licence_without_any_time_is_set_aside():
    values = {"total_value": Decimal(150000), "yearly_value": Decimal(50000)}

    assert compared(unit="licence", unit_price=Decimal(60), **values) is None
    assert compared(unit="licence", unit_price=Decimal(60)) is None


def test_quote_of_a_thing_bought_once_is_its_price():
    assert compared(unit="each", unit_price=Decimal(450))[1].price == 450


@pytest.mark.parametrize(
    "changes",
    [
        {"unit_price": Decimal(0)},
        {"quantity": Decimal(0)},
        {"unit": ""},
        {"start": date(2021, 11, 19)},
    ],
)
def test_quote_is_none_of_nothing_of_the_unknown_and_of_old_agreements(changes):
    assert compared(**changes) is None


def test_one_each_counts_a_council_once_at_its_average_price():
    several = [
        Quote("E2", Decimal(10), Decimal(1)),
        Quote("E1", Decimal(400), Decimal(10)),
        Quote("E1", Decimal(500), Decimal(30)),
    ]

    assert one_each(several) == [
        Quote("E1", Decimal(475), Decimal(40)),
        Quote("E2", Decimal(10), Decimal(1)),
    ]


# What becomes of it


def test_figures_are_means_of_three_on_steps_and_a_rate_of_all():
    found = figures(quotes(380, 400, 420, 500, 520, 560), RULES)

    # The lowest three are 400 on average; the highest 527, up to the next step. At 400 they
    # would spend 14.4 per cent less, down to the step below.
    assert found == Figures(Decimal(400), Decimal(560), Decimal(14), 6)


def test_figures_need_five_councils():
    assert figures(quotes(400, 420, 450, 500), RULES) is None


def test_figures_are_not_given_where_one_council_or_two_dominate():
    equal = quotes(400, 420, 450, 500, 520)
    one = [*equal[:4], replace(equal[4], quantity=Decimal(1000))]
    two = [*equal[:3], *(replace(q, quantity=Decimal(700)) for q in equal[3:])]

    assert figures(equal, RULES)
    assert figures(one, RULES) is None
    assert figures(two, RULES) is None


def test_rate_is_not_given_where_one_council_makes_up_the_gap():
    found = figures(quotes(400, 400, 400, 400, 400, 600), RULES)

    assert found.rate_percent is None


def test_rate_is_nothing_where_all_pay_alike():
    assert figures(quotes(400, 400, 400, 401, 402), RULES).rate_percent == 0


def test_rate_is_never_above_what_studies_found():
    assert figures(quotes(200, 200, 200, 590, 590, 590, 590), RULES).rate_percent == 28


def test_gap_of_crumbs_is_nothing():
    assert gap(Quote("E1", Decimal(505), Decimal(10_000)), Decimal(500), RULES) == 0
    assert gap(Quote("E1", Decimal(600), Decimal(4)), Decimal(500), RULES) == 0
    assert gap(Quote("E1", Decimal(600), Decimal(5)), Decimal(500), RULES) == 500


def test_alike_leaves_out_what_is_likely_another_thing():
    found = alike(quotes(4, 400, 420, 450, 1190, 1300), RULES)

    assert [one.price for one in found] == [400, 420, 450, 1190]


@pytest.mark.parametrize(
    ("amount", "up", "down"),
    [("412.10", 450, 400), ("9.5", 10, 9), ("400", 400, 400), ("0.0113", "0.0125", "0.0112")],
)
def test_stepped_goes_to_the_preferred_number_on_either_side(amount, up, down):
    assert stepped(Decimal(amount), 20, up=True) == Decimal(up)
    assert stepped(Decimal(amount), 20, up=False) == Decimal(down)


def test_position_is_told_beside_the_band():
    said = [position(Decimal(p), Decimal(400), Decimal(560)) for p in (390, 400, 401, 560, 561)]

    assert said == [
        *(Position.BELOW, Position.BELOW, Position.WITHIN, Position.WITHIN, Position.ABOVE),
    ]


@pytest.mark.parametrize(("councils", "said"), [(5, "5"), (9, "5"), (10, "10"), (77, "50")])
def test_how_many_is_said_in_steps(councils, said):
    assert how_many(councils, 5) == f"{said} or more councils"


# When it may change

SHOWN = {one.council: one.price for one in quotes(400, 420, 450, 500, 520)}


def test_changed_counts_councils_that_joined_left_or_pay_another_price():
    now = [*quotes(400, 420, 450, 511), Quote("E9", Decimal(480), Decimal(7))]

    assert changed(SHOWN, now) == 3
    assert changed(SHOWN, quotes(400, 420, 450, 500, 520, quantity=7)) == 0


@pytest.mark.parametrize(
    ("now", "quarter", "may"),
    [
        (quotes(410, 430, 460, 500, 520), date(2026, 10, 1), False),  # in the same quarter
        (quotes(410, 430, 450, 500, 520), date(2027, 1, 1), False),  # two changed
        (quotes(410, 430, 460, 500, 520), date(2027, 1, 1), True),
        (quotes(400, 420), date(2027, 1, 1), True),  # three left
    ],
)
def test_may_change_needs_a_new_quarter_and_enough_changes(now, quarter, may):
    looked = date(2026, 10, 1)

    assert may_change(SHOWN, now, looked=looked, quarter=quarter, rules=RULES) is may


# What holds of any prices

price = st.decimals("0.01", 10**5, places=2)
quantity = st.integers(1, 10**5).map(Decimal)
any_quotes = st.lists(st.tuples(price, quantity), min_size=0, max_size=14).map(
    lambda pairs: [Quote(f"E{n:02}", p, q) for n, (p, q) in enumerate(pairs)]
)
close_quotes = st.lists(
    st.tuples(st.decimals(200, 590, places=2), st.integers(80, 120).map(Decimal)),
    min_size=5,
    max_size=12,
).map(lambda pairs: [Quote(f"E{n:02}", p, q) for n, (p, q) in enumerate(pairs)])


@given(any_quotes)
def test_figures_are_a_band_and_a_rate_never_below_nothing(several):
    found = figures(several, RULES)

    assert found is None or 0 < found.low <= found.high
    assert found is None or found.rate_percent is None or 0 <= found.rate_percent <= 28


@given(any_quotes)
def test_figures_are_of_five_councils_and_each_end_of_three(several):
    found = figures(several, RULES)

    if found:
        cheap = sorted(one.price for one in alike(several, RULES))
        assert len(cheap) == found.councils >= 5
        assert found.low >= sum(cheap[:3]) / 3
        assert {found.low, found.high} <= {
            step.scaleb(power) for step in SERIES[20] for power in range(-3, 7)
        }


@given(close_quotes, price, quantity)
def test_one_price_far_from_all_others_changes_nothing(several, far, many):
    assume(all(far > one.price * 3 or far * 3 < one.price for one in several))
    stranger = Quote("far", far, many)

    assert figures([*several, stranger], RULES) == figures(several, RULES)


@given(any_quotes, st.integers(-2, 3))
def test_figures_are_the_same_in_pence_as_in_pounds(several, power):
    times = Decimal(10) ** power
    scaled = [replace(one, price=one.price * times) for one in several]

    before, after = figures(several, WITHOUT_FLOORS), figures(scaled, WITHOUT_FLOORS)

    assert (before is None) == (after is None)
    if before:
        assert (after.low, after.high) == (before.low * times, before.high * times)
        assert after.rate_percent == before.rate_percent


@given(close_quotes, st.randoms(use_true_random=False))
def test_figures_do_not_depend_on_the_order(several, chance):
    mixed = [*several]
    chance.shuffle(mixed)

    assert figures(mixed, RULES) == figures(several, RULES)


@given(close_quotes, st.data())
def test_paying_more_above_the_benchmark_never_lowers_the_gap(several, data):
    benchmark = stepped(mean(sorted(several, key=lambda q: q.price)[:3]), 20, up=True)
    dear = data.draw(st.sampled_from(several))
    more = replace(dear, price=dear.price + data.draw(st.decimals(0, 100, places=2)))

    assert gap(more, benchmark, RULES) >= gap(dear, benchmark, RULES)


@given(close_quotes, st.decimals(100, 600, places=2), st.decimals(0, 100, places=2))
def test_a_lower_benchmark_never_lowers_the_rate(several, benchmark, less):
    open_rules = replace(WITHOUT_FLOORS, largest_share=Decimal(1), two_largest_share=Decimal(1))

    high, low = (rate(several, b, open_rules) for b in (benchmark, benchmark - less))

    assert low >= high


@given(close_quotes)
def test_a_council_below_the_benchmark_takes_nothing_off_the_others_gaps(several):
    cheapest = min(one.price for one in several)
    dear = [gap(one, cheapest, WITHOUT_FLOORS) for one in several]

    assert all(g >= 0 for g in dear)
    assert gap(replace(several[0], price=cheapest / 2), cheapest, WITHOUT_FLOORS) == 0
