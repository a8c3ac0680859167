import csv
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from procurement.advice import NEEDED
from procurement.demand import demand_rules
from procurement.models import Assumption
from procurement.models.reference import RANGES
from procurement.prices import price_rules
from procurement.savings import dampings, kept_share
from procurement.windows import window_settings
from tests.factories import make_assumption

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


def percentages(text):
    return [Decimal(one) for one in re.findall(r"(\d+(?:\.\d+)?) ?(?:%|per cent)", text)]


def test_reference_priors_and_their_words_tell_the_same():
    told = [(row, share) for row in rows("savings_priors") for share in percentages(row["source"])]
    assert told

    for row, share in told:
        if share > Decimal(row["high_percent"]):
            assert "the high case stays below" in row["source"], row["category"]
        elif share < Decimal(row["low_percent"]):
            assert "the low case stays above" in row["source"], row["category"]


def test_reference_assumptions_in_per_cent_are_what_their_words_tell():
    told = [row for row in rows("assumptions") if row["unit"] == "per cent"]

    for row in told:
        shares = percentages(f"{row['meaning']} {row['source']}")
        assert set(shares) <= {Decimal(row["value"])}, row["code"]


@pytest.mark.django_db
def test_reference_assumptions_are_within_what_an_administrator_may_give():
    for row in rows("assumptions"):
        assert row["unit"] in RANGES
        Assumption(code=row["code"], unit=row["unit"], value=Decimal(row["value"])).clean()


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        ("months", "0", "Give a whole number from 1 to 120"),
        ("months", "-12", "Give a whole number from 1 to 120"),
        ("months", "0.5", "Give a whole number from 1 to 120"),
        ("months", "99999", "Give a whole number from 1 to 120"),
        ("per cent", "100000", "Give a number from 0 to 100"),
        ("pounds", "-5000", "Give a number from 0 to 100,000,000"),
        ("times", "0", "Give a number from 1 to 1,000"),
    ],
)
def test_an_assumption_that_pages_cannot_reckon_with_is_refused(unit, value, words):
    with pytest.raises(ValidationError, match=words):
        Assumption(code="any", unit=unit, value=Decimal(value)).clean()


@pytest.mark.django_db
def test_an_administrator_changes_an_assumption_and_takes_none_away(admin_client):
    make_assumption("lead_months", 6)
    page = reverse("admin:procurement_assumption_change", args=["lead_months"])
    delete = reverse("admin:procurement_assumption_delete", args=["lead_months"])
    form = {"meaning": "m", "source": "s", "as_at": "2026-11-02"}

    refused = admin_client.post(page, {**form, "value": "0.5"})
    assert "Give a whole number from 1 to 120" in refused.content.decode()
    assert admin_client.post(page, {**form, "value": "7"}).status_code == 302
    assert admin_client.post(delete).status_code == 403

    kept = Assumption.objects.get()
    assert (kept.code, kept.unit, kept.value) == ("lead_months", "months", 7)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("lead_months", 60, "Give fewer than the 60 months of plan_months"),
        ("lead_months", 59, ""),
        ("plan_months", 6, "Give more than the 6 months of lead_months"),
        ("plan_months", 7, ""),
    ],
)
def test_a_plan_looks_further_than_a_procurement_takes(admin_client, code, value, words):
    make_assumption("lead_months", 6)
    make_assumption("plan_months", 60)
    page = reverse("admin:procurement_assumption_change", args=[code])
    form = {"meaning": "m", "source": "s", "as_at": "2026-11-02", "value": value}

    answer = admin_client.post(page, form)

    assert words in answer.text
    assert answer.status_code == (200 if words else 302)


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
