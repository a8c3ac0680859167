"""Searches without an account: asked for, confirmed by mail, told of on Mondays, let go."""

import re
import time
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone

from procurement.models import Framework
from registry.actions import searches as actions
from registry.actions.digests import MOST_HITS, send_digests
from registry.models import Digest, SavedSearch
from registry.models.alerts import DAYS_TO_CONFIRM
from registry.tasks import tidy_searches, write_to_asker
from tests.factories import (
    FROM,
    TODAY,
    make_category,
    make_council,
    make_framework,
    make_intended_demand,
)
from tests.social_value.factories import make_need

pytestmark = pytest.mark.django_db
EMAIL = "jo@supplier.example.org"
MONDAY = date(2026, 11, 23)  # TODAY is the Friday before
ASK = "/searches/new/"
ONE_PRESS = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(autouse=True)
def mail_at_once(monkeypatch, settings):
    """The worker's part done where it is rung for."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.RATES = {**settings.RATES, "searches": "1000/hour", "confirmations": "1000/day"}
    monkeypatch.setattr("registry.views.searches.write_to_asker.delay", write_to_asker)


@pytest.fixture
def one_span(monkeypatch):
    """In the middle of an hour and of a day, of which the next does not begin meanwhile."""
    monkeypatch.setattr(time, "time", lambda: 1_800_000_000.0 + 1800)


@pytest.fixture
def ask(client, django_capture_on_commit_callbacks):
    def asked(page="frameworks", query="", **said):
        said = {"list": page, "query": query, "name": "Mine", "email": EMAIL} | said
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(ASK, said)

    return asked


def links(letter):
    """The addresses in a mail, as its reader would open them."""
    found = re.findall(r"http://127\.0\.0\.1:8000(\S+)", letter.body)
    assert found
    return found


def confirmed(ask, client, **said):
    """Asked for and confirmed by who reads the mail, which is then thrown away."""
    assert ask(**said).status_code == 302
    [link] = links(mail.outbox[-1])
    client.post(link, {"confirm": "1"})
    mail.outbox.clear()
    return SavedSearch.objects.filter(confirmed=True).latest("pk")


def text_of(answer):
    return answer.content.decode()


# Asking and confirming


def test_a_supplier_is_told_of_a_new_framework_and_stops_it(ask, client):
    known = make_framework(make_category("LAP"), name="Known laptops")
    page = text_of(client.get("/frameworks/?category=LAP&page=1"))
    [link] = re.findall(r'href="(/searches/new/[^"]+)"', page)
    assert parse_qs(urlsplit(link.replace("&amp;", "&")).query)["query"] == ["category=LAP&page=1"]

    assert ask(query="category=LAP&page=1", name="Laptops").url == "/searches/sent/"
    [asking] = mail.outbox
    assert asking.to == [EMAIL]
    [link] = links(asking)
    client.get(link)
    client.head(link)
    assert not SavedSearch.objects.get().confirmed  # looking confirms nothing
    assert "On Mondays we tell you" in text_of(client.post(link, {"confirm": "1"}, follow=True))
    new = make_framework(make_category("LAP"), name="New laptops")
    make_framework(make_category("MOBA"), name="New mobiles")

    assert send_digests(today=MONDAY) == 1
    assert send_digests(today=MONDAY) == 0

    told = mail.outbox[-1]
    assert told.to == [EMAIL]
    assert "New in “Laptops”" in told.body
    assert new.get_absolute_url() in links(told)
    assert known.get_absolute_url() not in told.body
    assert "mobiles" not in told.body
    client.get(told.extra_headers["List-Unsubscribe"].strip("<>"))
    assert Digest.objects.exists()  # looking stops nothing
    answer = client.post(told.extra_headers["List-Unsubscribe"].strip("<>"), ONE_PRESS)
    assert answer.status_code == 200
    assert not Digest.objects.exists()
    assert not SavedSearch.objects.exists()


def test_forward_demand_and_needs_are_told_as_their_pages_show_them(ask, client):
    confirmed(ask, client, page="demand", name="Demand")
    confirmed(ask, client, page="needs", name="Needs")
    intended = make_intended_demand(category=make_category("LAP", name="Laptops"))
    need = make_need(council=make_council(), title="Laptops for a homework club")
    make_need(council=make_council(), title="Not yet approved", state="proposed", decided_at=None)

    send_digests(today=MONDAY)

    [told] = mail.outbox
    assert f"{intended.low:,} to {intended.below:,} intended" in told.body
    assert need.get_absolute_url() in links(told)
    assert "Not yet approved" not in told.body
    assert told.subject == "Buying Commons: 2 things to know"


def test_a_search_of_a_council_without_needs_at_present_tells_of_its_next(ask, client, council):
    need = make_need(council=council)
    make_need(council=make_council(), title="Elsewhere")
    confirmed(ask, client, page="needs", query=f"council={council.pk}")
    need.wanted_by = need.wanted_from = TODAY - timedelta(days=1)
    need.save()

    assert send_digests(today=MONDAY) == 0
    make_need(council=council, title="Another")
    send_digests(today=MONDAY + timedelta(days=7))

    [told] = mail.outbox
    assert "Another" in told.body
    assert "Elsewhere" not in told.body


@pytest.fixture
def council():
    return make_council(name="Testham Council")


def test_nothing_new_is_not_written(ask, client):
    make_framework(make_category("LAP"))
    confirmed(ask, client)

    assert send_digests(today=MONDAY) == 0
    assert mail.outbox == []


def test_all_are_told_on_the_same_day(ask, client):
    confirmed(ask, client)
    make_framework(make_category("LAP"))

    assert [send_digests(today=TODAY + timedelta(days=n)) for n in range(4)] == [0, 0, 0, 1]


def test_a_monday_that_was_missed_is_made_up_for(ask, client):
    confirmed(ask, client)
    make_framework(make_category("LAP"))

    assert send_digests(today=MONDAY + timedelta(days=1)) == 1


def test_one_mail_has_all_searches_of_an_address(ask, client):
    confirmed(ask, client, name="First")
    confirmed(ask, client, name="Second", query="ended=on", email=EMAIL.upper())
    make_framework(make_category("LAP"))

    send_digests(today=MONDAY)

    [told] = mail.outbox
    assert "New in “First”" in told.body
    assert "New in “Second”" in told.body
    assert SavedSearch.objects.values("digest").distinct().count() == 1


def test_asking_again_for_the_same_renames_it(ask, client):
    confirmed(ask, client, name="First", query="joinable=on")
    ask(name="Second", query="page=3&joinable=on&nothing=1")

    [link] = links(mail.outbox[-1])
    answer = client.post(link, {"confirm": "1"}, follow=True)

    assert [one.name for one in SavedSearch.objects.all()] == ["Second"]
    assert "On Mondays we tell you" in text_of(answer)


def test_an_address_has_so_many_searches_and_no_more(ask, client, monkeypatch):
    monkeypatch.setattr(actions, "MOST_OF_AN_ADDRESS", 1)
    confirmed(ask, client)
    ask(query="joinable=on")
    [link] = links(mail.outbox[-1])

    assert "Stop one of them" in text_of(client.post(link, {"confirm": "1"}))
    assert SavedSearch.objects.filter(confirmed=True).count() == 1


# What may not be asked


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"email": ""}, "Give an e-mail address like"),
        ({"email": f"{EMAIL}\nBcc: victim@example.org"}, "Give an e-mail address like"),
        ({"email": f"{EMAIL},victim@example.org"}, "Give an e-mail address like"),
        ({"email": "root@localhost"}, "Give an e-mail address like"),
        ({"email": f"{'a' * 300}@example.org"}, "Give an e-mail address like"),
        ({"name": ""}, "Give the search a name."),
        ({"name": "\u200b\u202e"}, "Give the search a name."),
        ({"name": "a\0"}, "This holds a character that no text has"),
        ({"email": "a\0@example.org"}, "Give an e-mail address like"),
        ({"name": "x" * 101}, "at most 100 characters"),
        ({"query": "category=NOTHING"}, "Category: the list cannot look for this"),
        ({"query": "council=E99999999"}, "We cannot write to you about this"),
        ({"query": "q=%00"}, "Name, reference or owner: the list cannot look for this"),
        ({"query": f"q={'x' * 500}"}, "We cannot write to you about this"),
        ({"query": f"q={'x' * 2000}"}, "narrowed down by more than we can keep"),
        ({"query": f"q={chr(0x1F4BB) * 100}"}, "narrowed down by more than we can keep"),
        ({"page": "demand", "query": "area=E12"}, "Area: the list cannot look for this"),
    ],
)
def test_what_cannot_be_asked_is_said(ask, said, says):
    answer = ask(**said)

    assert says in text_of(answer)
    assert mail.outbox == []
    assert not Digest.objects.exists()


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("q=%ff&&=&a=b&page=9&sort=name", "q=%EF%BF%BD"),
        ("q=one&q=two", "q=two"),
        ("joinable=off&ended=false&kind=", "joinable=off&ended=false"),
        ("%", ""),
        ("&" * 1000, ""),
        ("q=a%26category%3DLAP%23<b>", "q=a%26category%3DLAP%23%3Cb%3E"),
    ],
)
def test_of_odd_filters_what_the_list_is_asked_is_kept(ask, query, kept):
    assert ask(query=query).status_code == 302
    assert SavedSearch.objects.get().query == kept


@pytest.mark.parametrize("page", ["contracts", "opportunities", "nothing", "", "x" * 9000])
def test_lists_that_are_not_for_this_do_not_exist(ask, client, page):
    assert client.get(ASK, {"list": page}).status_code == 404
    assert ask(page=page).status_code == 404


def test_a_search_that_finds_too_much_is_narrowed_down_first(ask, client):
    Framework.objects.bulk_create(
        Framework(reference=f"F{n}", name=f"Framework {n}", owner="Owner", kind="framework", **FROM)
        for n in range(MOST_HITS + 1)
    )

    assert "This finds more than 1,000" in text_of(client.get(ASK, {"list": "frameworks"}))
    assert "This finds more than 1,000" in text_of(ask())
    assert ask(query="q=Framework+7").status_code == 302
    assert len(mail.outbox) == 1


def test_the_page_says_what_the_search_is_and_what_is_kept(client):
    make_framework(make_category("LAP", name="Laptops"))

    page = text_of(client.get(ASK, {"list": "frameworks", "query": "category=LAP&joinable=on"}))

    assert "Laptops" in page
    assert "Suppliers can join now" in page
    assert 'value="Frameworks: Suppliers can join now, Laptops"' in page
    assert f"after {DAYS_TO_CONFIRM} days if nobody confirms" in page


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("demand", "1 group of contracts or of intentions, each of a category in an area and"),
        ("frameworks", "1 framework, not narrowed down"),
        ("needs", "0 needs, not narrowed down"),
    ],
)
def test_the_page_says_of_what_it_finds_so_many(client, page, says):
    make_framework()
    make_intended_demand()

    assert says in text_of(client.get(ASK, {"list": page}))


def test_a_program_that_fills_in_every_field_asks_for_nothing(ask):
    assert ask(website="x").url == "/searches/sent/"
    assert not Digest.objects.exists()


# Floods, and what an answer tells


@pytest.mark.usefixtures("one_span")
def test_a_mailbox_is_asked_so_often_and_whoever_asks_hears_nothing_of_it(ask, settings):
    settings.RATES = {**settings.RATES, "confirmations": "3/day"}
    as_many_as_like = [
        EMAIL,
        EMAIL.upper(),
        "jo+1@supplier.example.org",
        "jo+2@SUPPLIER.example.org",
    ]

    answers = [ask(email=email) for email in as_many_as_like]

    assert {answer.url for answer in answers} == {"/searches/sent/"}
    assert len(mail.outbox) == 3
    assert SavedSearch.objects.count() == 3


@pytest.mark.usefixtures("one_span")
def test_stopping_does_not_let_a_mailbox_be_asked_more_often(ask, client, settings):
    settings.RATES = {**settings.RATES, "confirmations": "1/day"}
    ask()
    client.post(links(mail.outbox[0])[0], {"stop": "1"})

    ask()

    assert len(mail.outbox) == 1
    assert not Digest.objects.exists()


@pytest.mark.usefixtures("one_span")
def test_one_machine_asks_so_often(ask, settings):
    settings.RATES = {**settings.RATES, "searches": "2/hour"}

    answers = [ask(email=f"jo{n}@example.org") for n in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "A form can be sent again within the hour" in text_of(answers[-1])
    assert len(mail.outbox) == 2


@pytest.mark.usefixtures("one_span")
def test_who_asks_too_often_makes_nothing_be_looked_for(ask, settings, monkeypatch):
    looked = []
    monkeypatch.setattr("registry.views.searches.hits_of", lambda *a, **_: looked.append(a) or [])
    settings.RATES = {**settings.RATES, "searches": "2/hour"}

    answers = [ask(name=name) for name in ("", "Mine", "", "Mine")]

    assert [answer.status_code for answer in answers] == [200, 302, 429, 429]
    assert len(looked) == 2


@pytest.mark.usefixtures("one_span")
def test_strangers_are_asked_so_often_a_day_and_no_more(ask, settings):
    settings.RATES = {**settings.RATES, "confirmations of all": "2/day"}

    answers = [ask(email=f"jo{n}@example.org", website="x" if n == 1 else "") for n in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "Come back tomorrow." in text_of(answers[-1])
    assert len(mail.outbox) == 2


def test_an_answer_is_the_same_whether_an_address_is_known_or_not(ask, client):
    confirmed(ask, client)

    known, unknown = ask(), ask(email="new@example.org")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mail.outbox) == 2
    first, second = (re.sub(r"/searches/\S+", "", letter.body) for letter in mail.outbox)
    assert first == second


def test_a_confirmation_has_no_words_of_whoever_asked(ask):
    ask(name="Win at spam.example.com", query="q=spam.example.com")

    [asking] = mail.outbox
    assert "spam" not in asking.body + asking.subject
    assert "Bcc" not in asking.message().as_string()


def test_html_in_a_name_is_shown_as_written(ask, client):
    name = "<script>alert(1)</script>"
    search = confirmed(ask, client, name=name)
    make_framework(make_category("LAP"))

    for address in (search.get_absolute_url(), search.digest.get_absolute_url()):
        page = text_of(client.get(address))
        assert name not in page
        assert "&lt;script&gt;alert(1)" in page
    send_digests(today=MONDAY)
    assert f"New in “{name}”" in mail.outbox[-1].body
    assert mail.outbox[-1].message().get_content_type() == "text/plain"


def test_lines_in_a_name_begin_no_header(ask, client):
    search = confirmed(ask, client, name="Mine\r\nBcc: victim@example.org")

    assert search.name == "Mine Bcc: victim@example.org"


# Links


def test_forged_links_lead_nowhere(ask, client):
    search = confirmed(ask, client)
    token = search.digest.token
    other = Signer(salt="social_value.need", sep=".").sign(str(search.digest_id))
    forged = [token[:-1] + ("A" if token[-1] != "A" else "B"), str(search.digest_id), other, "x"]

    for bad in forged:
        for address in (f"/searches/{bad}/", f"/searches/{bad}/{search.pk}/"):
            assert client.get(address).status_code == 404
            assert client.post(address, {**ONE_PRESS, "stop": "1"}).status_code == 404
    assert SavedSearch.objects.filter(confirmed=True).count() == 1


def test_a_link_is_for_its_own_searches_alone(ask, client):
    mine = confirmed(ask, client)
    ask(email="other@example.org", name="Not theirs")
    other = SavedSearch.objects.get(confirmed=False)
    crossed = f"/searches/{mine.digest.token}/{other.pk}/"

    for said in ({"confirm": "1"}, {"stop": "1"}, ONE_PRESS):
        client.post(crossed, said)

    other.refresh_from_db()
    assert not other.confirmed
    assert "Not theirs" not in text_of(client.get(mine.digest.get_absolute_url()))


def test_a_link_is_too_late_after_some_days_and_says_so(ask, client):
    ask()
    [link] = links(mail.outbox[0])
    SavedSearch.objects.update(made_at=timezone.now() - timedelta(days=DAYS_TO_CONFIRM, seconds=1))

    answer = client.post(link, {"confirm": "1"}, follow=True)

    assert "It is too late to confirm this" in text_of(answer)
    assert not SavedSearch.objects.get().confirmed
    tidy_searches()
    assert not Digest.objects.exists()
    assert "These e-mails are stopped" in text_of(client.post(link, {"confirm": "1"}))


def test_confirming_and_stopping_twice_change_nothing(ask, client):
    ask()
    [link] = links(mail.outbox[0])
    for said in ({"confirm": "1"}, {"confirm": "1"}):
        assert client.post(link, said).status_code == 302
    for said in ({"stop": "1"}, {"stop": "1"}, {"confirm": "1"}, ONE_PRESS):
        assert "These e-mails are stopped" in text_of(client.post(link, said))
    whole = link.rsplit("/", 2)[0] + "/"
    for _ in range(2):
        assert "These e-mails are stopped" in text_of(client.post(whole, ONE_PRESS))

    assert not Digest.objects.exists()


def test_programs_stop_mails_without_a_cookie(ask, client):
    search = confirmed(ask, client)
    program = Client(enforce_csrf_checks=True)

    assert program.post(search.get_absolute_url(), ONE_PRESS).status_code == 200
    assert not Digest.objects.exists()


def test_one_search_is_stopped_and_others_stay(ask, client):
    first = confirmed(ask, client, name="First")
    second = confirmed(ask, client, name="Second", query="joinable=on")
    make_framework(make_category("LAP"))
    send_digests(today=MONDAY)
    [stop] = [link for link in links(mail.outbox[0]) if link == first.get_absolute_url()]

    page = text_of(client.post(stop, {"stop": "1"}))

    assert "You are not told of this search any more" in page
    assert second.digest.get_absolute_url() in page
    assert list(SavedSearch.objects.all()) == [second]


@pytest.mark.parametrize("pk", [0, 10**30])
def test_numbers_of_no_search_are_no_fault(ask, client, pk):
    search = confirmed(ask, client)

    assert client.get(f"/searches/{search.digest.token}/{pk}/").status_code == 200


# What is kept


def test_what_nobody_confirmed_is_let_go_and_the_rest_stays(ask, client):
    stays = confirmed(ask, client)
    ask(query="joinable=on")
    ask(email="nobody@example.org")
    SavedSearch.objects.filter(confirmed=False).update(
        made_at=timezone.now() - timedelta(days=DAYS_TO_CONFIRM + 1)
    )
    ask(email="waits@example.org")

    tidy_searches()

    assert {one.email for one in Digest.objects.all()} == {EMAIL, "waits@example.org"}
    assert list(stays.digest.searches.all()) == [stays]


def test_pages_show_the_address_to_nobody(ask, client, admin_client):
    search = confirmed(ask, client)
    addresses = [search.get_absolute_url(), search.digest.get_absolute_url()]
    tables = [
        "/admin/registry/savedsearch/",
        f"/admin/registry/savedsearch/{search.pk}/change/",
    ]

    pages = [client.get(address) for address in addresses]
    pages += [admin_client.get(address) for address in tables]

    assert {page.status_code for page in pages} == {200}
    assert not any(EMAIL in text_of(page) for page in pages)


def test_what_many_asked_for_is_looked_for_once(ask, client, monkeypatch):
    for n in range(5):
        confirmed(ask, client, email=f"jo{n}@example.org")
    make_framework(make_category("LAP"))
    found = []
    find = actions.for_everybody
    monkeypatch.setattr(
        "registry.actions.digests.for_everybody", lambda *said: found.append(said) or find(*said)
    )

    assert send_digests(today=MONDAY) == 5
    assert found == [("frameworks", "")]
