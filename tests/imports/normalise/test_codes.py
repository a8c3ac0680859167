import pytest

from imports.normalise.codes import read_charity_number, read_company_number, read_cpv
from registry.records import FIELDS


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("2165763", "02165763"), (165763, "00165763"), (2165763.0, "02165763"),
        ("gb/02165763", "02165763"), ("SC166891", "SC166891"), ("sc166891 ", "SC166891"),
        ("OC313158", "OC313158"), ("IP20558R", "IP20558R"), ("R0000123", "R0000123"),
        ("N/A", None), ("Sole trader", None), (0, None),
    ],
)  # fmt: skip
def test_read_company_number_repairs_it(cell, number):
    reading = read_company_number(cell)

    assert (reading.value, reading.fault) == (number, None)


@pytest.mark.parametrize("cell", ["12", "ABC Ltd", "01234567 / 07654321", "DE123456789"])
def test_read_company_number_refuses_others(cell):
    assert read_company_number(cell).fault.problem == "This is not a Companies House number."


def test_read_company_number_sees_a_charity():
    assert read_company_number("Charity 1121596").also == {"supplier_charity_number": "1121596"}


def test_read_charity_number_keeps_its_register():
    assert read_charity_number("SC012345").value == "SC012345"
    assert read_charity_number(1121596).value == "1121596"
    assert read_charity_number("abc").fault is not None


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("72000000-5", "72000000"),
        ("72000000-5; 48000000-8", "72000000 48000000"),
        (3100000, "03100000"),
        (72000000.0, "72000000"),
        ("43211500", "43211500"),
        ("IT services", "IT services"),
        ("N/A", None),
    ],
)
def test_read_cpv_keeps_codes_without_check_digits(cell, codes):
    assert read_cpv(cell).value == codes


@pytest.mark.parametrize(
    "cell",
    ["x" * 5000, "72000000 " + "consulting " * 900, "; ".join(f"72{n:06}" for n in range(99))],
)
def test_read_cpv_keeps_no_more_than_the_registry_does(cell):
    reading = read_cpv(cell)
    assert len(reading.value) <= FIELDS["cpv_code"].max_length
    assert len(reading.also.get("cpv_label", "")) <= FIELDS["cpv_label"].max_length


def test_read_cpv_keeps_the_words_beside_a_code():
    assert read_cpv("72000000-5 - IT services: consulting").also == {
        "cpv_label": "IT services: consulting"
    }
