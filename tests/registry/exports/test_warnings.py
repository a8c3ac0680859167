"""What to look at before publishing."""

from dataclasses import replace

import pytest

from registry.exports.warnings import reads_as_person, warnings
from tests.registry.exports.test_ocds import LAPTOPS, but


@pytest.mark.parametrize("name", ["Mr J Smith", "John Smith", "Amy Jones-Evans", "Dr. Patel"])
def test_names_of_persons_read_as_such(name):
    assert reads_as_person(name)


@pytest.mark.parametrize(
    "name", ["", "John Lewis plc", "Acme IT", "Adobe Systems", "Grant Thornton UK LLP", "Boston"]
)
def test_names_of_bodies_do_not(name):
    assert not reads_as_person(name)


def test_a_person_with_a_company_number_is_a_body():
    person = but(supplier_name="John Smith", supplier_company_number="")

    assert list(warnings(but(supplier_name="John Smith"))) == []
    assert len(list(warnings(but(person, supplier_charity_number="")))) == 1


def test_a_title_that_names_the_withheld_supplier_is_told():
    secret = but(supplier_name="Quillfeather", title="Windows by Quillfeather")

    [notice] = warnings(replace(secret, withheld={"supplier": "sole trader"}))

    assert "names the withheld supplier" in notice.words
    assert list(warnings(replace(LAPTOPS, withheld={"supplier": "sole trader"}))) == []
