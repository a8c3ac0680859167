"""Commands that span the apps: reference data, and the demonstration without its server."""

import json
import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from config import demo
from imports.models import Upload
from procurement.models import Opportunity
from registry.models import Contract, Council, Role, User
from tests.factories import make_contract

pytestmark = pytest.mark.django_db


def run(*words, **options):
    said = StringIO()
    call_command(*words, stdout=said, **options)
    return said.getvalue()


def test_load_reference_says_what_it_did_and_again_that_nothing_changed():
    first = json.loads(run("load_reference", json=True))["tables"]
    again = json.loads(run("load_reference", json=True))["tables"]

    assert {"councils", "categories", "thresholds", "frameworks"} <= {t["table"] for t in first}
    assert all(table["added"] for table in first)
    assert all((t["added"], t["updated"], t["kept"]) == (0, 0, []) for t in again)


def test_load_reference_lists_what_an_administrator_keeps():
    run("load_reference")
    Council.objects.filter(pk="E07000136").update(population=1, edited=True)

    said = run("load_reference")

    assert "kept as edited: Boston Borough Council, population: 1 here" in said


@pytest.mark.one_database
def test_run_demo_loads_everything_and_again_nothing_twice(settings):
    settings.TODAY = demo.SAMPLE_DAY

    said = run("run_demo", load_only=True)
    before = Contract.objects.count(), Upload.objects.count(), User.objects.count()
    run("run_demo", load_only=True)

    assert "joint buys to look at" in said
    assert Opportunity.objects.planned().count() >= 12
    assert Upload.objects.count() == len(list(demo.sample_registers())) >= 10
    assert set(Upload.objects.values_list("state", flat=True)) == {"applied"}
    assert Role.objects.count() == len(demo.ACCOUNTS)
    assert (Contract.objects.count(), Upload.objects.count(), User.objects.count()) == before
    assert not Contract.objects.exclude(council__invented=True).exists()


def test_export_register_writes_to_files_alone(tmp_path):
    contract = make_contract()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with pytest.raises(CommandError, match="is not a file"):
        run("export_register", council=contract.council_id, format="ocds", out=pipe)

    assert pipe.is_fifo()
