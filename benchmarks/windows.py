"""Windows over 100,000 contracts: arrays beside pandas and DuckDB, which find the same dates.

All are given the same columns and find, for every category and grouping, the start date on
which the most yearly value could join with at least two councils, its value and its councils;
the answers are compared. Pandas and DuckDB do it by grouping each group's contracts with its
dates, which has the target; pandas also by its fastest form known to us, sums of sorted events,
without a target. The plans, which have no counterpart in either, are timed after.
"""

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
import pandas as pd

from procurement.windows import (
    Contracts,
    Exits,
    Groups,
    Horizon,
    Starts,
    WindowSettings,
    by_membership,
    curves,
    find_windows,
    grouped,
    horizon,
    open_starts,
)
from procurement.windows.columns import FAR, NO_NOTICE, Ints
from registry.terms import Length

TARGET = 10.0
CONTRACTS, COUNCILS, CATEGORIES, GROUPINGS = 100_000, 320, 32, 9
TODAY = date(2026, 11, 22)
SETTINGS = WindowSettings(lead_months=6)
REPEATS = 15


@dataclass(frozen=True, slots=True, eq=False)
class Registry:
    """Invented contracts as columns, and which group each is in."""

    contracts: Contracts
    exits: Exits
    groups: Groups


def run() -> None:
    """Print how long each takes, how many times faster arrays are, and the memory at most."""
    registry = invented(CONTRACTS)
    within = horizon(TODAY, lead_months=6, plan_months=60)
    starts = open_starts(registry.exits, today=TODAY, within=within)
    by_arrays, arrays = best_of(lambda: with_arrays(registry, starts, within))
    by_group_by, group_by = best_of(lambda: with_group_by(registry, starts, within), times=1)
    by_events, events = best_of(lambda: with_events(registry, starts, within))
    by_sql, sql = best_of(lambda: with_duckdb(registry, starts, within))
    if not all(by_arrays.equals(other) for other in (by_group_by, by_events, by_sql)):
        raise AssertionError("arrays, pandas and DuckDB found different windows")
    ratio, of_sql = group_by / arrays, sql / arrays
    print(f"best window of each of {len(by_arrays)} groups, {CONTRACTS:,} contracts")
    print(f"  arrays          {arrays * 1000:8.1f} ms")
    print(f"  pandas group-by {group_by * 1000:8.1f} ms")
    print(f"  ratio           {ratio:8.1f} (at least {TARGET:.0f}) {verdict(ratio)}")
    print(f"  DuckDB          {sql * 1000:8.1f} ms")
    print(f"  ratio           {of_sql:8.1f} (at least {TARGET:.0f}) {verdict(of_sql)}")
    print(f"  pandas events   {events * 1000:8.1f} ms, ratio {events / arrays:.1f} (no target)")
    print_plans(registry)
    print(f"  peak memory     {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


def verdict(ratio: float) -> str:
    return "met" if ratio >= TARGET else "MISSED"


def print_plans(registry: Registry) -> None:
    began = time.perf_counter()
    found = list(
        find_windows(
            registry.contracts, registry.exits, registry.groups, settings=SETTINGS, today=TODAY
        )
    )
    took = time.perf_counter() - began
    exact = sum(group.exact for group in found)
    print(f"  five-year plans {took * 1000:8.1f} ms, {exact} of {len(found)} proved best")


def best_of(
    work: Callable[[], pd.DataFrame], *, times: int = REPEATS
) -> tuple[pd.DataFrame, float]:
    """What the work gives, and its shortest time of a few."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        answer = work()
        taken.append(time.perf_counter() - began)
    return answer, min(taken)


def invented(size: int) -> Registry:
    """Ends mostly at month ends, some with options, some rolling, over six years."""
    rng = np.random.default_rng(7)
    month = rng.integers(0, 72, size)
    first_of_next = (np.datetime64("2027-01") + month + 1).astype("datetime64[D]")
    odd = np.where(rng.random(size) < 0.1, rng.integers(0, 28, size), 0)
    end = first_of_next.astype(np.int64) + date(1970, 1, 1).toordinal() - 1 - odd
    kind = rng.random(size)
    extend = kind < 0.4
    rolling = kind > 0.94
    length = rng.choice([183, 365, 730], size)
    soonest = np.full(size, date(2020, 1, 1).toordinal())
    contract = np.concatenate([np.arange(size), np.flatnonzero(extend)])
    first = np.concatenate([np.where(rolling, soonest, end), end[extend] + 1])
    last = np.concatenate([np.where(rolling, FAR, end), (end + length)[extend]])
    decide = np.concatenate([np.full(size, FAR), end[extend] - 90])
    notice = np.concatenate([np.where(rolling, 0, NO_NOTICE), np.full(extend.sum(), NO_NOTICE)])
    council = rng.integers(0, COUNCILS, size)
    groups = by_membership(
        category=rng.integers(0, CATEGORIES, size),
        council=council,
        members={g: range(g, COUNCILS, GROUPINGS) for g in range(GROUPINGS)},
    )
    pence = (rng.lognormal(10.5, 1.2, size) * 100).astype(np.int64)
    exits = Exits(contract, first, last, decide, notice, (Length(months=3),))
    return Registry(Contracts(council, pence), exits, groups)


def with_arrays(registry: Registry, starts: Starts, within: Horizon) -> pd.DataFrame:
    spans = grouped(registry.groups, starts, within)
    count = registry.groups.count
    found = curves(spans, registry.contracts, groups=count, days=within.days)
    joinable = found.pence
    joinable[found.councils < SETTINGS.councils] = -1
    day = joinable.argmax(axis=1)
    rows = np.arange(count)
    return answer(rows, day, joinable[rows, day], found.councils[rows, day])


def answer(group: Ints, day: Ints, pence: Ints, councils: Ints) -> pd.DataFrame:
    return pd.DataFrame({"group": group, "day": day, "pence": pence, "councils": councils})


def frame(registry: Registry, starts: Starts, within: Horizon) -> pd.DataFrame:
    """A row for each span of each contract in each group."""
    base = within.first.toordinal()
    groups = {"contract": registry.groups.contract, "group": registry.groups.group}
    days = {"first": starts.first - base, "last": starts.last - base}
    spans = pd.DataFrame(groups).merge(
        pd.DataFrame({"contract": starts.contract, **days}), on="contract"
    )
    contract = spans["contract"]
    return spans.assign(
        pence=registry.contracts.pence[contract], council=registry.contracts.council[contract]
    )


def with_group_by(registry: Registry, starts: Starts, within: Horizon) -> pd.DataFrame:
    """Each group's contracts with each of its dates, grouped by date."""
    rows = []
    for group, spans in frame(registry, starts, within).groupby("group"):
        days = spans[["first"]].drop_duplicates().rename(columns={"first": "day"})
        pairs = spans.merge(days, how="cross")
        pairs = pairs[(pairs["first"] <= pairs["day"]) & (pairs["day"] <= pairs["last"])]
        found = pairs.groupby("day").agg({"pence": "sum", "council": "nunique"})
        found = found[found["council"] >= SETTINGS.councils]
        day = found["pence"].idxmax()
        rows.append((group, day, *found.loc[day]))
    return pd.DataFrame(rows, columns=["group", "day", "pence", "councils"])


# A span of several that touch is one by now, so a contract is permitted by one span a day.
WINDOWS_IN_SQL = """
    WITH days AS (SELECT DISTINCT "group", "first" AS day FROM spans),
    joinable AS (
        SELECT d."group", d.day, CAST(sum(s.pence) AS BIGINT) AS pence,
            count(DISTINCT s.council) AS councils
        FROM days d
        JOIN spans s ON s."group" = d."group" AND d.day BETWEEN s."first" AND s."last"
        GROUP BY ALL
        HAVING count(DISTINCT s.council) >= $councils
    )
    SELECT DISTINCT ON ("group") * FROM joinable ORDER BY "group", pence DESC, day
"""


def with_duckdb(registry: Registry, starts: Starts, within: Horizon) -> pd.DataFrame:
    """The group-by in SQL, over the same spans, on as many threads as it likes."""
    with duckdb.connect() as connection:
        connection.register("spans", frame(registry, starts, within))
        return connection.execute(WINDOWS_IN_SQL, {"councils": SETTINGS.councils}).df()


def with_events(registry: Registry, starts: Starts, within: Horizon) -> pd.DataFrame:
    """Sorted events, summed by group and day; councils by joining each one's spans first."""
    spans = frame(registry, starts, within)
    value = in_force(spans.assign(change=spans["pence"]))
    number = in_force(council_spans(spans).assign(change=1))
    both = pd.concat({"pence": value, "councils": number}, axis=1).groupby(level=0).ffill()
    both = both[both["councils"] >= SETTINGS.councils].reset_index()
    both = both[both["day"] < within.days]
    best = both.sort_values(["group", "pence", "day"], ascending=[True, False, True])
    best = best.groupby("group", as_index=False).first().astype(np.int64)
    return best[["group", "day", "pence", "councils"]]


def in_force(spans: pd.DataFrame) -> pd.Series:
    begins = spans[["group", "first", "change"]].rename(columns={"first": "day"})
    ends = spans[["group"]].assign(day=spans["last"] + 1, change=-spans["change"])
    changes = pd.concat([begins, ends]).groupby(["group", "day"])["change"].sum()
    return changes.groupby(level=0).cumsum()


def council_spans(spans: pd.DataFrame) -> pd.DataFrame:
    keys = ["group", "council"]
    ordered = spans.sort_values([*keys, "first"])
    reached = ordered.groupby(keys)["last"].cummax().groupby([ordered[k] for k in keys]).shift()
    ordered["run"] = (~(ordered["first"] <= reached + 1)).cumsum()
    return ordered.groupby("run").agg({"group": "first", "first": "min", "last": "max"})


if __name__ == "__main__":
    run()
