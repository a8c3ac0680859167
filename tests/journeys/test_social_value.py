"""Four councils' small promises become what a youth club asked for, in a real browser."""

import re
from decimal import Decimal

import pytest
from django.core import mail
from django.core.files import File
from playwright.sync_api import expect

from imports import actions as imports
from imports.models import Upload
from social_value import actions
from social_value.actions import agreeing
from social_value.models import AgreedPool, Delivery, Need, Pool
from social_value.tasks import read_changed, rebuild_pools, write_to_community, write_to_poster
from tests import factories as make
from tests.journeys.conftest import check, follow, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# What each council's register promises, and the supplier it says it of.
PROMISES = {
    "Ash": ("Acme IT Limited", "13 apprenticeship weeks, 8 volunteer hours"),
    "Birch": ("Acme IT Limited", "a quarter of an apprentice"),
    "Cedar": ("Birchwood Networks Limited", "13 weeks of apprenticeship"),
    "Dun": ("Birchwood Networks Limited", "13 apprenticeship weeks"),
}
NEED = "An apprentice for the workshop"
HEADINGS = "Reference,Contract title,Supplier,Start date,End date,Annual value,Social value"


def become(page, username):
    page.context.clear_cookies()
    sign_in(page, username, make.PASSWORD)


@pytest.fixture
def councils(tmp_path):
    """Four councils of a region, each with an officer and a register that was applied."""
    actions.load_reference()
    region = make.make_grouping(kind="region", name="East of England")
    found = {}
    for name, (supplier, promise) in PROMISES.items():
        council = make.make_council(region, name=f"{name} Council", short_name=name)
        make.make_officer(council, username=name.lower())
        path = tmp_path / f"{name}.csv"
        rows = [
            f'{name[0]}-1,Laptops for staff,{supplier},01/04/2026,31/03/2029,"£40,000","{promise}"',
            f"{name[0]}-2,Grass cutting,Green Limited,01/04/2026,31/03/2029,£9000,",
        ]
        path.write_text("\n".join([HEADINGS, *rows]))
        send(path, council)
        found[name] = council
    make.make_officer(found["Ash"], username="ashley")
    read_changed()
    return found


def send(path, council):
    """Through the real importer, as the page and its worker would."""
    study = imports.study(path, name=path.name, council=council.pk, acting_for=[council.pk])
    with path.open("rb") as opened:
        upload = Upload.objects.receive(council=council, file=File(opened), name=path.name, by=None)
    imports.record_study(upload, study, by=None)


def post_need(page):
    """Without an account, and confirmed by the link in the mail."""
    page.goto("/needs/")
    follow(page.get_by_role("link", name="Post a need").first)
    check(page)
    page.get_by_label("Which organisation is it for?").fill("Testham Youth Club")
    page.get_by_label("What is needed, in a few words?").fill(NEED)
    page.get_by_label("What is it counted in?").select_option(label="Apprenticeships, in weeks")
    page.get_by_label("How much of it?").fill("52")
    page.get_by_label("In which council’s area?").select_option(label="Ash Council")
    for group, (day, month, year) in {
        "From when can you use it?": (1, 1, 2027),
        "By when is it needed?": (31, 12, 2028),
    }.items():
        asked = page.get_by_role("group", name=group)
        for label, value in (("Day", day), ("Month", month), ("Year", year)):
            asked.get_by_label(label).fill(str(value))
    page.get_by_label("Whom can the council ask?").fill("Jo Worker")
    page.get_by_label("E-mail address at work").fill("jo@youth.example.org")
    page.get_by_role("button", name="Post it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your e-mail")
    write_to_poster(str(Need.objects.get().pk))
    page.goto(re.search(r"/needs/yours/\S+", mail.outbox[-1].body)[0])
    check(page)
    page.get_by_role("button", name="Yes, confirm it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ash Council is looking at it")


def approve_need(page, council):
    become(page, "ash")
    for own in ("licensed-values", "social-value"):
        page.goto(f"/councils/{council.pk}/{own}/")
        check(page)
    page.get_by_role("link", name="My council").click()
    follow(page.get_by_role("link", name="1 need of the community waits for your decision"))
    check(page)
    page.get_by_role("link", name=NEED).click()
    expect(page.get_by_text("jo@youth.example.org")).to_be_visible()
    check(page)
    page.get_by_label("Approve it").check()
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Approved.")).to_be_visible()
    rebuild_pools(["apprenticeship_weeks"])


def agree(page, name, n):
    """An officer records the yes of its council and of its supplier."""
    become(page, name.lower())
    page.goto("/pools/")
    page.get_by_role("link", name="Apprenticeships: 52 weeks").click()
    if n <= 2:  # one that could be made, then one that is being agreed
        check(page)
    follow(page.get_by_role("link", name="Answer for your council"))
    if n == 1:
        check(page)
    page.get_by_label(f"{name} Council").check()
    page.get_by_label(re.compile("of “Laptops for staff”")).check()
    page.get_by_label("Yes").check()
    page.get_by_label("Who said so?").fill("Contract manager")
    page.get_by_role("button", name="Record it").click()


