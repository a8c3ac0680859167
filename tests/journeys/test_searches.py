"""Suppliers without an account ask to be told of what is new, are told, and stop it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from playwright.sync_api import expect

from registry.actions.digests import send_digests
from registry.models import Digest, SavedSearch
from registry.tasks import write_to_asker
from tests import factories as make
from tests.journeys.conftest import check, follow
from tests.social_value.factories import make_need

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

MONDAY = make.TODAY + timedelta(days=3)


def link_in(letter):
    return re.search(r"/searches/\S+", letter.body)[0]


def ask(page, address, name):
    """From a list to the mail that asks for a confirmation."""
    page.goto(address)
    check(page)
    follow(page.get_by_role("link", name="Tell me by e-mail when this changes"))
    check(page)
    page.get_by_label("What shall we call this search?").fill(name)
    page.get_by_label("Your e-mail address").fill("jo@supplier.example.org")
    follow(page.get_by_role("button", name="Ask me to confirm it"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your e-mail")
    write_to_asker(SavedSearch.objects.latest("pk").pk)


def confirm(page):
    page.goto(link_in(mail.outbox[-1]))
    check(page)
    follow(page.get_by_role("button", name="Yes, tell me"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("On Mondays we tell you")


def test_a_supplier_without_an_account_is_told_and_stops_it(tab):
    laptops = make.make_category("LAP", name="Laptops, desktops, workstations")
    make.make_framework(laptops, name="Laptops for the public sector")
    make.make_ending_demand(category=laptops, area=make.make_grouping(kind="region"))
    make_need(council=make.make_council(), title="Laptops for a homework club")

    ask(tab, "/frameworks/?category=LAP", "Laptop frameworks")
    check(tab)
    confirm(tab)
    check(tab)
    for address, name in (("/demand/?category=LAP", "Demand"), ("/needs/", "What is needed")):
        ask(tab, address, name)
        confirm(tab)
    follow(tab.get_by_role("link", name="All your searches"))
    check(tab)
    new = make.make_framework(laptops, name="Laptops and tablets 2")
    mail.outbox.clear()
    assert send_digests(today=MONDAY) == 1

    [told] = mail.outbox
    assert new.get_absolute_url() in told.body
    tab.goto(link_in(told))
    follow(tab.get_by_role("button", name="Stop this search"))
    expect(tab.get_by_role("heading", level=1)).to_contain_text("not told of this search any more")
    check(tab)
    follow(tab.get_by_role("link", name="Your other searches"))
    follow(tab.get_by_role("button", name="Stop all of them"))
    expect(tab.get_by_role("heading", level=1)).to_have_text("These e-mails are stopped")
    check(tab)
    assert not Digest.objects.exists()


def test_what_is_wrong_with_an_address_is_said_at_its_field(tab):
    tab.goto("/searches/new/?list=needs")

    tab.get_by_label("Your e-mail address").fill("jo")
    tab.get_by_role("button", name="Ask me to confirm it").click()
    check(tab)
    tab.get_by_role("link", name="Give an e-mail address like").click()

    expect(tab.get_by_label("Your e-mail address")).to_be_focused()
    tab.goto("/searches/new/?list=frameworks&query=category%3DNOTHING")
    expect(tab.get_by_role("heading", level=1)).to_have_text("We cannot write to you about this")
    check(tab)
