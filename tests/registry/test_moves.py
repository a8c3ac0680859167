"""What councils that join or leave a grouping buy is marked, for opportunities to follow."""

from datetime import date

import pytest
from django.urls import reverse

from registry.actions import load_reference
from registry.actions.marks import marking_moves
from registry.models import Changed, Council, Membership
from tests.factories import TODAY, make_category, make_contract, make_council, make_grouping

pytestmark = pytest.mark.django_db


def marked():
    return set(Changed.objects.values_list("category", "council"))


@pytest.fixture
def laptops():
    return make_category("LAP")


@pytest.mark.parametrize(
    "change",
    [
        lambda one: Membership.objects.filter(pk=one.pk).update(left=TODAY),
        lambda one: one.delete(),
        lambda one: Membership.objects.create(council=one.council, grouping=make_grouping()),
    ],
)
def test_what_a_council_buys_is_marked_when_it_joins_or_leaves(change, laptops):
    grouping = make_grouping()
    mover, stays = make_council(grouping), make_council(grouping)
    for council in (mover, stays):
        make_contract(council=council, category=laptops)
    make_contract(council=mover, category=make_category("TAB"), withdrawn=True)

    with marking_moves():
        change(mover.memberships.get())

    assert marked() == {("LAP", mover.pk)}


def test_reference_data_marks_whom_it_moves_and_nobody_else():
    load_reference()
    for code in ("E07000136", "E07000137"):
        make_contract(council=Council.objects.get(pk=code), category=make_category("LAP"))
    Membership.objects.filter(council="E07000136").update(left=date(2026, 1, 1))

    load_reference()
    assert marked() == {("LAP", "E07000136")}

    Changed.objects.all().delete()
    load_reference()
    assert marked() == set()


def test_an_administrator_marks_whom_they_move(admin_client, laptops):
    grouping = make_grouping()
    contract = make_contract(council=make_council(grouping), category=laptops)
    [membership] = grouping.memberships.all()
    form = {
        **{name: getattr(grouping, name) for name in ("code", "name", "kind", "nation", "source")},
        "as_at": "2026-11-20",
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "1",
        "memberships-0-id": membership.pk,
        "memberships-0-grouping": grouping.pk,
        "memberships-0-council": contract.council_id,
        "memberships-0-left": "2026-11-19",
    }

    admin_client.post(reverse("admin:registry_grouping_change", args=[grouping.pk]), form)

    membership.refresh_from_db()
    assert membership.left == date(2026, 11, 19)
    assert marked() == {("LAP", contract.council_id)}
