"""The vocabulary of contracts."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from registry.models import Contract
from tests.factories import make_contract

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)
APPS = ("config", "imports", "procurement", "registry", "social_value")


@pytest.mark.django_db
def test_a_contract_may_run_until_the_last_day_any_extension_allows_or_while_no_end_is_known():
    ends = {"runs": TODAY, "unknown": None, "over": TODAY - timedelta(days=1)}
    for title, last in ends.items():
        make_contract(title=title, end_date=last, latest_permitted_end=last)
    make_contract(title="withdrawn", withdrawn=True)

    found = Contract.objects.may_run_on(TODAY).values_list("title", flat=True)

    assert set(found) == {"runs", "unknown"}


def test_the_rule_what_may_still_run_is_written_once():
    held = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    asks = {
        str(path.relative_to(ROOT))
        for path in held
        if "migrations" not in path.parts
        and "latest_permitted_end__gte" in path.read_text(encoding="utf-8")
    }

    assert asks == {"registry/models/contracts.py"}
