"""Who may open what: every address, tried as everybody. An address not in the table fails.

A new page needs a row in ADDRESSES that says for whom it is; the rules are those of
`registry.permissions`.
"""

import csv
import re
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver, reverse
from openpyxl import load_workbook

from procurement.actions import load_reference as load_procurement
from procurement.actions import rebuild_opportunities
from procurement.models import Opportunity
from registry.actions import load_reference as load_registry
from registry.models import CalendarFeed, Contract, SavedSearch, SupplierGroup
from tests.factories import (
    NOW,
    TODAY,
    add_to_opportunity,
    make_administrator,
    make_award,
    make_buyer,
    make_category,
    make_contract,
    make_council,
    make_demand_price,
    make_ending_demand,
    make_engagement,
    make_framework,
    make_framework_file,
    make_grouping,
    make_intended_demand,
    make_joint_buy,
    make_officer,
    make_opportunity,
    make_pledge,
    make_search_of_address,
    make_statement,
    make_succession,
    make_supplier,
    make_upload,
    make_user,
    make_withholding,
)
from tests.social_value.factories import (
    make_agreed_pool,
    make_answer,
    make_commitment,
    make_delivery,
    make_need,
    make_pool,
)

pytestmark = pytest.mark.django_db

NOBODY = "anonymous"
ROLES = (NOBODY, "no role", "officer", "other officer", "buyer", "other buyer", "administrator")

# What somebody meets: the page, another page, the sign-in page, "you may not", "GET only".
SEEN, MOVED, SIGN_IN, REFUSED, NOT_SO = "seen", "moved", "sign in", "refused", "not so"


def rule(otherwise, **exceptions):
    """What each role meets: the same for all but those named (`other_officer="refused"`)."""
    special = {name.replace("_", " "): outcome for name, outcome in exceptions.items()}
    return dict.fromkeys(ROLES, otherwise) | special


EVERYBODY = rule(SEEN)
SIGNED_IN = rule(SEEN, anonymous=SIGN_IN)
MOVED_WHEN_SIGNED_IN = rule(MOVED, anonymous=SIGN_IN)
OFFICERS = rule(SEEN, anonymous=SIGN_IN, no_role=REFUSED, buyer=REFUSED, other_buyer=REFUSED)
OF_THE_COUNCIL = rule(REFUSED, anonymous=SIGN_IN, officer=SEEN, administrator=SEEN)
DONE_FOR_THE_COUNCIL = rule(REFUSED, anonymous=SIGN_IN, officer=MOVED, administrator=MOVED)
# Only those who may ask at all hear that there is nothing.
NO_SUCH_ROW = rule(REFUSED, anonymous=SIGN_IN, officer=404, administrator=404)
OF_NO_SUCH_WORD = rule(REFUSED, anonymous=SIGN_IN, officer=404, administrator=404)
DECIDE_SUPPLIERS = rule(
    REFUSED, anonymous=SIGN_IN, buyer=SEEN, other_buyer=SEEN, administrator=SEEN
)
DECIDED_SUPPLIERS = rule(
    REFUSED, anonymous=SIGN_IN, buyer=MOVED, other_buyer=MOVED, administrator=MOVED
)
# A search of no list we know, and one of somebody else's.
NO_SUCH_SEARCH = rule(404, anonymous=SIGN_IN)
NO_SUCH_JUDGEMENT = rule(REFUSED, anonymous=SIGN_IN, buyer=404, other_buyer=404, administrator=404)
# Once the officer has withdrawn it, there is nothing left to withdraw.
WITHDRAWN_BY_ITS_SIDE = rule(404, anonymous=SIGN_IN, no_role=REFUSED, officer=MOVED)
THOSE_WHO_RUN_IT = rule(REFUSED, anonymous=SIGN_IN, buyer=SEEN, administrator=SEEN)
RUN_BY_THEM = rule(REFUSED, anonymous=SIGN_IN, buyer=MOVED, administrator=MOVED)
OF_THE_OPPORTUNITY = rule(REFUSED, anonymous=SIGN_IN, officer=SEEN, buyer=SEEN, administrator=SEEN)

ADMINISTRATORS = rule(REFUSED, anonymous=SIGN_IN, administrator=SEEN)
DONE_BY_ADMINISTRATORS = rule(REFUSED, anonymous=SIGN_IN, administrator=MOVED)


# Parties and the buyer of their region read what the others said.
OF_THE_FALLEN = rule(404, officer=SEEN, buyer=SEEN, administrator=SEEN)


@dataclass(frozen=True)
class Address:
    """A named address, what stands in it (a key of `things`), and who meets what."""

    name: str
    meets: dict
    of: str = ""
    method: str = "get"
    data: dict = field(default_factory=dict)


