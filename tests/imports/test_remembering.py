"""What an officer settles is replayed on the next file, however it has changed."""

import pytest

from imports import actions
from imports.actions.choices import Chosen, choose, take_back
from imports.actions.settling import settled_of
from imports.memory import sheet_choice
from imports.models import Choice, Upload
from imports.settled import ColumnChoice, Suggestion
from imports.snapshot import encode_column, encode_sheet
from registry.models import Contract
from tests.factories import make_council, make_officer
from tests.imports.registers import write_register
from tests.imports.test_actions import receive

pytestmark = pytest.mark.django_db
Kind = Choice.Kind

HEADINGS = "Nr,Thing,Whom,From,To,Sum"
ROWS = [
    f"N-{n},Laptops for school {n},Acme {n} Ltd,0{n}/04/2024,31/03/203{n},{n}0000"
    for n in range(1, 9)
]


@pytest.fixture
def council():
    return make_council()


@pytest.fixture
def officer(council):
    return make_officer(council)


def read(path, council):
    """The upload of a file and what was studied in it, by what is settled today."""
    upload = receive(path, council)
    settled = settled_of(council.pk)
    upload.settled = actions.encode_settled(settled)
    found = actions.study(
        path, name=path.name, council=council.pk, acting_for=[council.pk], settled=settled
    )
    return upload, found


def taken(found):
    return {each.heading: each.field for each in found.understood.columns}


def because(found, heading):
    return next(each.because for each in found.understood.columns if each.heading == heading)


def column(field, **what):
    return encode_column(ColumnChoice(field, **what))
