"""Pools are put to their parties, kept as they were, and used by no rebuild again."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from registry.models import Contract
from registry.permissions import powers_of
from social_value import actions, alerts, pool_pages
from social_value.actions import agreeing
from social_value.actions.agreeing import AllDoneError, NotAsSeenError, Said
from social_value.keeping import NAME
from social_value.models import (
    AgreedPool,
    AgreedShare,
    Answer,
    Commitment,
    Credit,
    Need,
    Pool,
    Share,
    Unpooled,
)
from social_value.parties import Party
from social_value.tasks import rebuild_pools
from tests.factories import (
    TODAY,
    make_buyer,
    make_contract,
    make_council,
    make_grouping,
    make_officer,
    make_supplier,
    make_user,
    make_withholding,
)
from tests.social_value.factories import (
    make_agreed_pool,
    make_commitment,
    make_delivery,
    make_need,
    make_pool,
)

pytestmark = pytest.mark.django_db
YES = Said(agrees=True, said_by="Contract manager", said_on=TODAY)
NO = Said(agrees=False, said_by="Contract manager", said_on=TODAY, reason="For our own schools")


@pytest.fixture(autouse=True)
def measures(monkeypatch):
    actions.load_reference()
    monkeypatch.setattr("social_value.pool_pages.rebuild_pools.delay", rebuild_pools)


@pytest.fixture
def region():
    return make_grouping(code="E12000009", kind="region", name="South West")


def promise(region, text="13 apprenticeship weeks", **fields):
    return make_contract(
        council=make_council(region),
        social_value=text,
        start_date=date(2026, 4, 1),
        end_date=date(2029, 3, 31),
        **fields,
    )


@pytest.fixture
def contracts(region):
    """Four councils' quarters of an apprentice, and one to spare."""
    made = [promise(region) for _ in range(5)]
    pool_anew()
    return made


def pool_anew():
    actions.read_all()
    actions.rebuild_pools(today=TODAY)


def take_up(pool=None):
    pool = pool or Pool.objects.get()
    return agreeing.take_up(pool.pk, seen=agreeing.mark_of(pool.shares.all()), today=TODAY)


def everybody_says(pool, said=YES):
    by = make_user()
    return agreeing.answer(pool, agreeing.parties_of(pool), said, by=by, today=TODAY)


def test_a_pool_taken_up_is_kept_and_its_promises_are_pooled_no_more(contracts):
    kept = take_up()

    pool_anew()

    assert (kept.state, kept.amount, kept.shares.count()) == ("asked", 65, 5)
    assert not Pool.objects.exists()
    assert not Unpooled.objects.exists()
    assert AgreedShare.objects.filter(holds=True).count() == 5


def test_what_an_agreed_pool_leaves_of_a_promise_is_pooled_on(region):
    need = make_need(
        council=make_council(region), measure_id="apprenticeship_weeks", amount=Decimal(20)
    )
    promise(region, "80 apprenticeship weeks")
    pool_anew()

    kept = take_up(Pool.objects.get(need=need))
    pool_anew()

    assert kept.need == need
    again = Pool.objects.get()
    assert (again.need, again.amount) == (None, 60)


def test_a_pool_is_agreed_once_each_council_and_supplier_has_said_yes(contracts):
    kept = take_up()
    parties = agreeing.parties_of(kept)
    assert len(parties) == 10
    by = make_user()

    for party in parties[:-1]:
        assert agreeing.answer(kept, [party], YES, by=by, today=TODAY).state == "asked"
    last = agreeing.answer(kept, [parties[-1]], YES, by=by, today=TODAY)

    assert (last.state, last.settled_on) == ("agreed", TODAY)
    first = Answer.objects.earliest("pk")
    assert (first.recorded_by, first.said_by, first.said_on) == (by, "Contract manager", TODAY)
    assert list(AgreedPool.objects.agreed()) == [kept]


def test_an_agreed_pool_outlives_registers_and_rebuilds(contracts):
    kept = everybody_says(take_up())
    before = list(AgreedShare.objects.order_by("pk").values())
    Contract.objects.update(social_value="2 volunteer hours", changed_at=timezone.now())

    rebuild_pools()

    kept.refresh_from_db()
    assert kept.state == "agreed"
    assert list(AgreedShare.objects.order_by("pk").values()) == before


def test_a_no_frees_the_promises_and_leaves_the_refused_one_out(contracts):
    refuser = contracts[0]
    kept = take_up()

    fallen = agreeing.answer(kept, [Party(refuser.council_id)], NO, by=make_user(), today=TODAY)
    pool_anew()

    assert (fallen.state, fallen.fell_because) == ("fallen", agreeing.REFUSED)
    again = Pool.objects.get()
    used = {share.commitment.contract for share in again.shares.all()}
    assert used == set(contracts[1:])
    assert Unpooled.objects.get().amount == 13


