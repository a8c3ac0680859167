"""What each sort of visitor may do."""

import pytest
from django.contrib.auth.models import AnonymousUser

from registry.models import Grouping
from registry.permissions import Powers, councils_written_by, groupings_of, powers_of
from tests.factories import (
    make_administrator,
    make_buyer,
    make_council,
    make_grouping,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_powers_of_a_stranger_are_none(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert powers_of(AnonymousUser()) == Powers()

    assert not Powers().signed_in_for_something


def test_powers_of_somebody_without_a_role_are_none():
    assert powers_of(make_user()) == Powers()


def test_powers_of_an_officer_are_for_their_councils(django_assert_num_queries):
    one, two, other = make_council(), make_council(), make_council()
    officer = make_officer(one, two)

    with django_assert_num_queries(1):
        powers = powers_of(officer)

    assert [powers.may_act_for(c.pk) for c in (one, two, other)] == [True, True, False]
    assert powers.may_see_private(one.pk)
    assert not powers.may_see_private(other.pk)
    assert powers.may_see_opportunity("anywhere", frozenset({one.pk}))
    assert not powers.may_see_opportunity("anywhere", frozenset({other.pk}))


def test_powers_are_found_out_once_for_a_request(django_assert_num_queries):
    buyer = make_buyer()
    found = powers_of(buyer)

    with django_assert_num_queries(0):
        assert powers_of(buyer) is found


def test_powers_of_a_buyer_are_for_their_groupings():
    grouping, council = make_grouping(), make_council()

    powers = powers_of(make_buyer(grouping))

    assert powers.may_see_opportunity(grouping.pk, frozenset())
    assert not powers.may_see_opportunity("elsewhere", frozenset({council.pk}))
    assert not powers.may_act_for(council.pk)


@pytest.mark.parametrize("make", [make_administrator, lambda: make_user(is_superuser=True)])
def test_powers_of_an_administrator_are_for_everything(make):
    council = make_council()

    powers = powers_of(make())

    assert powers.may_act_for(council.pk)
    assert powers.may_see_opportunity("anywhere", frozenset())


def test_powers_of_somebody_who_was_barred_are_none():
    officer = make_officer()
    officer.is_active = False

    assert powers_of(officer) == Powers()


def test_councils_written_by_each():
    council, other = make_council(), make_council()

    assert councils_written_by(None) == frozenset()
    assert councils_written_by(make_officer(council)) == {council.pk}
    assert councils_written_by(make_administrator()) == {council.pk, other.pk}


def test_groupings_of_a_council_are_those_of_the_day():
    grouping = make_grouping()
    council = make_council(grouping)
    left = make_grouping()
    left.memberships.create(council=council, left="2026-11-20")

    assert groupings_of(council.pk) == {grouping.pk}


def test_joint_buy_is_run_by_its_lead_and_the_buyer_of_its_grouping():
    may = [
        Powers(councils=frozenset({"lead"})),
        Powers(groupings=frozenset({"here"})),
        Powers(administrator=True),
    ]
    may_not = [Powers(), Powers(councils=frozenset({"other"}), groupings=frozenset({"there"}))]

    assert all(powers.may_run_joint_buy("here", "lead") for powers in may)
    assert not any(powers.may_run_joint_buy("here", "lead") for powers in may_not)
    assert not may[0].may_run_joint_buy("here", None)


def test_a_buyer_buys_for_areas_within_the_own_one_and_no_others():
    region, elsewhere = make_grouping(), make_grouping()
    within = make_grouping(kind=Grouping.Kind.SUCCESSOR)
    astride = make_grouping(kind=Grouping.Kind.COUNTY)
    consortium = make_grouping(kind=Grouping.Kind.CONSORTIUM)
    make_council(region, within, astride, consortium)
    make_council(region, within)
    make_council(elsewhere, astride)

    powers = powers_of(make_buyer(region))

    assert powers.groupings == {region.pk, within.pk}
