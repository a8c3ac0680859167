"""What was delivered is not pooled as well: pooled, agreed and delivered come to the promise."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from social_value import actions
from social_value.models import AgreedShare, Commitment, Credit, Pool, Share
from tests.factories import TODAY, make_contract
from tests.social_value.factories import (
    make_agreed_pool,
    make_agreed_share,
    make_commitment,
    make_confirmation,
    make_delivery,
    make_measure,
    make_need,
)

pytestmark = pytest.mark.django_db
REGION = "E12000009"
AGREED = {"state": "agreed", "settled_on": date(2026, 11, 20)}
TERM = {"start_date": date(2025, 4, 1), "end_date": date(2029, 3, 31)}


def a_promise(quantity, contract=None, **fields):
    contract = contract or make_contract(**TERM)
    return make_commitment(
        contract=contract, quantity=Decimal(quantity), **{"region": REGION} | fields
    )


def pooled():
    actions.rebuild_pools(today=TODAY)
    found = {}
    for key, amount in Share.objects.values_list("commitment", "amount"):
        found[key] = found.get(key, 0) + amount
    return found


def test_what_was_delivered_is_not_pooled():
    kept, open_one = a_promise(24), a_promise(60)
    make_delivery(kept.contract, amount=Decimal(24), confirmed=True)

    assert pooled() == {open_one.pk: 60}


def test_what_waits_for_confirmation_is_pooled_still():
    promise = a_promise(60)
    delivery = make_delivery(promise.contract, amount=Decimal(8))
    assert pooled() == {promise.pk: 60}

    make_confirmation(delivery, promise.council_id)

    assert pooled() == {promise.pk: 52}


def test_a_pool_that_was_delivered_uses_its_share_once():
    promise = a_promise(104)
    pool = make_agreed_pool(promise, amount=Decimal(40), **AGREED)
    make_delivery(promise.contract, amount=Decimal(40), pool=pool.pk, confirmed=True)
    assert pooled() == {promise.pk: 64}

    make_delivery(promise.contract, amount=Decimal(5), pool=pool.pk, confirmed=True)

    assert pooled() == {promise.pk: 59}


def test_what_was_delivered_is_of_the_promise_that_fell_due_first():
    contract = make_contract(**TERM)
    over = a_promise(10, contract, starts=date(2025, 4, 1), ends=date(2026, 3, 31))
    still = a_promise(60, contract)
    make_delivery(contract, amount=Decimal(12), confirmed=True)

    assert pooled() == {still.pk: 58}
    assert over.quantity == 10


def test_a_year_that_was_kept_is_not_pooled_and_the_next_is():
    promise = a_promise(240, yearly=Decimal(60))
    make_delivery(promise.contract, amount=Decimal(120), confirmed=True)

    assert pooled() == {promise.pk: 120}


def test_what_is_still_open_of_a_need_is_pooled_for_it_and_counts_as_useful():
    contract = make_contract(**TERM)
    promise = a_promise(60, contract, region=contract.council_id)
    need = make_need(council=promise.council, amount=Decimal(52))
    done = make_delivery(promise.contract, amount=Decimal(6), need=need, confirmed=True)
    assert pooled() == {promise.pk: 52}  # the community has not said so yet

    make_confirmation(done)

    assert pooled() == {promise.pk: 46}
    pool = Pool.objects.get(need=need)
    assert (pool.amount, pool.useful_amount) == (46, 46)


@given(
    st.lists(
        st.tuples(
            st.decimals("0.5", "80", places=1),  # promised
            st.sampled_from(["0", "0.1", "0.5", "1"]),  # what of it a pool holds that was agreed
            st.sampled_from(["0", "0.25", "0.5", "1", "1.5"]),  # what was delivered outside it
            st.booleans(),  # whether the pool was delivered
            st.integers(0, 1),  # of which contract it is
        ),
        min_size=1,
        max_size=6,
    )
)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_pooled_agreed_and_delivered_come_to_no_more_than_is_promised(asked):
    for model in (Share, AgreedShare, Credit, Commitment):
        model.objects.all().delete()
    contracts = [make_contract(**TERM) for _ in range(2)]
    pool = make_agreed_pool(measure=make_measure(useful_amount=Decimal(5)), **AGREED)
    for quantity, held, done, kept, of in asked:
        promise = a_promise(quantity, contracts[of])
        share = (quantity * Decimal(held)).quantize(Decimal("0.1"))
        if share:
            make_agreed_share(pool, promise, amount=share)
        if share and kept:
            make_delivery(contracts[of], amount=share, pool=pool.pk, confirmed=True)
        if outside := (quantity * Decimal(done)).quantize(Decimal("0.1")):
            make_delivery(contracts[of], amount=outside, confirmed=True)

    found = pooled()

    for contract in contracts:
        promises = list(Commitment.objects.filter(contract=contract))
        held = sum(AgreedShare.objects.filter(contract=contract).values_list("amount", flat=True))
        done = Credit.objects.filter(contract=contract, delivery__pool__isnull=True)
        outside = sum(done.values_list("amount", flat=True))
        left = sum(one.quantity for one in promises) - held - outside
        given_away = sum(found.get(one.pk, 0) for one in promises)
        assert given_away <= max(left, 0)
