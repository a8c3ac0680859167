"""The factories make rows that stand on their own."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db

ROWS = {
    "council": factories.make_council,
    "grouping": factories.make_grouping,
    "category": factories.make_category,
    "supplier": factories.make_supplier,
    "contract": factories.make_contract,
    "source": factories.make_source,
    "statement": factories.make_statement,
    "opportunity": factories.make_opportunity,
    "framework": factories.make_framework,
    "threshold": factories.make_threshold,
    "upload": factories.make_upload,
    "job": factories.make_job,
    "officer": factories.make_officer,
    "buyer": factories.make_buyer,
    "administrator": factories.make_administrator,
}


@pytest.mark.parametrize("row", ROWS)
def test_factory_called_bare_makes_a_valid_row(row):
    first, second = ROWS[row](), ROWS[row]() if row != "threshold" else None

    first.full_clean(exclude=["file", "routes"])
    assert first != second


def test_client_reads_a_page_without_warnings(client):
    assert client.get("/nowhere/").status_code == 404