ADDRESSES = [
    # Pages of the registry
    Address("favicon", rule(MOVED)),
    Address("registry:home", EVERYBODY),
    Address("registry:about", EVERYBODY),
    Address("registry:accessibility", EVERYBODY),
    Address("registry:councils", EVERYBODY),
    Address("registry:council", EVERYBODY, of="council"),
    Address("registry:contracts", EVERYBODY),
    Address("registry:contracts_csv", EVERYBODY),
    Address("registry:contract", EVERYBODY, of="contract"),
    Address("registry:history", EVERYBODY, of="contract"),
    Address("registry:record_decision", OF_THE_COUNCIL, of="contract"),
    Address(
        "registry:answer_file", OF_NO_SUCH_WORD, of="contract", method="post", data={"source": "0"}
    ),
    Address(
        "registry:take_back", OF_NO_SUCH_WORD, of="contract", method="post", data={"source": "0"}
    ),
    Address("registry:transparency", EVERYBODY, of="council"),
    Address("registry:ocds", EVERYBODY, of="council"),
    Address("registry:workbook", OF_THE_COUNCIL, of="council"),
    Address("registry:publication", OF_THE_COUNCIL, of="council"),
    Address("registry:calendar", OF_THE_COUNCIL, of="council"),
    Address("registry:calendar", DONE_FOR_THE_COUNCIL, of="council", method="post"),
    # Whoever has the address, which stands for its person.
    Address("registry:calendar_feed", EVERYBODY, of="calendar"),
    Address("registry:handing", OF_THE_COUNCIL, of="contract"),
    Address(
        "registry:handing",
        DONE_FOR_THE_COUNCIL,
        of="contract",
        method="post",
        data={"take_back": "1"},
    ),
    Address("registry:withhold", OF_THE_COUNCIL, of="contract"),
    Address(
        "registry:withhold",
        DONE_FOR_THE_COUNCIL,
        of="contract",
        method="post",
        data={"what": "supplier", "supplier_reason": "security"},
    ),
    Address("registry:publish", DONE_FOR_THE_COUNCIL, of="contract", method="post"),
    Address("registry:alerts", SIGNED_IN),
    Address("registry:save_search", NO_SUCH_SEARCH, method="post"),
    Address("registry:forget_search", NO_SUCH_SEARCH, of="search", method="post"),
    Address("registry:tell_me", EVERYBODY, data={"list": "frameworks"}),
    # A list that is not for this, and no list at all, do not exist.
    Address("registry:tell_me", rule(404)),
    Address("registry:search_sent", EVERYBODY),
    # Whoever has the address, which stands for who reads the mail it is in.
    Address("registry:digest", EVERYBODY, of="digest"),
    Address("registry:digest", EVERYBODY, of="digest", method="post"),
    Address("registry:search", EVERYBODY, of="address_search"),
    Address("registry:suppliers", EVERYBODY),
    Address("registry:supplier", EVERYBODY, of="supplier"),
    Address("registry:review_suppliers", DECIDE_SUPPLIERS),
    Address("registry:join_supplier", DECIDE_SUPPLIERS, of="supplier"),
    Address("registry:split_supplier", DECIDED_SUPPLIERS, of="supplier", method="post"),
    Address("registry:undo_judgement", NO_SUCH_JUDGEMENT, of="no_judgement", method="post"),
    Address("registry:group_membership", DECIDED_SUPPLIERS, of="supplier", method="post"),
    Address("registry:supplier_group", EVERYBODY, of="supplier_group"),
    Address("registry:categories", EVERYBODY),
    Address("registry:category", EVERYBODY, of="category"),
    Address("registry:my_council", MOVED_WHEN_SIGNED_IN),
    Address("registry:sign_in", rule(MOVED, anonymous=SEEN)),
    Address("registry:sign_out", rule(NOT_SO)),
    Address("registry:sign_out", rule(MOVED), method="post"),
    Address("registry:decide_category", OF_THE_COUNCIL, of="contract"),
    Address("registry:decide_supplier", OF_THE_COUNCIL, of="contract"),
    Address("registry:withdraw_decision", DONE_FOR_THE_COUNCIL, of="contract", method="post"),
    # Uploads
    Address("imports:uploads", SIGNED_IN),
    Address("imports:new", OFFICERS),
    Address("imports:upload", OF_THE_COUNCIL, of="upload"),
    Address("imports:progress", OF_THE_COUNCIL, of="upload"),
    Address("imports:problems", OF_THE_COUNCIL, of="upload"),
    Address("imports:problems_progress", OF_THE_COUNCIL, of="upload"),
    Address("imports:problem_book", DONE_FOR_THE_COUNCIL, of="upload"),
    Address("imports:problem_row", NO_SUCH_ROW, of="upload"),
    Address("imports:send_back", DONE_FOR_THE_COUNCIL, of="upload", method="post"),
    Address("imports:undo_correction", NO_SUCH_ROW, of="upload", method="post"),
    Address("imports:nil_return", DONE_FOR_THE_COUNCIL, of="council", method="post"),
    Address("imports:undo_nil_return", DONE_FOR_THE_COUNCIL, of="council", method="post"),
    Address("imports:file", OF_THE_COUNCIL, of="upload"),
    Address("imports:columns", DONE_FOR_THE_COUNCIL, of="upload"),
    Address("imports:sheets", DONE_FOR_THE_COUNCIL, of="upload"),
    Address("imports:ours", DONE_FOR_THE_COUNCIL, of="upload", method="post"),
    Address("imports:others", DONE_FOR_THE_COUNCIL, of="upload", method="post"),
    Address("imports:forget", DONE_FOR_THE_COUNCIL, of="upload", method="post"),
    Address("imports:changes", DONE_FOR_THE_COUNCIL, of="upload"),
    Address("imports:absences", DONE_FOR_THE_COUNCIL, of="upload", method="post"),
    Address("imports:edit_contract", OF_THE_COUNCIL, of="contract"),
    Address("imports:add_contract", OF_THE_COUNCIL, of="council"),
    Address("imports:promises", OF_THE_COUNCIL, of="council"),
    Address("imports:promises", OF_THE_COUNCIL, of="council", method="post"),
    Address("imports:promises_progress", OF_THE_COUNCIL, of="council"),
    Address("imports:promise_book", OF_THE_COUNCIL, of="council"),
    Address("imports:apply", DONE_FOR_THE_COUNCIL, of="upload", method="post"),
    Address("imports:undo", OF_THE_COUNCIL, of="upload"),
    Address("imports:again", DONE_FOR_THE_COUNCIL, of="upload", method="post"),
    Address("imports:undo", DONE_FOR_THE_COUNCIL, of="upload", method="post"),
    # Joint buying
    Address("procurement:opportunities", SIGNED_IN),
    Address("procurement:opportunity", OF_THE_OPPORTUNITY, of="opportunity"),
    Address("procurement:asks", OF_THE_OPPORTUNITY, of="opportunity"),
    Address("procurement:case", OF_THE_OPPORTUNITY, of="opportunity"),
    Address("procurement:case_document", OF_THE_OPPORTUNITY, of="opportunity"),
    Address("procurement:lines", OF_THE_OPPORTUNITY, of="opportunity"),
    Address("procurement:interest", OF_THE_OPPORTUNITY, of="opportunity"),
    Address("procurement:pooled_ask", OF_THE_OPPORTUNITY, of="opportunity"),
    Address("procurement:joint_ask", OF_THE_OPPORTUNITY, of="joint_buy"),
    Address("procurement:coming", SIGNED_IN),
    Address("procurement:joint_buys", SIGNED_IN),
    Address("procurement:joint_buy", OF_THE_OPPORTUNITY, of="joint_buy"),
    Address("procurement:joint_buy_history", OF_THE_OPPORTUNITY, of="joint_buy"),
    Address("procurement:move", OF_THE_COUNCIL, of="joint_buy"),
    # Without a step chosen the way begins at the step.
    *(
        Address(f"procurement:pledge_{page}", DONE_FOR_THE_COUNCIL, of="joint_buy")
        for page in (
            *("quantities", "specification", "switching", "leading", "conditions", "check"),
        )
    ),
    Address("procurement:sign", OF_THE_COUNCIL, of="joint_buy"),
    Address("procurement:signed", DONE_FOR_THE_COUNCIL, of="joint_buy", method="post"),
    *(
        Address(f"procurement:{page}", THOSE_WHO_RUN_IT, of="joint_buy")
        for page in ("terms", "expected_prices", "invite", "admit", "minute")
    ),
    # Without a lead it cannot be closed yet: who asks is sent back to what comes first.
    Address("procurement:close", RUN_BY_THEM, of="joint_buy"),
    # Nobody has said that it would lead.
    Address("procurement:lead", RUN_BY_THEM, of="joint_buy"),
    Address("procurement:resolve", RUN_BY_THEM, of="joint_buy", method="post"),
    # Nobody leads yet.
    Address("procurement:close", RUN_BY_THEM, of="joint_buy", method="post"),
    Address("procurement:handover", OF_THE_COUNCIL, of="council"),
    Address("procurement:together", OF_THE_COUNCIL, of="council"),
    Address("procurement:together_with", OF_THE_COUNCIL, of="together"),
    # No such date is found, so these lead to the dates that are.
    Address("procurement:together_on", DONE_FOR_THE_COUNCIL, of="together_on"),
    Address("procurement:together_interest", DONE_FOR_THE_COUNCIL, of="together_on"),
    Address(
        "procurement:together_interest",
        DONE_FOR_THE_COUNCIL,
        of="together_on",
        method="post",
    ),
    Address("procurement:sharing", EVERYBODY),
    Address("procurement:sharing_map", EVERYBODY),
    Address("procurement:own_place", OF_THE_COUNCIL, of="own_place"),
    Address(
        "procurement:own_place",
        DONE_FOR_THE_COUNCIL,
        of="own_place",
        method="post",
        data={"evolution": "0.5", "visibility": "0.5", "reason": "Tied to a system"},
    ),
    Address("procurement:savings", EVERYBODY),
    Address("procurement:realised", OF_THE_COUNCIL, of="signed"),
    Address(
        "procurement:realised",
        DONE_FOR_THE_COUNCIL,
        of="signed",
        method="post",
        data={
            "amount": "1200",
            "verified_by": "Chief accountant",
            "verified_on_0": "20",
            "verified_on_1": "11",
            "verified_on_2": "2026",
        },
    ),
    Address("procurement:demand", EVERYBODY),
    Address("procurement:demand_ending", EVERYBODY),
    Address("procurement:demand_intentions", EVERYBODY),
    Address("procurement:demand_prices", EVERYBODY),
    Address("procurement:engagements", EVERYBODY),
    Address(
        "procurement:engagement_record",
        rule(SEEN, anonymous=SIGN_IN, no_role=REFUSED, administrator=REFUSED),
    ),
    Address(
        "procurement:engagement_withdraw", WITHDRAWN_BY_ITS_SIDE, of="engagement", method="post"
    ),
    Address("procurement:frameworks", EVERYBODY),
    Address("procurement:framework", EVERYBODY, of="framework"),
    Address("procurement:framework_notice", EVERYBODY, of="framework_notice"),
    Address("procurement:maintain_frameworks", ADMINISTRATORS),
    Address("procurement:new_framework", ADMINISTRATORS),
    Address("procurement:frameworks_csv", ADMINISTRATORS, of="framework_table"),
    Address("procurement:send_framework_file", ADMINISTRATORS),
    Address("procurement:framework_file", ADMINISTRATORS, of="framework_notice"),
    Address("procurement:maintain_framework", ADMINISTRATORS, of="framework"),
    Address("procurement:framework_section", ADMINISTRATORS, of="framework_section"),
    Address("procurement:framework_award", ADMINISTRATORS, of="framework_part"),
    Address("procurement:framework_lot", ADMINISTRATORS, of="framework_part"),
    Address("procurement:delete_framework_awards", ADMINISTRATORS, of="framework_part"),
    Address("procurement:delete_framework_lots", ADMINISTRATORS, of="framework_part"),
    Address("procurement:delete_framework", ADMINISTRATORS, of="framework"),
    Address("procurement:delete_framework", DONE_BY_ADMINISTRATORS, of="framework", method="post"),
    # Social value
    Address("social_value:pools", EVERYBODY),
    Address("social_value:pool", EVERYBODY, of="pool"),
    Address("social_value:put_to_parties", OF_THE_COUNCIL, of="pool"),
    Address("social_value:put_to_parties", OF_THE_COUNCIL, of="pool", method="post"),
    Address("social_value:agreed", EVERYBODY, of="agreed_pool"),
    # Those it is told to; to others it does not exist.
    Address("social_value:agreed", OF_THE_FALLEN, of="fallen_pool"),
    Address("social_value:answer", OF_THE_COUNCIL, of="agreed_pool"),
    Address("social_value:answer", DONE_FOR_THE_COUNCIL, of="fallen_pool"),
    # Nothing is agreed yet, or is any more: nobody can withdraw, and is told so.
    Address("social_value:leave_pool", DONE_FOR_THE_COUNCIL, of="agreed_pool"),
    Address("social_value:leave_pool", DONE_FOR_THE_COUNCIL, of="fallen_pool", method="post"),
    Address(
        "social_value:take_back_no",
        DONE_FOR_THE_COUNCIL,
        of="fallen_pool",
        method="post",
        data={"answer": "1"},
    ),
    Address("social_value:needs", EVERYBODY),
    Address("social_value:need", EVERYBODY, of="need"),
    Address("social_value:need", rule(404, officer=SEEN, administrator=SEEN), of="waiting_need"),
    Address("social_value:post_need", EVERYBODY),
    Address("social_value:post_need", EVERYBODY, method="post"),
    Address("social_value:need_sent", EVERYBODY),
    # Whoever has the address, which was sent to who posted it.
    Address("social_value:yours", EVERYBODY, of="need_token"),
    Address("social_value:yours", rule(MOVED), of="need_token", method="post"),
    Address("social_value:council_needs", OF_THE_COUNCIL, of="council"),
    Address("social_value:decide_need", OF_THE_COUNCIL, of="council_need"),
    Address(
        "social_value:decide_need",
        DONE_FOR_THE_COUNCIL,
        of="council_need",
        method="post",
        data={"decision": "approve"},
    ),
    Address("social_value:council", EVERYBODY, of="council"),
    # The licence is the council's: administrators hold none.
    Address(
        "social_value:licensed_values",
        rule(REFUSED, anonymous=SIGN_IN, officer=SEEN),
        of="council",
    ),
    Address("social_value:correct", OF_THE_COUNCIL, of="contract"),
    Address(
        "social_value:correct",
        DONE_FOR_THE_COUNCIL,
        of="contract",
        method="post",
        data={"what": "promised", "measure": "apprenticeship_weeks", "quantity": "5"},
    ),
    Address(
        "social_value:take_back",
        OF_NO_SUCH_WORD,
        of="contract",
        method="post",
        data={"decision": "0"},
    ),
    Address("social_value:record", OF_NO_SUCH_WORD, of="contract"),
    Address("social_value:delivery", OF_THE_COUNCIL, of="delivery"),
    # It has a link, and no file.
    Address("social_value:evidence", OF_NO_SUCH_WORD, of="delivery"),
    Address("social_value:confirm", OF_NO_SUCH_WORD, of="delivery", method="post"),
    Address("social_value:correct_delivery", OF_THE_COUNCIL, of="delivery"),
    Address("social_value:take_back_delivery", OF_THE_COUNCIL, of="delivery", method="post"),
    # Whoever has the address: the community's contact has no account.
    Address("social_value:community", EVERYBODY, of="community"),
    Address("social_value:delivered", EVERYBODY),
    Address("social_value:supplier", EVERYBODY, of="supplier"),
    Address("social_value:progress", EVERYBODY, of="council"),
    Address("social_value:reminders", OF_THE_COUNCIL, of="council"),
    # The public API
    Address("api:docs", EVERYBODY),
    Address("api:index", EVERYBODY),
    Address("api:change-list", EVERYBODY),
    Address("api:contract-releases", EVERYBODY),
    Address("api:framework-releases", EVERYBODY),
    Address("api:key", EVERYBODY),
    Address("api:key", EVERYBODY, method="post", data={"name": "A Body", "email": "a@example.org"}),
    Address("api:try", EVERYBODY),
    Address("api:guide", EVERYBODY),
    Address("api:schema", EVERYBODY),
    *(
        Address(f"api:{thing}-{kind}", EVERYBODY, of=thing if kind == "detail" else "")
        for thing in (
            *("council", "grouping", "category", "supplier"),
            *("contract", "opportunity", "framework", "need"),
            *("demand", "intention", "price", "engagement", "promise"),
        )
        for kind in ("list", "detail", "csv")
    ),
]
# Leads nowhere by design.
NOWHERE = {"api:nowhere"}


