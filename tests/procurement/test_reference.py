import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from procurement.advice import NEEDED
from procurement.demand import demand_rules
from procurement.prices import price_rules
from procurement.savings import dampings, kept_share
from procurement.windows import window_settings

REFERENCE = Path(__file__).parents[2] / "procurement" / "reference"
TABLES = [
    *("assumptions", "framework_awards", "framework_lots", "framework_owners", "framework_rules"),
    *("framework_suppliers", "frameworks", "itl_regions", "savings_priors", "thresholds", "units"),
]


def rows(table):
    with (REFERENCE / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("table", TABLES)
def test_reference_rows_have_source_date_and_a_checked_mark(table):
    for row in rows(table):
        assert row["source"]
        assert date.fromisoformat(row["as_at"])
        assert row["mark"] in {"V", "V2", "I"}


def test_reference_assumptions_are_all_that_windows_and_savings_need():
    assumed = {row["code"]: Decimal(row["value"]) for row in rows("assumptions")}

    settings = window_settings(assumed)

    assert (settings.plan_months, settings.spacing_months, settings.councils) == (60, 6, 2)
    assert kept_share(2000, dampings(assumed)) == Decimal("0.75")


def test_reference_assumptions_are_all_that_advice_needs():
    assert {row["code"] for row in rows("assumptions")} >= NEEDED


def test_reference_assumptions_are_all_that_prices_need_and_keep_any_one_hidden():
    rules = price_rules({row["code"]: Decimal(row["value"]) for row in rows("assumptions")})

    assert rules.councils_least >= 5
    assert rules.lowest_least >= 3
    assert rules.release_changes >= 3
    assert rules.steps in {10, 20}


def test_reference_priors_are_ordered_ranges():
    for row in rows("savings_priors"):
        low, mid, high = (Decimal(row[f"{name}_percent"]) for name in ("low", "mid", "high"))
        assert 0 <= low <= mid <= high <= 100


def test_reference_thresholds_of_one_code_do_not_overlap():
    seen = {}
    for row in sorted(rows("thresholds"), key=lambda r: (r["code"], r["applies_from"])):
        assert seen.get(row["code"], "") < row["applies_from"]
        seen[row["code"]] = row["applies_to"] or "9999-12-31"


def test_reference_assumptions_are_all_that_intentions_need_and_keep_any_one_hidden():
    rules = demand_rules({row["code"]: Decimal(row["value"]) for row in rows("assumptions")})

    assert rules.councils_least >= 5
    assert rules.area_councils_least >= 2 * rules.councils_least
    assert rules.release_changes >= 3
    assert rules.largest_share <= Decimal("0.5")
    assert rules.two_largest_share <= Decimal("0.8")
    assert rules.release_days >= 1
