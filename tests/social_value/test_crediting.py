"""The database itself refuses credits that do not come to all of their act, once."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from psycopg.errors import CheckViolation

from registry import bulk
from social_value.crediting import NAME
from social_value.models import Credit, Delivery
from tests.factories import make_contract
from tests.social_value.factories import make_delivery

pytestmark = pytest.mark.django_db


def refused():
    return pytest.raises(IntegrityError, match=NAME)


def credit(delivery, amount):
    contract = make_contract()
    return Credit.objects.create(
        delivery=delivery, contract=contract, council_id=contract.council_id, amount=amount
    )


def test_thirds_come_to_all_of_an_act_exactly():
    delivery = make_delivery(credited=False, amount=Decimal(1))
    Credit.objects.update(amount=Decimal("0.3333"))
    credit(delivery, Decimal("0.3333"))
    last = credit(delivery, Decimal("0.3333"))
    with refused(), transaction.atomic():
        Delivery.objects.update(credited=True)

    Credit.objects.filter(pk=last.pk).update(amount=Decimal("0.3334"))
    Delivery.objects.update(credited=True)

    assert Delivery.objects.standing().get() == delivery


@pytest.mark.parametrize("amount", ["12.9999", "13.0001"])
def test_an_act_credited_with_less_or_more_than_all_of_it_is_refused(amount):
    make_delivery(credited=False)
    Credit.objects.update(amount=Decimal(amount))

    with refused(), transaction.atomic():
        Delivery.objects.update(credited=True)


def test_an_act_with_no_credits_is_not_credited():
    delivery = make_delivery(credited=False)
    delivery.credits.all().delete()

    with refused(), transaction.atomic():
        Delivery.objects.update(credited=True)


def test_a_credited_act_takes_no_more_credits():
    delivery = make_delivery()

    with refused(), transaction.atomic():
        credit(delivery, Decimal(1))


def test_credits_of_a_credited_act_do_not_change_nor_move():
    delivery, other = make_delivery(), make_delivery(credited=False)

    with refused(), transaction.atomic():
        delivery.credits.update(amount=Decimal(12))
    with refused(), transaction.atomic():
        delivery.credits.update(delivery=other)
    with refused(), transaction.atomic():
        other.credits.update(delivery=delivery)


def test_the_amount_of_a_credited_act_does_not_change():
    make_delivery()

    with refused(), transaction.atomic():
        Delivery.objects.update(amount=Decimal(14))


def test_an_act_that_loses_a_credit_no_longer_counts():
    delivery = make_delivery(make_contract(), make_contract())

    delivery.credits.first().delete()

    assert not Delivery.objects.standing().exists()


def test_credits_written_in_bulk_are_watched_as_well():
    delivery, contract = make_delivery(), make_contract()
    columns = ["delivery", "contract", "council", "amount"]

    # COPY's errors are the driver's own.
    with pytest.raises((IntegrityError, CheckViolation), match=NAME), transaction.atomic():
        bulk.insert(Credit, columns, [(delivery.pk, contract.pk, contract.council_id, Decimal(1))])
