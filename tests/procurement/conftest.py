"""What tests of joint buying share."""

import csv

import pytest

from procurement.actions.reference import TABLES
from tests.factories import make_assumption


@pytest.fixture
def assumed():
    """The assumptions as they are shipped."""
    with (TABLES / "assumptions.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            make_assumption(row["code"], row["value"])