def every_name(patterns, namespace=""):
    """Names of all addresses; the administrators' tables have a test of their own."""
    for entry in patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"
        elif entry.namespace != "admin":
            inner = f"{entry.namespace}:" if entry.namespace else namespace
            yield from every_name(entry.url_patterns, inner)


def feed_of(council):
    return CalendarFeed.objects.create(council=council, made_by=make_officer(council))


def signed_joint_buy(council):
    joint_buy = make_joint_buy(council)
    make_pledge(joint_buy, council, "signed")
    return joint_buy


def fallen_pool(contract, grouping):
    pool = make_agreed_pool(
        make_commitment(contract=contract),
        state="fallen",
        settled_on=TODAY,
        fell_because="A party said no.",
        place=grouping.pk,
    )
    make_answer(pool, pk=1, council=contract.council, agrees=False, reason="Not here")
    return pool


def one_of_each():
    """By the key that `Address.of` names; the officer's council is one of the buyer's grouping."""
    grouping = make_grouping()
    category = make_category("LAP", evolution=0.9, visibility=0.3)
    council = make_council(grouping)
    contract = make_contract(council=council, category=category)
    neighbour = make_contract(council=make_council(grouping), category=category)
    make_succession(council)
    together = (council.pk, f"LIKE-{council.pk}", category.pk)
    waiting = make_need(council=council, state="proposed", decided_at=None)
    framework = make_framework(category, lots=["One"])
    make_award(framework)
    search = make_search_of_address()
    return {
        "together": SimpleNamespace(pk=together),
        "together_on": SimpleNamespace(pk=(*together, "2027-10-01")),
        "grouping": grouping,
        "category": category,
        "council": council,
        "contract": contract,
        "supplier": contract.supplier,
        "no_judgement": SimpleNamespace(pk=0),
        "supplier_group": SupplierGroup.objects.create(name="A group", parent=contract.supplier),
        "opportunity": make_opportunity(contract, neighbour, grouping=grouping),
        "joint_buy": make_joint_buy(council, grouping=grouping, category=category),
        "signed": signed_joint_buy(council),
        "framework": framework,
        "framework_part": SimpleNamespace(pk=(framework.pk, 1)),
        "framework_section": SimpleNamespace(pk=(framework.pk, "dates")),
        "framework_table": SimpleNamespace(pk="lots"),
        "framework_notice": make_framework_file(applied_at=NOW),
        "demand": make_ending_demand(category=category),
        "intention": make_intended_demand(category=category),
        "price": make_demand_price(category=category),
        "engagement": make_engagement(council=council, category=category),
        "own_place": SimpleNamespace(pk=(council.pk, category.pk)),
        "pool": make_pool(make_commitment(contract=contract)),
        "promise": make_commitment(contract=contract),
        "delivery": make_delivery(contract),
        "community": SimpleNamespace(pk=make_delivery(contract, need=make_need()).token),
        "agreed_pool": make_agreed_pool(make_commitment(contract=contract)),
        "fallen_pool": fallen_pool(contract, grouping),
        "need": make_need(council=council),
        "waiting_need": waiting,
        "council_need": SimpleNamespace(pk=(council.pk, waiting.pk)),
        "need_token": SimpleNamespace(pk=waiting.token),
        "search": SavedSearch.objects.create(user=make_user(), page="contracts", name="Mine"),
        "digest": SimpleNamespace(pk=search.digest.token),
        "address_search": SimpleNamespace(pk=(search.digest.token, search.pk)),
        "calendar": SimpleNamespace(pk=feed_of(council).token),
        "upload": make_upload(
            council=council,
            file=ContentFile(b"Title", "register.csv"),
            state="refused",
            refused_because="This is not a contract register.",
        ),
    }


