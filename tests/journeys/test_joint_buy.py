"""Four councils go from an opportunity to signed commitments, in a real browser."""

from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from procurement.models import JointBuy, Pledge
from tests import factories as make
from tests.journeys.conftest import NARROW, WIDE, check, follow, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NAMES = ("Ash", "Birch", "Cedar", "Dun")
MOST_LIKELY = {"Ash": 300, "Birch": 400, "Cedar": 200, "Dun": 100}
SPECIFICATIONS = {
    "Ash": "Memory: 16 GB\nSystem: Windows",
    "Birch": "Memory: 16 GB\nSystem: Windows",
    "Cedar": "Memory: 8 GB\nSystem: Windows",
    "Dun": "Memory: 8 GB\nSystem: ChromeOS",
}
CONDITIONS = {
    "Ash": {"At least so many councils": "3"},
    "Birch": {"At most this price each": "600"},
    "Cedar": {"At least so many bought together": "800"},
    "Dun": {"At most this price each": "500"},
}


@pytest.fixture
def opportunity():
    grouping = make.make_grouping(name="East of England")
    category = make.make_category("LAP", name="Laptops, desktops, workstations")
    contracts = []
    for name in NAMES:
        council = make.make_council(grouping, name=f"{name} Council", short_name=name)
        make.make_officer(council, username=name.lower())
        contracts.append(make.make_contract(council=council, category=category))
    make.make_buyer(grouping, username="buyer")
    return make.make_opportunity(*contracts, grouping=grouping)


def become(page, username):
    page.context.clear_cookies()
    sign_in(page, username, make.PASSWORD)


def commit(page, name):
    """From the joint buy's page through the questions to a commitment."""
    look = check if name == "Ash" else lambda _page: None
    page.get_by_role("link", name="Say how far you go").click()
    look(page)
    page.get_by_label("We commit to buy, if our conditions hold").check()
    go_on(page)
    look(page)
    for label, by in (("At least", -10), ("Most likely", 0), ("At most", 10)):
        page.get_by_label(label, exact=True).fill(str(MOST_LIKELY[name] + by))
    go_on(page)
    look(page)
    page.get_by_label("Specification").fill(SPECIFICATIONS[name])
    go_on(page)
    look(page)
    page.get_by_label("Once, in pounds").fill("1200")
    go_on(page)
    look(page)
    page.get_by_label("Yes" if name == "Ash" else "No").check()
    go_on(page)
    look(page)
    for label, figure in CONDITIONS[name].items():
        page.get_by_label(label).fill(figure)
    go_on(page)
    look(page)
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text(f"Recorded for {name} Council")).to_be_visible()


def go_on(page):
    page.get_by_role("button", name="Continue").click()


@pytest.mark.each_database
def test_four_councils_go_from_an_opportunity_to_signed_commitments(tab, opportunity):
    # The first council's interest begins it.
    become(tab, "ash")
    tab.goto(opportunity.get_absolute_url())
    check(tab)
    follow(tab.get_by_role("link", name="Express interest"))
    check(tab)
    tab.get_by_role("button", name="Express interest").click()
    expect(tab.get_by_role("heading", name="Joint buy from 1 October 2027")).to_be_visible()
    check(tab)
    joint_buy = JointBuy.objects.get()

    # All four commit, each on its own conditions.
    for name in NAMES:
        become(tab, name.lower())
        tab.goto(joint_buy.get_absolute_url())
        commit(tab, name)
    expect(
        tab.get_by_role("row", name="Birch Council").get_by_text("Seen by itself")
    ).to_be_visible()
    assert tab.get_by_text("£600").count() == 0

    # The buyer chooses the lead and says what it will cost and when it closes.
    become(tab, "buyer")
    tab.goto(joint_buy.get_absolute_url())
    check(tab)
    follow(tab.get_by_role("link", name="Choose the lead authority"))
    check(tab)
    go_on(tab)
    tab.get_by_role("link", name="Change the terms").click()
    for label, number in (("Day", "1"), ("Month", "6"), ("Year", "2027")):
        tab.get_by_label(label, exact=True).fill(number)
    tab.get_by_label("How many may late joiners add").fill("50")
    check(tab)
    go_on(tab)
    tab.get_by_role("link", name="Change the expected prices").click()
    tab.get_by_label("Expected prices").fill("1 at £650\n900 at £590")
    check(tab)
    go_on(tab)
    tab.get_by_role("button", name="Resolve the commitments").click()
    expect(tab.get_by_text("3 of 4 commitments hold together")).to_have_count(2)
    expect(
        tab.get_by_text("It pays at most £500 each, and the price would be £590.")
    ).to_be_visible()
    check(tab)

    # The lead closes it; those that hold sign, and Dun, whose condition fails, cannot.
    become(tab, "ash")
    tab.goto(joint_buy.get_absolute_url())
    follow(tab.get_by_role("link", name="Close it for signing"))
    check(tab)
    tab.get_by_role("button", name="Close it").click()
    for name in NAMES[:3]:
        become(tab, name.lower())
        tab.goto(joint_buy.get_absolute_url())
        follow(tab.get_by_role("link", name="Check and sign"))
        check(tab)
        tab.get_by_role("button", name=f"Sign for {name}").click()
        expect(tab.get_by_text(f"Signed for {name} Council.")).to_be_visible()
    become(tab, "dun")
    tab.goto(joint_buy.get_absolute_url())
    expect(tab.get_by_role("link", name="Check and sign")).to_have_count(0)
    expect(tab.get_by_text("You pay at most £500 each")).to_be_visible()
    check(tab)
    tab.get_by_role("link", name="Its whole history").click()
    expect(tab.get_by_text("Ash Council: signed.")).to_be_visible()
    check(tab)

    dun = joint_buy.participants.get(council__short_name="Dun").council
    tab.goto(dun.get_absolute_url())
    expect(tab.get_by_role("heading", name="Joint buys under way")).to_be_visible()
    check(tab)

    signed = Pledge.objects.of(joint_buy).standing().filter(step="signed")
    assert {one.participant.council.short_name for one in signed} == {"Ash", "Birch", "Cedar"}
    assert JointBuy.objects.get().annual_value == Decimal("160000.00")
    assert JointBuy.objects.get().start_date == date(2027, 10, 1)


def test_ladder_is_legible_at_every_width_and_on_paper(tab, opportunity):
    joint_buy = make.make_joint_buy(grouping=opportunity.grouping, category=opportunity.category)
    become(tab, "buyer")
    for size in (WIDE, NARROW):
        tab.set_viewport_size(size)
        tab.goto(joint_buy.get_absolute_url())
        words = tab.locator(".app-window svg:visible text")
        assert "Commits, on conditions" in words.all_text_contents()
        for box in (one.bounding_box() for one in words.all()):
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= size["width"]
            assert box["height"] >= 12

    tab.emulate_media(media="print")
    expect(tab.locator("#ladder")).to_be_visible()


def test_council_moves_by_keyboard_without_script(browser, live_server, opportunity):
    joint_buy = make.make_joint_buy(
        *(contract.council for contract in make.joining(opportunity)),
        grouping=opportunity.grouping,
        category=opportunity.category,
    )
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    sign_in(page, "birch", make.PASSWORD)
    page.goto(joint_buy.get_absolute_url())

    page.get_by_role("link", name="Say how far you go").focus()
    page.keyboard.press("Enter")
    page.get_by_label("We are watching").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Record it").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Recorded for Birch Council: watching.")).to_be_visible()
    context.close()
