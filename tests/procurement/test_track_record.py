from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from procurement.track_record import Forecast, TrackRecord, Verified, track_record

EXPECTED = Forecast(Decimal(500), Decimal(1000), Decimal(2000))


def told(*amounts):
    return [Verified(EXPECTED, Decimal(amount)) for amount in amounts]


def test_forecast_of_a_council_is_its_part_of_the_whole():
    part = EXPECTED.share(Decimal(20_000), Decimal(80_000))

    assert part == Forecast(Decimal("125.00"), Decimal("250.00"), Decimal("500.00"))
    assert EXPECTED.share(Decimal(5), Decimal(0)).high == 0


def test_track_record_is_how_much_came_of_what_was_most_likely():
    found = track_record(told(400, 900, 1000, 1100, 1200), at_a_time=5)

    # 4,600 of 5,000 is 92 per cent; the first is below the range.
    assert found == TrackRecord(councils=5, percent=Decimal(90), within=4)


def test_track_record_is_none_until_enough_have_told():
    assert track_record(told(400, 900, 1000, 1100), at_a_time=5) is None
    assert track_record([Verified(EXPECTED.share(Decimal(0), Decimal(1)), Decimal(9))] * 5,
                        at_a_time=5) is None  # fmt: skip


def test_track_record_may_be_below_nothing():
    assert track_record(told(-1000, -1000, 0, 0, 0), at_a_time=5).percent == -40


@given(st.integers(5, 14), st.integers(-5000, 5000))
def test_one_more_council_changes_nothing_until_there_are_five_more(councils, more):
    amounts = [700 + 40 * n for n in range(councils)]

    before = track_record(told(*amounts), at_a_time=5)
    after = track_record(told(*amounts, more), at_a_time=5)

    assert (before == after) or councils % 5 == 4
