"""A synthetic registry is the same for a seed, and looks like one somebody could hold."""

from datetime import date
from itertools import chain

import pytest

from config.synthetic import BEGINNINGS, ENDINGS, FIRST_NUMBER, Synthesis, firm_name

TODAY = date(2026, 11, 2)
CATEGORIES = {"LAP": "Laptops", "TAB": "Tablets", "OUT": "Not commodity"}


def synthesis(seed=1):
    return Synthesis(seed=seed, today=TODAY, categories=CATEGORIES)


def all_of(made, contracts=400):
    suppliers = made.suppliers(contracts)
    return suppliers, list(made.contracts(contracts, suppliers, first=1))


def test_synthesis_says_the_same_for_the_same_seed():
    assert all_of(synthesis()) == all_of(synthesis())


def test_synthesis_says_something_else_for_another_seed():
    (one, rows), (other, others) = all_of(synthesis()), all_of(synthesis(seed=2))

    assert {row.key for row in rows}.isdisjoint(row.key for row in others)
    assert {firm.company_number for firm in one}.isdisjoint(firm.company_number for firm in other)


def test_firm_names_never_repeat():
    trades = ["Cleaning", "Roofing", "Coaches"]
    some_turns = 2 * len(BEGINNINGS) * len(ENDINGS) * len(trades) + 5

    names = {firm_name(n, trades) for n in range(some_turns)}

    assert len(names) == some_turns


def test_suppliers_have_numbers_that_no_company_has():
    suppliers, _ = all_of(synthesis())

    assert all(int(one.company_number) >= FIRST_NUMBER for one in suppliers)
    assert {len(one.company_number) for one in suppliers} == {8}


@pytest.mark.parametrize(("contracts", "councils"), [(1000, 7), (3, 5), (17, 17)])
def test_shares_add_up_to_every_contract(contracts, councils):
    shares = synthesis().shares(contracts, councils)

    assert sum(shares) == contracts
    assert len(shares) == councils
    assert min(shares) >= 0


def test_contracts_look_like_a_register():
    _, rows = all_of(synthesis(), contracts=4000)

    ended = [row.facts for row in rows if "end_date" in row.facts]
    it_share = sum(row.category != "NON" for row in rows) / len(rows)
    said = set(chain.from_iterable(row.facts for row in rows))

    assert all(facts["end_date"] > facts["start_date"] for facts in ended)
    assert not any(facts["rolling"] for facts in ended)
    assert 0.08 < it_share < 0.12
    assert {"extension", "notice_period", "break_clause", "annual_value"} <= said
    assert {row.category for row in rows} == {"NON", *CATEGORIES}
    assert all("{" not in row.facts["title"] for row in rows)


def test_contracts_of_a_council_number_their_references_on():
    made = synthesis()
    suppliers = made.suppliers(10)

    first = list(made.contracts(3, suppliers, first=1))
    then = list(made.contracts(2, suppliers, first=4))

    assert [row.facts["reference"] for row in (*first, *then)] == [
        f"S1-{n:07d}" for n in range(1, 6)
    ]
