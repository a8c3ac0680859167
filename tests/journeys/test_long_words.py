"""Cells of five hundred characters without a blank, on every page that shows what a file says."""

import pytest
from django.core.files.base import ContentFile

from imports import actions
from imports.models import Upload
from registry.models import Contract
from tests import factories as make
from tests.imports.registers import register
from tests.journeys.conftest import NARROW, WIDE, overflow, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE, SUPPLIER = "Laptops" * 71, "Acmecomputing" * 23
ROW = "C-{n},{n}" + TITLE + "," + SUPPLIER + ",01/04/2024,{end},{value}"
FIRST = [ROW.format(n=n, end="31/03/2027", value=n * 1000) for n in range(1, 5)]
# One changed, one unchanged, one with an end that is none, one gone, one new.
SECOND = [
    ROW.format(n=1, end="31/03/2028", value=1000),
    FIRST[1],
    ROW.format(n=3, end="31/11/2027" + TITLE, value=3000),
    ROW.format(n=5, end="31/03/2027", value=5000),
]


@pytest.fixture
def upload():
    """The second of two files, read and not yet applied."""
    council = make.make_council()
    officer = make.make_officer(council, username="olive")
    first = read(council, officer, FIRST)
    actions.apply_upload(first, make.make_job(asked_by=officer))
    return read(council, officer, SECOND)


def read(council, officer, rows):
    file = ContentFile(register(*rows).encode())
    upload = Upload.objects.receive(council=council, file=file, name="register.csv", by=officer)
    actions.read_upload(upload, make.make_job(asked_by=officer))
    upload.refresh_from_db()
    return upload


def widths(tab, addresses):
    """By how many pixels each page is wider than a wide and a narrow window, where it is."""
    found = {}
    for size in (WIDE, NARROW):
        tab.set_viewport_size(size)
        for address in addresses:
            tab.goto(address)
            found[address, size["width"]] = overflow(tab)
    return {place: over for place, over in found.items() if over}


def test_a_word_longer_than_a_line_widens_no_page(tab, upload):
    sign_in(tab, "olive", make.PASSWORD)
    own = upload.get_absolute_url()
    sorts = ("added", "changed", "unchanged", "no_longer_listed")
    pages = [own, *(f"{own}changes/?show={sort}" for sort in sorts)]
    assert widths(tab, [*pages, f"{own}problems/", f"{own}columns/", f"{own}sheets/"]) == {}

    actions.apply_upload(upload, make.make_job(asked_by=upload.uploaded_by))

    contract = Contract.objects.standing().get(reference="C-1")
    told = [f"{contract.get_absolute_url()}{part}" for part in ("", "history/", "withhold/")]
    told += ["/contracts/", contract.council.get_absolute_url()]
    assert widths(tab, [own, f"{own}undo/", pages[-1], *told]) == {}
