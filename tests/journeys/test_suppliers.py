"""A regional buyer puts suppliers right in a real browser: the queue, a split, a merge, a group."""

import pytest
from playwright.sync_api import expect

from registry.actions.known_names import forget
from registry.actions.suppliers import ensure_suppliers
from registry.models import Contract, Supplier
from registry.resolution import StatedSupplier
from tests import factories as make
from tests.journeys.conftest import check, follow, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NAMES = ["ABC Ltd", "Larkfield Systems Ltd", "A.B.C.", "Larkfeild Systems Ltd"]
NAMES += ["Thorncombe Dairy", "DEF Computer Services", "D.E.F. Computer Services Ltd"]


@pytest.fixture
def signed_in(tab):
    forget()
    make.make_buyer(username="buyer")
    council, category = make.make_council(), make.make_category("LAP", name="Laptops")
    for name in NAMES:
        stated = StatedSupplier(name)
        make.make_contract(
            council=council,
            category=category,
            supplier=Supplier.objects.get(pk=ensure_suppliers([stated])[stated]),
            supplier_name=name,
        )
    sign_in(tab, "buyer", make.PASSWORD)
    return tab


def owner(name):
    return Contract.objects.get(supplier_name=name).supplier


def test_the_queue_is_worked_through(signed_in):
    signed_in.goto("/suppliers/")
    signed_in.get_by_role("link", name="Review names that may be one supplier").click()
    expect(signed_in.get_by_text("2 questions left")).to_be_visible()
    check(signed_in)
    signed_in.get_by_role("link", name="Not sure: the next one").click()
    expect(signed_in.get_by_role("heading", name="the same supplier as")).to_be_visible()
    signed_in.get_by_role("button", name="The same", exact=True).click()
    expect(signed_in.get_by_text("are one supplier.", exact=False).first).to_be_visible()
    signed_in.get_by_role("link", name="Begin again").click()
    signed_in.get_by_role("button", name="Same group, different company").click()
    expect(signed_in.get_by_text("are two suppliers of one group.").first).to_be_visible()
    check(signed_in)
    signed_in.get_by_role("alert").get_by_role("button", name="Take it back").click()
    expect(signed_in.get_by_text("1 question left")).to_be_visible()
    signed_in.get_by_role("button", name="Same group, different company").click()

    signed_in.goto(owner("ABC Ltd").get_absolute_url())
    signed_in.goto(owner("DEF Computer Services").get_absolute_url())
    check(signed_in)


def test_a_name_is_split_off_and_a_merge_undone(signed_in):
    signed_in.goto(owner(NAMES[1]).get_absolute_url())
    check(signed_in)
    dropped = Supplier.objects.get(pk=owner(NAMES[1]).pk).names.exclude(name=owner(NAMES[1]).name)
    signed_in.get_by_role("checkbox", name=dropped.get().name).check()
    signed_in.get_by_role("button", name="Split them off").click()
    expect(signed_in.get_by_text("Split off.")).to_be_visible()
    assert owner(NAMES[1]) != owner(NAMES[3])
    signed_in.get_by_role("button", name="Take it back").click()
    expect(signed_in.get_by_text("Taken back: ")).to_be_visible()
    assert owner(NAMES[1]) == owner(NAMES[3])

    signed_in.get_by_role("link", name="It is the same as another supplier").click()
    signed_in.get_by_label("Name").fill("thorncombe")
    follow(signed_in.get_by_role("button", name="Find"))
    check(signed_in)
    signed_in.get_by_label("Thorncombe Dairy").check()
    signed_in.get_by_role("button", name="It is the same supplier").click()
    expect(signed_in.get_by_text("They are one supplier now.")).to_be_visible()
    assert owner("Thorncombe Dairy") == owner(NAMES[1])


def test_a_group_is_rolled_up(signed_in):
    signed_in.goto(owner("Thorncombe Dairy").get_absolute_url())
    signed_in.get_by_label("Name of the group it belongs to").fill("Thorncombe Farms")
    signed_in.get_by_role("button", name="Put it into the group").click()
    signed_in.get_by_role("link", name="Thorncombe Farms").click()
    expect(signed_in.get_by_role("heading", name="Thorncombe Farms, the group")).to_be_visible()
    check(signed_in)