def one_of_every_role(council, grouping):
    return {
        "no role": make_user(),
        "officer": make_officer(council),
        "other officer": make_officer(),
        "buyer": make_buyer(grouping),
        "other buyer": make_buyer(),
        "administrator": make_administrator(),
    }


@pytest.fixture(scope="module")
def world(made_once, tmp_path_factory):
    """Made and signed in once: each test undoes what it changes of it."""
    with override_settings(TODAY=TODAY, MEDIA_ROOT=tmp_path_factory.mktemp("files")):
        things = one_of_each()
        people = one_of_every_role(things["council"], things["grouping"])
        sessions = {role: session_of(person) for role, person in people.items()}
        return SimpleNamespace(
            things=things, people=people, sessions=sessions, files=settings.MEDIA_ROOT
        )


def session_of(person):
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(autouse=True)
def files_of_the_world(settings, world):
    settings.MEDIA_ROOT = world.files


@pytest.fixture
def things(world):
    return deepcopy(world.things)


@pytest.fixture
def people(world):
    return deepcopy(world.people)


@pytest.fixture
def clients(world):
    """A browser for each role, signed in."""
    clients = {role: Client() for role in ROLES}
    for role, session in world.sessions.items():
        clients[role].cookies[settings.SESSION_COOKIE_NAME] = session
    return clients