def test_a_suppliers_no_leaves_out_its_contract_alone(region):
    council = make_council(region)
    for _ in range(2):
        make_contract(
            council=council,
            social_value="60 apprenticeship weeks",
            start_date=date(2026, 4, 1),
            end_date=date(2029, 3, 31),
        )
    pool_anew()
    kept = take_up()
    refused = kept.shares.first().contract

    agreeing.answer(kept, [Party(council.pk, refused.pk)], NO, by=make_user(), today=TODAY)
    pool_anew()

    assert Pool.objects.get().shares.get().commitment.contract != refused


def test_a_promise_refused_for_a_need_may_go_elsewhere(region):
    council = make_council(region)
    need = make_need(council=council, measure_id="apprenticeship_weeks", amount=Decimal(52))
    promise(region, "60 apprenticeship weeks")
    pool_anew()
    kept = take_up(Pool.objects.get(need=need))

    everybody_says(kept, NO)
    pool_anew()

    assert Pool.objects.get().need is None


def test_a_no_taken_back_lets_the_promise_be_pooled_again(contracts):
    kept = take_up()
    agreeing.answer(kept, [Party(contracts[0].council_id)], NO, by=make_user(), today=TODAY)

    assert agreeing.take_back(Answer.objects.get())
    pool_anew()

    assert Pool.objects.get().amount == 65


def test_an_answer_can_be_changed_while_the_pool_is_being_agreed(contracts):
    kept = take_up()
    party = Party(contracts[0].council_id)
    for _ in range(2):
        agreeing.answer(kept, [party], YES, by=make_user(), today=TODAY)

    assert Answer.objects.standing().count() == 1
    assert Answer.objects.count() == 2


def test_nobody_answers_for_those_who_give_nothing(contracts):
    kept = take_up()

    with pytest.raises(NotAsSeenError):
        agreeing.answer(kept, [Party(make_council().pk)], YES, by=make_user(), today=TODAY)


def test_a_settled_pool_takes_no_more_answers(contracts):
    kept = everybody_says(take_up())

    with pytest.raises(NotAsSeenError):
        everybody_says(kept, NO)


def test_a_pool_that_changed_since_it_was_seen_is_not_taken_up(contracts):
    pool = Pool.objects.get()
    seen = agreeing.mark_of(pool.shares.all())
    pool.shares.first().delete()

    with pytest.raises(NotAsSeenError):
        agreeing.take_up(pool.pk, seen=seen, today=TODAY)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda: AgreedPool.objects.update(answer_by=TODAY - timedelta(days=1)), "LATE"),
        (
            lambda: AgreedPool.objects.update(
                starts=date(2026, 1, 1), ends=TODAY - timedelta(days=1)
            ),
            "PAST",
        ),
        (lambda: Need.objects.update(state="closed"), "NOT_NEEDED"),
        (lambda: Commitment.objects.all().delete(), "CHANGED"),
        (lambda: Commitment.objects.update(quantity=Decimal(59)), "CHANGED"),
    ],
)
def test_a_pool_that_can_no_longer_be_agreed_falls(region, change, why):
    need = make_need(council=make_council(region), measure_id="apprenticeship_weeks")
    promise(region, "60 apprenticeship weeks")
    pool_anew()
    kept = take_up(Pool.objects.get(need=need))
    assert agreeing.let_fall(today=TODAY) == set()
    change()

    assert agreeing.let_fall(today=TODAY) == {"apprenticeship_weeks"}

    kept.refresh_from_db()
    assert (kept.state, kept.fell_because) == ("fallen", getattr(agreeing, why))


# Withdrawing from what was agreed


def leave(pool, contract, **fields):
    said = replace(NO, reason="The supplier was sold", **fields)
    return agreeing.leave(pool, [Party(contract.council_id)], said, by=make_user(), today=TODAY)


def test_who_withdraws_lets_the_pool_fall_and_is_left_out_of_the_next(contracts):
    kept = everybody_says(take_up())

    fallen = leave(kept, contracts[0])
    pool_anew()

    assert (fallen.state, fallen.fell_because) == ("fallen", agreeing.LEFT)
    assert {one.commitment.contract for one in Share.objects.all()} == set(contracts[1:])
    assert (Pool.objects.get().amount, Unpooled.objects.get().amount) == (52, 13)


