"""Every page of the registry at two widths, by keyboard, without script, on paper."""

import os
import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from procurement.actions import load_reference as load_procurement
from registry.actions import load_reference as load_registry
from registry.models import Category
from tests import factories as make
from tests.journeys.conftest import NARROW, WIDE, overflow, resize, sign_in, violations
from tests.social_value.factories import make_commitment, make_delivery

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def registry():
    """A council with contracts whose facts open to their cells, and an officer of it."""
    council = make.make_council(name="Westmarsh Borough Council")
    supplier = make.make_supplier("Acme IT Solutions Limited", company_number="01234567")
    for n in range(3):
        contract = make.make_contract(
            council=council,
            supplier=supplier,
            title=f"Laptops and desktops for schools and libraries, lot {n}",
            category=make.make_category("LAP", name="Laptops, desktops, workstations"),
            extension="2 x 12 months",
            notice_period="3 months",
        )
        source = make.make_source(council=council)
        make.make_statement(contract=contract, source=source, facts={"title": contract.title})
    make_delivery(make_commitment(contract=contract).contract, confirmed=True)
    area = make.make_grouping(code="E12000004", name="East Midlands")
    make.make_ending_demand(category=contract.category, area=area)
    make.make_intended_demand(category=contract.category, area=area)
    make.make_demand_price(category=contract.category)
    make.make_engagement(category=contract.category, council=council)
    make.make_officer(council, username="olive")
    framework = make.make_framework(contract.category, reference="RM1", kind="open framework")
    make.make_award(framework, apply_from=make.TODAY, apply_to=make.TODAY)
    make.make_lot(framework, suppliers=[supplier.name])
    return contract


def public_addresses(contract) -> list[str]:
    return [
        *("/", "/sign-in/", "/councils/", "/contracts/", "/suppliers/", "/categories/", "/about/"),
        *("/demand/", "/demand/?area=E12000004&category=nothing", "/engagements/"),
        *("/accessibility/", "/contracts/?ends_before=soon", "/contracts/?q=nothing", "/nowhere/"),
        *("/frameworks/", "/frameworks/RM1/"),
        contract.supplier.get_absolute_url(),
        contract.category.get_absolute_url(),
        *("/social-value/delivered/", f"{contract.supplier.get_absolute_url()}social-value/"),
        *officers_addresses(contract),
    ]


def officers_addresses(contract) -> list[str]:
    """Pages that show an officer of the council more than others."""
    council = contract.council.get_absolute_url()
    return [
        *("/", contract.get_absolute_url(), council, f"{council}publication/"),
        *(f"{council}calendar/", f"{contract.get_absolute_url()}withhold/"),
        f"{council}social-value/progress/",
        *("/engagements/", "/engagements/record/"),
        *("/coming/", "/alerts/"),
    ]


def signed_in_addresses(contract) -> list[str]:
    """Those, and pages that nobody else is shown."""
    council, delivery = contract.council, contract.delivery_credits.get().delivery
    return [
        *officers_addresses(contract),
        f"{council.get_absolute_url()}together/",
        f"{council.get_absolute_url()}together/LIKE-{contract.council_id}/LAP/",
        f"{council.get_absolute_url()}social-value/reminders/",
        f"{contract.get_absolute_url()}deliveries/new/?measure={delivery.measure_id}",
        delivery.get_absolute_url(),
        f"/uploads/councils/{council.pk}/promises/",
    ]


@pytest.mark.parametrize(
    ("person", "addresses"),
    [("", public_addresses), ("olive", signed_in_addresses)],
    ids=["public", "officer"],
)
def test_every_page_is_accessible_and_no_wider_than_its_window(tab, registry, person, addresses):
    if person:
        sign_in(tab, person, make.PASSWORD)

    found = {}
    for address in addresses(registry):
        resize(tab, WIDE)
        tab.goto(address)
        wide = (violations(tab), overflow(tab))
        resize(tab, NARROW)
        found[address] = (*wide, overflow(tab))

    assert {address: fault for address, fault in found.items() if fault != ([], 0, 0)} == {}


def test_pages_that_keep_frameworks_are_accessible(tab, registry):
    make.make_administrator(username="ada")
    sign_in(tab, "ada", make.PASSWORD)
    resize(tab, NARROW)

    found = {}
    for part in ("frameworks/", "framework/RM1/", "framework/RM1/dates/", "framework/RM1/lots/1/"):
        tab.goto(f"/maintain/{part}")
        found[part] = (violations(tab), overflow(tab))

    assert {part: fault for part, fault in found.items() if fault != ([], 0)} == {}


def test_the_first_stop_of_the_keyboard_leads_to_the_content(tab, registry):
    tab.goto("/contracts/")

    tab.keyboard.press("Tab")
    expect(tab.locator(":focus")).to_have_text("Skip to main content")
    tab.keyboard.press("Enter")

    expect(tab.locator("main")).to_be_focused()


def test_a_fact_opens_to_its_cell_by_keyboard(tab, registry):
    tab.goto(registry.get_absolute_url())

    tab.locator("summary", has_text="Where from: Title").focus()
    tab.keyboard.press("Enter")

    expect(tab.get_by_text("Cell B5 of sheet Contracts in register.xlsx")).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "390"])
