"""One ask in place of many: no more than is promised, of what belongs to what is bought."""

from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from social_value.asking import (
    NO_SUM,
    OTHER_MATTER,
    TOO_LITTLE,
    TOO_MANY,
    Promised,
    ask,
    belongs,
)
from social_value.panels import promised_of
from social_value.reading import TABLES
from tests.factories import (
    make_administrator,
    make_category,
    make_contract,
    make_council,
    make_joint_buy,
    make_opportunity,
)
from tests.social_value.factories import make_commitment, make_delivery, make_measure


def promised(measure, amount, useful=52, councils=2, contracts=2):
    return Promised(
        measure,
        measure,
        "week",
        Decimal(useful) if useful else None,
        "one",
        Decimal(amount),
        contracts,
        councils,
    )


def left_out(found):
    return {one.promised.measure: one.because for one in found.left}


def test_whole_useful_amounts_are_asked_for_and_the_rest_is_said():
    found = ask(
        [
            promised("apprenticeship_weeks", 130),
            promised("tlevel_hours", 300, useful=315),
            promised("volunteer_hours", 900, useful=16),
            promised("local_spend_pct", 20, useful=None),
        ],
        "LAP",
    )

    assert [(one.promised.measure, one.amount) for one in found.lines] == [
        ("apprenticeship_weeks", 104)
    ]
    assert left_out(found) == {
        "tlevel_hours": TOO_LITTLE,
        "volunteer_hours": OTHER_MATTER,
        "local_spend_pct": NO_SUM,
    }


def test_what_belongs_to_a_contract_depends_on_what_it_buys():
    devices = [promised("devices_donated_count", 200, useful=100)]

    assert ask(devices, "LAP").lines
    assert left_out(ask(devices, "CC")) == {"devices_donated_count": OTHER_MATTER}


def test_few_measures_are_asked_for_those_that_most_councils_promise():
    every = ("apprenticeship_weeks", "tlevel_hours", "school_stem_hours", "tco2e_avoided")
    found = ask([promised(one, 60, councils=n) for n, one in enumerate(every, 1)], "LAP")

    assert [one.promised.measure for one in found.lines] == list(reversed(every))[:3]
    assert left_out(found) == {"apprenticeship_weeks": TOO_MANY}
    assert found.weight == Decimal("33.3")


@given(
    st.lists(
        st.builds(
            promised,
            st.sampled_from(sorted(TABLES.units)),
            st.decimals("0.0001", "100000", places=4),
            st.sampled_from([1, 52, 100]),
            st.integers(1, 9),
        ),
        max_size=12,
    )
)
@settings(max_examples=50)
def test_no_more_is_asked_than_is_promised_and_nothing_is_lost(given_them):
    found = ask(given_them, "LAP")

    assert all(0 < one.amount <= one.promised.amount for one in found.lines)
    assert len(found.lines) <= 3
    assert len(found.lines) + len(found.left) == len(given_them)


def test_the_table_of_relevance_knows_its_measures():
    assert set(belongs()) <= set(TABLES.units)


@pytest.fixture
def joined(db):
    """Two councils' laptops that could be replaced together, with what they promise."""
    make_measure()
    category = make_category("LAP")
    contracts = [make_contract(council=make_council(), category=category) for _ in range(2)]
    for contract in contracts:
        for _ in range(2):
            make_commitment(contract=contract, quantity=Decimal(40))
    return contracts


def test_promises_are_summed_by_measure_once_each(joined):
    [found] = promised_of([one.pk for one in joined])

    assert (found.amount, found.contracts, found.councils, found.times) == (160, 2, 2, 3)


def test_what_was_confirmed_is_told_beside_what_is_promised(joined, django_assert_num_queries):
    make_delivery(joined[0], amount=Decimal(30), confirmed=True)
    make_delivery(joined[1], amount=Decimal(5), confirmed=True)
    make_delivery(joined[1], amount=Decimal(7))
    make_delivery(amount=Decimal(9), confirmed=True)

    with django_assert_num_queries(2):
        [found] = promised_of([one.pk for one in joined])

    assert (found.amount, found.delivered) == (160, 35)


def test_the_opportunity_shows_promises_and_leads_to_one_ask(client, joined):
    opportunity = make_opportunity(*joined, category=joined[0].category)
    make_delivery(joined[0], amount=Decimal(30), confirmed=True)
    client.force_login(make_administrator())

    text = client.get(opportunity.get_absolute_url()).content.decode()
    paper = client.get(reverse("procurement:pooled_ask", args=[opportunity.pk])).content.decode()

    assert "160 weeks" in text
    assert "30 weeks" in text
    assert reverse("procurement:pooled_ask", args=[opportunity.pk]) in text
    assert "156 weeks" in paper
    assert "apprentices can learn on the work of the contract" in paper


def test_a_joint_buy_without_promises_says_how_its_ask_fills(client, db):
    joint_buy = make_joint_buy(make_council())
    client.force_login(make_administrator())

    paper = client.get(reverse("procurement:joint_ask", args=[joint_buy.pk])).content.decode()

    assert "None of the present contracts promises social value" in paper
    assert (
        "Social value the present" not in client.get(joint_buy.get_absolute_url()).content.decode()
    )
