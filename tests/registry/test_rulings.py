"""People's word on who is who: applied to contracts, remembered, taken back."""

import pytest

from registry.actions.groups import group_called, leave_group, put_in_group
from registry.actions.rulings import answer, merge, split_off
from registry.actions.suppliers import ensure_suppliers
from registry.actions.undoing import undo
from registry.models import (
    Changed,
    Contract,
    GroupMember,
    Supplier,
    SupplierGroup,
    SupplierJudgement,
    SupplierQuestion,
    SupplierRuling,
)
from registry.permissions import powers_of
from registry.resolution import StatedSupplier
from registry.reviewing import queue
from tests.factories import (
    make_administrator,
    make_buyer,
    make_category,
    make_contract,
    make_council,
    make_withholding,
)

pytestmark = pytest.mark.django_db

PLAIN, TYPED, OTHER = "Larkfield Systems Ltd", "Larkfeild Systems Ltd", "Thorncombe Dairy"


@pytest.fixture
def buyer():
    return make_buyer()


def record(*names, number=""):
    """Contracts of suppliers of these names, as uploads find them."""
    stated = [StatedSupplier(name, number) for name in names]
    found = ensure_suppliers(stated)
    category, council = make_category("LAP"), make_council()
    for one in stated:
        make_contract(
            council=council,
            category=category,
            supplier=Supplier.objects.get(pk=found[one]),
            supplier_name=one.name,
            supplier_company_number=number,
        )
    return [Supplier.objects.get(pk=found[one]) for one in stated]


def owner(name):
    """Whose contracts of this name are."""
    [supplier] = set(Contract.objects.filter(supplier_name=name).values_list("supplier", flat=True))
    return supplier


def test_a_name_split_off_takes_its_contracts_and_stays_apart(buyer):
    supplier, _ = record(PLAIN) + record(TYPED)
    assert owner(PLAIN) == owner(TYPED)
    Changed.objects.all().delete()

    split_off(supplier, [TYPED], by=buyer)

    assert owner(PLAIN) == supplier.pk
    assert owner(TYPED) != supplier.pk
    assert Changed.objects.exists()
    record(TYPED, PLAIN, "LARKFEILD SYSTEMS LIMITED")
    assert owner(PLAIN) == supplier.pk
    assert owner("LARKFEILD SYSTEMS LIMITED") == owner(TYPED) != supplier.pk


def test_a_name_split_off_stays_apart_even_under_one_number(buyer):
    [supplier] = record(PLAIN, number="01234567")
    record(OTHER, number="01234567")
    split_off(supplier, [OTHER], by=buyer)

    record(OTHER, PLAIN, number="01234567")

    assert owner(OTHER) != owner(PLAIN)


def test_a_split_taken_back_is_one_supplier_again_at_its_old_address(buyer):
    supplier, _ = record(PLAIN) + record(TYPED)
    split = split_off(supplier, [TYPED], by=buyer)
    alone = owner(TYPED)

    undo(split, by=buyer)

    assert owner(TYPED) == owner(PLAIN) == supplier.pk
    assert Supplier.objects.get(pk=alone).merged_into_id == supplier.pk


def test_a_merge_is_remembered_and_undone(client, buyer):
    one, other = record(PLAIN) + record(OTHER)

    merged = merge(one, other, by=buyer)

    assert owner(PLAIN) == owner(OTHER) == one.pk
    assert client.get(other.get_absolute_url()).url == one.get_absolute_url()
    record(OTHER, "Thorncombe Dairy Ltd")
    assert owner("Thorncombe Dairy Ltd") == one.pk

    undo(merged, by=buyer)

    assert (owner(PLAIN), owner(OTHER)) == (one.pk, other.pk)
    assert client.get(other.get_absolute_url()).status_code == 200


def test_a_merge_overrules_numbers_and_an_earlier_split(buyer):
    supplier, _ = record(PLAIN) + record(TYPED)
    split_off(supplier, [TYPED], by=buyer)

    merge(supplier, Supplier.objects.get(pk=owner(TYPED)), by=buyer)

    assert owner(TYPED) == owner(PLAIN)
    assert SupplierRuling.objects.standing().get().verdict == "same"


@pytest.fixture
def question():
    record("ABC Ltd")
    record("A.B.C.")
    return SupplierQuestion.objects.to_ask().get()


def test_a_question_answered_same_joins_them(question, buyer):
    answer(question, "same", by=buyer)

    assert owner("ABC Ltd") == owner("A.B.C.")
    question.refresh_from_db()
    assert (question.answer, question.decided_by) == ("same", buyer)


@pytest.mark.parametrize("said", ["different", "group"])
def test_a_question_answered_otherwise_is_not_asked_again(question, buyer, said):
    answer(question, said, by=buyer)
    record("ABC LTD", "A B C")

    assert owner("ABC Ltd") != owner("A.B.C.")
    assert not SupplierQuestion.objects.to_ask().exists()
    groups = {one.memberships.standing().first() for one in (question.one, question.other)}
    assert (None in groups) == (said == "different")


