"""Digests and saved searches: who is written to, when, and of what."""

from datetime import date, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import IntegrityError
from django.urls import reverse

from registry.actions.digests import save_search, send_digests
from registry.digests import is_due
from registry.models import Digest, SavedSearch
from tests.factories import (
    make_category,
    make_contract,
    make_council,
    make_grouping,
    make_officer,
    make_opportunity,
    make_user,
    make_withholding,
)

TODAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("every", "sent_on", "due"),
    [
        ("week", None, True),
        ("week", date(2026, 10, 26), True),
        ("week", date(2026, 10, 27), False),
        ("month", date(2026, 10, 2), True),
        ("month", date(2026, 10, 3), False),
        # The day is a Monday.
        ("monday", date(2026, 11, 1), True),
        ("monday", date(2026, 10, 26), True),
        ("monday", date(2026, 11, 2), False),
    ],
)
def test_a_digest_is_due_at_once_and_then_after_its_time(every, sent_on, due):
    assert is_due(every, sent_on, TODAY) is due


@pytest.fixture
def officer(db):
    user = make_officer(make_council(name="Fenwick"), email="officer@example.org")
    Digest.objects.create(user=user, every="week")
    return user


@pytest.fixture
def council(officer):
    return officer.roles.get().council


def ending_soon(council, **fields):
    fields = {"title": "Laptops of Fenwick", "end_date": date(2026, 12, 31)} | fields
    return make_contract(council=council, **fields)


def test_an_officer_is_told_of_decisions_due_once(officer, council):
    contract = ending_soon(council)
    ending_soon(make_council(), title="Somebody else's")

    assert send_digests(today=TODAY) == 1
    assert send_digests(today=TODAY) == 0

    [letter] = mail.outbox
    assert letter.to == [officer.email]
    assert "Laptops of Fenwick" in letter.body
    assert contract.get_absolute_url() in letter.body
    assert "Somebody else's" not in letter.body


def test_nothing_to_tell_is_not_sent(officer):
    assert send_digests(today=TODAY) == 0
    assert mail.outbox == []
    assert Digest.objects.get().sent_on == TODAY


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_who_left_or_has_no_address_is_not_written_to(officer, council, change):
    ending_soon(council)
    for name, value in change.items():
        setattr(officer, name, value)
    officer.save()

    assert send_digests(today=TODAY) == 0


def unable(fault):
    def send(_letter):
        raise fault

    return send


def test_a_letter_that_cannot_be_sent_stays_due(officer, council, monkeypatch):
    ending_soon(council)
    monkeypatch.setattr(EmailMessage, "send", unable(OSError("no server")))

    with pytest.raises(OSError, match="no server"):
        send_digests(today=TODAY)

    assert Digest.objects.get().sent_on is None


@pytest.mark.parametrize(
    "refused",
    [
        SMTPRecipientsRefused({"first@example.org": (550, b"no such mailbox")}),
        ValueError("address parts cannot contain newlines"),
    ],
    ids=["by the server", "by the library"],
)
def test_a_letter_that_is_refused_holds_up_no_other(officer, council, monkeypatch, refused):
    ending_soon(council)
    second = make_officer(council, email="second@example.org")
    Digest.objects.create(user=second, every="week")
    sent = []

    def send(letter):
        if letter.to == [officer.email]:
            raise refused
        sent.extend(letter.to)
        return 1

    monkeypatch.setattr(EmailMessage, "send", send)
    with pytest.raises(type(refused)):
        send_digests(today=TODAY)

    assert sent == [second.email]
    assert Digest.objects.get(user=officer).sent_on is None
    assert Digest.objects.get(user=second).sent_on == TODAY


def test_a_person_s_mails_are_stopped_by_one_press_and_their_searches_stay(
    client, officer, council
):
    ending_soon(council)
    save_search(officer, page="contracts", query="q=laptops", name="Laptops")
    send_digests(today=TODAY)
    address = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")

    page = client.get(address)
    assert "Shall we stop writing to you?" in page.content.decode()
    assert Digest.objects.exists()
    client.post(address, {"List-Unsubscribe": "One-Click"})

    assert not Digest.objects.exists()
    assert SavedSearch.objects.filter(user=officer).exists()


def test_a_search_by_what_is_not_known_is_not_saved(client, officer):
    client.force_login(officer)
    search = {"page": "contracts", "query": "ends_before=soon", "name": "Soon"}

    answer = client.post(reverse("registry:save_search"), search, follow=True)

    assert "put right first what the page says" in answer.content.decode()
    assert not SavedSearch.objects.exists()