def test_what_they_had_said_before_is_kept(contracts):
    kept = everybody_says(take_up())

    leave(kept, contracts[0])

    before, now = Answer.objects.filter(council=contracts[0].council, contract=None).order_by("pk")
    assert (before.agrees, before.withdrawn_at is None) == (True, False)
    assert (now.agrees, now.reason) == (False, "The supplier was sold")
    assert Answer.objects.standing().count() == 10


def test_what_was_delivered_before_somebody_withdrew_stays_credited_and_is_pooled_by_none(
    contracts,
):
    kept = everybody_says(take_up())
    make_delivery(
        contracts[1],
        measure=kept.measure,
        pool=kept.pk,
        amount=Decimal(10),
        confirmed=True,
    )

    leave(kept, contracts[0])
    pool_anew()

    assert Credit.objects.confirmed().get().amount == 10
    # Thirteen of who withdrew, three left of who delivered ten, and the other three whole.
    assert not Pool.objects.exists()
    assert sum(one.amount for one in Unpooled.objects.all()) == 13 + 3 + 3 * 13


def test_nobody_withdraws_from_what_is_all_delivered_or_not_agreed(contracts):
    asked = take_up()
    with pytest.raises(NotAsSeenError):
        leave(asked, contracts[0])
    kept = everybody_says(asked)
    make_delivery(
        *contracts, measure=kept.measure, pool=kept.pk, amount=kept.amount, confirmed=True
    )

    with pytest.raises(AllDoneError):
        leave(kept, contracts[0])

    kept.refresh_from_db()
    assert kept.state == "agreed"


def test_the_others_are_told_who_withdrew_and_why(
    client, contracts, django_capture_on_commit_callbacks
):
    kept, own = everybody_says(take_up()), contracts[0]
    client.force_login(make_officer(own.council))
    page = reverse("social_value:leave_pool", args=[kept.pk])
    assert page in client.get(kept.get_absolute_url()).content.decode()
    form = {name: value for name, value in said([f"{own.council_id}/"]).items() if name != "agrees"}

    without = client.post(page, form)
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(page, form | {"reason": "Its supplier was sold"}, follow=True)

    assert "Say why: the other parties read it" in without.content.decode()
    assert "No longer agreed" in done.content.decode()
    assert Pool.objects.get().amount == 52
    other = make_officer(contracts[1].council)
    client.force_login(other)
    text = client.get(kept.get_absolute_url()).content.decode()
    assert "Its supplier was sold" in text
    assert "Had said yes" in text
    [section] = alerts.pools_settled(powers_of(other), TODAY, TODAY)
    assert [(one.words, one.url) for one in section.entries] == [
        ("65 weeks, apprenticeships: A party withdrew from it.", kept.get_absolute_url())
    ]


def withdrawal(client, pool, contract, **fields):
    """The answer to a withdrawal by a council, as the page says it."""
    form = said([f"{contract.council_id}/"], reason="Its supplier was sold") | fields
    page = reverse("social_value:leave_pool", args=[pool.pk])
    return client.post(page, form, follow=True).content.decode()


def test_who_withdraws_second_is_told_that_the_pool_fell_already(client, contracts, monkeypatch):
    kept, own = everybody_says(take_up()), contracts[0]
    client.force_login(make_officer(own.council))
    read = pool_pages.said_in

    def meanwhile(*given):
        leave(kept, contracts[1])
        return read(*given)

    monkeypatch.setattr(pool_pages, "said_in", meanwhile)
    at_once = withdrawal(client, kept, own)
    later = withdrawal(client, kept, own)

    assert pool_pages.FELL_ALREADY in at_once
    assert pool_pages.FELL_ALREADY in later
    assert Answer.objects.standing().filter(agrees=False).get().council == contracts[1].council


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"said_on_0": "19"}, "It was agreed on 20 November 2026: give that day or a later one."),
        ({"said_on_2": "1990"}, "It was agreed on 20 November 2026"),
        ({"said_on_2": "2027"}, "This day is still to come."),
        ({"said_on_2": "99999999999"}, "This is not a date."),
        ({"said_by": "\u200b"}, "Give the post of who said so."),
        ({"reason": "\u200b\u202e"}, "Say why: the other parties read it."),
        ({"said_by": "a\0"}, "This holds a character that no text has. Write it anew."),
        ({"said_by": "x" * 121}, "This is too long. Write at most 120 characters."),
    ],
)
def test_a_withdrawal_that_cannot_be_is_answered_in_a_sentence(client, contracts, fields, says):
    kept, own = everybody_says(take_up()), contracts[0]
    AgreedPool.objects.update(settled_on=date(2026, 11, 20))
    client.force_login(make_officer(own.council))

    assert says in withdrawal(client, kept, own, **fields)
    kept.refresh_from_db()
    assert kept.state == "agreed"


