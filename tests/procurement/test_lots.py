from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from procurement.lots import Bidder, Share, lottings

TWICE = Decimal(2)
SHARES = [
    Share("Fenwick", "Fenshire", Decimal(60_000)),
    Share("Marshland", "Fenshire", Decimal(40_000)),
    Share("Thorney", "Wold", Decimal(20_000)),
]


def test_lots_are_one_by_area_and_by_council():
    found = lottings(SHARES, [], reach=TWICE)

    assert [(one.name, one.lots, one.largest, one.smallest) for one in found] == [
        ("One lot", 1, Decimal(120_000), Decimal(120_000)),
        ("A lot for each area", 2, Decimal(100_000), Decimal(20_000)),
        ("A lot for each council", 3, Decimal(60_000), Decimal(20_000)),
    ]


def test_ways_that_come_to_the_same_are_told_once():
    found = lottings(SHARES[1:], [], reach=TWICE)

    assert [one.name for one in found] == ["One lot", "A lot for each area"]


def test_a_supplier_could_serve_up_to_twice_its_largest_contract():
    bidders = [
        Bidder("large", Decimal(60_000), small=False),
        Bidder("small", Decimal(10_000), small=True),
        Bidder("not said", Decimal(10_000), small=None),
        Bidder("tiny", Decimal("9999.99"), small=True),
    ]

    whole, by_area, _by_council = lottings(SHARES, bidders, reach=TWICE)

    assert (whole.could_serve_largest, whole.small_serve_smallest) == (1, 0)
    assert by_area.could_serve_largest == 1
    assert (by_area.could_serve_smallest, by_area.small_serve_smallest) == (3, 1)


def test_no_councils_make_no_lots():
    assert lottings([], [Bidder("one", Decimal(1), small=True)], reach=TWICE) == []


NAMES = st.sampled_from("abcdef")
POUNDS = st.decimals(0, 10**6, places=2)


@given(
    shares=st.lists(st.builds(Share, NAMES, NAMES, POUNDS), min_size=1, max_size=12),
    largest=st.lists(POUNDS, max_size=12),
)
def test_smaller_lots_never_have_fewer_suppliers(shares, largest):
    bidders = [Bidder(n, pounds, small=True) for n, pounds in enumerate(largest)]

    for one in lottings(shares, bidders, reach=TWICE):
        assert one.could_serve_smallest >= one.could_serve_largest
        assert one.largest >= one.smallest
        assert one.largest <= sum(share.annual_value for share in shares)
