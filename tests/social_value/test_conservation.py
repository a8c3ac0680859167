"""The database itself refuses shares that come to more than their promise."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from psycopg.errors import CheckViolation

from registry import bulk
from social_value.keeping import NAME
from social_value.models import Share
from tests.social_value.factories import make_commitment, make_pool

pytestmark = pytest.mark.django_db


def refused():
    return pytest.raises(IntegrityError, match=NAME)


def test_shares_may_come_to_all_that_is_promised():
    commitment = make_commitment(quantity=Decimal("0.3"))

    for _ in range(3):
        make_pool(commitment, amount=Decimal("0.1"))

    assert commitment.shares.count() == 3


def test_a_share_of_more_than_is_promised_is_refused():
    with refused(), transaction.atomic():
        make_pool(make_commitment(), amount=Decimal("13.0001"))


def test_shares_in_two_pools_of_more_than_is_promised_are_refused():
    commitment = make_commitment()
    make_pool(commitment, amount=Decimal(7))

    with refused(), transaction.atomic():
        make_pool(commitment, amount=Decimal("6.0001"))


def test_a_share_that_grows_past_what_is_promised_is_refused():
    commitment = make_commitment()
    make_pool(commitment)

    with refused(), transaction.atomic():
        Share.objects.update(amount=Decimal(14))


def test_a_promise_that_shrinks_below_its_shares_is_refused():
    commitment = make_commitment()
    make_pool(commitment)

    with refused(), transaction.atomic():
        type(commitment).objects.update(quantity=Decimal(12))


def test_shares_written_in_bulk_are_watched_as_well():
    commitment, pool = make_commitment(), make_pool()

    # COPY's errors are the driver's own.
    with pytest.raises((IntegrityError, CheckViolation), match=NAME), transaction.atomic():
        bulk.insert(
            Share, ["pool", "commitment", "amount"], [(pool.pk, commitment.pk, Decimal(14))]
        )