def test_digests_tell_of_pools_that_wait_for_ones_councils_and_of_no_others(contracts):
    kept, own = take_up(), contracts[0]
    officer = powers_of(make_officer(own.council))

    def waiting(powers):
        [section] = alerts.pools_to_answer(powers, TODAY, TODAY)
        return [(one.url, one.day) for one in section.entries]

    assert waiting(officer) == [(kept.get_absolute_url(), kept.answer_by)]
    assert waiting(powers_of(make_officer())) == []
    agreeing.answer(
        kept,
        [Party(own.council_id), Party(own.council_id, own.pk)],
        YES,
        by=make_user(),
        today=TODAY,
    )
    assert waiting(officer) == []


def test_digests_tell_buyers_what_came_of_pools_of_their_area(contracts, region):
    everybody_says(take_up())

    def told(powers, since):
        [section] = alerts.pools_settled(powers, TODAY, since)
        return [one.words for one in section.entries]

    buyer = powers_of(make_buyer(region))
    assert told(buyer, TODAY) == ["65 weeks, apprenticeships: Every party said yes."]
    assert told(buyer, TODAY + timedelta(days=1)) == []
    assert told(powers_of(make_buyer()), TODAY) == []


def test_digests_tell_how_many_needs_wait_for_a_council(region):
    own = make_council(region)
    for state in ("proposed", "proposed", "approved", "unconfirmed"):
        make_need(council=own, state=state)
    make_need(state="proposed")

    [section] = alerts.needs_to_decide(powers_of(make_officer(own)), TODAY, TODAY)

    [entry] = section.entries
    assert entry.words == f"{own.short_name}: 2 needs to approve or decline"
    assert entry.url == reverse("social_value:council_needs", args=[own.pk])


def refused():
    return pytest.raises(IntegrityError, match=NAME)


def test_the_database_refuses_agreed_shares_of_more_than_is_promised():
    commitment = make_commitment()
    make_agreed_pool(commitment, amount=Decimal(7))

    with refused(), transaction.atomic():
        make_agreed_pool(commitment, amount=Decimal("6.0001"))
    with refused(), transaction.atomic():
        make_pool(commitment, amount=Decimal("6.0001"))
    with refused(), transaction.atomic():
        AgreedShare.objects.update(amount=Decimal(13), promised=Decimal(14), holds=True)
        make_pool(commitment, amount=Decimal(1))


def test_the_database_refuses_to_let_fallen_shares_hold_again_where_they_are_used():
    commitment = make_commitment()
    make_agreed_pool(commitment)
    AgreedShare.objects.update(holds=False)
    make_pool(commitment)

    with refused(), transaction.atomic():
        AgreedShare.objects.update(holds=True)


def test_pools_whose_promise_shrank_can_fall_one_by_one():
    commitment = make_commitment(quantity=Decimal(26))
    for _ in range(2):
        make_agreed_pool(commitment)
    Commitment.objects.all().delete()
    make_commitment(id=commitment.pk, contract=commitment.contract, quantity=Decimal(5))

    agreeing.let_fall(today=TODAY)

    assert not AgreedShare.objects.filter(holds=True).exists()


def test_a_rebuild_begins_again_where_somebody_agreed_meanwhile(contracts, monkeypatch):
    make, taken = actions.pools.make, []

    def meanwhile(*given):
        if not taken:
            taken.append(take_up())
        return make(*given)

    monkeypatch.setattr(actions.pools, "make", meanwhile)

    actions.rebuild_pools(today=TODAY)

    assert taken
    assert not Share.objects.exists()


# Pages


def said(parties, **fields):
    day = {"said_on_0": "20", "said_on_1": "11", "said_on_2": "2026"}
    return {"parties": parties, "agrees": "yes", "said_by": "Head of ICT", **day} | fields


def put(client, pool, **fields):
    address = reverse("social_value:put_to_parties", args=[pool.pk])
    seen = agreeing.mark_of(pool.shares.all())
    return client.post(address, said(seen=seen, **fields), follow=True)


def test_an_officers_first_answer_puts_the_pool_to_all(client, contracts):
    own = contracts[0]
    officer = make_officer(own.council)
    client.force_login(officer)
    pool = Pool.objects.get()
    assert (
        "Answer for your council"
        in client.get(reverse("social_value:pool", args=[pool.pk])).content.decode()
    )

    text = put(
        client, pool, parties=[f"{own.council_id}/", f"{own.council_id}/{own.pk}"]
    ).content.decode()

    kept = AgreedPool.objects.get()
    assert {(one.council, one.contract, one.recorded_by) for one in kept.answers.all()} == {
        (own.council, None, officer), (own.council, own, officer),
    }  # fmt: skip
    assert "2 of 10 have said yes" in text
    assert "Head of ICT" in text


