"""Nothing a register holds becomes a formula in a download."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.spreadsheets import STARTS_A_FORMULA, safe


@given(st.text())
def test_safe_text_never_begins_like_a_formula_and_loses_nothing(text):
    cell = safe(text)

    assert not cell.startswith(STARTS_A_FORMULA)
    assert cell.removeprefix("'") == text or cell == text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "Yes"),
        (False, "No"),
        (date(2027, 5, 3), "2027-05-03"),
        (Decimal("-12.50"), "-12.50"),
        ("=1+1", "'=1+1"),
    ],
)
def test_safe_keeps_values_exact(value, cell):
    assert safe(value) == cell
