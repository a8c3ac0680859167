"""Which supplier is meant: identifiers first, then names; the order of rows never matters."""

import uuid
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from registry.identifiers import Identifier
from registry.names import canonical_name
from registry.resolution import KnownSuppliers, StatedSupplier, resolve

NAMES = ["Acme Ltd", "ACME LIMITED", "Acme", "Birch Systems Ltd", "Birch Systems", "Cedar & Co"]
NUMBERS = ["", "01234567", "07654321", "SC123456"]


def held(*suppliers):
    """What the registry knows: (id, names, company numbers) of each."""
    known = KnownSuppliers()
    for supplier, names, numbers in suppliers:
        for name in names:
            known.names.add((supplier, name))
            known.by_canonical[canonical_name(name)].append(supplier)
        for value in numbers:
            known.holder[Identifier("GB-COH", value)] = supplier
            known.numbers[supplier].add(Identifier("GB-COH", value))
    return known


def resolved(stated, known=None):
    ids = count(1)
    return resolve(stated, known or KnownSuppliers(), new_id=lambda: uuid.UUID(int=next(ids)))


def partition(stated):
    """Which of them are one supplier."""
    together = {}
    for one, supplier in resolved(stated).supplier.items():
        together.setdefault(supplier, set()).add(one)
    return {frozenset(group) for group in together.values()}


def test_resolve_takes_two_spellings_for_one_supplier():
    found = resolved([StatedSupplier("Acme IT Ltd"), StatedSupplier("ACME I.T. LIMITED")])

    assert len(set(found.supplier.values())) == 1
    assert len(found.new) == 1
    assert {name for _, name, *_ in found.new_names} == {"Acme IT Ltd", "ACME I.T. LIMITED"}


def test_resolve_finds_the_holder_of_a_number_whatever_the_name():
    acme = uuid.uuid4()
    one = StatedSupplier("Quite Another Name", company="01234567")

    found = resolved([one], held((acme, ["Acme Ltd"], ["01234567"])))

    assert found.supplier[one] == acme
    assert found.new == {}
    assert "01234567" in found.new_names[0][3]


def test_resolve_keeps_one_name_with_two_numbers_apart():
    stated = [StatedSupplier("Acme Ltd", n) for n in ("01234567", "07654321")]

    assert partition(stated) == {frozenset({one}) for one in stated}


def test_resolve_gives_a_bare_name_to_the_one_body_that_has_it():
    stated = [StatedSupplier("Acme"), StatedSupplier("Acme Ltd", "01234567")]

    assert partition(stated) == {frozenset(stated)}


def test_resolve_gives_a_bare_name_that_two_bodies_share_to_neither():
    stated = [StatedSupplier("Acme Ltd", n) for n in ("", "01234567", "07654321")]

    assert len(partition(stated)) == 3


def test_resolve_teaches_a_known_supplier_its_number_and_new_names():
    acme = uuid.uuid4()
    one = StatedSupplier("ACME LIMITED", "01234567")

    found = resolved([one], held((acme, ["Acme Ltd"], [])))

    assert found.supplier[one] == acme
    assert found.new_identifiers == [(acme, Identifier("GB-COH", "01234567"))]
    assert [row[:2] for row in found.new_names] == [(acme, "ACME LIMITED")]


def test_resolve_without_a_name_goes_by_the_number():
    one = StatedSupplier("", "01234567")

    found = resolved([one])

    assert list(found.new.values()) == ["GB-COH-01234567"]
    assert found.new_names == []


def test_resolve_again_finds_all_and_adds_nothing():
    known = KnownSuppliers()
    stated = [StatedSupplier(n, c) for n in NAMES for c in NUMBERS]
    first = resolved(stated, known)

    again = resolved(stated, known)

    assert again.supplier == first.supplier
    assert (again.new, again.new_names, again.new_identifiers) == ({}, [], [])


some_suppliers = st.lists(
    st.builds(StatedSupplier, st.sampled_from(NAMES), st.sampled_from(NUMBERS)), max_size=8
)


@given(some_suppliers, st.randoms())
def test_resolve_does_not_depend_on_the_order_of_rows(stated, random):
    shuffled = random.sample(stated, len(stated))

    assert partition(shuffled) == partition(stated)


@given(some_suppliers)
def test_resolve_never_joins_two_company_numbers(stated):
    for group in partition(stated):
        assert len({one.company for one in group} - {""}) <= 1
