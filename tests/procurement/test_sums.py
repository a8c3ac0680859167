from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from procurement.savings import hhi
from procurement.sums import Joining, WindowSums, sums_by, window_sums

# Of a council, a supplier, pence a year, and whether it lacks a notice.
ROW = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 10**12), st.booleans())


def joining(rows):
    council, supplier, pence, lacks = zip(*rows, strict=True)
    return Joining(np.array(council), np.array(supplier), np.array(pence), np.array(lacks, bool))


def test_window_sums_tell_each_window_apart():
    rows = [(1, 0, 100, False), (0, 1, 300, True), (1, 2, 0, False), (1, 0, 50, True)]

    found = window_sums([np.array([0, 1]), np.array([0, 2, 3])], joining(rows))

    assert found == [
        WindowSums([0, 1], largest=300, hhi=6250, without_value=0, without_notice=300),
        WindowSums([1], largest=150, hhi=10_000, without_value=1, without_notice=50),
    ]


def test_window_sums_of_no_window_are_none():
    assert window_sums([], joining([(0, 0, 1, False)])) == []


@given(st.data(), st.lists(ROW, min_size=1, max_size=12))
def test_window_sums_are_those_of_each_contract_in_turn(data, rows):
    some = st.lists(st.integers(0, len(rows) - 1), min_size=1, unique=True).map(sorted)
    windows = data.draw(st.lists(some, max_size=4))

    found = window_sums([np.array(window) for window in windows], joining(rows))

    assert found == [one_by_one([rows[n] for n in window]) for window in windows]


def one_by_one(rows):
    bought, sold = Counter(), Counter()
    for council, supplier, pence, _ in rows:
        bought[council] += pence
        sold[supplier] += pence
    return WindowSums(
        sorted(bought),
        max(bought.values()),
        hhi(sold.values()),
        sum(1 for _, _, pence, _ in rows if not pence),
        sum(pence for _, _, pence, lacks in rows if lacks),
    )


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 10**15)), max_size=20))
def test_sums_by_adds_up_by_key_in_order(rows):
    keys, amounts = (np.array([row[n] for row in rows], np.int64) for n in (0, 1))
    plain = Counter()
    for key, amount in rows:
        plain[key] += amount

    found, totals = sums_by(keys, amounts)

    assert list(zip(found.tolist(), totals.tolist(), strict=True)) == sorted(plain.items())


@given(st.lists(st.integers(0, 10**12), min_size=1).filter(any))
def test_hhi_is_the_sum_of_squared_shares_to_the_nearest(values):
    total = sum(values)
    squares = Decimal(sum(value**2 for value in values))

    shares = squares * 10_000 / total**2

    assert hhi(values) == shares.quantize(Decimal(1), ROUND_HALF_UP)
