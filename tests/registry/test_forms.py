"""What forms refuse in a sentence, however odd."""

import pytest

from registry.forms import HistoryForm
from registry.views.numbers import number


@pytest.mark.parametrize(
    "year", ["9999999999", "99999999999", "9" * 5000, "1\0", "0", "10000", "x"]
)
def test_a_day_that_does_not_exist_is_refused_in_a_sentence(year):
    form = HistoryForm({"day_0": year, "day_1": "1", "day_2": year})

    assert not form.is_valid()
    [fault] = form.errors["day"]
    assert fault.startswith("This is not a date.")


@pytest.mark.parametrize("text", ["", "-1", "9" * 5000, "٣", "1e3"])
def test_a_number_no_page_of_ours_sends_names_nothing(text):
    assert number(text) == 10**10
