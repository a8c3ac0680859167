"""An act is recorded with evidence, credited once, confirmed by others, shown to whom it may."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import strip_tags

from registry.digests import sections
from registry.permissions import powers_of
from social_value.actions import confirm_delivery, correct_delivery, record_delivery
from social_value.actions.deliveries import Evidence, NotRecordedError
from social_value.actions.doubts import doubts
from social_value.acts import Act
from social_value.models import Confirmation, Credit, Delivery
from social_value.tallies import measures, progress_of
from social_value.tasks import write_to_community
from social_value.vouching import vouched
from tests.factories import (
    TODAY,
    make_administrator,
    make_contract,
    make_council,
    make_officer,
    make_supplier,
    make_withholding,
)
from tests.social_value.factories import (
    make_agreed_pool,
    make_commitment,
    make_confirmation,
    make_delivery,
    make_measure,
    make_need,
    make_pool,
)

pytestmark = pytest.mark.django_db
AGREED = {"state": "agreed", "settled_on": date(2026, 11, 20)}
PDF = b"%PDF-1.7 a letter of thanks"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def contract():
    """One that promised twenty-six weeks, and whose time is over."""
    contract = make_contract(start_date=date(2024, 4, 1), end_date=date(2026, 3, 31))
    make_commitment(contract=contract, quantity=Decimal(26))
    return contract


@pytest.fixture
def officer(client, contract):
    user = make_officer(contract.council)
    client.force_login(user)
    return user


def act(*contracts, **fields):
    fields = {"amount": Decimal(13), "done_on": date(2026, 10, 1)} | fields
    shares = fields.pop("credits", None) or {
        one.pk: fields["amount"] / len(contracts) for one in contracts
    }
    return Act(measure=make_measure().pk, area=contracts[0].council_id, credits=shares, **fields)


def link(n=1):
    return Evidence(link=f"https://example.org/{n}")


def standing(contract):
    [one] = progress_of(
        type(contract).objects.filter(pk=contract.pk), measures(), today=TODAY
    ).values()
    return one


def address(contract, name="record", query="?measure=apprenticeship_weeks"):
    return reverse(f"social_value:{name}", args=[contract.pk]) + query


def said(**fields):
    return {
        "amount": "13",
        "done_on_0": "1",
        "done_on_1": "10",
        "done_on_2": "2026",
        "words": "A year in the workshop",
        "place": "12 High Street",
        "link": "https://example.org/report",
    } | fields


def send(client, contract, **fields):
    fields = said(area=contract.council_id) | fields
    return client.post(address(contract), fields, follow=True).content.decode()


# Recording


def test_an_act_counts_once_its_council_confirms_it(contract):
    recorder, other = make_officer(contract.council), make_officer(contract.council)
    delivery = record_delivery(act(contract), link(), by=recorder)
    assert (standing(contract).delivered, standing(contract).waiting) == (0, 13)

    confirm_delivery(delivery, council=contract.council_id, by=other)

    one = standing(contract)
    assert (one.promised, one.due, one.delivered, one.waiting, one.late) == (26, 26, 13, 0, 13)


def test_who_recorded_it_does_not_confirm_it(contract):
    recorder = make_officer(contract.council)
    delivery = record_delivery(act(contract), link(), by=recorder)

    with pytest.raises(NotRecordedError, match="somebody else"):
        confirm_delivery(delivery, council=contract.council_id, by=recorder)


def test_what_was_for_a_community_counts_once_it_agrees_as_well(contract):
    need = make_need(council=contract.council)
    delivery = record_delivery(act(contract, need=need.pk), link(), by=None)
    confirm_delivery(delivery, council=contract.council_id)
    assert standing(contract).delivered == 0

    confirm_delivery(delivery, council=None)

    assert standing(contract).delivered == 13


def test_a_no_counts_for_nothing_and_is_not_answered_twice(contract):
    delivery = record_delivery(act(contract), link(), by=None)
    confirm_delivery(delivery, council=contract.council_id, agrees=False, words="No one came")

    with pytest.raises(NotRecordedError, match="answered already"):
        confirm_delivery(delivery, council=contract.council_id)
    assert standing(contract).delivered == 0


def test_each_council_confirms_its_own_share(contract):
    other = make_contract()
    delivery = record_delivery(act(contract, other, amount=Decimal(12)), link(), by=None)

    confirm_delivery(delivery, council=contract.council_id)

    assert standing(contract).delivered == 6
    assert (standing(other).delivered, standing(other).waiting) == (0, 6)


def test_the_same_evidence_day_and_amount_are_refused_a_second_time(contract):
    record_delivery(act(contract), link(), by=None)

    with pytest.raises(NotRecordedError, match="recorded already"):
        record_delivery(act(contract), link(), by=None)
    record_delivery(act(contract, done_on=date(2026, 10, 2)), link(), by=None)
    assert Delivery.objects.standing().count() == 2


def test_an_act_without_evidence_is_refused(contract):
    with pytest.raises(NotRecordedError, match="Give evidence"):
        record_delivery(act(contract), Evidence(), by=None)
    assert not Delivery.objects.exists()


def test_a_correction_stands_in_place_of_what_it_corrects_and_is_confirmed_anew(contract):
    old = record_delivery(act(contract), link(), by=None)
    confirm_delivery(old, council=contract.council_id)
    somebody = make_officer(contract.council)

    new = correct_delivery(
        old, act(contract, amount=Decimal(10)), Evidence(kept=old), because="3 were ill",
        by=somebody,
    )  # fmt: skip

    old.refresh_from_db()
    assert (old.amount, old.ended_by, old.ended_because) == (13, somebody, "3 were ill")
    assert old.ended_at is not None
    assert old.confirmations.count() == 1
    assert (new.act, new.corrects, new.evidence_link) == (old.act, old, old.evidence_link)
    assert (standing(contract).delivered, standing(contract).waiting) == (0, 10)


def test_what_was_corrected_is_neither_corrected_nor_confirmed_again(contract):
    old = record_delivery(act(contract), link(), by=None)
    correct_delivery(old, act(contract), link(2), because="Another link", by=None)

    with pytest.raises(NotRecordedError, match="corrected or taken back"):
        correct_delivery(old, act(contract), link(3), because="Again", by=None)
    with pytest.raises(NotRecordedError, match="corrected or taken back"):
        confirm_delivery(old, council=contract.council_id)


# Pages


def test_an_officer_records_a_file_that_only_the_council_may_fetch(client, contract, officer):
    text = send(client, contract, link="", file=SimpleUploadedFile("thanks.pdf", PDF))

    delivery = Delivery.objects.get()
    assert "it counts once somebody else confirms it" in text.lower()
    assert (delivery.recorded_by, delivery.amount) == (officer, 13)
    answer = client.get(reverse("social_value:evidence", args=[delivery.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="thanks.pdf"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    client.force_login(make_officer())
    assert client.get(reverse("social_value:evidence", args=[delivery.pk])).status_code == 403


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"link": ""}, "Give evidence"),
        ({"link": "\u200b"}, "Give evidence"),
        ({"link": "", "file": SimpleUploadedFile("a.pdf", b"<html>")}, "This is not a PDF"),
        ({"link": "", "file": SimpleUploadedFile("a.pdf", PDF * 10)}, "larger than"),
        ({"link": "javascript:alert(1)"}, "Give the whole address"),
        ({"amount": "0"}, "Give an amount of 0.0001 or more"),
        ({"amount": "0.00001"}, "Give no more than 4 decimals"),
        ({"amount": "9" * 12}, "below a billion"),
        ({"amount": "9" * 20}, "below a billion"),
        ({"words": "a\0"}, "This holds a character that no text has"),
        ({"link": "https://example.org/\0"}, "This holds a character that no text has"),
        ({"place": "x" * 201}, "Write at most 200 characters"),
        ({"done_on_2": "99999999999"}, "This is not a date"),
        ({"amount": "many"}, "Give the amount in figures"),
        ({"done_on_2": "2027"}, "still to come"),
        ({"done_on_0": "", "done_on_1": "", "done_on_2": ""}, "Give the day"),
        ({"done_on_2": "1"}, "Check the year: give one from 1900 to 2199."),
    ],
)
@pytest.mark.usefixtures("officer")
def test_what_cannot_be_recorded_is_said_in_words(settings, client, contract, fields, says):
    settings.EVIDENCE_MAX_BYTES = 100

    assert says in send(client, contract, **fields)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("odd", ["\0", "x"])
def test_no_measure_and_no_council_are_no_such_page(client, contract, officer, odd):
    made = make_delivery(contract)
    confirm = reverse("social_value:confirm", args=[made.pk])

    assert client.get(address(contract, query=""), {"measure": odd}).status_code == 404
    assert client.post(confirm, {"council": odd, "agrees": "yes"}).status_code == 404


def test_as_much_on_the_same_day_by_the_same_supplier_is_asked_about(client, contract, officer):
    own = make_contract(council=contract.council, supplier=contract.supplier)
    make_delivery(own)

    assert "An act counts once" in send(client, contract).replace("an act", "An act")
    assert Delivery.objects.count() == 1
    send(client, contract, another="on")
    assert Delivery.objects.count() == 2


@pytest.mark.usefixtures("officer")
def test_more_than_was_promised_is_asked_about(client, contract):
    make_delivery(contract, amount=Decimal(20), done_on=date(2026, 9, 1))

    text = send(client, contract)
    assert "then has 33 weeks recorded, of 26 weeks promised" in text
    assert "This is right" in text
    assert Delivery.objects.count() == 1
    send(client, contract, right="on")

    assert Delivery.objects.count() == 2


@pytest.mark.usefixtures("officer")
def test_what_waits_at_another_council_is_not_told_by_asking(client, contract):
    partner = make_commitment().contract
    make_pool(contract.commitments.get(), partner.commitments.get(), amount=Decimal(5))
    waiting = make_delivery(partner, amount=Decimal(13), done_on=date(2026, 9, 1))

    send(client, contract, **{f"for-{partner.pk}": "1"})
    assert Delivery.objects.count() == 2
    make_confirmation(waiting, partner.council_id)
    text = send(client, contract, **{f"for-{partner.pk}": "1", "link": "https://x.example/2"})

    assert "then has 15 weeks recorded" not in text
    assert "then has 14 weeks recorded, of 13 weeks promised" in text


@pytest.mark.parametrize(
    ("done_on", "says"),
    [
        (date(2026, 3, 31), "before the pool"),
        (date(2026, 4, 1), ""),
        (date(2026, 8, 29), ""),
        (date(2026, 8, 30), "long after the pool"),
    ],
)
def test_a_day_outside_its_pools_time_is_asked_about(contract, done_on, says):
    term = {"starts": date(2026, 4, 1), "ends": date(2026, 5, 31)}
    pool = make_agreed_pool(contract.commitments.get(), **AGREED, **term)
    this = act(contract, pool=pool.pk, done_on=done_on)

    found = doubts(this, pool.measure, contract, corrected=None)

    assert [says in one for one in found] == [True] * bool(says)


@pytest.mark.parametrize(
    ("done_on", "says"),
    [
        (date(2026, 3, 31), "31 March 2026 is before Testham Youth Club can make use of it"),
        (date(2026, 4, 1), ""),
        (date(2026, 8, 29), ""),
        (date(2026, 8, 30), "long after Testham Youth Club needs it, by 31 May 2026"),
    ],
)
def test_a_day_outside_the_time_of_its_need_is_asked_about(contract, done_on, says):
    term = {"wanted_from": date(2026, 4, 1), "wanted_by": date(2026, 5, 31)}
    need = make_need(council=contract.council, **term)
    this = act(contract, need=need.pk, done_on=done_on)

    found = doubts(this, need.measure, contract, corrected=None)

    assert [says in one for one in found] == [True] * bool(says)


def test_a_correction_does_not_count_what_it_corrects(contract):
    old = make_delivery(contract, amount=Decimal(26))

    assert not doubts(act(contract), make_measure(), contract, corrected=old)
    assert doubts(act(contract), make_measure(), contract, corrected=None)


def test_an_act_for_several_contracts_is_shared_out_whole(client, contract, officer):
    own = make_contract(council=contract.council, supplier=contract.supplier)
    partner = make_contract()
    promises = [make_commitment(contract=one) for one in (own, partner)]
    make_pool(contract.commitments.get(), *promises, amount=Decimal(5))
    stranger = make_commitment().contract

    form = client.get(address(contract)).content.decode()
    send(client, contract, **{f"for-{own.pk}": "4", f"for-{partner.pk}": "2.5"})

    assert f"for-{stranger.pk}" not in form
    found = dict(Credit.objects.values_list("contract", "amount"))
    assert found == {contract.pk: Decimal("6.5"), own.pk: 4, partner.pk: Decimal("2.5")}


def test_an_agreed_pool_is_delivered_and_credited_to_each_of_its_contracts(client, contract):
    partner = make_commitment().contract
    need = make_need(council=contract.council)
    pool = make_agreed_pool(
        contract.commitments.get(), partner.commitments.get(), need=need, **AGREED
    )
    client.force_login(make_officer(contract.council))
    page = client.get(pool.get_absolute_url()).content.decode()
    form = client.get(address(contract, query=f"?pool={pool.pk}")).content.decode()
    assert f"?pool={pool.pk}" in page
    assert 'value="26"' in form
    assert 'value="13"' in form

    shares = {f"for-{partner.pk}": "13"}
    fields = said(amount="26", area=contract.council_id, need=need.pk, **shares)
    asked = client.post(address(contract, query=f"?pool={pool.pk}"), fields).content.decode()
    assert "1 October 2026 is before the pool it is for begins, on 1 January 2027" in asked
    fields["right"] = "on"
    client.post(address(contract, query=f"?pool={pool.pk}"), fields)

    delivery = Delivery.objects.standing().get()
    assert (delivery.pool, delivery.need) == (pool.pk, need)
    assert dict(delivery.credits.values_list("contract", "amount")) == {
        contract.pk: 13,
        partner.pk: 13,
    }
    for council in (contract.council_id, partner.council_id, None):
        make_confirmation(delivery, council)
    text = client.get(pool.get_absolute_url()).content.decode()
    assert "26 weeks delivered" in text


def test_a_pool_that_is_not_agreed_takes_no_deliveries(client, contract, officer):
    asked = make_agreed_pool(contract.commitments.get())
    elsewhere = make_agreed_pool(make_commitment(), **AGREED)

    for pool in (asked.pk, elsewhere.pk, "x"):
        assert client.get(address(contract, query=f"?pool={pool}")).status_code == 404


def test_an_act_for_other_councils_alone_is_theirs_to_record(client, contract, officer):
    partner = make_contract()
    make_pool(contract.commitments.get(), make_commitment(contract=partner), amount=Decimal(5))

    text = send(client, contract, **{f"for-{partner.pk}": "13"})

    assert "Give some of it to a contract of your own council" in text
    assert not Delivery.objects.exists()


def test_more_for_others_than_was_done_is_refused(client, contract, officer):
    own = make_contract(council=contract.council, supplier=contract.supplier)
    make_commitment(contract=own)

    text = send(client, contract, **{f"for-{own.pk}": "14"})

    assert "given more than was done" in text
    assert not Delivery.objects.exists()


def test_another_officer_confirms_on_the_page(client, contract, officer):
    delivery = make_delivery(contract, recorded_by=officer)
    page = reverse("social_value:delivery", args=[delivery.pk])
    assert "somebody else at the council confirms it" in client.get(page).content.decode()
    client.force_login(make_officer(contract.council))
    url = reverse("social_value:confirm", args=[delivery.pk])

    client.post(url, {"council": contract.council_id, "agrees": "no"})
    assert not Confirmation.objects.exists()
    client.post(url, {"council": contract.council_id, "agrees": "yes"})

    assert Credit.objects.confirmed().get().contract == contract


def test_nobody_confirms_for_another_council(client, contract, officer):
    other = make_contract()
    delivery = make_delivery(contract, other)
    url = reverse("social_value:confirm", args=[delivery.pk])

    answer = client.post(url, {"council": other.council_id, "agrees": "yes"})

    assert answer.status_code == 403
    assert not Confirmation.objects.exists()


def test_correcting_begins_with_what_was_recorded_and_keeps_it(client, contract, officer):
    delivery = make_delivery(contract, words="A year in the workshop")
    url = reverse("social_value:correct_delivery", args=[delivery.pk])
    assert "A year in the workshop" in client.get(url).content.decode()

    fields = said(area=contract.council_id, amount="12", because="One left early")
    text = client.post(url, fields, follow=True).content.decode()

    assert "One left early" in text
    assert Delivery.objects.standing().get().amount == 12
    assert Delivery.objects.count() == 2


def test_what_did_not_happen_is_taken_back_and_kept(client, contract, officer):
    delivery = make_delivery(contract)
    url = reverse("social_value:take_back_delivery", args=[delivery.pk])

    for nothing in ("", "\u200b\u2060"):
        client.post(url, {"back-because": nothing})
    assert Delivery.objects.standing().exists()
    text = client.post(url, {"back-because": "Cancelled"}, follow=True).content.decode()

    assert "Cancelled" in text
    assert not Delivery.objects.standing().exists()
    assert Delivery.objects.get().ended_by == officer


def test_the_community_answers_once_by_its_address(client, contract):
    need = make_need(council=contract.council, contact_email="c@example.org")
    delivery = make_delivery(contract, need=need)
    url = reverse("social_value:community", args=[delivery.token])
    answer = client.get(url)
    text = answer.content.decode()
    # Stricter, and browsers would send the form with an origin that is refused.
    assert answer["Referrer-Policy"] == "same-origin"
    assert "Testham Youth Club" in text
    assert "c@example.org" not in text

    client.post(url, {"agrees": "yes"})
    client.post(url, {"agrees": "no", "words": "Changed our mind"})

    assert Confirmation.objects.get().agrees
    assert client.get(reverse("social_value:community", args=["x.y"])).status_code == 404


def test_the_communitys_address_tells_when_the_record_was_changed(client, contract):
    old = make_delivery(contract, need=make_need(council=contract.council))
    correct_delivery(old, act(contract), link(), because="Amount", by=None)
    url = reverse("social_value:community", args=[old.token])

    assert "This record was changed" in client.post(url, {"agrees": "yes"}).content.decode()
    assert not Confirmation.objects.exists()


@pytest.mark.usefixtures("officer")
def test_the_address_is_mailed_to_the_contact_and_not_shown_to_who_recorded_it(
    client, contract, monkeypatch, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr("social_value.delivery_pages.write_to_community.delay", write_to_community)
    of_then = {"wanted_from": date(2026, 9, 1), "contact_email": "c@x.example"}
    need = make_need(council=contract.council, measure=make_measure(), **of_then)

    with django_capture_on_commit_callbacks(execute=True):
        text = send(client, contract, need=need.pk)

    delivery = Delivery.objects.get()
    assert delivery.token not in text
    assert "asked by e-mail" in text
    [message] = mail.outbox
    assert message.to == ["c@x.example"]
    assert delivery.token in message.body


def test_without_a_contact_another_officer_of_the_needs_council_answers(client, contract, officer):
    need = make_need(council=contract.council)
    delivery = make_delivery(contract, need=need, recorded_by=officer)
    url = reverse("social_value:community", args=[delivery.token])

    assert delivery.token not in client.get(delivery.get_absolute_url()).content.decode()
    assert delivery.token not in client.get(need.get_absolute_url()).content.decode()
    assert "somebody else confirms it" in client.post(url, {"agrees": "yes"}).content.decode()
    client.force_login(make_officer())
    assert delivery.token not in client.get(need.get_absolute_url()).content.decode()
    colleague = make_officer(contract.council)
    client.force_login(colleague)
    assert url in client.get(need.get_absolute_url()).content.decode()
    client.post(url, {"agrees": "yes"})

    assert Confirmation.objects.get().said_by == colleague


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize("does", ["confirm", "take_back_delivery"])
def test_pools_are_made_anew_when_a_delivery_is_confirmed_or_taken_back(
    client, contract, monkeypatch, django_capture_on_commit_callbacks, does
):
    asked = []
    monkeypatch.setattr("social_value.delivery_pages.rebuild_pools.delay", asked.append)
    delivery = make_delivery(contract)
    fields = {"council": contract.council_id, "agrees": "yes", "back-because": "Cancelled"}

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse(f"social_value:{does}", args=[delivery.pk]), fields)

    assert asked == [["apprenticeship_weeks"]]


# Promises kept, by whom and where


def test_the_council_page_tells_officers_alone_what_waits(client, contract):
    delivery = make_delivery(contract)
    url = reverse("social_value:progress", args=[contract.council_id])
    public = client.get(url).content.decode()
    client.force_login(make_officer(contract.council))
    own = client.get(url).content.decode()

    assert "26 weeks" in public
    assert "13 weeks" not in public
    assert delivery.get_absolute_url() in own
    assert "13 weeks not yet confirmed" in own
    assert re.search(r'<rect[^>]*fill="#9fc5c6"', public)


def test_the_council_page_costs_the_same_however_long(client, contract, django_assert_num_queries):
    for _ in range(3):
        make_delivery(make_commitment(contract=make_contract(council=contract.council)).contract)
    url = reverse("social_value:progress", args=[contract.council_id])

    with django_assert_num_queries(5):
        client.get(url)


def test_the_suppliers_page_tells_of_all_councils_but_not_of_withheld_contracts(client, contract):
    supplier = contract.supplier
    other = make_contract(supplier=supplier, title="Phones for libraries")
    hidden = make_contract(supplier=supplier, title="Shutters for safe houses")
    for one in (other, hidden):
        make_commitment(contract=one)
        make_delivery(one, confirmed=True)
    make_withholding(hidden)
    url = reverse("social_value:supplier", args=[supplier.pk])

    public = client.get(url).content.decode()
    client.force_login(make_administrator())
    whole = client.get(url).content.decode()

    assert contract.title in public
    assert "Phones for libraries" in public
    assert "Shutters" not in public
    assert "39 weeks" in public  # promised: 26 and 13
    assert "Shutters" in whole
    assert "52 weeks" in whole


def test_the_council_page_names_no_withheld_supplier(client, contract):
    url = reverse("social_value:progress", args=[contract.council_id])
    assert contract.supplier.name in client.get(url).content.decode()
    make_withholding(contract)

    text = client.get(url).content.decode()

    assert contract.title in text
    assert contract.supplier.name not in text


def test_an_act_of_a_withheld_supplier_elsewhere_is_not_told_of(contract):
    elsewhere = make_contract(supplier=contract.supplier)
    done = make_delivery(elsewhere)
    same = {"measure": done.measure_id, "amount": done.amount, "done_on": done.done_on}
    assert Delivery.objects.like([contract.pk], **same).exists()
    make_withholding(elsewhere)

    assert not Delivery.objects.like([contract.pk], **same).exists()


def test_the_page_of_a_merged_supplier_leads_to_the_one_it_was_merged_into(client, contract):
    gone = make_supplier(merged_into=contract.supplier)

    answer = client.get(reverse("social_value:supplier", args=[gone.pk]))

    assert answer.url == reverse("social_value:supplier", args=[contract.supplier_id])


def test_the_public_page_tells_what_is_confirmed_by_region_and_council(client, contract):
    council = make_council(region="North East", name="Borough of Fells")
    make_delivery(contract, confirmed=True, place="12 High Street", words="Ann taught Bob")
    make_delivery(contract, amount=Decimal(7), area_id=council.pk, confirmed=True)
    make_delivery(contract, amount=Decimal(99))
    url = reverse("social_value:delivered")

    text = client.get(url).content.decode()
    inside = client.get(url, {"region": "North East"}).content.decode()

    assert "delivered 20 weeks" in text
    assert "promised 26 weeks" in text
    assert "13 weeks" in text
    assert "99 weeks" not in text
    assert contract.title not in text
    assert "High Street" not in text + inside
    assert "Ann taught" not in text + inside
    assert "Fells" in inside
    assert "13 weeks" not in inside


def test_the_public_page_leaves_out_nothing_that_was_promised_and_not_delivered(client, contract):
    hours = make_measure("volunteer_hours", name="Volunteering", unit="hour")
    share = make_measure("local_spend", name="Local spend", unit="per cent", useful_amount=None)
    make_commitment(contract=contract, measure=hours, quantity=Decimal(40))
    make_commitment(contract=contract, measure=share, quantity=Decimal(10))
    make_delivery(contract, confirmed=True)

    page = client.get(reverse("social_value:delivered")).content.decode()
    text = " ".join(strip_tags(page.replace("<div", " <div")).split())

    assert "promised 40 hours, delivered 0 hours" in text
    assert "Volunteering Nowhere yet 0 hours of 40 hours promised 0" in text
    assert "Local spend" not in text


def vouched_for(**fields):
    """What the public page says of an act for two councils."""
    one, other = make_contract(), make_contract()
    officer = make_officer(one.council)
    act = make_delivery(one, other, recorded_by=officer, **fields)
    names = {"one": one.council.short_name, "other": other.council.short_name}
    return act, one.council_id, other.council_id, names


def words_of(act):
    return [one.words for one in vouched(Delivery.objects.filter(pk=act.pk), most=5)]


def test_an_act_tells_which_council_says_so_and_which_confirmed_it():
    act, one, other, names = vouched_for()
    assert words_of(act) == []

    make_confirmation(act, one)
    assert words_of(act) == ["On the word of {one} alone; not confirmed by {other}".format(**names)]

    make_confirmation(act, other)
    assert words_of(act) == ["Said by {one}; confirmed by {other}".format(**names)]


def test_an_act_for_a_community_tells_that_it_confirmed():
    act, one, _, names = vouched_for(need=make_need())
    make_confirmation(act, one)
    make_confirmation(act)

    assert words_of(act) == [
        "Said by {one}; confirmed by the community; not confirmed by {other}".format(**names)
    ]


def test_an_act_recorded_by_no_officer_of_its_councils_is_on_the_word_of_who_confirmed():
    act, one, other, names = vouched_for()
    Delivery.objects.update(recorded_by=make_administrator())
    make_confirmation(act, other)
    assert words_of(act)[0].startswith("On the word of {other} alone".format(**names))

    make_confirmation(act, one)
    assert words_of(act)[0].startswith("Confirmed by ")


def test_a_council_that_disagrees_has_not_confirmed():
    act, one, other, names = vouched_for()
    make_confirmation(act, one)
    make_confirmation(act, other, agrees=False, words="It was cancelled")

    [told] = words_of(act)
    assert told.endswith("not confirmed by {other}".format(**names))
    assert "cancelled" not in told


def test_the_public_pages_tell_of_an_act_that_is_confirmed_in_part(client):
    pool = make_agreed_pool(make_commitment(), **AGREED)
    act, _, other, names = vouched_for(amount=Decimal(10), pool=pool.pk)
    make_confirmation(act, other)

    for url in (pool.get_absolute_url(), reverse("social_value:delivered")):
        text = client.get(url).content.decode()
        assert "5 weeks of 10 weeks" in text
        assert "confirmed in part" in text
        assert (
            "Said by {one}; confirmed by {other}; a second officer of {one} is still to confirm it"
        ).format(**names) in text


def test_telling_on_whose_word_acts_stand_costs_the_same_however_many(
    django_assert_num_queries,
):
    for _ in range(3):
        act, one, *_ = vouched_for()
        make_confirmation(act, one)

    # The acts, their credits and councils, their answers and councils, roles of who recorded.
    with django_assert_num_queries(6):
        assert len(vouched(Delivery.objects.standing(), most=5)) == 3


def test_the_public_page_says_how_it_fills(client):
    text = client.get(reverse("social_value:delivered")).content.decode()

    assert "Nothing has been confirmed as delivered here yet" in text


@pytest.fixture
def council_of_nothing(client):
    council = make_council()
    client.force_login(make_officer(council))
    return council


def test_an_officer_is_given_words_to_remind_suppliers(client, contract, officer):
    text = client.get(
        reverse("social_value:reminders", args=[contract.council_id])
    ).content.decode()

    assert f"To {contract.supplier.name}" in text
    assert "26 weeks promised, nothing confirmed." in text
    assert "Late: 26 weeks." in text
    assert "mailto:?subject=" in text


def test_a_reminder_says_how_much_is_due_next(client, contract, officer):
    soon = make_contract(council=contract.council, end_date=date(2026, 12, 31))
    make_commitment(contract=soon)

    text = client.get(
        reverse("social_value:reminders", args=[contract.council_id])
    ).content.decode()

    assert "Next due: 13 weeks by 31 December 2026." in text


def test_where_nobody_is_to_be_reminded_the_page_leads_on(client, council_of_nothing):
    progress = reverse("social_value:progress", args=[council_of_nothing.pk])

    text = client.get(f"{progress.removesuffix('progress/')}reminders/").content.decode()

    assert f'<a class="govuk-link" href="{progress}">See all that is promised' in text


def test_a_reminder_does_not_ask_again_for_what_only_waits(client, contract, officer):
    make_delivery(contract)

    text = client.get(
        reverse("social_value:reminders", args=[contract.council_id])
    ).content.decode()

    assert "Not yet confirmed: 13 weeks." in text


def test_a_digest_tells_its_officer_what_is_late_and_what_waits(contract, officer):
    make_delivery(contract)
    soon = make_contract(council=contract.council, end_date=date(2026, 12, 31))
    make_commitment(contract=soon)
    make_commitment()

    told = {one.heading: one for one in sections(powers_of(officer), TODAY, since=TODAY)}

    late, coming = told["Social value due or late"].entries
    assert late.words.startswith("26 weeks late, apprenticeships: ")
    assert coming.words.startswith("13 weeks to come")
    assert coming.day == date(2026, 12, 31)
    assert "1 recorded and not yet confirmed" in told["Social value to confirm"].entries[0].words


def test_a_confirmed_delivery_no_longer_waits(contract, officer):
    make_confirmation(make_delivery(contract), contract.council_id)

    assert "Social value to confirm" not in {
        one.heading for one in sections(powers_of(officer), TODAY, since=TODAY)
    }
