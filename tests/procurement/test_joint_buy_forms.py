"""What the forms of joint buys refuse in a sentence."""

import pytest

from procurement.joint_buy_forms import PricesForm, SwitchingForm


@pytest.mark.parametrize("line", [",,", ", 5", "500 at £,", ",,,500 at £590", "," * 900 + "£"])
def test_a_line_of_prices_without_numbers_is_refused_in_a_sentence(line):
    form = PricesForm({"prices": line})

    assert not form.is_valid()
    assert "is not like 500 at £590" in str(form.errors)


def test_prices_are_read_with_commas_and_pennies():
    form = PricesForm({"prices": "1 at £650\n1,000: 549.50"})

    assert form.is_valid()
    assert [(least, str(price)) for least, price in form.cleaned_data["prices"]] == [
        (1, "650"),
        (1000, "549.50"),
    ]


def test_pounds_are_read_as_people_write_them():
    form = SwitchingForm({"switching_once": "£1,000", "switching_yearly": ""})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["switching_once"] == 1000