@pytest.mark.parametrize("said", ["same", "different", "group"])
def test_an_answer_taken_back_leaves_nothing_of_it_and_asks_again(client, question, buyer, said):
    before = owner("ABC Ltd"), owner("A.B.C.")

    undo(answer(question, said, by=buyer), by=buyer)

    assert (owner("ABC Ltd"), owner("A.B.C.")) == before
    assert not SupplierRuling.objects.standing().exists()
    assert not GroupMember.objects.standing().exists()
    assert "belongs to the group" not in told_of(client, question.one)
    assert asked(buyer) == [{"ABC Ltd", "A.B.C."}]


def test_an_undoing_done_twice_is_done_once(question, buyer):
    done = answer(question, "same", by=buyer)

    assert [undo(done, by=buyer), undo(done, by=buyer)] == [True, False]


def test_a_split_of_several_names_is_taken_back_at_once(buyer):
    names = [PLAIN, OTHER, "Thorncombe Dairies"]
    [supplier] = record(PLAIN, number="01234567")
    record(*names[1:], number="01234567")
    split = split_off(supplier, names[1:], by=buyer)
    assert owner(names[1]) == owner(names[2]) != supplier.pk

    undo(split, by=buyer)

    assert {owner(name) for name in names} == {supplier.pk}
    assert not SupplierRuling.objects.standing().exists()


def test_a_merge_taken_back_brings_back_the_split_it_overruled(buyer):
    supplier, _ = record(PLAIN) + record(TYPED)
    split_off(supplier, [TYPED], by=buyer)
    merged = merge(supplier, Supplier.objects.get(pk=owner(TYPED)), by=buyer)

    undo(merged, by=buyer)

    assert owner(PLAIN) == supplier.pk != owner(TYPED)
    record(TYPED, PLAIN)
    assert owner(TYPED) != owner(PLAIN)


def test_what_was_taken_back_does_not_come_back_with_what_overruled_it(buyer):
    supplier, _ = record(PLAIN) + record(TYPED)
    split = split_off(supplier, [TYPED], by=buyer)
    merged = merge(supplier, Supplier.objects.get(pk=owner(TYPED)), by=buyer)

    undo(split, by=buyer)
    undo(merged, by=buyer)

    assert owner(PLAIN) == owner(TYPED)
    assert not SupplierRuling.objects.standing().exists()


def test_the_queue_shows_what_was_just_decided_and_takes_it_back(client, question, buyer):
    client.force_login(buyer)

    decided = client.post(
        "/suppliers/review/", {"question": question.pk, "answer": "same"}, follow=True
    ).content.decode()

    assert "“A.B.C.” and “ABC Ltd” are one supplier." in decided
    judgement = SupplierJudgement.objects.get()
    again = client.post(f"/suppliers/judgements/{judgement.pk}/", {"after": "0"}, follow=True)
    assert "1 question left" in again.content.decode()
    assert owner("ABC Ltd") != owner("A.B.C.")
    assert client.post(f"/suppliers/judgements/{judgement.pk}/").status_code == 404


def test_what_was_decided_of_a_withheld_name_is_not_told_and_not_undone(client, question, buyer):
    done = answer(question, "different", by=buyer)
    make_withholding(Contract.objects.get(supplier_name="A.B.C."))
    client.force_login(buyer)

    assert "A.B.C." not in client.get("/suppliers/review/").content.decode()
    assert "A.B.C." not in told_of(client, question.one)
    assert client.post(f"/suppliers/judgements/{done.pk}/").status_code == 404
    client.force_login(make_administrator())
    assert "A.B.C." in client.get("/suppliers/review/").content.decode()


def test_a_question_answered_twice_is_answered_once(question, buyer):
    answer(question, "different", by=buyer)
    answer(question, "same", by=buyer)

    assert owner("ABC Ltd") != owner("A.B.C.")


def test_a_supplier_is_in_one_group_at_a_time(buyer):
    [supplier] = record(PLAIN)
    for name in ("First", "Second", "first"):
        put_in_group(supplier, group_called(name), by=buyer)

    assert [m.group.name for m in supplier.memberships.standing()] == ["First"]
    assert supplier.memberships.count() == 3


def told_of(client, supplier):
    return client.get(supplier.get_absolute_url()).content.decode()


def test_a_membership_keeps_who_said_so_and_who_ended_it(client, buyer):
    [supplier] = record(PLAIN)
    admin = make_administrator()
    put_in_group(supplier, group_called("Larkfield Holdings"), by=buyer)

    leave_group(supplier, by=admin)

    [member] = supplier.memberships.all()
    assert (member.decided_by, member.withdrawn_by) == (buyer, admin)
    assert member.decided_at < member.withdrawn_at
    client.force_login(buyer)
    told = told_of(client, supplier)
    assert "belongs to the group “Larkfield Holdings”" in told
    assert "does not belong to the group “Larkfield Holdings”" in told
    assert "Something decided later stands in its place." in told


