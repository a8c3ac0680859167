"""Whatever order uploads come in, the same names are one supplier and the same is asked."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.actions.known_names import forget
from registry.actions.suppliers import ensure_suppliers
from registry.models import Contract, Supplier, SupplierQuestion
from registry.resolution import StatedSupplier
from tests.factories import make_category, make_contract, make_council

pytestmark = pytest.mark.django_db

S = StatedSupplier
# Each list tries one of the rules, together with what can break it.
NAMES = [
    # a slip, contested by a third
    S("Larkfield Upholsterers"),
    S("Larkfielt Upholsterers"),
    S("Larkfieln Upholsterers"),
    # a word for the trade, contested by another trade
    S("Oldbrook Ltd"),
    S("Oldbrook Printing Ltd"),
    S("Oldbrook Catering Ltd"),
    # a former name
    S("Pemberton Data Ltd"),
    S("Quarrington Data Ltd"),
    S("Quarrington Data Ltd (formerly Pemberton Data)"),
    # numbers that join, and that tell apart
    S("Stowmarsh Systems Ltd"),
    S("STOWMARSH SYSTEMS LIMITED", "01234567"),
    S("Stowmarsh Systems Ltd", "07654321"),
    S("Brightwater Computing", "01234567"),
    S("Brightwater Computing"),
    # short and generic
    S("ABC Ltd"),
    S("A.B.C."),
    S("A.B.C."),
    S("ABC LLP"),
    S("Computer Services Ltd"),
    S("Computer Services", "00112233"),
    # two bodies in a cell, and the letters spaced otherwise
    S("Foot Works Ltd / Thorncombe Dairy"),
    S("Thorncombe Dairy"),
    S("Footworks Ltd"),
    # alike only
    S("Larkfield Upholsterers and Carpets of Ely"),
]


# More names alike than each is asked about, some spelt twice.
LIKE = [
    S(f"Quorndon {rest}")
    for rest in (
        "Staffing Ltd",
        "Ecology Ltd",
        "Roofing Ltd",
        "ROOFING LIMITED",
        "Training",
        "Security Ltd",
        "Security Training Ltd",
        "Ecology Staffing",
        "Thorncombe Roofing",
        "Ltd",
    )
]


class UndoError(Exception):
    """Ends an example's uploads."""


def upload(stated, council, category):
    found = ensure_suppliers(stated)
    for one in stated:
        make_contract(
            council=council,
            category=category,
            supplier_id=found[one],
            supplier=None,
            supplier_name=one.name,
            supplier_company_number=one.company,
        )


def groups():
    """What each supplier of contracts is called by them, with numbers."""
    found = {}
    rows = Contract.objects.values_list("supplier", "supplier_name", "supplier_company_number")
    for supplier, *stated in rows:
        found.setdefault(supplier, set()).add(tuple(stated))
    return {key: frozenset(stated) for key, stated in found.items()}


def after(uploads):
    """The groups, the pairs of groups that are asked about, and the names held of each."""
    forget()
    try:
        with transaction.atomic():
            council, category = make_council(), make_category("LAP")
            for stated in uploads:
                upload(stated, council, category)
            by_supplier = groups()
            asked = {
                frozenset({by_supplier[q.one_id], by_supplier[q.other_id]})
                for q in SupplierQuestion.objects.to_ask()
            }
            names = {
                key: {name.name for name in supplier.names.all()}
                for key, supplier in Supplier.objects.in_bulk().items()
            }
            raise UndoError  # noqa: TRY301
    except UndoError:
        assert {k: {n for n, _ in v} for k, v in by_supplier.items()} == {
            k: v for k, v in names.items() if v
        }
        return set(by_supplier.values()), asked


def cut(names, places):
    """Several uploads of a list."""
    ends = sorted({*places, len(names)})
    return [names[a:b] for a, b in zip([0, *ends], ends, strict=False) if names[a:b]]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), chosen=st.sets(st.sampled_from(range(len(NAMES))), min_size=3, max_size=12))
def test_suppliers_and_questions_do_not_depend_on_the_order_of_uploads(data, chosen):
    names = [NAMES[n] for n in sorted(chosen)]
    order = data.draw(st.permutations(names))
    places = data.draw(st.lists(st.integers(0, len(names)), max_size=4))

    assert after(cut(order, places)) == after([names])


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_what_is_asked_of_many_names_alike_does_not_depend_on_which_came_first(data):
    order = data.draw(st.permutations(LIKE))
    places = data.draw(st.lists(st.integers(0, len(LIKE)), max_size=6))

    assert after(cut(order, places)) == after([LIKE])


def test_the_whole_list_one_by_one_and_at_once():
    assert after([[one] for one in reversed(NAMES)]) == after([NAMES])
    assert after([[one] for one in NAMES]) == after([NAMES])


def test_a_name_that_comes_later_puts_an_earlier_link_in_doubt():
    first, second, third = NAMES[:3]

    before, _ = after([[first, second]])
    then, asked = after([[first, second], [third]])

    assert [len(group) for group in before] == [2]
    assert sorted(len(group) for group in then) == [1, 1, 1]
    assert asked


def undone(*uploads):
    with transaction.atomic():
        for stated in uploads:
            ensure_suppliers(stated)
        raise UndoError


@pytest.mark.parametrize("more", [[], [[S("Thorncombe Dairy")]]])
def test_names_of_an_upload_that_was_undone_bear_on_nothing(more):
    first, second, third = NAMES[:3]
    forget()
    with pytest.raises(UndoError):
        undone([third], *more)

    found = ensure_suppliers([first, second])

    assert len(set(found.values())) == 1


def test_a_former_name_joins_what_came_before_it():
    later, _ = after([[NAMES[6]], [NAMES[7]], [NAMES[8]]])

    assert len(later) == 1
