"""Marks that tests share."""

import pytest
from django.db import connection

# The suite runs on each database. What is costly and touches none runs with the first alone.
without_database = pytest.mark.skipif(
    connection.vendor == "postgresql", reason="touches no database: once, on SQLite, is enough"
)
