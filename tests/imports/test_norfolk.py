"""A real council's register, from file to registry, sent again, and undone."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from config.settings import BASE_DIR
from registry.actions import load_reference
from registry.models import Contract, Statement

REGISTER = BASE_DIR.parent / "shared" / "registers" / "norfolk-2015-part.csv"
NORFOLK = "E10000020"
COUNTED = ("added", "changed", "unchanged", "problem", "duplicate", "not_a_contract", "total_line")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not REGISTER.exists(), reason="real registers are not beside the project"),
]


def import_register():
    said = StringIO()
    call_command(
        "import_register", str(REGISTER), council=[NORFOLK], apply=True, json=True, stdout=said
    )
    return json.loads(said.getvalue())


def test_norfolk_is_accounted_for_recorded_once_and_undone():
    load_reference()

    first = import_register()
    again = import_register()
    held = Contract.objects.standing().count()
    call_command("undo_upload", first["upload"], stdout=StringIO())
    stands = Contract.objects.standing().count()
    call_command("undo_upload", again["upload"], stdout=StringIO())

    rows = first["rows"]
    assert rows["read"] == sum(rows[name] for name in COUNTED)
    assert rows["read"] + rows["blank"] == 2601
    assert rows["added"] == held > 2000
    assert Statement.objects.count() == 2 * held
    assert again["rows"]["unchanged"] == rows["added"]
    assert (again["rows"]["added"], again["rows"]["changed"]) == (0, 0)
    assert again["rows"]["no_longer_listed"] == 0
    assert stands == held
    assert not Contract.objects.standing().exists()


def test_norfolk_keeps_both_date_formats_and_every_value_to_the_penny():
    load_reference()

    said = import_register()

    held = Contract.objects.standing()
    assert held.filter(start_date__isnull=False).count() == said["dates"]["rows_with_start"]
    assert held.filter(end_date__isnull=False).count() == said["dates"]["rows_with_end"]
    total = sum(one for one in held.values_list("total_value", flat=True) if one is not None)
    assert str(total) == said["value"]["sum"]
