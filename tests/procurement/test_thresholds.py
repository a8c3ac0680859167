from datetime import date
from decimal import Decimal

import pytest

from procurement.models import Opportunity
from procurement.thresholds import (
    Limit,
    Purchase,
    Regime,
    judge,
    legal_value,
    limit_on,
    notice_day,
)

CODE = "goods_services_sub_central"
LIMITS = [
    Limit(CODE, Decimal(214904), date(2025, 2, 24), date(2025, 12, 31), "Sch 1"),
    Limit(CODE, Decimal(207720), date(2026, 1, 1), date(2027, 12, 31), "Sch 1 as amended"),
    Limit("scotland_regulated", Decimal(50000), date(2026, 1, 1), None, "2014 Act"),
]


@pytest.mark.parametrize(
    ("value", "regime"), [("207719.99", Regime.BELOW), ("207720.00", Regime.ABOVE)]
)
def test_judge_counts_the_threshold_itself_as_above(value, regime):
    assert judge(Purchase(Decimal(value), date(2027, 1, 1)), LIMITS).regime == regime


def test_judge_uses_the_threshold_of_the_day():
    bought = Purchase(Decimal(210_000), date(2025, 12, 31))

    found = judge(bought, LIMITS)

    assert (found.regime, found.assumed) == (Regime.BELOW, False)


def test_judge_says_which_day_the_threshold_is_of_and_why():
    note = judge(Purchase(Decimal(210_000), date(2025, 12, 31)), LIMITS).note

    assert "of 31 December 2025, the planning day" in note
    assert "the law’s last day for the tender notice is another" in note
    assert "The threshold of the day it is advertised decides" in note


def test_note_fits_where_it_is_kept_however_large_the_sums_are():
    large = Limit(CODE, Decimal(10**9), date(2026, 1, 1), date(2026, 9, 28), "")
    note = judge(Purchase(Decimal(10**11), date(2026, 9, 30)), [large]).note

    assert note.endswith("is assumed, as that day’s is not known.")
    assert len(note) <= Opportunity._meta.get_field("regime_note").max_length


@pytest.mark.parametrize("day", [date(2028, 1, 1), date(2024, 1, 1)])
def test_judge_says_when_no_threshold_is_known_for_the_day(day):
    found = judge(Purchase(Decimal(210_000), day), LIMITS)

    assert found.assumed
    assert "assumed" in found.note


def test_judge_names_scotland_apart():
    found = judge(Purchase(Decimal(10**6), date(2027, 1, 1), nation="Scotland"), LIMITS)

    assert found.regime == Regime.SCOTLAND


def test_judge_is_not_known_without_thresholds():
    assert judge(Purchase(Decimal(1), date(2027, 1, 1)), []).regime == Regime.UNKNOWN


def test_legal_value_is_of_the_whole_term_with_vat():
    value = legal_value(Decimal(50_000), term_months=48, vat_percent=Decimal(20))

    assert value == Decimal("240000.00")


def test_limit_on_prefers_the_latest_begun():
    limit, assumed = limit_on(LIMITS, CODE, date(2026, 1, 1))

    assert (limit.amount, assumed) == (Decimal(207720), False)


def test_notice_day_is_the_start_less_the_lead_time():
    assert notice_day(date(2027, 10, 1), lead_months=6) == date(2027, 4, 1)
