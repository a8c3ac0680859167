import pytest

from imports.normalise.flags import read_estimate, read_sme, read_vcse


@pytest.mark.parametrize(
    ("cell", "value", "also"),
    [
        ("Yes", True, {}), ("n", False, {}), (True, True, {}), ("SME", True, {}),
        ("Micro", True, {"supplier_size": "Micro"}), ("Large", False, {"supplier_size": "Large"}),
        ("Charity", None, {"vcse": True}),
        ("VCSE 1121596", None, {"vcse": True, "supplier_charity_number": "1121596"}),
        ("SME / VCSE", True, {"vcse": True}), ("SME (micro)", True, {"supplier_size": "Micro"}),
        ("Non-SME", False, {}), ("TBC", None, {}), ("unknown", None, {}), ("", None, {}),
    ],
)  # fmt: skip
def test_read_sme_reads_what_the_column_holds(cell, value, also):
    reading = read_sme(cell)

    assert (reading.value, dict(reading.also), reading.fault) == (value, also, None)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("Yes", True), ("No", False), ("Voluntary sector", True), ("VCSE 1121596", True),
     ("Non Profit", True), ("For Profit", False), ("SME", None), ("Both", True)],
)  # fmt: skip
def test_read_vcse_reads_what_the_column_holds(cell, value):
    assert (read_vcse(cell).value, read_vcse(cell).fault) == (value, None)


@pytest.mark.parametrize("read", [read_sme, read_vcse])
@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("£5,000.00", "This is an amount of money, not a yes or no."),
        ("CT1234", "This looks like a reference, not a yes or no."),
        ("perhaps so", "This is neither yes nor no."),
    ],
)
def test_flags_refuse_what_is_no_flag(read, cell, said):
    assert read(cell).fault.problem == said


def test_read_estimate_asks_the_heading_what_yes_means():
    assert read_estimate("Estimated Cost", yes_is_estimate=None).value is True
    assert read_estimate("Fixed", yes_is_estimate=None).value is False
    assert read_estimate("Yes", yes_is_estimate=None).value is None
    assert read_estimate("Yes", yes_is_estimate=False).value is False