def test_leaving_a_group_taken_back_is_being_in_it_again(buyer):
    [supplier] = record(PLAIN)
    group = group_called("Larkfield Holdings")
    put_in_group(supplier, group, by=buyer)

    undo(leave_group(supplier, by=buyer), by=buyer)

    assert [one.group for one in supplier.memberships.standing()] == [group]


def test_a_move_to_another_group_taken_back_leaves_it_in_the_first(buyer):
    [supplier] = record(PLAIN)
    first, second = group_called("First"), group_called("Second")
    entered = put_in_group(supplier, first, by=buyer)
    moved = put_in_group(supplier, second, by=buyer)

    undo(moved, by=buyer)

    assert supplier.memberships.standing().get().group == first
    undo(entered, by=buyer)
    assert not supplier.memberships.standing().exists()


def test_a_group_keeps_a_company_that_was_merged_into_another(client, buyer):
    one, other = record(PLAIN) + record(OTHER)
    [parent] = record("Larkfield Holdings plc")
    put_in_group(other, group_called(parent.name, parent), by=buyer)
    merged = merge(one, other, by=buyer)
    group = SupplierGroup.objects.get()

    assert set(Supplier.objects.in_group(group)) == {one, parent}
    assert "Larkfield Holdings" in told_of(client, one)

    undo(merged, by=buyer)
    assert set(Supplier.objects.in_group(group)) == {other, parent}


def test_a_group_outlives_the_merging_of_its_parent(client, buyer):
    one, parent = record(PLAIN) + record(OTHER)
    [more] = record("Netherby Farms")
    put_in_group(one, group_called(OTHER, parent), by=buyer)

    merge(more, parent, by=buyer)

    group = SupplierGroup.objects.get()
    survivor = Supplier.objects.get(merged=Supplier.objects.get(merged_into__isnull=False))
    assert survivor.pk in group.companies()
    assert client.get(group.get_absolute_url()).status_code == 200


def test_the_queue_keeps_back_what_its_reader_may_not_know(client, question, buyer):
    contract = Contract.objects.get(supplier_name="A.B.C.")
    client.force_login(buyer)
    assert "A.B.C." in client.get("/suppliers/review/").content.decode()

    make_withholding(contract)

    assert "A.B.C." not in client.get("/suppliers/review/").content.decode()
    client.post("/suppliers/review/", {"question": question.pk, "answer": "same"})
    assert owner("ABC Ltd") != owner("A.B.C.")
    client.force_login(make_administrator())
    assert "A.B.C." in client.get("/suppliers/review/").content.decode()


def test_what_weighs_most_is_asked_first(client, buyer):
    record("ABC Ltd", "DEF Ltd")
    record("A.B.C.", "D.E.F.")
    Contract.objects.filter(supplier_name__startswith="DEF").update(yearly_value=900_000)
    client.force_login(buyer)

    assert "D.E.F." in client.get("/suppliers/review/").content.decode()
    assert "A.B.C." in client.get("/suppliers/review/?after=1").content.decode()


def test_a_group_called_after_a_withheld_parent_is_not_told(client, buyer):
    one, parent = record(PLAIN) + record(OTHER)
    put_in_group(one, group_called(OTHER, parent), by=buyer)
    assert "belongs to the group" in client.get(one.get_absolute_url()).content.decode()

    make_withholding(Contract.objects.get(supplier_name=OTHER))

    assert OTHER not in client.get(one.get_absolute_url()).content.decode()
    group = one.memberships.get().group
    assert client.get(group.get_absolute_url()).status_code == 404


ALIKE = ("Quorndon Staffing Ltd", "Quorndon Ecology Ltd")


def asked(reader):
    return [{w.question.one_name, w.question.other_name} for w in queue(powers_of(reader))]


def test_names_merely_alike_under_two_numbers_are_two_bodies_and_not_asked_about(buyer):
    one, _ = record(ALIKE[0], number="01234567") + record(ALIKE[1], number="07654321")
    assert SupplierQuestion.objects.to_ask().filter(by_rule=False).exists()

    assert asked(buyer) == []

    one.identifiers.all().delete()
    assert asked(buyer) == [set(ALIKE)]


def test_an_answer_holds_for_every_spelling_of_the_names(buyer):
    record(*ALIKE)
    record(ALIKE[0].replace("Ltd", "Limited"))
    [question] = [w.question for w in queue(powers_of(buyer))]

    answer(question, "different", by=buyer)

    assert asked(buyer) == []


def test_an_answer_holds_for_what_either_was_joined_with(buyer):
    record(*ALIKE)
    [question] = [w.question for w in queue(powers_of(buyer))]
    answer(question, "different", by=buyer)
    [more] = record("Quorndon Lifts Ltd")
    assert {"Quorndon Lifts Ltd", ALIKE[1]} in asked(buyer)

    merge(Supplier.objects.get(pk=owner(ALIKE[0])), more, by=buyer)

    assert asked(buyer) == []
