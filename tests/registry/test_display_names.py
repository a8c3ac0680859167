"""Which of its names a supplier is shown under: never the rarest spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.display_names import Use, name_to_show, weight

RIGHT, SLIP = "Larkfield Systems Ltd", "Larkfeild Systems Ltd"


def use(name, **councils):
    return Use(name, tuple(councils.items()))


@pytest.mark.parametrize(
    ("uses", "shown"),
    [
        ([use(SLIP, a=1), use(RIGHT, b=1, c=1)], RIGHT),
        # More councils outweigh more contracts of one.
        ([use(SLIP, a=9), use(RIGHT, b=1, c=1)], RIGHT),
        ([use(SLIP, a=1), use(RIGHT, a=2)], RIGHT),
        # Forms of one spelling count together.
        (
            [use(SLIP, a=1, b=1), use("LARKFIELD SYSTEMS", a=1), use(RIGHT, b=1), use(RIGHT, c=1)],
            RIGHT,
        ),
        ([use("Larkfield Systems", a=9, b=9), use(RIGHT, a=1)], RIGHT),
        ([use("Larkfeild Systems", a=1), use(RIGHT, b=1)], RIGHT),
        ([use(f"{RIGHT} t/a Lark", a=1, b=2), use(RIGHT, c=1)], RIGHT),
        ([use(RIGHT.upper(), a=1), use(RIGHT, b=1)], RIGHT),
        # An article is shown where most have it, however they write the rest.
        (
            [
                use(f"The {RIGHT}", a=1, b=1),
                use("Larkfield Systems Limited", c=1),
                use(RIGHT.upper(), d=1),
                use(RIGHT, e=1, f=1),
            ],
            RIGHT,
        ),
        ([use(f"The {RIGHT}", a=1, b=1), use(RIGHT, c=1)], f"The {RIGHT}"),
        ([use(f"The {RIGHT}", a=1), use(RIGHT, b=1)], RIGHT),
    ],
)
def test_name_to_show(uses, shown):
    assert name_to_show(uses) == shown
    assert name_to_show(uses[::-1]) == shown


spelt = st.sampled_from([RIGHT, SLIP, "Larkfield Sytems", "Thorncombe Dairy", "ABC plc"])
counted = st.dictionaries(st.sampled_from("abcde"), st.integers(1, 9), min_size=1)


@given(st.dictionaries(spelt, counted, min_size=1))
def test_no_spelling_that_fewer_councils_use_is_shown(told):
    uses = [Use(name, tuple(by.items())) for name, by in told.items()]

    shown = name_to_show(uses)

    assert weight([use for use in uses if use.name == shown]) == max(weight([u]) for u in uses)
