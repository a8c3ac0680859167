from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from procurement.undated import undated

held = st.lists(
    st.tuples(st.sampled_from("ABC"), st.none() | st.integers(0, 10**6).map(Decimal)), max_size=8
)


@given(held, st.integers(0, 10**6).map(Decimal))
def test_undated_adds_what_is_known_and_counts_what_is_not(rows, joined):
    found = undated(rows)

    assert found.contracts == len(rows)
    assert found.councils == tuple(sorted({council for council, _ in rows}))
    assert found.up_to(joined) == joined + sum((value or 0 for _, value in rows), Decimal(0))
    assert found.without_value == sum(1 for _, value in rows if not value)
