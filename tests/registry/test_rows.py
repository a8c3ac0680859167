"""Contracts and councils as they come out of the database, and their addresses."""

from decimal import Decimal

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import get_script_prefix, reverse, set_script_prefix

from registry.keys import new_key
from registry.models import Contract, Council
from registry.models.addresses import address_by_key
from registry.permissions import EVERYBODY
from tests.factories import make_contract, make_withholding


def facts(made):
    return {name: value for name, value in vars(made).items() if name != "_state"}


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Contract, Council])
def test_a_row_becomes_what_django_makes_of_it(model):
    make_contract(yearly_value=1_200)
    names = [field.attname for field in model._meta.concrete_fields]
    row = model.objects.values_list(*names).get()

    ours = model.from_db("default", names, row)

    theirs = models.Model.from_db.__func__(model, "default", names, row)
    assert facts(ours) == facts(theirs)
    assert (ours._state.db, ours._state.adding) == (theirs._state.db, theirs._state.adding)


@pytest.mark.django_db
def test_a_column_that_was_not_fetched_is_fetched_when_asked_for():
    kept = make_contract(title="Laptops", reference="L1")

    one = Contract.objects.only("title").get()

    assert one.get_deferred_fields() >= {"reference", "council_id"}
    assert (one.reference, one.council) == ("L1", kept.council)


@pytest.mark.django_db
def test_an_instance_of_a_row_is_saved_as_any():
    make_contract(title="Laptops")

    one = Contract.objects.get()
    one.title = "Desktops"
    one.save()

    assert Contract.objects.get().title == "Desktops"


@pytest.mark.django_db
def test_published_rows_are_blank_where_withheld_and_fetch_no_column_twice():
    withheld = make_contract(yearly_value=900, supplier_name="Ann Ash")
    make_withholding(withheld, "value")
    make_contract(yearly_value=100)
    published = Contract.objects.as_published_to(EVERYBODY).order_by("shown_yearly_value")

    with CaptureQueriesContext(connection) as queries:
        rows = {one.pk: one.yearly_value for one in published}

    fetched = queries[0]["sql"].partition(" FROM ")[0]
    assert rows[withheld.pk] is None
    assert sorted(filter(None, rows.values())) == [100]
    assert "shown_" not in fetched
    # What follows of the same question still has them.
    assert set(published.values_list("shown_yearly_value", flat=True)) == {None, Decimal(100)}


@pytest.mark.parametrize("prefix", ["/", "/commons/"])
@pytest.mark.parametrize("view", ["registry:contract", "registry:supplier"])
def test_an_address_is_the_one_that_its_view_answers(view, prefix):
    key, before = new_key(), get_script_prefix()

    set_script_prefix(prefix)
    try:
        assert address_by_key(view, key) == reverse(view, args=[key])
    finally:
        set_script_prefix(before)
