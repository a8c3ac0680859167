"""The curve above the bars agrees with asking day by day."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from procurement.joinable import Span, steps
from procurement.members import ask
from registry.exits import Terms
from registry.terms import Break, Extension, ExtensionKind, Length

TODAY = date(2026, 11, 20)
WITHIN = Span(date(2027, 1, 1), date(2028, 12, 31))
DAYS = [WITHIN.first + timedelta(days=n) for n in range((WITHIN.last - WITHIN.first).days + 1)]

near = st.dates(date(2026, 12, 1), date(2028, 10, 31))
lengths = st.sampled_from([Length(months=1), Length(months=6), Length(days=90)])
extensions = st.one_of(
    st.just(Extension(ExtensionKind.NONE)),
    st.builds(
        lambda each: Extension(ExtensionKind.PERIODS, periods=(each, each)),
        st.sampled_from([Length(months=3), Length(months=6)]),
    ),
    st.just(Extension(ExtensionKind.UP_TO, periods=(Length(months=9),))),
)
fixed = st.builds(
    Terms,
    start=st.just(date(2024, 4, 1)),
    end=near,
    extension=extensions,
    notice=st.none() | lengths,
    leave=st.none() | st.builds(Break, first=near, notice=lengths),
)
rolling = st.builds(Terms, rolling=st.just(True), notice=st.none() | lengths)
contracts = st.lists(st.tuples(fixed | rolling, st.integers(1, 9).map(Decimal)), max_size=4)


def value_on(curve, day):
    return [value for begins, value in curve if begins <= day][-1]


@given(contracts, st.sampled_from(DAYS))
def test_curve_is_what_could_join_on_each_day(found, day):
    curve = steps(found, today=TODAY, within=WITHIN)

    could = [value for terms, value in found if ask(terms, start=day, today=TODAY).joins]
    assert value_on(curve, day) == sum(could, Decimal(0))


def test_curve_without_contracts_is_flat():
    assert steps([], today=TODAY, within=WITHIN) == [(WITHIN.first, Decimal(0))]


def test_curve_takes_a_contract_without_a_value_for_nothing():
    terms = Terms(end=date(2027, 3, 31))

    assert {value for _, value in steps([(terms, None)], today=TODAY, within=WITHIN)} == {0}