def test_a_search_whose_filter_is_no_longer_known_finds_nothing(officer):
    make_contract(title="Laptops", end_date=date(2029, 1, 1))
    search = save_search(officer, page="contracts", query="category=GONE", name="Gone")

    send_digests(today=TODAY)

    assert search.seen == []
    assert mail.outbox == []


def test_a_saved_search_tells_only_what_is_new(officer):
    known = make_contract(title="Laptops known", end_date=date(2029, 1, 1))
    save_search(officer, page="contracts", query="q=laptops", name="Laptops")
    new = make_contract(title="Laptops new", end_date=date(2029, 1, 1))

    send_digests(today=TODAY)
    send_digests(today=TODAY + timedelta(days=7))

    [letter] = mail.outbox
    assert "New in “Laptops”" in letter.body
    assert new.get_absolute_url() in letter.body
    assert known.get_absolute_url() not in letter.body


def test_a_saved_search_tells_nothing_that_is_withheld(officer):
    save_search(officer, page="contracts", query="q=Quillfeather", name="Quill")
    contract = make_contract(supplier_name="Amy Quillfeather", title="Sash windows")
    make_withholding(contract)

    send_digests(today=TODAY)

    assert mail.outbox == []


def test_a_saved_search_of_opportunities_tells_those_its_person_may_see(officer, council):
    grouping, laptops = make_grouping(), make_category("LAP")
    save_search(officer, page="opportunities", query="small=on", name="Joint buys")
    mine = make_opportunity(
        make_contract(council=council, category=laptops, end_date=date(2029, 1, 1)),
        make_contract(category=laptops),
        grouping=grouping,
    )
    others = make_opportunity()

    send_digests(today=TODAY)

    assert mine.get_absolute_url() in mail.outbox[0].body
    assert others.get_absolute_url() not in mail.outbox[0].body


def test_one_search_is_saved_once(officer):
    save_search(officer, page="contracts", query="q=x", name="One")
    save_search(officer, page="contracts", query="q=x", name="Two")

    assert [one.name for one in SavedSearch.objects.all()] == ["Two"]
    with pytest.raises(IntegrityError):
        SavedSearch.objects.create(user=officer, page="contracts", query="q=x", name="Three")


def test_the_page_says_what_it_would_tell_and_keeps_what_is_chosen(
    client, officer, council, settings
):
    settings.TODAY = TODAY
    ending_soon(council)
    client.force_login(officer)

    page = client.get(reverse("registry:alerts")).content.decode()
    assert "Laptops of Fenwick" in page
    client.post(reverse("registry:alerts"), {"every": "month", "email": "me@example.org"})

    officer.refresh_from_db()
    assert (officer.email, officer.digest.every) == ("me@example.org", "month")
    client.post(reverse("registry:alerts"), {"every": "", "email": "me@example.org"})
    assert not Digest.objects.exists()


def test_a_digest_needs_an_address(client, officer):
    client.force_login(officer)

    page = client.post(reverse("registry:alerts"), {"every": "week", "email": ""})

    assert "Give an e-mail address to write to." in page.content.decode()


def test_a_list_is_saved_where_it_stands_and_forgotten(client, officer):
    make_contract(title="Laptops", end_date=date(2029, 1, 1))
    client.force_login(officer)
    assert "Save this search" in client.get("/contracts/?q=laptops").content.decode()

    client.post(
        reverse("registry:save_search"),
        {"page": "contracts", "query": "q=laptops", "name": "Laptops"},
    )

    [search] = SavedSearch.objects.all()
    page = client.get(reverse("registry:alerts")).content.decode()
    assert "/contracts/?q=laptops" in page
    assert "1 found now" in page
    client.post(reverse("registry:forget_search", args=[search.pk]))
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("said", [{"name": ""}, {"name": "x" * 101}, {"query": "q=" + "x" * 9000}])
def test_a_search_that_cannot_be_kept_is_refused_in_a_sentence(client, officer, said):
    client.force_login(officer)

    page = client.post(
        reverse("registry:save_search"),
        {"page": "contracts", "query": "q=laptops", "name": "Laptops"} | said,
        follow=True,
    )

    assert "The search is not saved: give it a name" in page.content.decode()
    assert not SavedSearch.objects.exists()


def test_nobody_forgets_another_s_search(client, officer):
    search = save_search(officer, page="contracts", query="", name="Mine")
    client.force_login(make_user())

    assert client.post(reverse("registry:forget_search", args=[search.pk])).status_code == 404


@pytest.mark.usefixtures("officer")
def test_the_command_says_how_many(council, settings, capsys):
    settings.TODAY = TODAY
    ending_soon(council)

    call_command("send_digests")

    assert "1 digest sent." in capsys.readouterr().out
