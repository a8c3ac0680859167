"""Contracts in columns: each keeps what is its own, whatever order it was read in."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.actions.candidates import (
    by_pair,
    fetch_candidates,
    in_columns,
    members_of_groupings,
    read_terms,
)
from procurement.windows import exit_columns
from tests.factories import (
    TODAY,
    make_category,
    make_contract,
    make_council,
    make_grouping,
    make_supplier,
    make_withholding,
)

END = date(2027, 3, 31)
TERMS = st.tuples(
    st.just(date(2023, 4, 1)),
    st.sampled_from([END, date(2028, 9, 30)]),
    st.none(),
    st.sampled_from(["", "1+1", "up to 24 months"]),
    st.just(False),
    st.sampled_from(["", "3 months"]),
    st.sampled_from(["", "3 months' notice at any time"]),
) | st.sampled_from([
    (date(2023, 4, 1), None, None, "", True, "6 months", ""),
    (date(2023, 4, 1), None, None, "", True, "", ""),
    (None, None, None, "", False, "", ""),
])  # fmt: skip
ROWS = st.lists(
    st.tuples(
        st.uuids().map(str),
        st.sampled_from(["E1", "E2", "E3"]),
        st.sampled_from(["LAP", "TAB"]),
        st.none() | st.sampled_from(["one", "other"]),
        st.none() | st.integers(0, 10**9),
        TERMS,
    ).map(lambda row: (*row[:-1], *row[-1])),
    unique_by=lambda row: row[0],
    max_size=8,
)


@given(ROWS)
def test_columns_are_those_of_the_rows_in_order_of_id(rows):
    found = in_columns(rows)

    told = zip(found.ids, found.council, found.category, found.pence, found.valued, strict=True)
    assert [
        (pk, found.councils[council], found.categories[category], pence, valued)
        for pk, council, category, pence, valued in told
    ] == [(row[0], *row[1:3], row[4] or 0, row[4] is not None) for row in sorted(rows)]
    assert [found.read[n] for n in found.terms] == [read_terms(row[5:]) for row in sorted(rows)]


@given(ROWS)
def test_suppliers_are_one_where_they_are_named_alike_and_no_other(rows):
    found = in_columns(rows).supplier

    for row, number in zip(sorted(rows), found, strict=True):
        alike = [other[0] for other in sorted(rows) if row[3] and other[3] == row[3]]
        same = [other[0] for other, of in zip(sorted(rows), found, strict=True) if of == number]
        assert same == (alike or [row[0]])


@given(ROWS)
def test_exits_are_those_of_each_contract_in_turn(rows):
    found = in_columns(rows)

    exits, plain = found.exits(), exit_columns([found.read[n] for n in found.terms])

    assert set(exits.notices) == set(plain.notices)
    for column in ("contract", "first", "last", "decide_by"):
        assert np.array_equal(getattr(exits, column), getattr(plain, column)), column
    # -1 is no notice, which the added end stands for.
    assert [(*exits.notices, None)[n] for n in exits.notice] == [
        (*plain.notices, None)[n] for n in plain.notice
    ]


def test_ends_and_lacking_notices_are_told_by_contract():
    fields = ("E1", "LAP", None, 100, date(2023, 4, 1))
    found = in_columns([
        ("b", *fields, END, None, "", False, "", ""),
        ("c", *fields, None, None, "", True, "", ""),
        ("a", *fields, None, None, "", True, "6 months", ""),
    ])  # fmt: skip

    assert found.ends().tolist() == [0, END.toordinal(), 0]
    assert found.lacks_notice().tolist() == [False, False, True]


@pytest.fixture
def council():
    return make_council(make_grouping(code="G1"))


def fetched():
    members = members_of_groupings(TODAY, None)
    return fetch_candidates(None, members, today=TODAY)


@pytest.mark.django_db
def test_fetch_leaves_out_what_is_over_or_has_no_known_end(council):
    laptops = make_category("LAP")
    named = {"council": council, "category": laptops}
    make_contract(**named, end_date=date(2026, 3, 31))
    make_contract(**named, end_date=None)
    lasting = [
        make_contract(**named, end_date=TODAY),
        make_contract(**named, end_date=date(2026, 3, 31), latest_permitted_end=TODAY),
        make_contract(**named, end_date=None, rolling=True),
    ]

    found = fetched()
    assert found.named(np.arange(len(found))).split() == sorted(one.pk.hex for one in lasting)


@pytest.mark.django_db
def test_fetch_reads_amounts_to_the_penny_and_nothing_withheld(council):
    named = {"council": council, "category": make_category("LAP"), "end_date": END}
    supplier = make_supplier("Example Ltd")
    for amount in ("0.29", "1000.50", "99999999.99", None):
        make_contract(**named, supplier=supplier, yearly_value=amount)
    kept = make_contract(**named, supplier=supplier, yearly_value="5000")
    for what in ("supplier", "value"):
        make_withholding(kept, what=what)

    found = fetched()

    assert sorted(found.pence.tolist()) == [0, 0, 29, 100_050, 9_999_999_999]
    assert found.valued.sum() == 3
    assert len(set(found.supplier.tolist())) == 2


@pytest.mark.django_db
def test_a_council_twice_in_a_grouping_counts_once(council):
    grouping = council.memberships.get().grouping
    council.memberships.create(grouping=grouping, joined=date(2020, 4, 1))

    assert members_of_groupings(TODAY, None) == {"G1": [council.pk]}


@pytest.mark.django_db
def test_by_pair_keeps_to_the_pairs_named(council):
    council.memberships.create(grouping=make_grouping(code="G2"))
    for category in ("LAP", "TAB"):
        make_contract(council=council, category=make_category(category), end_date=END)
    found, members = fetched(), members_of_groupings(TODAY, None)

    def pairs(named):
        grouped = by_pair(found, members, named)
        return [grouped.pair(n) for n in grouped.groups.group.tolist()]

    assert pairs(None) == [(c, g) for c in ("LAP", "TAB") for g in ("G1", "G2")]
    assert pairs({("TAB", "G1")}) == [("TAB", "G1")]
