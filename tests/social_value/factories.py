"""Plain functions that make rows of social value for tests, like those of `tests.factories`."""

import uuid
from datetime import date
from decimal import Decimal
from itertools import count

from social_value.models import (
    AgreedPool,
    AgreedShare,
    Answer,
    Commitment,
    CommitmentDecision,
    Confirmation,
    Credit,
    Delivery,
    LicensedValue,
    Measure,
    Need,
    Pool,
    Share,
    Unpooled,
)
from social_value.promises import key_of
from tests.factories import FROM, NOW, make_contract, make_council

number = count(1)


def make_measure(code="apprenticeship_weeks", **fields):
    """The measure of this code, made if it is not there."""
    fields = {
        "name": "Apprenticeships",
        "theme": "Skills",
        "unit": "week",
        "outcomes": "Skills for growth",
        "counts": "Weeks of apprenticeship",
        "does_not_count": "Other training",
        "useful_amount": Decimal(52),
        "useful_name": "one apprenticeship of a year",
        **FROM,
    } | fields
    return Measure.objects.get_or_create(code=code, defaults=fields)[0]


def make_commitment(**fields):
    """Thirteen weeks of apprenticeship, in a contract of its own."""
    contract = fields.pop("contract", None) or make_contract()
    measure = fields.pop("measure", None) or make_measure()
    fields = {
        "id": uuid.uuid4(),
        "council_id": contract.council_id,
        "quantity": Decimal(13),
        "starts": contract.start_date,
        "ends": contract.end_date,
        "region": contract.council_id,
        "words": "13 apprenticeship weeks",
        "position": next(number),
    } | fields
    return Commitment.objects.create(contract=contract, measure=measure, **fields)


def make_decision(contract=None, words="13 apprenticeship weeks", **fields):
    """An officer's word on what words promise: thirteen weeks, unless told otherwise."""
    fields = {"measure": None, "quantity": None, "key": key_of(words)} | fields
    contract = contract or make_contract()
    return CommitmentDecision.objects.create(contract=contract, words=words, **fields)


def make_need(**fields):
    """Twenty weeks of apprenticeship that a youth club needs, approved by the council."""
    fields["council"] = fields.get("council") or make_council()
    fields["measure"] = fields.get("measure") or make_measure()
    fields = {
        "organisation": "Testham Youth Club",
        "title": "An apprentice for the workshop",
        "amount": Decimal(20),
        "wanted_from": date(2027, 1, 1),
        "wanted_by": date(2027, 12, 31),
        "state": Need.State.APPROVED,
        "decided_at": NOW,
    } | fields
    return Need.objects.create(**fields)


def make_pool(*commitments, amount=Decimal(13), **fields):
    """A pool of these promises, each giving so much."""
    fields = {
        "id": uuid.uuid4(),
        "measure": fields.get("measure") or make_measure(),
        "place": "E12000009",
        "starts": date(2027, 1, 1),
        "ends": date(2027, 12, 31),
        "useful_amount": Decimal(52),
    } | fields
    pool = Pool.objects.create(**fields)
    for commitment in commitments:
        Share.objects.create(pool=pool, commitment=commitment, amount=amount)
    return pool


def make_delivery(*contracts, credited=True, confirmed=False, **fields):
    """Thirteen weeks done on a day, in equal shares for these contracts, or for one of its own."""
    contracts = contracts or (make_contract(),)
    key = uuid.uuid4()
    fields = {
        "id": key,
        "act": fields.get("id", key),
        "measure": fields.get("measure") or make_measure(),
        "amount": Decimal(13),
        "done_on": date(2026, 10, 1),
        "area_id": contracts[0].council_id,
        "evidence_link": f"https://example.org/{key}",
        "evidence_mark": key.hex,
    } | fields
    delivery = Delivery.objects.create(**fields)
    for contract in contracts:
        Credit.objects.create(
            delivery=delivery,
            contract=contract,
            council_id=contract.council_id,
            amount=delivery.amount / len(contracts),
        )
    if credited:
        delivery.credited = True
        delivery.save()
    if confirmed:
        for council in {contract.council_id for contract in contracts}:
            make_confirmation(delivery, council)
    return delivery


def make_confirmation(delivery, council=None, **fields):
    """A yes of this council, or of the community."""
    fields = {"agrees": True} | fields
    return Confirmation.objects.create(delivery=delivery, council_id=council, **fields)


def make_licensed_value(**fields):
    fields["council"] = fields.get("council") or make_council()
    fields["measure"] = fields.get("measure") or make_measure()
    fields = {"pounds": Decimal("250.00"), "source": "Own licence", "year": 2026} | fields
    return LicensedValue.objects.create(**fields)


def make_unpooled(**fields):
    fields["measure"] = fields.get("measure") or make_measure()
    fields = {"place": "E12000009", "amount": Decimal(6), "missing": Decimal(46)} | fields
    return Unpooled.objects.create(**fields)


def make_agreed_pool(*commitments, amount=Decimal(13), **fields):
    """A pool of these promises that was put to its parties, each giving so much."""
    fields = {
        "measure": fields.get("measure") or make_measure(),
        "place": "E12000009",
        "starts": date(2027, 1, 1),
        "ends": date(2027, 12, 31),
        "useful_amount": Decimal(52),
        "asked_on": date(2026, 11, 20),
        "answer_by": date(2027, 1, 19),
    } | fields
    pool = AgreedPool.objects.create(**fields)
    for commitment in commitments:
        make_agreed_share(pool, commitment, amount=amount)
    return pool


def make_agreed_share(pool=None, commitment=None, **fields):
    commitment = commitment or make_commitment()
    fields = {
        "commitment": commitment.pk,
        "contract": commitment.contract,
        "council": commitment.council,
        "words": commitment.words,
        "promised": commitment.quantity,
        "amount": Decimal(13),
    } | fields
    return AgreedShare.objects.create(pool=pool or make_agreed_pool(), **fields)


def make_answer(pool=None, **fields):
    """A yes of a council, unless told otherwise."""
    fields = {"agrees": True, "said_by": "Contract manager", "said_on": date(2026, 11, 20)} | fields
    fields["council"] = fields.get("council") or make_council()
    return Answer.objects.create(pool=pool or make_agreed_pool(), **fields)