def outcome(client, method, path, data):
    response = getattr(client, method)(path, data)
    # Closing a file's answer ends the request, which would close the test's connection as well.
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
    if response.status_code in {301, 302}:
        return SIGN_IN if response.url.startswith(reverse(settings.LOGIN_URL)) else MOVED
    return {200: SEEN, 403: REFUSED, 405: NOT_SO}.get(response.status_code, response.status_code)


def test_every_address_is_in_the_table():
    names = set(every_name(get_resolver().url_patterns))

    assert names - NOWHERE == {address.name for address in ADDRESSES}


def keys_of(thing):
    """What stands in its address: mostly one key."""
    return thing.pk if isinstance(thing.pk, tuple) else [thing.pk]


@pytest.mark.one_database
@pytest.mark.parametrize("address", ADDRESSES, ids=lambda a: f"{a.method} {a.name}")
def test_address_is_for_whom_the_table_says(address, clients, things):
    path = reverse(address.name, args=keys_of(things[address.of]) if address.of else [])

    met = {
        role: outcome(client, address.method, path, address.data)
        for role, client in clients.items()
    }

    assert met == address.meets


def tables_in(response):
    """The headings of each table of an answer: none where it is no table."""
    kind, body = response.headers.get("Content-Type", ""), response.getvalue()
    if kind.startswith("text/csv"):
        yield next(csv.reader(StringIO(body.decode("utf-8-sig"))))
    elif kind.endswith("spreadsheetml.sheet"):
        for sheet in load_workbook(BytesIO(body)):
            yield next(
                [cell.value for cell in row] for row in sheet.iter_rows() if row[-1].font.bold
            )


