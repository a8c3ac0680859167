"""What people decide of categories and suppliers stands at once, in later files, and after undo."""

import pytest

from registry.actions import Row, record_contracts, withdraw_sources
from registry.actions.categories import place_again
from registry.actions.deciding import (
    category_decision,
    decide_category,
    decide_supplier,
    supplier_decision,
    withdraw_category,
    withdraw_supplier,
)
from registry.models import Category, Changed, Contract, Supplier
from registry.records import ContractRecord
from registry.statements import known_fields
from tests.factories import make_category, make_council, make_officer, make_source, make_supplier

pytestmark = pytest.mark.django_db

GRASS = {"title": "Grass cutting", "supplier_name": "Green Ltd", "reference": "G-1"}
CATCHING = {"title": "GRASS  cutting", "supplier_name": "GREEN LIMITED", "reference": "G-2"}


@pytest.fixture
def council():
    return make_council()


@pytest.fixture
def officer(council):
    return make_officer(council)


@pytest.fixture
def laptops():
    return make_category("LAP")


def record(council, *all_facts):
    """Record rows of a new file; its source and contracts."""
    columns = {name: {} for name in ("title", "supplier_name", "reference")}
    source = make_source(council=council, columns=columns)
    rows = [
        Row(ContractRecord("S", at, {"kind": "contract", **facts}), source.pk)
        for at, facts in enumerate(all_facts, 2)
    ]
    knows = {source.pk: known_fields(columns)}
    recorded = record_contracts(council=council.pk, rows=rows, knows=knows)
    return source, [Contract.objects.get(pk=key) for key in recorded.contracts]


def test_a_category_decided_holds_at_once_for_every_contract_of_the_title(
    council, officer, laptops
):
    _, [one, _] = record(council, GRASS, CATCHING)
    _, [elsewhere] = record(make_council(), GRASS)
    Changed.objects.all().delete()

    decide_category(one, laptops, by=officer)

    assert set(Contract.objects.filter(council=council).values_list("category", flat=True)) == {
        "LAP"
    }
    one.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (one.category_confidence, elsewhere.category_id) == (1.0, None)
    assert one.category_because.startswith("somebody of the council decided so on ")
    assert list(Changed.objects.values_list("category", "council")) == [("LAP", council.pk)]


def test_a_category_decided_holds_for_later_files_and_after_undo(council, officer, laptops):
    source, [one] = record(council, GRASS)
    decide_category(one, laptops, by=officer)

    _, [later] = record(council, CATCHING)
    withdraw_sources([source])

    assert later.category_id == "LAP"
    assert category_decision(later).decided_by == officer


def test_a_category_taken_back_is_judged_by_words_again(council, officer, laptops):
    _, [one] = record(council, GRASS)
    told = (one.category_id, one.category_because)
    decide_category(one, laptops, by=officer)
    decision = category_decision(one)

    assert withdraw_category(one)
    assert not withdraw_category(one)
    place_again(decision.title)

    one.refresh_from_db()
    assert (one.category_id, one.category_because) == told
    assert category_decision(one) is None


def test_a_category_decided_again_meanwhile_is_left_alone(council, officer, laptops):
    _, [one] = record(council, GRASS)
    decide_category(one, laptops, by=officer)
    first = category_decision(one)
    decide_category(one, make_category("PHO"), by=officer)

    place_again(first.title)

    one.refresh_from_db()
    assert one.category_id == "PHO"


def test_a_category_decided_reaches_the_same_title_elsewhere(council, officer, laptops):
    _, [one] = record(council, GRASS)
    _, [before] = record(make_council(), CATCHING)

    decide_category(one, laptops, by=officer)
    place_again("grass cutting")
    _, [after] = record(make_council(), GRASS)

    before.refresh_from_db()
    assert before.category_id == after.category_id == "LAP"
    assert before.category_because.startswith("somebody of another council decided so")
    assert before.category_confidence < 1


def test_where_people_of_councils_disagree_the_words_are_asked(council, officer, laptops):
    other, third = make_council(), make_council()
    _, [one] = record(council, GRASS)
    _, [two] = record(other, GRASS)
    _, [three] = record(third, GRASS)
    told = (three.category_id, three.category_because)

    decide_category(one, laptops, by=officer)
    decide_category(two, make_category("PHO"), by=make_officer(other))
    place_again("grass cutting")

    held = {c.council_id: c.category_id for c in Contract.objects.all()}
    assert (held[council.pk], held[other.pk]) == ("LAP", "PHO")
    three.refresh_from_db()
    assert (three.category_id, three.category_because) == told


def test_titles_with_letters_that_sqlite_cannot_fold_are_found(council, officer, laptops):
    _, [one] = record(council, {**GRASS, "title": "ÉCLAIRAGE de rue"})
    _, [other] = record(make_council(), {**GRASS, "title": "Éclairage de rue"})

    decide_category(one, laptops, by=officer)
    place_again("éclairage de rue")

    other.refresh_from_db()
    assert other.category_id == "LAP"


def test_a_decision_is_an_example_for_titles_like_it(council, officer):
    make_category("FIN")
    _, [one] = record(council, {**GRASS, "title": "Quorndon suite"})
    decide_category(one, Category.objects.get(pk="FIN"), by=officer)

    _, [like_it] = record(make_council(), {**GRASS, "title": "Quorndon suite, second term"})

    assert like_it.category_id == "FIN"
    assert "titles so labelled" in like_it.category_because


def test_a_supplier_decided_holds_at_once_and_for_later_files(council, officer):
    source, [one] = record(council, GRASS)
    right = make_supplier("Verdant Holdings plc")
    suppliers = Supplier.objects.count()

    decide_supplier(one, right, by=officer)
    _, [later] = record(council, CATCHING)
    withdraw_sources([source])

    one.refresh_from_db()
    assert one.supplier == later.supplier == right
    assert later.supplier_name == "GREEN LIMITED"
    assert Supplier.objects.count() == suppliers


def test_a_supplier_decided_holds_for_its_council_alone(council, officer):
    _, [one] = record(council, GRASS)
    decide_supplier(one, make_supplier("Verdant Holdings plc"), by=officer)

    _, [elsewhere] = record(make_council(), GRASS)

    assert elsewhere.supplier.name == "Green Ltd"


def test_a_supplier_taken_back_is_found_by_its_name_again(council, officer):
    _, [one] = record(council, GRASS)
    before = one.supplier
    decide_supplier(one, make_supplier("Verdant Holdings plc"), by=officer)

    assert withdraw_supplier(one)
    assert not withdraw_supplier(one)

    one.refresh_from_db()
    assert one.supplier == before
    assert supplier_decision(one) is None