def test_a_contract_s_picture_says_its_days_legibly_at_every_width(tab, registry, size):
    registry.latest_permitted_end = registry.end_date.replace(year=registry.end_date.year + 2)
    registry.save()
    tab.set_viewport_size(size)
    tab.goto(registry.get_absolute_url())

    words = tab.locator(".app-window svg:visible text").filter(has_text=re.compile("[a-z]"))
    said = " ".join(words.all_text_contents())
    assert all(what in said for what in ("Start 1", "Today, ", "Ends, ", "Options to "))
    for box in (one.bounding_box() for one in words.all()):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size["width"]
        assert box["height"] >= 12


def test_paper_shows_no_addresses_of_our_own_pages(tab, registry):
    tab.emulate_media(media="print")
    tab.goto(registry.get_absolute_url())

    after = tab.locator("a.govuk-link").evaluate_all(
        "links => links.map(link => [link.getAttribute('href'), "
        "getComputedStyle(link, '::after').content])"
    )
    assert after
    assert [href for href, content in after if content != "none"] == []


def test_a_business_case_fits_one_page_of_paper(tab):
    load_registry()
    load_procurement()
    grouping = make.make_grouping(name="East of England")
    buyer = make.make_buyer(grouping, username="buyer")
    category = Category.objects.get(pk="LAP")
    contracts = [
        make.make_contract(
            council=make.make_council(grouping, name=f"{place} District Council"),
            category=category,
            title=f"Supply of end-user devices and associated services to {place}",
        )
        for place in ("Fenwick", "Marshland", "Thorney", "Whittle", "Ashby", *"ABCDE")
    ]
    said = "Values are what registers state: they may be old, estimated, or with options in them. "
    opportunity = make.make_opportunity(
        *contracts,
        grouping=grouping,
        saving_reasons="\n".join(f"{n}. {said * 2}" for n in range(8)),
        regime_note="The value over the term is above the threshold of its planning day. " * 3,
    )
    make.make_joint_buy(*(one.council for one in contracts), grouping=grouping, pk=opportunity.pk)
    sign_in(tab, buyer.username, make.PASSWORD)
    tab.goto(reverse("procurement:case", args=[opportunity.pk]))

    printed = tab.pdf(format="A4")

    if folder := os.environ.get("SCREENSHOTS"):
        Path(folder, "business-case.pdf").write_bytes(printed)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_the_menu_folds_on_a_small_screen(tab, registry):
    resize(tab, NARROW)
    tab.goto("/")
    link = tab.get_by_role("navigation", name="Menu").get_by_role("link", name="Contracts")

    expect(link).to_be_hidden()
    tab.get_by_role("button", name="Menu").click()

    expect(link).to_be_visible()


def test_a_fault_in_a_form_is_linked_to_its_field(tab, registry):
    tab.goto("/sign-in/")

    tab.get_by_role("main").get_by_role("button", name="Sign in").click()
    tab.get_by_role("link", name="Enter your user name").click()

    expect(tab.get_by_label("User name")).to_be_focused()
    expect(tab).to_have_title(re.compile("^Error: Sign in"))


def test_the_service_works_without_script(browser, live_server, registry):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()

    sign_in(page, "olive", make.PASSWORD)
    page.get_by_role("link", name="My council").click()
    page.get_by_role("link", name=registry.title).first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(registry.title)
    context.close()


def test_a_supplier_is_withheld_and_published_again_without_script(browser, live_server, registry):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    sign_in(page, "olive", make.PASSWORD)

    page.goto(f"{registry.get_absolute_url()}withhold/")
    page.get_by_role("button", name="Withhold").click()
    page.get_by_role("link", name="Choose the supplier’s name, the value, or both").click()
    page.get_by_label("The supplier’s name").check()
    why = page.get_by_role("group", name="Why the supplier’s name?")
    why.get_by_label("The supplier is a person trading alone").check()
    page.get_by_role("button", name="Withhold").click()
    expect(page.get_by_text("Withheld from the public").first).to_be_visible()
    page.get_by_role("link", name="Change what is withheld").click()
    page.get_by_role("button", name="Publish the supplier’s name again").click()

    expect(page.get_by_text("The supplier’s name is published again.")).to_be_visible()
    context.close()


def test_an_address_to_subscribe_to_is_made_and_revoked(tab, registry):
    sign_in(tab, "olive", make.PASSWORD)
    tab.goto(f"{registry.council.get_absolute_url()}calendar/")

    tab.get_by_role("button", name="Make an address").click()
    address = tab.get_by_label("Your address").input_value()
    first = tab.request.get(address)
    tab.get_by_role("button", name="Revoke it").click()

    assert first.text().startswith("BEGIN:VCALENDAR")
    assert tab.request.get(address).status == 404


def test_contracts_are_found_filtered_and_downloaded(tab, registry):
    tab.goto("/contracts/")

    tab.get_by_label("Words").fill("libraries acme")
    tab.get_by_role("button", name="Show").click()
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Download as CSV").click()

    expect(tab.get_by_text("3 found")).to_be_visible()
    text = download.value.path().read_text("utf-8-sig")
    assert text.count("Acme IT Solutions Limited") == 3