def deliver(page, pool):
    """The officer of one council records it for all, from the pool's page."""
    page.goto(pool.get_absolute_url())
    follow(page.get_by_role("link", name="Record what was delivered"))
    check(page)
    when = page.get_by_role("group", name="On which day was it done?")
    for label, value in (("Day", 19), ("Month", 11), ("Year", 2026)):
        when.get_by_label(label).fill(str(value))
    page.get_by_label("Or evidence: a link").fill("https://example.org/thanks")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("alert")).to_contain_text("before the pool it is for begins")
    check(page)
    page.get_by_label("This is right").check()
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text("Recorded. It counts once somebody else confirms it.")).to_be_visible()


def confirm(page, address):
    page.goto(address)
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Answer").click()


def confirm_by_all(page, delivery):
    """An officer of each council, not the one who recorded it; and the community by its link."""
    for username in ("ashley", "birch", "cedar", "dun"):
        become(page, username)
        confirm(page, delivery.get_absolute_url())
    check(page)
    write_to_community(str(delivery.pk))
    address = re.search(r"/deliveries/community/\S+", mail.outbox[-1].body)[0]
    page.context.clear_cookies()
    confirm(page, address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    check(page)


def test_many_small_promises_become_what_was_asked_for(tab, councils):
    post_need(tab)
    approve_need(tab, councils["Ash"])
    for n, name in enumerate(councils, start=1):
        agree(tab, name, n)
        if n < len(councils):
            expect(tab.get_by_text(f"{2 * n} of 8 have said yes")).to_be_visible()

    expect(tab.get_by_text("Every party has said yes: it is agreed.")).to_be_visible()
    pool = AgreedPool.objects.agreed().get()
    assert pool.amount == Decimal(52)
    assert {share.council for share in pool.shares.all()} == set(councils.values())

    # In public, without anybody's address.
    tab.context.clear_cookies()
    tab.goto("/needs/")
    check(tab)
    expect(tab.get_by_role("row", name=re.compile(NEED)).get_by_text("Agreed")).to_be_visible()
    follow(tab.get_by_role("link", name=NEED))
    check(tab)
    tab.get_by_role("link", name="Promises of several contracts for it").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(
        "Agreed: 4 promises for Testham Youth Club"
    )
    check(tab)
    for supplier in ("Acme IT Limited", "Birchwood Networks Limited"):
        expect(tab.get_by_role("link", name=supplier).first).to_be_visible()
    assert "jo@youth.example.org" not in tab.content()
    assert "Contract manager" not in tab.content()

    become(tab, "ash")
    deliver(tab, pool)
    delivery = Delivery.objects.standing().get()
    assert {one.amount for one in delivery.credits.all()} == {Decimal(13)}
    confirm_by_all(tab, delivery)

    # Seen in public, counted once.
    tab.goto("/social-value/delivered/")
    check(tab)
    row = tab.get_by_role("row", name=re.compile("Apprenticeships")).first
    expect(row.get_by_text("52 weeks")).to_be_visible()
    expect(row).to_contain_text("1")
    expect(tab.get_by_text("Said by Ash; confirmed by")).to_be_visible()
    tab.goto(pool.get_absolute_url())
    expect(tab.get_by_text("52 weeks delivered")).to_be_visible()
    check(tab)
    tab.goto("/needs/")
    expect(tab.get_by_text("No need is on the board yet")).to_be_visible()
    tab.goto(pool.need.get_absolute_url())
    expect(tab.get_by_text("It is met, and off the board")).to_be_visible()
    check(tab)


def test_who_withdraws_from_what_was_agreed_says_why_and_the_others_read_it(tab, councils):
    rebuild_pools(["apprenticeship_weeks"])
    made = Pool.objects.get()
    pool = agreeing.take_up(made.pk, seen=agreeing.mark_of(made.shares.all()), today=make.TODAY)
    yes = agreeing.Said(agrees=True, said_by="Contract manager", said_on=make.TODAY)
    by = make.make_user()
    agreeing.answer(pool, agreeing.parties_of(pool), yes, by=by, today=make.TODAY)

    become(tab, "birch")
    tab.goto(pool.get_absolute_url())
    check(tab)
    follow(tab.get_by_role("link", name="Withdraw from it"))
    check(tab)
    tab.get_by_label(re.compile("of “Laptops for staff”")).check()
    tab.get_by_label("Who said so?").fill("Account director")
    tab.get_by_role("button", name="Withdraw").click()
    expect(tab.get_by_role("alert")).to_contain_text("Say why")
    tab.get_by_label("Why?").fill("The supplier was sold")
    tab.get_by_role("button", name="Withdraw").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("No longer agreed")
    check(tab)

    become(tab, "cedar")
    tab.goto(pool.get_absolute_url())
    expect(tab.get_by_text("The supplier was sold")).to_be_visible()
    expect(tab.get_by_text("Had said yes")).to_be_visible()
