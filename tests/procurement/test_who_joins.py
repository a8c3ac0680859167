"""Members of opportunities, worked out when they are opened."""

from datetime import date
from decimal import Decimal

import pytest

from procurement.models import Opportunity
from procurement.who_joins import who_join, who_joins
from registry.exits import Action
from registry.models import Contract, Membership
from registry.permissions import EVERYBODY, Powers
from tests.factories import (
    TODAY,
    joining,
    make_category,
    make_contract,
    make_council,
    make_opportunity,
    make_withholding,
)

pytestmark = pytest.mark.django_db


def members(opportunity, *, today=TODAY, reader=EVERYBODY):
    return who_joins(opportunity, today=today, reader=reader)


def test_members_are_asked_what_their_contracts_need_today():
    opportunity = make_opportunity()

    [one, _] = members(opportunity)

    assert (one.ask.action, one.deed) == (Action.EXTEND, "Extend")
    assert (one.ask.months, one.ask.action_by) == (6, date(2027, 1, 31))
    assert one.contract == joining(opportunity)[0]


def test_a_contract_that_can_join_no_more_is_no_member():
    opportunity = make_opportunity()

    assert len(members(opportunity, today=date(2027, 1, 31))) == 2
    assert members(opportunity, today=date(2027, 2, 1)) == []


def test_a_contract_that_is_gone_is_no_member():
    opportunity = make_opportunity()
    gone, stays = joining(opportunity)
    gone.delete()

    assert [one.contract for one in members(opportunity)] == [stays]


@pytest.mark.parametrize("change", [{"withdrawn": True}, {"kind": "grant"}, {}])
def test_a_contract_that_is_another_since_the_last_rebuild_is_no_member(change):
    opportunity = make_opportunity()
    other, stays = joining(opportunity)
    change = change or {"category": make_category()}
    Contract.objects.filter(pk=other.pk).update(**change)

    assert [one.contract for one in members(opportunity)] == [stays]


def test_a_value_withheld_counts_as_nothing_whoever_reads():
    opportunity = make_opportunity()
    contract, _ = joining(opportunity)
    make_withholding(contract, "value")
    own = Powers(councils=frozenset({contract.council_id}))

    for reader in (EVERYBODY, own):
        mine, other = members(opportunity, reader=reader)
        assert (mine.annual_value, mine.published_value) == (0, None)
        assert other.annual_value == other.published_value == Decimal(40_000)
    assert members(opportunity, reader=own)[0].contract.yearly_value == Decimal(40_000)
    assert members(opportunity)[0].contract.yearly_value is None


def test_a_value_that_is_not_stated_is_nothing():
    contract = make_contract(yearly_value=None)
    opportunity = make_opportunity(contract, make_contract(category=contract.category))

    assert members(opportunity)[0].published_value == 0


def test_members_of_many_opportunities_take_one_query(django_assert_num_queries):
    opportunities = [make_opportunity() for _ in range(5)]

    with django_assert_num_queries(1):
        found = who_join(opportunities, today=TODAY, reader=EVERYBODY)
        named = {pk: [one.contract.pk for one in members] for pk, members in found.items()}
        assert all(one.council.name for members in found.values() for one in members)

    assert named == {one.pk: one.contract_ids for one in opportunities}


# Found by the councils that could join


def of(*codes):
    return set(Opportunity.objects.of_councils(codes))


def test_opportunities_are_found_by_their_councils():
    one, other = make_opportunity(), make_opportunity()
    (mine, _), (yours, _) = joining(one), joining(other)

    assert of(mine.council_id) == {one}
    assert of(mine.council_id, yours.council_id) == {one, other}
    assert of() == set()


def test_a_council_of_the_grouping_that_joins_not_is_not_found():
    opportunity = make_opportunity()

    assert of(make_council(opportunity.grouping).pk) == set()


def test_part_of_a_code_finds_nothing():
    make_opportunity(make_contract(council=make_council(code="E0712")), make_contract())
    make_council(code="E071")
    opportunity = Opportunity.objects.get()
    Membership.objects.create(grouping=opportunity.grouping, council_id="E071")

    assert of("E071") == set()
    assert of("E0712") == {opportunity}


def test_a_council_that_left_the_grouping_since_is_found_until_the_next_rebuild():
    opportunity = make_opportunity()
    council = joining(opportunity)[0].council
    council.memberships.update(left=TODAY)

    assert of(council.pk) == {opportunity}