def test_the_address_of_a_pool_leads_to_what_it_became_for_whoever_may_see_it(client, contracts):
    address = reverse("social_value:pool", args=[Pool.objects.get().pk])
    other = make_agreed_pool()
    kept = take_up()
    assert kept.pk != other.pk

    asked = client.get(address)
    agreeing.fall(kept, agreeing.LATE, TODAY)
    fallen = client.get(address)
    client.force_login(make_officer(contracts[0].council))
    own = client.get(address)

    for found in (asked, own):
        assert (found.status_code, found["Location"]) == (302, kept.get_absolute_url())
    assert fallen.status_code == 404


def test_a_page_left_open_says_that_the_pool_was_put_to_its_parties_meanwhile(client, contracts):
    client.force_login(make_officer(contracts[0].council))
    pool = Pool.objects.get()
    put(client, pool, parties=[f"{contracts[0].council_id}/"])

    late = put(client, pool, parties=[f"{contracts[0].council_id}/"])

    assert "The pool has changed since you opened it" in late.content.decode()
    assert Answer.objects.count() == 1


def test_an_officer_answers_for_nobody_else(client, contracts):
    client.force_login(make_officer(contracts[0].council))

    text = put(client, Pool.objects.get(), parties=[f"{contracts[1].council_id}/"])

    assert "none of the parties you answer for" in text.content.decode()
    assert not AgreedPool.objects.exists()


def test_a_no_needs_its_reason_and_is_taken_back_on_the_page(
    client, contracts, django_capture_on_commit_callbacks
):
    own = contracts[0]
    client.force_login(make_officer(own.council))
    pool = Pool.objects.get()

    without = put(client, pool, parties=[f"{own.council_id}/"], agrees="no")
    with django_capture_on_commit_callbacks(execute=True):
        fallen = put(client, pool, parties=[f"{own.council_id}/"], agrees="no", reason="Ours")

    assert "Say why not" in without.content.decode()
    assert "the pool has fallen" in fallen.content.decode().lower()
    assert Pool.objects.get().amount == 52
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("social_value:take_back_no", args=[AgreedPool.objects.get().pk]),
            {"answer": Answer.objects.get().pk},
        )
    assert Pool.objects.get().amount == 65


def test_answers_are_for_the_parties_and_their_buyer(client, contracts, region):
    kept = take_up()
    agreeing.answer(kept, [Party(contracts[0].council_id)], YES, by=make_user(), today=TODAY)

    def tells(person):
        client.logout()
        if person:
            client.force_login(person)
        return "Contract manager" in client.get(kept.get_absolute_url()).content.decode()

    assert tells(make_officer(contracts[1].council))
    assert tells(make_buyer(region))
    assert not any(tells(one) for one in (None, make_officer(), make_buyer()))


def test_nobody_else_is_told_a_withheld_supplier(client, region):
    own = promise(region, "60 apprenticeship weeks", supplier=make_supplier("Amy Quillfeather"))
    other = promise(region, "60 apprenticeship weeks")
    make_withholding(own)
    pool_anew()
    kept = take_up()
    client.force_login(make_officer(other.council))

    assert "Quillfeather" not in client.get(kept.get_absolute_url()).content.decode()


def test_an_officer_is_asked_on_the_councils_page_until_all_is_answered(client, contracts):
    own, kept = contracts[0], take_up()
    client.force_login(make_officer(own.council))

    def asked():
        text = client.get(own.council.get_absolute_url()).content.decode()
        return kept.get_absolute_url() in text

    for party in (Party(own.council_id), Party(own.council_id, own.pk)):
        assert asked()
        agreeing.answer(kept, [party], YES, by=make_user(), today=TODAY)
    assert not asked()


def test_pools_page_lists_what_is_being_agreed(client, contracts):
    take_up()

    text = client.get(reverse("social_value:pools")).content.decode()

    assert "Agreed, or being agreed" in text
    assert "Apprenticeships: 65 weeks" in text


def test_agreed_page_says_which_promise_the_register_no_longer_has(client, contracts):
    kept = everybody_says(take_up())
    Contract.objects.filter(pk=contracts[0].pk).update(social_value="")
    actions.read_all()

    text = client.get(kept.get_absolute_url()).content.decode()

    assert text.count("The register no longer promises this") == 1
