"""Joint buys: begun once, kept as they were, run by their lead, signed by those who hold."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from procurement.actions import joint_buys, load_reference, pledging, rebuild_opportunities
from procurement.actions.joint_buys import NotDoneError
from procurement.models import JointBuy, Opportunity, Pledge
from registry.actions import load_reference as load_registry
from registry.models import Contract, Membership
from tests.factories import (
    TODAY,
    add_to_opportunity,
    joining,
    make_category,
    make_contract,
    make_council,
    make_grouping,
    make_joint_buy,
    make_opportunity,
    make_pledge,
    make_user,
)

pytestmark = pytest.mark.django_db
Step = Pledge.Step


@pytest.fixture
def grouping():
    return make_grouping()


@pytest.fixture
def councils(grouping):
    return [make_council(grouping, name=name) for name in ("Ash", "Birch", "Cedar", "Dun")]


@pytest.fixture
def joint_buy(grouping, councils):
    return make_joint_buy(*councils[:3], grouping=grouping)


def part(joint_buy, council):
    return joint_buy.participants.get(council=council)


def says(joint_buy, council, step, quantity=100, **said):
    if step in pledging.ASKED:
        said = dict.fromkeys(pledging.QUANTITIES, quantity) | said
    return pledging.pledge(part(joint_buy, council), step, today=TODAY, by=None, **said)


def leads(joint_buy):
    return list(joint_buy.participants.filter(leads=True).values_list("council__name", flat=True))


def minutes(joint_buy):
    return [minute.text for minute in joint_buy.minutes.all()]


def closed(joint_buy, *councils):
    """Closed, with these committed and the first of them in the lead."""
    for council in councils:
        says(joint_buy, council, Step.COMMITS, would_lead=True)
    joint_buys.set_lead(joint_buy.pk, councils[0], by=None)
    pledging.close(joint_buy.pk, by=None)
    joint_buy.refresh_from_db()


# Begun from an opportunity


def test_first_interest_keeps_the_opportunity_as_it_is_that_day():
    opportunity = make_opportunity()
    council = joining(opportunity)[0].council_id
    person = make_user()

    this = joint_buys.express_interest(opportunity, council, today=TODAY, by=person)

    assert (this.pk, this.start_date, this.begun_on) == (
        opportunity.pk,
        opportunity.start_date,
        TODAY,
    )
    assert (this.annual_value, this.saving_mid) == (
        opportunity.annual_value,
        opportunity.saving_mid,
    )
    assert {m.contract_id for m in this.members.all()} == set(opportunity.contract_ids)
    assert this.participants.count() == 2
    [pledge] = Pledge.objects.of(this)
    assert (pledge.step, pledge.said_by, pledge.participant.council_id) == (
        Step.INTERESTED,
        person,
        council,
    )
    assert minutes(this) == ["Begun, with 2 councils asked in."]


def test_second_interest_joins_the_same_joint_buy():
    opportunity = make_opportunity()
    for contract in [*joining(opportunity), *joining(opportunity)]:
        joint_buys.express_interest(opportunity, contract.council_id, today=TODAY, by=None)

    assert JointBuy.objects.count() == 1
    assert Pledge.objects.count() == 2


def test_interest_does_not_lower_a_higher_step():
    opportunity = make_opportunity()
    council = joining(opportunity)[0].council
    this = joint_buys.begin_joint_buy(opportunity, today=TODAY, by=None)
    says(this, council, Step.INTENDS)

    joint_buys.express_interest(opportunity, council.pk, today=TODAY, by=None)

    assert Pledge.objects.standing().get().step == Step.INTENDS


def test_interest_of_a_council_that_can_join_by_now_asks_it_in():
    opportunity = make_opportunity()
    this = joint_buys.begin_joint_buy(opportunity, today=TODAY, by=None)
    newcomer = make_council(opportunity.grouping, name="Elm")
    late = make_contract(council=newcomer, category=opportunity.category)
    add_to_opportunity(opportunity, late)

    joint_buys.express_interest(opportunity, newcomer.pk, today=TODAY, by=None)

    assert Pledge.objects.of(this).get().participant.council == newcomer
    assert this.members.count() == 2
    assert minutes(this)[-1] == "Elm asked in."


def test_interest_of_a_council_without_a_contract_is_refused():
    opportunity = make_opportunity()

    with pytest.raises(NotDoneError, match="no contract that could join"):
        joint_buys.express_interest(opportunity, make_council().pk, today=TODAY, by=None)

    assert not JointBuy.objects.exists()


def test_rebuilds_leave_a_joint_buy_as_it_was():
    load_registry()
    load_reference()
    grouping, category = make_grouping(), make_category("LAP")
    for _ in range(2):
        make_contract(council=make_council(grouping), category=category)
    rebuild_opportunities(today=TODAY, lead_months=0)
    opportunity = Opportunity.objects.planned().first()
    this = joint_buys.begin_joint_buy(opportunity, today=TODAY, by=None)
    members = set(this.members.values_list("contract", "annual_value", "action"))

    Contract.objects.update(yearly_value=Decimal(1), end_date=date(2026, 12, 31))
    rebuild_opportunities(today=TODAY + timedelta(days=400), lead_months=0)

    this.refresh_from_db()
    assert this.annual_value == opportunity.annual_value
    assert set(this.members.values_list("contract", "annual_value", "action")) == members


# The ladder


def test_pledges_are_added_and_the_latest_stands(joint_buy, councils):
    says(joint_buy, councils[0], Step.WATCHING)
    says(joint_buy, councils[0], Step.INTENDS, 250, specification={"memory": "16 GB"})
    says(joint_buy, councils[1], Step.INTERESTED)

    assert Pledge.objects.count() == 3
    standing = {p.participant.council_id: p for p in Pledge.objects.of(joint_buy).standing()}
    assert standing[councils[0].pk].quantity_expected == 250
    assert standing[councils[0].pk].specification == {"memory": "16 GB"}
    assert standing[councils[1].pk].step == Step.INTERESTED


def test_pledge_keeps_only_what_its_step_asks(joint_buy, councils):
    made = says(joint_buy, councils[0], Step.INTENDS, most_price=Decimal(5), would_lead=True)

    assert (made.most_price, made.would_lead) == (None, True)
    assert says(joint_buy, councils[0], Step.WITHDRAWN, would_lead=True).would_lead is False


def test_council_that_left_the_grouping_can_but_withdraw(joint_buy, councils):
    Membership.objects.filter(council=councils[0]).update(left=TODAY)

    with pytest.raises(NotDoneError, match="Ash is not in"):
        says(joint_buy, councils[0], Step.INTERESTED)
    assert says(joint_buy, councils[0], Step.WITHDRAWN).step == Step.WITHDRAWN


def test_pledge_does_not_sign(joint_buy, councils):
    with pytest.raises(NotDoneError, match="closed"):
        says(joint_buy, councils[0], Step.SIGNED)


def test_pledges_stop_after_the_closing_date(joint_buy, councils):
    joint_buys.set_terms(joint_buy.pk, today=TODAY, by=None, closing_date=TODAY)
    says(joint_buy, councils[0], Step.WATCHING)
    late = TODAY + timedelta(days=1)

    with pytest.raises(NotDoneError, match="closing date"):
        pledging.pledge(part(joint_buy, councils[0]), Step.INTERESTED, today=late, by=None)


def test_invite_asks_in_councils_of_the_grouping_alone(joint_buy, councils):
    joint_buys.invite(joint_buy.pk, councils[3], today=TODAY, by=None)
    joint_buys.invite(joint_buy.pk, councils[3], today=TODAY, by=None)

    assert minutes(joint_buy) == ["Dun asked in."]
    with pytest.raises(NotDoneError, match="is not in"):
        joint_buys.invite(joint_buy.pk, make_council(), today=TODAY, by=None)


# How it is run


def test_lead_is_one_and_has_said_it_would(joint_buy, councils):
    for council in councils[:2]:
        says(joint_buy, council, Step.INTENDS, would_lead=True)
        joint_buys.set_lead(joint_buy.pk, council, by=None)

    assert leads(joint_buy) == ["Birch"]
    with pytest.raises(NotDoneError, match="Cedar has not said"):
        joint_buys.set_lead(joint_buy.pk, councils[2], by=None)


def test_lead_that_would_no_longer_lead_does_not(joint_buy, councils):
    says(joint_buy, councils[0], Step.INTENDS, would_lead=True)
    joint_buys.set_lead(joint_buy.pk, councils[0], by=None)

    says(joint_buy, councils[0], Step.COMMITS)

    assert leads(joint_buy) == []
    assert minutes(joint_buy)[-1] == "Ash no longer leads."


@pytest.mark.parametrize("closing", [TODAY - timedelta(days=1), date(2027, 10, 1)])
def test_closing_date_lies_between_today_and_the_start(joint_buy, closing):
    with pytest.raises(NotDoneError, match="between today and the start, 1 October 2027"):
        joint_buys.set_terms(joint_buy.pk, today=TODAY, by=None, closing_date=closing)


def test_terms_are_minuted(joint_buy):
    joint_buys.set_terms(
        joint_buy.pk,
        today=TODAY,
        by=None,
        closing_date=date(2027, 3, 1),
        late_cap=50,
        costs=Decimal("9000.00"),
        cost_rule="by quantity",
    )

    assert minutes(joint_buy) == [
        "Closes on 1 March 2027. Late joiners may add 50. "
        "The lead’s costs of £9,000 are shared: by what each buys."
    ]


def test_expected_prices_replace_those_before_and_never_rise(joint_buy):
    joint_buys.expect_prices(joint_buy.pk, [(1, Decimal(600))], by=None)
    joint_buys.expect_prices(joint_buy.pk, [(500, Decimal(550)), (1, Decimal(610))], by=None)

    held = joint_buy.expected_prices.values_list("least_quantity", "price")
    assert list(held) == [(1, Decimal(610)), (500, Decimal(550))]
    with pytest.raises(NotDoneError, match="not dearer"):
        joint_buys.expect_prices(joint_buy.pk, [(1, Decimal(5)), (2, Decimal(6))], by=None)


# Resolved, closed, signed


def test_resolution_keeps_who_holds_and_why_others_fall_out(joint_buy, councils):
    ash, birch, cedar = councils[:3]
    joint_buys.expect_prices(joint_buy.pk, [(1, Decimal(600)), (300, Decimal(550))], by=None)
    says(joint_buy, ash, Step.COMMITS, would_lead=True)
    says(joint_buy, birch, Step.COMMITS, least_councils=2, wants_lead_id=ash.pk)
    says(joint_buy, cedar, Step.COMMITS, most_price=Decimal(560), least_quantity=400)

    resolution = pledging.resolve_commitments(joint_buy.pk, by=None)

    assert (resolution.lead, resolution.quantity, resolution.price) == (ash, 200, Decimal(600))
    assert resolution.holding == [ash.pk, birch.pk]
    assert resolution.outcomes[-1] == {
        "council": cedar.pk,
        "holds": False,
        "round": 1,
        "reasons": [["quantity", "400", "300"]],
    }


def test_close_needs_a_lead_and_commitments_that_hold(joint_buy, councils):
    says(joint_buy, councils[0], Step.COMMITS, would_lead=True)
    with pytest.raises(NotDoneError, match="Choose the lead"):
        pledging.close(joint_buy.pk, by=None)
    joint_buys.set_lead(joint_buy.pk, councils[0], by=None)
    with pytest.raises(NotDoneError, match="nothing to sign"):
        pledging.close(joint_buy.pk, by=None)

    joint_buy.refresh_from_db()
    assert joint_buy.closed_at is None
    assert not joint_buy.resolutions.exists()


def test_those_who_hold_sign_once_for_what_they_committed_to(joint_buy, councils):
    closed(joint_buy, *councils[:2])
    person = make_user()

    first = pledging.sign(part(joint_buy, councils[0]), by=person)
    again = pledging.sign(part(joint_buy, councils[0]), by=person)

    assert first == again
    assert (first.step, first.quantity_expected, first.said_by) == (Step.SIGNED, 100, person)
    assert not first.conditional


def test_nobody_signs_before_closing_nor_without_holding(joint_buy, councils):
    says(joint_buy, councils[2], Step.COMMITS, least_councils=9)
    with pytest.raises(NotDoneError, match="once its lead authority has closed"):
        pledging.sign(part(joint_buy, councils[2]), by=None)
    closed(joint_buy, *councils[:2])

    with pytest.raises(NotDoneError, match="does not hold"):
        pledging.sign(part(joint_buy, councils[2]), by=None)


def test_once_closed_nothing_is_changed(joint_buy, councils):
    closed(joint_buy, *councils[:2])
    changes = [
        lambda: says(joint_buy, councils[0], Step.WITHDRAWN),
        lambda: joint_buys.invite(joint_buy.pk, councils[3], today=TODAY, by=None),
        lambda: joint_buys.set_lead(joint_buy.pk, councils[1], by=None),
        lambda: joint_buys.set_terms(joint_buy.pk, today=TODAY, by=None, late_cap=9),
        lambda: joint_buys.expect_prices(joint_buy.pk, [(1, Decimal(1))], by=None),
        lambda: pledging.resolve_commitments(joint_buy.pk, by=None),
        lambda: pledging.close(joint_buy.pk, by=None),
    ]

    for change in changes:
        with pytest.raises(NotDoneError, match="It is closed"), transaction.atomic():
            change()


def test_late_joiners_sign_within_their_cap(joint_buy, councils):
    ash, birch, cedar, dun = councils
    joint_buys.set_terms(joint_buy.pk, today=TODAY, by=None, late_cap=60)
    with pytest.raises(NotDoneError, match="not closed yet"):
        joint_buys.admit_late_joiner(joint_buy.pk, dun, 10, today=TODAY, by=None)
    closed(joint_buy, ash, birch)

    with pytest.raises(NotDoneError, match="Ash can sign for what it committed to"):
        joint_buys.admit_late_joiner(joint_buy.pk, ash, 40, today=TODAY, by=None)
    joint_buys.admit_late_joiner(joint_buy.pk, dun, 40, today=TODAY, by=None)
    with pytest.raises(NotDoneError, match="may add 20 more, not 21"):
        joint_buys.admit_late_joiner(joint_buy.pk, cedar, 21, today=TODAY, by=None)
    joint_buys.admit_late_joiner(joint_buy.pk, dun, 60, today=TODAY, by=None)
    signed = pledging.sign(part(joint_buy, dun), by=None)

    assert (signed.step, signed.quantity_low, signed.quantity_high) == (Step.SIGNED, 60, 60)
    with pytest.raises(NotDoneError, match="signed already"):
        joint_buys.admit_late_joiner(joint_buy.pk, dun, 1, today=TODAY, by=None)
    with pytest.raises(NotDoneError, match="is not in"):
        joint_buys.admit_late_joiner(joint_buy.pk, make_council(), 1, today=TODAY, by=None)


def test_without_a_cap_nobody_joins_late(joint_buy, councils):
    closed(joint_buy, *councils[:2])

    with pytest.raises(NotDoneError, match="may add 0 more"):
        joint_buys.admit_late_joiner(joint_buy.pk, councils[3], 1, today=TODAY, by=None)


def test_minutes_are_written_by_hand_and_by_the_service(joint_buy):
    joint_buys.write_minute(joint_buy.pk, "We met.", by=None)
    pledging.resolve_commitments(joint_buy.pk, by=None)

    assert [(m.text, m.by_hand) for m in joint_buy.minutes.all()] == [
        ("We met.", True),
        ("Commitments resolved: 0 of 0 commitments hold together.", False),
    ]


def test_standing_pledge_is_by_participant_not_by_council(councils, grouping):
    one = make_joint_buy(*councils, grouping=grouping)
    two = make_joint_buy(*councils, grouping=grouping)
    for joint_buy in (one, two):
        make_pledge(joint_buy, councils[0])

    assert Pledge.objects.standing().count() == 2