def test_no_file_has_two_equal_headings(clients, things):
    found = {}
    for address in ADDRESSES:
        path = reverse(address.name, args=keys_of(things[address.of]) if address.of else [])
        if address.method == "get" and re.search(r"csv|xlsx|workbook", path):
            response = clients["administrator"].get(path)
            found |= {(path, n): one for n, one in enumerate(tables_in(response))}

    assert len(found) > 20
    assert [where for where, one in found.items() if len(set(one)) < len(one)] == []


def test_tables_of_administrators_are_for_staff_alone(client, clients):
    # However much a role may do on the pages, the tables need a staff account.
    for one in clients.values():
        assert outcome(one, "get", reverse("admin:index"), {}) == MOVED

    client.force_login(make_user(is_staff=True, is_superuser=True))

    assert outcome(client, "get", reverse("admin:index"), {}) == SEEN


# What pages that everybody may open tell to whom


def told_to(clients, path, words):
    """The roles whose page has these words."""
    return {
        role
        for role, client in clients.items()
        if words in client.get(path, follow=True).getvalue().decode()
    }


def test_contact_and_price_of_a_contract_are_told_to_its_council_alone(clients, things):
    contract = things["contract"]
    facts = {"contact_email": "buyer@example.org", "unit_price": "432.10"}
    for name, value in facts.items():
        setattr(contract, name, value)
    contract.save()
    source = contract.council.sources.create(kind="person")
    contract.statements.create(
        source=source, facts={"title": contract.title, "contact_email": "buyer@example.org"}
    )

    told = told_to(clients, contract.get_absolute_url(), "buyer@example.org")

    assert told == {"officer", "administrator"}
    everywhere = ["registry:contracts", "registry:contracts_csv", "api:contract-list"]
    for name in everywhere:
        assert told_to(clients, reverse(name), "buyer@example.org") == set()
        assert told_to(clients, reverse(name), "432.1") == set()


