"""What the database must refuse of social value, by the constraint that forbids it."""

from datetime import date
from decimal import Decimal

from social_value.models import ReadTo
from tests.factories import NOW, make_contract, make_council
from tests.social_value.factories import (
    make_agreed_pool,
    make_agreed_share,
    make_answer,
    make_commitment,
    make_confirmation,
    make_decision,
    make_delivery,
    make_licensed_value,
    make_measure,
    make_need,
    make_pool,
    make_unpooled,
)


def same_words_decided_twice():
    contract = make_contract()
    for _ in range(2):
        make_decision(contract)


def same_value_twice():
    council = make_council()
    for _ in range(2):
        make_licensed_value(council=council)


def same_position_twice():
    contract = make_contract()
    for _ in range(2):
        make_commitment(contract=contract, position=1)


def same_share_twice():
    commitment = make_commitment()
    make_pool(commitment, commitment, amount=Decimal(1))


def same_place_twice():
    for _ in range(2):
        make_unpooled()


def act_stands_twice():
    act = make_delivery().act
    make_delivery(act=act)


def same_act_recorded_twice():
    for _ in range(2):
        make_delivery(evidence_mark="the same")


def same_contract_credited_twice():
    contract = make_contract()
    make_delivery(contract, contract)


def answered_twice(council):
    delivery = make_delivery()
    for _ in range(2):
        make_confirmation(delivery, council)


def same_need_twice():
    need = make_need()
    for _ in range(2):
        make_agreed_pool(need=need)


def same_agreed_share_twice():
    commitment = make_commitment(quantity=Decimal(26))
    make_agreed_pool(commitment, commitment)


def same_answer_twice(**fields):
    pool = make_agreed_pool()
    for _ in range(2):
        make_answer(pool, **fields)


def answered_for_a_supplier_twice():
    contract = make_contract()
    same_answer_twice(council=contract.council, contract=contract)


FORBIDDEN = {
    "agreed_pool_stands_once_per_need": same_need_twice,
    "agreed_pool_ends_on_or_after_it_starts": lambda: make_agreed_pool(ends=date(2026, 12, 31)),
    "agreed_pool_settled_has_its_day": lambda: make_agreed_pool(state="agreed"),
    "agreed_pool_fallen_says_why": lambda: make_agreed_pool(
        state="fallen", settled_on=date(2026, 11, 20)
    ),
    "agreed_share_once_per_pool": same_agreed_share_twice,
    "agreed_share_is_of_what_was_promised": lambda: make_agreed_share(promised=Decimal(12)),
    "answer_of_a_council_stands_once": lambda: same_answer_twice(council=make_council()),
    "answer_of_a_supplier_stands_once": answered_for_a_supplier_twice,
    "answer_no_says_why": lambda: make_answer(agrees=False),
    "answer_is_somebodys": lambda: make_answer(said_by=""),
    "need_declined_says_why": lambda: make_need(state="declined"),
    "measure_useful_amount_is_positive": lambda: make_measure(useful_amount=Decimal(0)),
    "licensed_value_once_per_year": same_value_twice,
    "licensed_value_has_a_source": lambda: make_licensed_value(source=""),
    "commitment_decision_stands_once_per_words": same_words_decided_twice,
    "commitment_decision_measures_what_it_promises": lambda: make_decision(
        measure=make_measure(), quantity=None
    ),
    "commitment_decision_says_something": lambda: make_decision(words=""),
    "commitment_once_per_position": same_position_twice,
    "commitment_promises_something": lambda: make_commitment(quantity=Decimal(0)),
    "commitment_ends_on_or_after_it_starts": lambda: make_commitment(
        starts=date(2027, 1, 1), ends=date(2026, 12, 31)
    ),
    "commitment_decision_ends_on_or_after_it_starts": lambda: make_decision(
        starts=date(2027, 1, 1), ends=date(2026, 12, 31)
    ),
    "delivery_stands_once_per_act": act_stands_twice,
    "delivery_recorded_once": same_act_recorded_twice,
    "delivery_delivers_something": lambda: make_delivery(amount=Decimal(0)),
    "delivery_has_evidence": lambda: make_delivery(evidence_link=""),
    "delivery_ended_says_why": lambda: make_delivery(ended_at=NOW),
    "credit_once_per_act": same_contract_credited_twice,
    "credit_gives_something": lambda: make_delivery(credited=False).credits.update(amount=0),
    "confirmation_once_per_council": lambda: answered_twice(make_council().pk),
    "confirmation_once_by_the_community": lambda: answered_twice(None),
    "confirmation_that_disagrees_says_why": lambda: make_confirmation(
        make_delivery(), agrees=False
    ),
    "read_to_is_one_row": lambda: ReadTo.objects.create(id=2, moment=NOW),
    "need_asks_for_something": lambda: make_need(amount=Decimal(0)),
    "need_ends_on_or_after_it_begins": lambda: make_need(wanted_by=date(2026, 12, 31)),
    "need_is_decided_by_somebody_on_a_day": lambda: make_need(decided_at=None),
    "pool_ends_on_or_after_it_starts": lambda: make_pool(ends=date(2026, 12, 31)),
    "pool_useful_amount_is_positive": lambda: make_pool(useful_amount=Decimal(0)),
    "share_once_per_pool": same_share_twice,
    "share_gives_something": lambda: make_pool(make_commitment(), amount=Decimal(0)),
    "unpooled_once_per_place": same_place_twice,
    "unpooled_is_something": lambda: make_unpooled(amount=Decimal(0)),
}
