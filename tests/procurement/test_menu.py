"""Specifications side by side, and the smallest menu: by examples, and against every menu."""

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurement.menu import (
    MOST_TRIED,
    SHARE,
    Wish,
    covers,
    distinct,
    excess,
    side_by_side,
    smallest_menu,
)


def laptop(council, quantity, memory="16 GB", storage="512 GB", **other):
    return Wish(council, quantity, {"memory": memory, "storage": storage, **other})


def test_smallest_menu_serves_less_with_more():
    menu = smallest_menu([laptop("a", 100, "8 GB"), laptop("b", 100), laptop("c", 50, "8 gb")])

    [profile] = menu.profiles
    assert profile.values["memory"] == "16 GB"
    assert (profile.councils, profile.quantity, menu.share) == (("a", "b", "c"), 250, 1)
    assert profile.asked_for_less == ("a", "c")


def test_smallest_menu_keeps_apart_what_must_be_equal():
    menu = smallest_menu(
        [
            laptop("a", 300, system="Windows"),
            laptop("b", 200, system="Chrome"),
            laptop("c", 100, system="windows "),
        ]
    )

    assert [(p.councils, p.quantity) for p in menu.profiles] == [(("a", "c"), 400), (("b",), 200)]


def test_smallest_menu_leaves_out_the_last_tenth():
    menu = smallest_menu([laptop("a", 90, system="Windows"), laptop("b", 10, system="Other")])

    assert (len(menu.profiles), menu.left_out, menu.quantity, menu.of) == (1, ("b",), 90, 100)
    assert menu.share == SHARE


def test_smallest_menu_gives_least_beyond_what_was_asked():
    wishes = [laptop("a", 60, "8 GB"), laptop("b", 60, "16 GB"), laptop("c", 5, "32 GB")]

    menu = smallest_menu(wishes)

    assert [profile.values["memory"] for profile in menu.profiles] == ["16 GB"]
    assert menu.left_out == ("c",)


def test_smallest_menu_of_nobody_is_empty():
    assert smallest_menu([]).profiles == ()


def test_menu_of_too_many_different_wishes_is_small_and_says_it_may_not_be_the_smallest():
    wishes = [laptop(f"c{n:02}", 10 + n, system=f"kind {n}") for n in range(60)]
    large = [laptop("z1", 5000, system="Windows"), laptop("z2", 900, "8 GB", system="Windows")]

    menu = smallest_menu([*wishes, *large])

    assert not menu.exact
    assert SHARE <= menu.share < SHARE + Decimal("0.02")
    assert menu.profiles[0].councils == ("z1", "z2")
    assert smallest_menu(wishes[:MOST_TRIED]).exact


def test_wish_names_what_it_needs_and_no_more():
    assert covers({"memory": "16 GB", "colour": "red"}, {"memory": "8 GB"})
    assert not covers({"memory": "16 GB"}, {"memory": "8 GB", "colour": "red"})


@pytest.mark.parametrize(
    ("name", "offered", "wanted", "yes"),
    [
        ("storage", "1 TB", "512GB", True),
        ("storage", "1 TB", "1000 GB", True),
        ("storage", "1 TB", "1.5 TB", False),
        ("warranty", "3 years", "36 months", True),
        ("screen size", '14"', "13 inches", True),
        ("memory", "16", "8 GB", False),  # a number without its unit says nothing
        ("memory", "a lot", "8 GB", False),
        ("processor", "16", "8", False),  # whether more is as good is not known
    ],
)
def test_covers_where_more_is_as_good(name, offered, wanted, yes):
    assert covers({name: offered}, {name: wanted}) is yes


def test_side_by_side_begins_with_what_differs():
    wishes = [laptop("a", 1, "8 GB"), laptop("b", 1, "16 GB", system="Windows")]

    rows = side_by_side(wishes)

    assert [(row.name, row.values, row.differs) for row in rows] == [
        ("memory", ("8 GB", "16 GB"), True),
        ("storage", ("512 GB", "512 GB"), False),
        ("system", ("", "Windows"), False),
    ]


values = st.fixed_dictionaries(
    {"memory": st.sampled_from(["8 GB", "16 GB", "32 GB"])},
    optional={
        "storage": st.sampled_from(["256 GB", "512 GB", "1 TB"]),
        "system": st.sampled_from(["Windows", "Chrome", "Linux"]),
    },
)


@st.composite
def some_wishes(draw):
    said = draw(st.lists(values, min_size=1, max_size=7))
    return [Wish(f"c{n}", draw(st.integers(1, 30)), one) for n, one in enumerate(said)]


def served_by(profiles, wishes):
    return sum(w.quantity for w in wishes if any(covers(p, w.values) for p in profiles))


def beyond(profiles, wishes):
    return sum(
        min((excess(p, w.values) * w.quantity for p in profiles if covers(p, w.values)), default=0)
        for w in wishes
    )


@settings(max_examples=1000, deadline=None)
@given(some_wishes())
def test_smallest_menu_is_the_best_of_all_menus(wishes):
    total = sum(wish.quantity for wish in wishes)
    offered = distinct(wishes)
    every = [
        (size, beyond(chosen, wishes), -served_by(chosen, wishes))
        for size in range(1, len(offered) + 1)
        for chosen in combinations(offered, size)
        if served_by(chosen, wishes) >= SHARE * total
    ]

    menu = smallest_menu(wishes)

    chosen = [profile.values for profile in menu.profiles]
    assert (len(chosen), beyond(chosen, wishes), -menu.quantity) == min(every)
    assert menu.of == total
    told = [c for p in menu.profiles for c in p.councils] + list(menu.left_out)
    assert sorted(told) == sorted(wish.council for wish in wishes)


@given(some_wishes())
def test_smallest_menu_of_all_leaves_nobody_out(wishes):
    assert smallest_menu(wishes, share=Decimal(1)).left_out == ()