def test_opportunities_are_listed_for_those_they_are_for(clients, things):
    address = things["opportunity"].get_absolute_url()
    may_see = {"officer", "buyer", "administrator"}

    assert told_to(clients, reverse("procurement:opportunities"), address) == may_see
    assert told_to(clients, things["contract"].get_absolute_url(), address) == may_see
    assert told_to(clients, things["council"].get_absolute_url(), address) == may_see
    assert told_to(clients, things["framework"].get_absolute_url(), address) == set()


def test_uploads_are_listed_for_their_council_alone(clients, things):
    address = things["upload"].get_absolute_url()

    told = told_to(clients, reverse("imports:uploads"), address)

    assert told == {"officer", "administrator"}


# What is withheld is told to nobody but its council and administrators, wherever they look

SECRET = "Quillfeather"
# Past the moment at which a test's statements are recorded, whatever the calendar says.
TOMORROW = date.today() + timedelta(days=1)
FACTS = {
    "supplier_name": f"Amy {SECRET}",
    "supplier_company_number": "QF123456",
    "total_value": "229629.00",
    "value_basis": "total",
}


@pytest.fixture
def withheld(things):
    """A contract that says a name and an amount nobody else may know, in a joint buy of two."""
    supplier = make_supplier(FACTS["supplier_name"], company_number="QF123456")
    contract = make_contract(
        council=things["council"],
        category=things["category"],
        supplier=supplier,
        title="Repairs of sash windows",
        review_date=date(2027, 1, 15),
        yearly_value=Decimal("76543.00"),
        category_because=f"{SECRET} sells it",
        **{**FACTS, "total_value": Decimal("229629.00")},
    )
    make_statement(contract=contract, facts={"title": contract.title, **FACTS})
    for what in ("supplier", "value"):
        make_withholding(contract, what, "sole trader")
    add_to_opportunity(things["opportunity"], contract)
    load_registry()
    load_procurement()
    rebuild_opportunities(today=TODAY, lead_months=0)
    return contract


def where_it_could_show(contract):
    """Pages, searches, downloads, feeds and the API, each asked so that it would tell if it did."""
    supplier, council = contract.supplier_id, contract.council_id
    opportunity = Opportunity.objects.get(joins__contains=contract.pk.hex)
    pages = [
        reverse(address.name, args=[key] if key else [])
        for address in ADDRESSES
        if address.method == "get" and address.meets == EVERYBODY
        for key in [{"contract": contract.pk, "council": council}.get(address.of, address.of)]
        if address.of in {"", "contract", "council"}
    ]
    lists = ("/contracts/", "/contracts.csv", "/api/v1/contracts/")
    questions = ("", f"q={SECRET}", f"supplier={supplier}", "sort=value", "ended=on")
    return [
        *pages,
        *(f"{address}?{question}" for address in lists for question in questions),
        "/api/v1/contracts/?company_number=QF123456",
        "/api/v1/contracts/?min_yearly_value=70000",
        "/api/v1/suppliers/",
        f"/api/v1/suppliers/?q={SECRET}",
        "/api/v1/suppliers/?company_number=QF123456",
        f"/api/v1/suppliers/{supplier}/",
        f"/suppliers/?q={SECRET}",
        f"/suppliers/{supplier}/",
        f"/categories/{contract.category_id}/",
        f"/api/v1/contracts/{contract.pk}/",
        f"/contracts/{contract.pk}/history/?day_0={TOMORROW.day}&day_1={TOMORROW.month}"
        f"&day_2={TOMORROW.year}",
        f"/api/v1/opportunities/{opportunity.pk}/",
        "/api/v1/demand/",
        "/opportunities/",
        opportunity.get_absolute_url(),
        reverse("procurement:asks", args=[opportunity.pk]),
        reverse("procurement:case", args=[opportunity.pk]),
        feed_of(contract.council).get_absolute_url(),
    ]


