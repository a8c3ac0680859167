"""Promises follow the register and outlive what people said of them; pools follow promises."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import F
from django.utils import timezone

from registry.models import Contract, Grouping
from social_value import actions
from social_value.models import (
    Commitment,
    Measure,
    Pool,
    ReadContract,
    ReadTo,
    Share,
    Unpooled,
    UnreadWords,
)
from social_value.promises import key_of
from social_value.tasks import read_changed, rebuild_pools
from tests.factories import TODAY, make_contract, make_council, make_grouping
from tests.social_value.factories import make_commitment, make_decision, make_need

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def measures():
    actions.load_reference()


@pytest.fixture
def region():
    return make_grouping(code="E12000009", kind=Grouping.Kind.REGION)


def a_contract(region=None, text="13 apprenticeship weeks", **fields):
    council = fields.pop("council", None) or make_council(*([region] if region else []))
    fields = {"start_date": date(2026, 4, 1), "end_date": date(2029, 3, 31)} | fields
    return make_contract(council=council, social_value=text, **fields)


def promised():
    return {(c.measure_id, c.quantity.normalize()) for c in Commitment.objects.all()}


def touch(contract, **fields):
    Contract.objects.filter(pk=contract.pk).update(changed_at=timezone.now(), **fields)


def test_load_reference_twice_changes_nothing():
    [again] = actions.load_reference()

    assert (again.added, again.updated) == (0, 0)


def test_load_reference_keeps_what_an_administrator_edited():
    Measure.objects.filter(pk="volunteer_hours").update(useful_amount=8, edited=True)

    [again] = actions.load_reference()

    assert again.kept == ["Volunteering, useful_amount: 8.0000 here, 16.0000 in the reference"]


def test_read_all_keeps_promises_with_contract_term_words_and_reason(region):
    contract = a_contract(region, "13 apprenticeship weeks in the borough; TBC", department="ICT")

    actions.read_all()

    commitment = Commitment.objects.get()
    assert commitment.contract == contract
    assert commitment.quantity == 13
    assert (commitment.starts, commitment.ends) == (contract.start_date, contract.end_date)
    assert (commitment.region, commitment.confined, commitment.place) == (
        "E12000009", True, "the borough",
    )  # fmt: skip
    assert commitment.responsible == "ICT"
    assert commitment.words == "13 apprenticeship weeks in the borough"
    assert commitment.because
    unread = UnreadWords.objects.get()
    assert (unread.contract, unread.words) == (contract, "TBC")


def test_a_yearly_promise_comes_to_all_years_of_the_term():
    a_contract(text="20 hours volunteering per year")

    actions.read_all()

    commitment = Commitment.objects.get()
    assert (commitment.quantity, commitment.yearly) == (60, 20)


def test_reading_again_changes_nothing(region):
    a_contract(region, "2 apprentices, 40 volunteer hours")
    actions.read_all()
    before = list(Commitment.objects.order_by("pk").values())

    again = actions.read_all()

    assert again.contracts == 0
    assert list(Commitment.objects.order_by("pk").values()) == before


def test_read_changed_follows_the_register():
    contract = a_contract(text="2 apprentices")
    actions.read_changed()
    kept = Commitment.objects.get().pk
    touch(contract, social_value="2 apprentices; 40 volunteer hours")

    looked = actions.read_changed()

    assert looked.contracts == 1
    assert promised() == {("apprenticeship_weeks", 104), ("volunteer_hours", 40)}
    assert Commitment.objects.filter(pk=kept).exists()


def test_read_changed_looks_only_at_what_changed():
    old, new = a_contract(), a_contract()
    actions.read_changed()
    long_ago = timezone.now() - timedelta(days=1)
    ReadTo.objects.update(moment=timezone.now())
    Contract.objects.filter(pk=old.pk).update(social_value="2 apprentices", changed_at=long_ago)
    touch(new, social_value="3 apprentices")

    actions.read_changed()

    assert promised() == {("apprenticeship_weeks", 13), ("apprenticeship_weeks", 156)}


@pytest.mark.parametrize("change", [{"withdrawn": True}, {"social_value": ""}])
def test_promises_go_when_their_words_do(change):
    contract = a_contract(text="2 apprentices; TBC")
    actions.read_changed()
    touch(contract, **change)

    actions.read_changed()

    assert not Commitment.objects.exists()
    assert not UnreadWords.objects.exists()


def test_promises_follow_a_term_that_was_extended():
    contract = a_contract(text="20 hours volunteering per year")
    actions.read_changed()
    later = date(2030, 3, 31)
    touch(contract, end_date=later, latest_permitted_end=later)

    actions.read_changed()

    assert Commitment.objects.get().quantity == 80


def test_a_region_that_changes_is_followed(region):
    contract = a_contract()
    actions.read_all()
    region.memberships.create(council=contract.council)

    actions.read_all()

    assert Commitment.objects.get().region == "E12000009"


def test_what_an_officer_said_outranks_reading_and_survives_the_next_register():
    contract = a_contract(text="Two young apprentices; 40 volunteer hours")
    make_decision(
        contract, "Two young apprentices", measure_id="apprenticeship_weeks", quantity=Decimal(90)
    )
    actions.read_all()
    touch(contract, social_value="two  young apprentices; 50 volunteer hours")

    actions.read_changed()

    assert promised() == {("apprenticeship_weeks", 90), ("volunteer_hours", 50)}


def test_an_officer_can_say_that_words_promise_nothing():
    contract = a_contract(text="2 apprentices")
    make_decision(contract, "2 apprentices")

    actions.read_all()

    assert promised() == set()


def test_an_officer_can_say_what_unread_words_promise():
    contract = a_contract(text="Three placements")
    make_decision(
        contract, "Three placements", measure_id="work_placement_weeks", quantity=Decimal(6)
    )

    actions.read_all()

    assert promised() == {("work_placement_weeks", 6)}
    assert not UnreadWords.objects.exists()


def test_an_officer_can_enter_a_promise_the_register_does_not_have():
    contract = a_contract(text="")
    make_decision(contract, "", measure_id="volunteer_hours", quantity=Decimal(8))

    actions.read_all()

    assert promised() == {("volunteer_hours", 8)}


def test_a_withdrawn_word_no_longer_counts():
    contract = a_contract(text="2 apprentices")
    decision = make_decision(contract, "2 apprentices")
    actions.read_all()
    decision.withdrawn_at = timezone.now()
    decision.save()

    actions.read_contracts([contract.pk])

    assert promised() == {("apprenticeship_weeks", 104)}


def test_the_same_words_twice_are_two_promises():
    a_contract(text="2 apprentices; 2 apprentices")

    actions.read_all()

    assert Commitment.objects.count() == 2


def test_key_of_words_does_not_count_case_and_spaces():
    assert key_of("2  Apprentices\n") == key_of("2 apprentices")


def test_four_councils_tenths_make_one_apprentice(region):
    for _ in range(5):
        a_contract(region)
    actions.read_all()

    rebuilt = actions.rebuild_pools(today=TODAY)

    assert rebuilt.commitments_considered == 5
    pool = Pool.objects.get()
    assert (pool.measure_id, pool.place, pool.need) == ("apprenticeship_weeks", "E12000009", None)
    assert (pool.starts, pool.ends) == (date(2027, 1, 1), date(2029, 3, 31))
    assert (pool.amount, pool.useful_amount) == (65, 52)
    assert not Unpooled.objects.exists()


def test_rebuilding_gives_the_same_ids(region):
    for _ in range(5):
        a_contract(region)
    actions.read_all()
    actions.rebuild_pools(today=TODAY)
    before = Pool.objects.get().pk, set(Share.objects.values_list("commitment", "amount"))

    actions.rebuild_pools(today=TODAY)

    assert (Pool.objects.get().pk, set(Share.objects.values_list("commitment", "amount"))) == before


def test_councils_of_different_regions_are_not_pooled(region):
    other = make_grouping(kind=Grouping.Kind.REGION)
    for where in (region, other):
        a_contract(where, "30 apprenticeship weeks")
    actions.read_all()

    actions.rebuild_pools(today=TODAY)

    assert not Pool.objects.exists()
    left = Unpooled.objects.get(place="E12000009")
    assert (left.amount, left.missing) == (30, 22)


def test_what_is_confined_to_a_council_is_pooled_there(region):
    council = make_council(region)
    for _ in range(2):
        a_contract(text="26 apprenticeship weeks in the borough", council=council)
    actions.read_all()

    actions.rebuild_pools(today=TODAY)

    assert Pool.objects.get().place == council.pk


def test_promises_past_their_end_and_shares_of_something_are_not_considered(region):
    a_contract(region, "60 apprenticeship weeks", start_date=None, end_date=date(2026, 11, 1))
    a_contract(region, "10% local spend")
    actions.read_all()

    rebuilt = actions.rebuild_pools(today=TODAY)

    assert rebuilt.commitments_considered == 0


def test_a_need_is_met_and_named(region):
    contract = a_contract(region, "30 apprenticeship weeks")
    need = make_need(council=contract.council, measure_id="apprenticeship_weeks")
    actions.read_all()

    actions.rebuild_pools(today=TODAY)

    pool = Pool.objects.get()
    assert (pool.need, pool.amount, pool.place) == (need, 20, contract.council_id)
    assert Unpooled.objects.get().amount == 10
    assert any(need.organisation in why for why in pool.because)


@pytest.mark.parametrize("change", [{"state": "proposed"}, {"wanted_by": date(2026, 11, 19),
                                    "wanted_from": date(2026, 1, 1)}])  # fmt: skip
def test_a_need_not_approved_or_past_is_not_met(region, change):
    contract = a_contract(region, "30 apprenticeship weeks")
    make_need(council=contract.council, measure_id="apprenticeship_weeks", **change)
    actions.read_all()

    actions.rebuild_pools(today=TODAY)

    assert not Pool.objects.exists()


def test_rebuilding_some_measures_leaves_the_others(region):
    a_contract(region, "60 apprenticeship weeks; 30 volunteer hours")
    actions.read_all()
    actions.rebuild_pools(today=TODAY)
    Pool.objects.update(because=["as it was"])

    actions.rebuild_pools(today=TODAY, measures={"volunteer_hours"})

    kept = Pool.objects.filter(because=["as it was"]).values_list("measure", flat=True)
    assert list(kept) == ["apprenticeship_weeks"]
    assert Pool.objects.count() == 2


def test_what_pools_and_remainders_hold_is_all_that_was_promised(region):
    for n in range(1, 12):
        a_contract(region, f"{n * 3}.5 apprenticeship weeks; {n} volunteer hours per year")
    actions.read_all()

    actions.rebuild_pools(today=TODAY)

    for measure in ("apprenticeship_weeks", "volunteer_hours"):
        shares = Share.objects.filter(pool__measure=measure)
        used = sum(share.amount for share in shares)
        left = sum(one.amount for one in Unpooled.objects.filter(measure=measure))
        assert used + left == sum(c.quantity for c in Commitment.objects.filter(measure=measure))
    assert not Share.objects.filter(amount__gt=F("commitment__quantity")).exists()


def test_the_scheduled_task_reads_and_pools(region):
    a_contract(region, "60 apprenticeship weeks")

    read_changed()

    assert Pool.objects.get().amount == 60
    assert ReadContract.objects.count() == 1


def test_the_nightly_task_pools_anew(region):
    make_commitment(
        region="E12000009",
        measure=Measure.objects.get(pk="apprenticeship_weeks"),
        quantity=Decimal(60),
        ends=date(2028, 3, 31),
    )

    rebuild_pools()

    assert Pool.objects.get().amount == 60


def test_the_task_makes_nothing_of_an_empty_registry():
    read_changed()

    assert not Pool.objects.exists()


def test_what_did_not_change_is_not_looked_at_again(django_assert_num_queries):
    for _ in range(3):
        a_contract()
    actions.read_changed()

    with django_assert_num_queries(11) as asked:
        looked = actions.read_changed()

    assert looked.contracts == 0
    assert not any('social_value_commitment"' in one["sql"] for one in asked.captured_queries)
