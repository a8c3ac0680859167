"""Law and market reach their tables from the reference, twice without change."""

import pytest

from procurement.actions import load_reference
from procurement.models import Assumption, Framework, Threshold
from registry.actions import load_reference as load_registry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded():
    load_registry()
    return load_reference()


def test_load_reference_fills_every_table(loaded):
    assert all(table.added for table in loaded)
    assert {"lead_months", "plan_months", "minimum_councils", "fee_percent"} <= set(
        Assumption.objects.values_list("pk", flat=True)
    )
    assert Framework.objects.filter(categories__isnull=False).exists()


def test_load_reference_twice_changes_nothing():
    again = load_reference()

    assert all((table.added, table.updated, table.kept) == (0, 0, []) for table in again)


def test_load_reference_keeps_an_administrator_s_number_and_says_so():
    Assumption.objects.filter(pk="lead_months").update(value=9, edited=True)

    again = load_reference()

    assert Assumption.objects.get(pk="lead_months").value == 9
    [difference] = [words for table in again for words in table.kept]
    assert difference.startswith("lead_months")


def test_load_reference_keeps_an_edited_framework_s_categories():
    framework = Framework.objects.filter(categories__isnull=False).first()
    framework.categories.clear()
    Framework.objects.filter(pk=framework.pk).update(edited=True)

    load_reference()

    assert not framework.categories.exists()


def test_load_reference_puts_right_what_nobody_edited():
    Threshold.objects.update(amount=1)

    load_reference()

    assert not Threshold.objects.filter(amount=1).exists()