SECRETS = (SECRET, "QF123456", "76543", "76,543", "76,500", "229629", "229,629")
# Words of the question come back in the page's own search box and links.
ASKED = (f"q={SECRET}", f'value="{SECRET}"', "company_number=QF123456", "q%3DQuillfeather")


def secrets_told(client, path):
    text = client.get(path, follow=True).getvalue().decode()
    for question in ASKED:
        text = text.replace(question, "")
    return {secret for secret in SECRETS if secret in text}


@pytest.mark.parametrize("role", ["anonymous", "no role", "other officer", "buyer", "other buyer"])
def test_what_is_withheld_is_told_nowhere(role, clients, withheld):
    told = {
        path: found
        for path in where_it_could_show(withheld)
        if (found := secrets_told(clients[role], path))
    }

    assert told == {}


@pytest.mark.parametrize("role", ["anonymous", "other officer", "buyer"])
def test_searching_by_what_is_withheld_finds_nothing(role, clients, withheld):
    client = clients[role]
    searches = [
        f"/contracts/?q={SECRET}",
        f"/contracts/?supplier={withheld.supplier_id}",
        f"/contracts.csv?q={SECRET}",
        f"/api/v1/contracts/?q={SECRET}",
        f"/api/v1/contracts/?supplier={withheld.supplier_id}",
        "/api/v1/contracts/?company_number=QF123456",
        "/api/v1/contracts/?min_yearly_value=70000",
    ]

    found = {path: client.get(path).getvalue().decode() for path in searches}

    assert [path for path, text in found.items() if str(withheld.pk) in text] == []
    assert client.get(f"/suppliers/{withheld.supplier_id}/").status_code == 404
    assert client.get(f"/api/v1/suppliers/{withheld.supplier_id}/").status_code == 404


def test_sums_do_not_tell_what_is_withheld(client, withheld):
    others = Contract.objects.exclude(pk=withheld.pk)
    opportunity = Opportunity.objects.get(joins__contains=withheld.pk.hex)

    found = client.get(f"/api/v1/opportunities/{opportunity.pk}/").json()

    assert Decimal(found["annual_value"]) == sum(one.yearly_value for one in others)
    [mine] = [m for m in found["members"] if m["contract"] == str(withheld.pk)]
    assert mine["annual_value"] is None


def test_order_by_value_does_not_tell_what_is_withheld(client, withheld):
    rows = client.get("/contracts/?sort=value").context["page"].object_list

    assert [row.pk for row in rows][-1] == withheld.pk


def test_what_is_withheld_says_why_to_everybody(clients, withheld):
    reason = "a person trading alone"
    for path in (withheld.get_absolute_url(), "/contracts/"):
        assert told_to(clients, path, reason) == set(ROLES)
    for name in ("transparency", "ocds"):
        path = reverse(f"registry:{name}", args=[withheld.council_id])
        assert told_to(clients, path, f"Withheld: the supplier is {reason}") == set(ROLES)


def test_its_council_and_administrators_still_see_what_is_withheld(clients, withheld):
    history = f"{withheld.get_absolute_url()}history/"
    assert told_to(clients, history, SECRET) == {"officer", "administrator"}
    for path in (withheld.get_absolute_url(), "/contracts/", f"/contracts/?q={SECRET}"):
        found = told_to(clients, path, "Withheld from the public")
        assert found == {"officer", "administrator"}
        assert f"Amy {SECRET}" in clients["administrator"].get(path).content.decode()


def test_lifting_publishes_it_again(clients, withheld):
    for what in ("supplier", "value"):
        clients["officer"].post(reverse("registry:publish", args=[withheld.pk]), {"what": what})

    page = clients[NOBODY].get(withheld.get_absolute_url()).content.decode()
    assert SECRET in page
    assert "£76,543" in page
    assert withheld.withholdings.filter(lifted_at__isnull=False).count() == 2
