"""Suppliers found or created for the names a register uses."""

from datetime import timedelta

import pytest
from celery import current_app
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.actions.gathering import bearing_on
from registry.actions.known_names import KnownNames, answering, known_names
from registry.actions.suppliers import ensure_suppliers
from registry.jobs import sweep
from registry.matching import Rulings
from registry.models import (
    Contract,
    Job,
    NamesToCompare,
    Supplier,
    SupplierIdentifier,
    SupplierName,
)
from registry.resolution import StatedSupplier
from registry.tasks import settle_again
from tests.factories import make_contract, make_supplier

pytestmark = pytest.mark.django_db


def counts():
    return [model.objects.count() for model in (Supplier, SupplierName, SupplierIdentifier)]


def test_ensure_suppliers_makes_one_of_two_spellings():
    found = ensure_suppliers([StatedSupplier("Acme IT Ltd"), StatedSupplier("ACME I.T. LIMITED")])

    assert len(set(found.values())) == 1
    assert counts() == [1, 2, 0]


def test_ensure_suppliers_again_adds_nothing():
    stated = [StatedSupplier("Acme IT Ltd", "01234567"), StatedSupplier("Birch Ltd")]
    first = ensure_suppliers(stated)
    before = counts()

    again = ensure_suppliers(stated)

    assert again == first
    assert counts() == before


def test_ensure_suppliers_finds_by_number_and_learns_the_name():
    first = ensure_suppliers([StatedSupplier("Acme IT Ltd", "01234567")])

    again = ensure_suppliers([StatedSupplier("Computing House Ltd", "01234567")])

    assert set(again.values()) == set(first.values())
    assert Supplier.objects.known_as("computing house").get().name == "Acme IT Ltd"


def test_a_supplier_told_by_number_alone_is_called_by_it_until_its_name_is_told():
    [nameless] = ensure_suppliers([StatedSupplier("", "1234566")]).values()
    assert Supplier.objects.get().name == "Company 01234566"

    found = ensure_suppliers([StatedSupplier("Acme IT Ltd", "01234566")])

    assert set(found.values()) == {nameless}
    assert Supplier.objects.get().name == "Acme IT Ltd"
    assert [one.name for one in SupplierName.objects.all()] == ["Acme IT Ltd"]


def test_suppliers_told_by_numbers_alone_are_one_each_however_alike():
    ensure_suppliers([StatedSupplier("", "01234566")])
    ensure_suppliers([StatedSupplier("", "01234567"), StatedSupplier("", "01234566")])

    names = Supplier.objects.order_by("name").values_list("name", flat=True)
    assert list(names) == ["Company 01234566", "Company 01234567"]
    assert not SupplierName.objects.exists()


def test_ensure_suppliers_keeps_two_numbers_apart():
    stated = [StatedSupplier("Acme Ltd", number) for number in ("01234567", "07654321")]

    found = ensure_suppliers(stated[:1]) | ensure_suppliers(stated[1:])

    assert len(set(found.values())) == 2


def test_ensure_suppliers_of_nobody_asks_nothing_to_be_made():
    assert ensure_suppliers([]) == {}
    assert counts() == [0, 0, 0]


def test_ensure_suppliers_asks_as_often_for_many_as_for_few():
    few = [StatedSupplier(f"Firm {n} Ltd", f"{n:08}") for n in range(10, 12)]
    many = [StatedSupplier(f"Company {n} Ltd", f"{n:08}") for n in range(100, 400)]
    ensure_suppliers(few + many)

    with CaptureQueriesContext(
        connection,
    ) as for_few:
        ensure_suppliers(few)
    with CaptureQueriesContext(connection) as for_many:
        ensure_suppliers(many)

    assert len(for_many) == len(for_few)


@pytest.fixture
def answering_a_page():
    token = answering.set(True)
    yield
    answering.reset(token)


@pytest.mark.usefixtures("answering_a_page")
def test_a_page_leaves_reading_all_names_to_a_worker(
    monkeypatch, django_capture_on_commit_callbacks
):
    rung = []
    monkeypatch.setattr(KnownNames, "top_up", lambda _: pytest.fail("read all names"))
    monkeypatch.setattr(current_app, "send_task", lambda name, args: rung.append((name, *args)))

    with django_capture_on_commit_callbacks(execute=True):
        ensure_suppliers([StatedSupplier("Acme IT Ltd")])
        ensure_suppliers([StatedSupplier("ACME I.T. LIMITED")])

    assert counts() == [1, 2, 0]
    left = NamesToCompare.objects.order_by("pk")
    assert [one.new_names for one in left] == [["Acme IT Ltd"], ["ACME I.T. LIMITED"]]
    assert rung == [("registry.tasks.settle_again", one.job_id) for one in left]


@pytest.fixture
def begun_by_a_page():
    """Two spellings of one name, which a page took for two suppliers; the job left to a worker."""
    make_contract(supplier=make_supplier("Larkfield Systems Ltd"))
    token = answering.set(True)
    stated = StatedSupplier("Larkfeild Systems Ltd")
    found = ensure_suppliers([stated])
    make_contract(supplier_id=found[stated], supplier=None, supplier_name=stated.name)
    answering.reset(token)
    assert Contract.objects.values("supplier").distinct().count() == 2
    return NamesToCompare.objects.get().job


def test_a_worker_finishes_what_a_page_began(begun_by_a_page):
    for _ in range(2):
        settle_again(begun_by_a_page.pk)

    assert Contract.objects.values("supplier").distinct().count() == 1
    begun_by_a_page.refresh_from_db()
    assert (begun_by_a_page.state, begun_by_a_page.attempts) == ("done", 1)


def test_what_a_page_began_is_rung_again_when_its_message_is_lost(begun_by_a_page, monkeypatch):
    rung = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args: rung.append((name, *args)))
    assert sweep() == []
    Job.objects.update(asked_at=timezone.now() - timedelta(seconds=Job.RING_AGAIN_SECONDS + 1))

    sweep()

    assert rung == [("registry.tasks.settle_again", begun_by_a_page.pk)]


def test_what_a_new_name_bears_on_stays_small_however_many_are_like_it():
    trades = "Roofing", "Security", "Cleaning", "Training", "Transport"
    firms = [f"{a}{b}field" for a in ("Lark", "Barn", "Barr") for b in ("ton", "ten", "tin")]
    ensure_suppliers([StatedSupplier(f"{firm} {t} Ltd") for firm in firms for t in trades])
    new = "Larktonfield Plumbing Ltd"
    known = known_names([new])
    known.expect([new])

    found = bearing_on([new], [], known.index, Rulings())

    assert 0 < len(found) <= 8
    assert Supplier.objects.count() == 45
