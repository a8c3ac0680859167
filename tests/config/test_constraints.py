"""Every constraint of every table refuses what must never be, by name, whatever the code does."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint

from imports.models import (
    Absence,
    ChangesPage,
    Choice,
    Correction,
    NilReturn,
    ProblemRow,
    Upload,
)
from procurement.models import (
    Change,
    ExpectedPrice,
    FrameworkRule,
    Lot,
    Minute,
    OwnPlace,
    Participant,
    PlanChange,
    PriceRelease,
    RealisedSaving,
    SavingPrior,
)
from registry.models import (
    CalendarFeed,
    CategoryDecision,
    Changed,
    Digest,
    GroupMember,
    HandoverDecision,
    Job,
    Membership,
    Role,
    SavedSearch,
    Source,
    Succession,
    SupplierDecision,
    SupplierGroup,
    SupplierIdentifier,
    SupplierName,
    SupplierQuestion,
    SupplierRuling,
    Withholding,
)
from tests.factories import (
    FROM,
    NOW,
    make_award,
    make_category,
    make_contract,
    make_council,
    make_engagement,
    make_framework,
    make_grouping,
    make_job,
    make_joint_buy,
    make_lot,
    make_opportunity,
    make_pledge,
    make_saving_prior,
    make_search_of_address,
    make_source,
    make_statement,
    make_supplier,
    make_threshold,
    make_upload,
    make_user,
)
from tests.procurement import forbidden as demand
from tests.social_value import forbidden as social_value

OURS = ("registry", "imports", "procurement", "social_value")


def twice(make, **fields):
    make(**fields)
    make(**fields)


def make_absence(**fields):
    fields = {"upload": fields.get("upload") or make_upload()} | fields
    fields.setdefault("contract", None)
    fields["contract"] = fields["contract"] or make_contract()
    Absence.objects.create(**fields)


def a_successor(**fields):
    council = make_council()
    fields = {"predecessor": council, "successor": council} | fields
    Succession.objects.create(
        vesting_date=date(2028, 4, 1), transfer="whole", status="vested", source="a test", **fields
    )


def same_opportunity_twice():
    one = make_opportunity()
    make_opportunity(category=one.category, grouping=one.grouping, start_date=one.start_date)


def same_statement_twice():
    one = make_statement()
    make_statement(contract=one.contract, source=one.source)


def same_choice_twice():
    council = make_council()
    twice(Choice.objects.create, council=council, kind="column", key="title", value={})


def same_title_decided_twice():
    fields = {"council": make_council(), "category": make_category(), "title": "laptops"}
    twice(CategoryDecision.objects.create, **fields)


def same_name_decided_twice():
    fields = {"council": make_council(), "supplier": make_supplier(), "canonical": "acme"}
    twice(SupplierDecision.objects.create, **fields)


def same_ruling_twice():
    twice(SupplierRuling.objects.create, verdict="same", one="Acme", other="Birch")


def same_group_twice():
    SupplierGroup.objects.create(name="Acme")
    SupplierGroup.objects.create(name="ACME")


def in_two_groups():
    supplier = make_supplier()
    for name in ("One", "Two"):
        group = SupplierGroup.objects.create(name=name)
        GroupMember.objects.create(group=group, supplier=supplier)


def ask(**fields):
    fields = {"one_name": "Acme", "other_name": "Birch", "confidence": 0.5} | fields
    one, other = make_supplier(), make_supplier()
    SupplierQuestion.objects.create(one=one, other=other, reason="alike", **fields)


def officer(**fields):
    return {"user": make_user(), "kind": "officer", "council": make_council(), **fields}


def buyer(**fields):
    return {"user": make_user(), "kind": "buyer", "grouping": make_grouping(), **fields}


def spell(**fields):
    return {"grouping": make_grouping(), "council": make_council(), **fields}


def withholding():
    return {"contract": make_contract(), "what": "supplier", "reason": "security"}


def handing():
    return {"contract": make_contract(), "outcome": "host", "successor": make_council()}


def lifted_and_standing():
    again = withholding()
    return {**again, "lifted_at": NOW}, again


def pair():
    return {"predecessor": make_council(), "successor": make_council()}


def same_joint_buy_twice():
    one = make_joint_buy()
    make_joint_buy(category=one.category, grouping=one.grouping, start_date=one.start_date)


def same_contract_joins_twice():
    contract = make_contract()
    twice(
        make_joint_buy().members.create,
        contract=contract,
        council=contract.council,
        action="nothing",
        annual_value=1,
    )


def two_lead():
    joint_buy = make_joint_buy()
    joint_buy.participants.update(leads=True)


def participant(**fields):
    Participant.objects.create(
        **{"joint_buy": make_joint_buy(), "council": make_council()} | fields
    )


def plan_change(**fields):
    day = date(2027, 10, 1)
    fields = {"start_date": day, "day": day, "before": [2, 2, "1.00"], **fields}
    fields = {"category": make_category(), "grouping": make_grouping(), **fields}
    return PlanChange.objects.create(**fields)


def expected_price(**fields):
    fields = {"least_quantity": 1, "price": 5} | fields
    ExpectedPrice.objects.create(**{"joint_buy": make_joint_buy()} | fields)


def pledged(step="intends", **fields):
    make_pledge(make_joint_buy(), make_council(), step, **fields)


def price_release(**fields):
    fields = {
        "unit": "laptop",
        "quarter": date(2026, 10, 1),
        "looked": date(2026, 10, 1),
        "councils": 5,
    } | fields
    PriceRelease.objects.create(**{"category": make_category("LAP")} | fields)


def own_place(**fields):
    fields = {"evolution": Decimal("0.5"), "visibility": 0, "reason": "Tied to a system"} | fields
    fields.setdefault("council", None)
    fields["council"] = fields["council"] or make_council()
    OwnPlace.objects.create(**{"category": make_category("LAP")} | fields)


# What must never be, by the name of the constraint that forbids it.
FORBIDDEN = {
    **social_value.FORBIDDEN,
    **demand.FORBIDDEN,
    "supplier_ruling_stands_once_per_pair": same_ruling_twice,
    "supplier_group_once_per_name": same_group_twice,
    "group_member_of_one_group_at_a_time": in_two_groups,
    "supplier_question_is_of_two_names": lambda: ask(one_name="Birch"),
    "supplier_question_decided_has_its_answer": lambda: ask(answer="same"),
    "category_decision_stands_once_per_title": same_title_decided_twice,
    "absence_answered_has_its_time": lambda: make_absence(answer="ended"),
    "absence_once_per_upload": lambda: twice(
        make_absence, upload=make_upload(), contract=make_contract()
    ),
    "changes_page_once": lambda: twice(
        ChangesPage.objects.create, upload=make_upload(), sort="added", number=1, items=[]
    ),
    "source_event_is_told_by_a_person": lambda: make_source(event="ended"),
    "calendar_feed_stands_once": lambda: twice(
        CalendarFeed.objects.create, council=make_council(), made_by=make_user()
    ),
    "category_place_is_on_the_grid": lambda: make_category(evolution=1.1),
    "changed_marked_once": lambda: twice(
        Changed.objects.create, category=make_category(), council=make_council()
    ),
    "choice_stands_once": same_choice_twice,
    "contract_ends_on_or_after_it_starts": lambda: make_contract(
        start_date=date(2027, 4, 2), end_date=date(2027, 4, 1)
    ),
    "contract_has_a_title": lambda: make_contract(title=""),
    "contract_latest_end_is_not_before_its_end": lambda: make_contract(
        end_date=date(2027, 4, 1), latest_permitted_end=date(2027, 3, 31)
    ),
    "contract_rolling_has_no_end": lambda: make_contract(rolling=True),
    "contract_yearly_value_is_in_pounds": lambda: make_contract(currency="EUR"),
    "contract_yearly_value_is_not_negative": lambda: make_contract(yearly_value=Decimal("-0.01")),
    "council_abolished_after_created": lambda: make_council(
        created=date(2020, 4, 1), abolished=date(2020, 4, 1)
    ),
    "framework_ends_after_it_starts": lambda: make_framework(
        starts=date(2026, 1, 2), ends=date(2026, 1, 1)
    ),
    "framework_scheme_ends_last": lambda: make_framework(
        ends=date(2028, 1, 2), scheme_ends=date(2028, 1, 1)
    ),
    "framework_fee_is_a_share": lambda: make_framework(fee_percent=101),
    "framework_award_once_per_number": lambda: twice(make_award, framework=make_framework()),
    "framework_award_ends_after_it": lambda: make_award(
        make_framework(), awarded_on=date(2026, 1, 2), ends=date(2026, 1, 1)
    ),
    "framework_award_window_closes_after_it_opens": lambda: make_award(
        make_framework(), apply_from=date(2026, 1, 2), apply_to=date(2026, 1, 1)
    ),
    "framework_rule_once_per_start": lambda: twice(
        FrameworkRule.objects.create,
        code="open_most",
        years=8,
        applies_from=date(2025, 2, 24),
        **FROM,
    ),
    "job_finished_has_its_time": lambda: make_job(state=Job.State.DONE),
    "expected_price_is_positive": lambda: expected_price(price=0),
    "expected_price_once_per_quantity": lambda: twice(expected_price, joint_buy=make_joint_buy()),
    "joint_buy_costs_are_not_negative": lambda: make_joint_buy(costs=-1),
    "joint_buy_late_cap_is_positive": lambda: make_joint_buy(late_cap=0),
    "joint_buy_member_once_per_contract": same_contract_joins_twice,
    "joint_buy_once_per_date": same_joint_buy_twice,
    "minute_says_something": lambda: Minute.objects.create(joint_buy=make_joint_buy(), text=""),
    "participant_late_quantity_is_positive": lambda: participant(late_quantity=0),
    "participant_once_per_council": lambda: twice(
        participant, joint_buy=make_joint_buy(), council=make_council()
    ),
    "participant_one_leads": two_lead,
    "plan_change_changes_something": lambda: plan_change(before=None),
    "plan_change_once_a_day": lambda: twice(
        plan_change, category=make_category(), grouping=make_grouping()
    ),
    "pledge_conditions_are_of_commitments": lambda: pledged("signed", least_councils=3),
    "pledge_from_intent_on_has_quantities": lambda: pledged(
        quantity_low=None, quantity_expected=None, quantity_high=None
    ),
    "pledge_switching_costs_something_from_intent_on": lambda: pledged(
        "intends", switching_once=-1
    ),
    "pledge_price_is_positive": lambda: pledged("commits", most_price=0),
    "pledge_quantities_are_a_range": lambda: pledged(quantity_low=101),
    "lot_supplier_once_per_name": lambda: make_lot(make_framework(), suppliers=["Acme", "Acme"]),
    "lot_once_per_framework": lambda: twice(
        Lot.objects.create, framework=make_framework(), number=1, name="Laptops"
    ),
    "membership_left_after_joined": lambda: Membership.objects.create(
        **spell(joined=date(2026, 4, 1), left=date(2026, 4, 1))
    ),
    "membership_once_per_spell": lambda: twice(
        Membership.objects.create, **spell(joined=date(2026, 4, 1))
    ),
    "membership_once_when_joined_is_unknown": lambda: twice(Membership.objects.create, **spell()),
    "correction_stands_once": lambda: twice(
        Correction.objects.create, council=make_council(), field="title", raw="x", value="y"
    ),
    "nil_return_once": lambda: twice(
        NilReturn.objects.create, council=make_council(), quarter=date(2026, 10, 1)
    ),
    "problem_row_once_per_upload": lambda: twice(
        ProblemRow.objects.create, upload=make_upload(), sheet="", row=1, cells={}
    ),
    "opportunity_needs_two_councils": lambda: make_opportunity(councils=1),
    "opportunity_once_per_date": same_opportunity_twice,
    "opportunity_saving_is_a_range": lambda: make_opportunity(
        saving_low=Decimal(3), saving_mid=Decimal(2), saving_high=Decimal(4)
    ),
    "role_administrator_once": lambda: twice(
        Role.objects.create, user=make_user(), kind="administrator"
    ),
    "role_buyer_once_per_grouping": lambda: twice(Role.objects.create, **buyer()),
    "role_names_whom_it_is_for": lambda: Role.objects.create(**officer(council=None)),
    "role_officer_once_per_council": lambda: twice(Role.objects.create, **officer()),
    "change_newest_of_its_thing": lambda: twice(
        Change.objects.create, kind="contract", key="1", standing=True, placed_at=NOW
    ),
    "own_place_is_on_the_grid": lambda: own_place(visibility=Decimal("1.01")),
    "own_place_says_why": lambda: own_place(reason=""),
    "own_place_stands_once": lambda: twice(own_place, council=make_council()),
    "price_release_is_a_band_or_nothing": lambda: price_release(low=5, high=4),
    "price_release_once_a_quarter": lambda: twice(price_release),
    "realised_saving_is_verified_by_somebody": lambda: RealisedSaving.objects.create(
        joint_buy=make_joint_buy(),
        council=make_council(),
        amount=1,
        verified_by="",
        verified_on=date(2026, 11, 20),
    ),
    "saving_prior_is_a_range": lambda: make_saving_prior(make_category(), high="101"),
    "source_of_an_upload_names_it": lambda: make_source(upload=None),
    "statement_once_per_source": same_statement_twice,
    "succession_is_between_two_councils": a_successor,
    "succession_once_per_pair": lambda: twice(a_successor, **pair()),
    "supplier_decision_stands_once_per_name": same_name_decided_twice,
    "supplier_identifier_names_one_body": lambda: twice(make_supplier, company_number="01234567"),
    "supplier_name_once_per_supplier": lambda: twice(
        SupplierName.objects.create,
        supplier=make_supplier(),
        name="Acme",
        canonical="acme",
        because="a test",
    ),
    "threshold_once_per_start": lambda: twice(make_threshold),
    "upload_applied_has_its_time": lambda: make_upload(state=Upload.State.APPLIED),
    "upload_refused_says_why": lambda: make_upload(state=Upload.State.REFUSED),
    "handover_decided_once": lambda: twice(HandoverDecision.objects.create, **handing()),
    "digest_is_a_person_s_or_an_address_s": lambda: Digest.objects.create(every="monday"),
    "digest_once_per_address": lambda: twice(
        Digest.objects.create, email="jo@example.org", every="monday"
    ),
    "saved_search_is_a_person_s_or_an_address_s": lambda: make_search_of_address(user=make_user()),
    "saved_search_once_per_address": lambda: twice(make_search_of_address),
    "saved_search_once_per_person": lambda: twice(
        SavedSearch.objects.create, user=make_user(), page="contracts", query="q=x", name="Mine"
    ),
    "withholding_stands_once": lambda: twice(Withholding.objects.create, **withholding()),
}

# The like of these that must be let in, where a careless condition would refuse it.
ALLOWED = {
    "one search asked for twice, before it is confirmed": lambda: twice(
        make_search_of_address, confirmed=False
    ),
    "two digests of persons, without an address": lambda: [
        Digest.objects.create(user=make_user(), every="week") for _ in range(2)
    ],
    "a buyer for two groupings": lambda: twice_with(Role, buyer, grouping=make_grouping),
    "a contract without any date": lambda: make_contract(
        start_date=None, end_date=None, earliest_exit=None, latest_permitted_end=None
    ),
    "a day's contract": lambda: make_contract(
        start_date=date(2027, 4, 1), end_date=date(2027, 4, 1)
    ),
    "a rolling contract": lambda: make_contract(
        rolling=True, end_date=None, latest_permitted_end=None
    ),
    "a council that left and joined again": lambda: two_spells(),
    "a done job": lambda: make_job(state=Job.State.DONE, finished_at=NOW),
    "a person's source": lambda: make_source(kind=Source.Kind.PERSON, upload=None),
    "one number in two schemes": lambda: [
        SupplierIdentifier.objects.create(supplier=make_supplier(), scheme=s, value="1234567")
        for s in ("GB-COH", "GB-CHC")
    ],
    "an undone upload": lambda: make_upload(state=Upload.State.UNDONE, applied_at=NOW),
    "a fact withheld again after it was lifted": lambda: [
        Withholding.objects.create(**one) for one in lifted_and_standing()
    ],
    "an own place again after one was taken back": lambda: [
        own_place(council=council, taken_back_at=taken_back)
        for council in [make_council()]
        for taken_back in (NOW, None)
    ],
    "an own place at a corner": lambda: own_place(evolution=1, visibility=1),
    "a commitment on conditions": lambda: pledged("commits", most_price=5, least_councils=2),
    "one lead in each of two joint buys": lambda: [
        participant(leads=True, council=council) for council in [make_council()] * 2
    ],
    "talks for a grouping": lambda: make_engagement(grouping=make_grouping()),
    "talks without a notice for a reason": lambda: make_engagement(
        notice="", no_notice_because="About repairs alone"
    ),
    "a saving of nothing": lambda: SavingPrior.objects.create(
        category=make_category(), low_percent=0, mid_percent=0, high_percent=0, **FROM
    ),
}


def twice_with(model, fields, **other):
    first = fields()
    model.objects.create(**first)
    model.objects.create(**first | {name: make() for name, make in other.items()})


def two_spells():
    where = spell()
    Membership.objects.create(**where, joined=date(2020, 4, 1), left=date(2022, 4, 1))
    Membership.objects.create(**where, joined=date(2024, 4, 1))


def constraints():
    return {
        constraint.name: constraint
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }


def test_constraints_are_all_tried_here():
    assert set(constraints()) == set(FORBIDDEN)


@pytest.mark.django_db
@pytest.mark.parametrize("name", FORBIDDEN)
def test_constraint_refuses(name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        FORBIDDEN[name]()

    # SQLite names a unique constraint by its columns only.
    if connection.vendor == "postgresql" or isinstance(constraints()[name], CheckConstraint):
        assert name in str(refused.value)
    else:
        assert "UNIQUE" in str(refused.value)


@pytest.mark.django_db
@pytest.mark.parametrize("what", ALLOWED)
def test_constraint_lets_in(what):
    ALLOWED[what]()
