"""Contracts known again a quarter later, on made-up registers of which the truth is known."""

import random
from collections import Counter
from uuid import UUID

import pytest

from imports.reconcile import reconcile
from tests.imports.holding import holding
from tests.imports.quarters import KNOWS, next_quarter, register

# Wrong pairs, and rows that were not known again, of all rows: what may be at most.
MOST_WRONG, MOST_MISSED = 0.002, 0.01
SCHEMES = [
    ("own", "kept"),
    ("own", "renumbered"),
    ("own", "dropped"),
    ("none", "kept"),
    ("none", "renumbered"),
    ("counted", "counted"),
]


def judged(held, quarter):
    """Of the rows: paired with the right contract, with a wrong one, rightly new, missed."""
    contracts = [holding(UUID(int=n + 1), facts) for n, facts in enumerate(held)]
    found = reconcile(quarter.rows, contracts, knows={"Contracts": KNOWS})
    pairs = [(key, record) for key, record, *_ in [*found.changed, *found.unchanged]]
    paired = {record.row: key.int - 1 for key, record in pairs}
    verdicts = Counter()
    for record, true in zip(quarter.rows, quarter.truth, strict=True):
        said = paired.get(record.row)
        new = true >= len(held)
        right = "new" if new else "missed"
        verdicts[right if said is None else "right" if said == true else "wrong"] += 1
    return verdicts


@pytest.mark.parametrize(("before", "after"), SCHEMES)
@pytest.mark.parametrize("rate", [0.1, 0.3])
def test_contracts_are_known_again_a_quarter_later(before, after, rate):
    verdicts = Counter()
    for seed, size in enumerate([10, 10, 10, 30, 100, 300, 1000]):
        r = random.Random(f"{before} {after} {seed}")
        held = register(r, size, before)
        verdicts += judged(held, next_quarter(r, held, rate=rate, references=after))

    assert verdicts["wrong"] <= MOST_WRONG * verdicts.total()
    assert verdicts["missed"] <= MOST_MISSED * verdicts.total()
