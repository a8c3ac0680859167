"""Pooling 200,000 promises for 5,000 needs, and how near the best a sample of it comes.

The sample is also given to scipy's solver of integer programmes (HiGHS), which finds the choice
of needs that meets most, each in full or not at all, with parcels divided as pooling may.
"""

import resource
import time
from datetime import date

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from social_value.pooling import ANYWHERE, GRAINS, Needs, Parcels, Rules, pool

TODAY = date(2026, 11, 22)
PROMISES, NEEDS, SECONDS = 200_000, 5_000, 30.0
MEASURES, REGIONS, COUNCILS = 18, 12, 30
SAMPLES, SAMPLE_PROMISES, SAMPLE_NEEDS, NEAR = 8, 60, 40, 0.98


def run() -> None:
    """Print how long the whole takes and the share of the best that samples reach."""
    rng = np.random.default_rng(7)
    fields = MEASURES * REGIONS
    parcels, needs = invented(rng, PROMISES, fields), asked(rng, NEEDS, fields)
    rules = Rules(TODAY, np.full(fields, 52 * GRAINS))
    began = time.perf_counter()
    pooled = pool(parcels, needs, rules)
    took = time.perf_counter() - began
    print(f"{PROMISES:,} promises, {NEEDS:,} needs in {fields} fields")
    print(f"  pooling         {took:8.1f} s (at most {SECONDS:.0f}) {verdict(took <= SECONDS)}")
    for_needs = sum(made.need >= 0 for made in pooled.pools)
    print(f"  pools           {len(pooled.pools):8,}, of them {for_needs:,} for needs")
    print(f"  needs met       {pooled.met / max(pooled.most, 1):8.2%} of the most that could be")
    print(f"  peak memory     {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")
    print_samples(rng)


def print_samples(rng: np.random.Generator) -> None:
    """Scarce samples, in which what is met depends on the choice."""
    reached, best, ours, theirs = 0, 0, 0.0, 0.0
    for _ in range(SAMPLES):
        parcels, needs = invented(rng, SAMPLE_PROMISES, 1), asked(rng, SAMPLE_NEEDS, 1)
        began = time.perf_counter()
        reached += pool(parcels, needs, Rules(TODAY, np.array([52 * GRAINS]))).met
        ours += time.perf_counter() - began
        began = time.perf_counter()
        best += most_met(parcels, needs)
        theirs += time.perf_counter() - began
    share = reached / best
    print(f"  beside an integer programme on {SAMPLES} samples of {SAMPLE_NEEDS} needs")
    print(f"    reached       {share:8.2%} (at least {NEAR:.0%}) {verdict(share >= NEAR)}")
    print(f"    seconds       {ours:8.2f} ours, {theirs:.2f} the solver's")


def verdict(met: bool) -> str:
    return "met" if met else "MISSED"


def invented(rng: np.random.Generator, size: int, fields: int) -> Parcels:
    """Small promises over one to five years; some confined to a council, some for a group."""
    first = TODAY.toordinal() + rng.integers(-900, 300, size)
    return Parcels(
        field=rng.integers(0, fields, size),
        place=np.where(rng.random(size) < 0.3, rng.integers(0, COUNCILS, size), ANYWHERE),
        group=np.where(rng.random(size) < 0.2, rng.integers(1, 6, size), 0),
        amount=rng.integers(1, 40, size) * GRAINS,
        first=first,
        last=first + rng.integers(1, 6, size) * 365 - 1,
    )


def asked(rng: np.random.Generator, size: int, fields: int) -> Needs:
    """Needs of ten to two hundred, most of them at one council."""
    first = TODAY.toordinal() + rng.integers(0, 300, size)
    return Needs(
        field=rng.integers(0, fields, size),
        place=np.where(rng.random(size) < 0.8, rng.integers(0, COUNCILS, size), ANYWHERE),
        group=np.where(rng.random(size) < 0.3, rng.integers(1, 6, size), 0),
        amount=rng.integers(10, 200, size) * GRAINS,
        first=first,
        last=first + rng.integers(60, 400, size),
    )


def most_met(parcels: Parcels, needs: Needs) -> int:
    """By an integer programme: flows from parcels to needs, and a yes or no for each need."""
    pairs = [(p, n) for n in range(len(needs)) for p in np.flatnonzero(fits(parcels, needs, n))]
    flows = len(pairs)
    size = flows + len(needs)
    parcel = np.array([p for p, _ in pairs])
    need = np.array([n for _, n in pairs])
    at = np.arange(flows)
    given = coo_array((np.ones(flows), (parcel, at)), shape=(len(parcels), size))
    amounts = needs.amount / GRAINS
    rows = np.concatenate([need, np.arange(len(needs))])
    cells = np.concatenate([at, flows + np.arange(len(needs))])
    full = coo_array(
        (np.concatenate([np.ones(flows), -amounts]), (rows, cells)), shape=(len(needs), size)
    )
    found = milp(
        c=np.concatenate([np.zeros(flows), -amounts]),
        constraints=[
            LinearConstraint(given.tocsr(), ub=parcels.amount / GRAINS),
            LinearConstraint(full.tocsr(), lb=0, ub=0),
        ],
        integrality=np.concatenate([np.zeros(flows), np.ones(len(needs))]),
        bounds=Bounds(0, np.concatenate([np.full(flows, np.inf), np.ones(len(needs))])),
        options={"mip_rel_gap": 1e-6, "time_limit": 60},
    )
    return round(-found.fun) * GRAINS


def fits(parcels: Parcels, needs: Needs, need: int) -> np.ndarray:
    """The rules once more, written down apart from pooling's own."""
    begin = np.maximum(parcels.first, max(needs.first[need], TODAY.toordinal()))
    days = np.minimum(parcels.last, needs.last[need]) - begin + 1
    here = (parcels.place == needs.place[need]) | (parcels.place == ANYWHERE)
    for_them = (parcels.group == needs.group[need]) | (parcels.group == 0)
    return (days >= 28) & here & for_them


if __name__ == "__main__":
    run()
