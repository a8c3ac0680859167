"""The start dates on which councils can buy together: exact, per category and grouping.

    contracts = Contracts(council=..., pence=...)
    exits = exit_columns(terms of each contract)
    groups = by_membership(category=..., council=..., members={grouping: councils})
    for found in find_windows(contracts, exits, groups, settings=WindowSettings(6), today=today):
        for window in found.windows: ...

Everything is by index: `Window.contracts` and `GroupWindows.group` point into what was given.
What a window asks of each member is worked out when it is wanted, by `procurement.members`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from procurement.windows.columns import (
    Contracts,
    Exits,
    Groups,
    Horizon,
    Ints,
    Starts,
    by_membership,
    exit_columns,
    horizon,
    joined,
    open_starts,
    spaced_after,
)
from procurement.windows.curves import Curves, GroupedSpans, curves, grouped
from procurement.windows.plan import MOST_STEPS, Group, Plan, best_plan
from procurement.windows.seats import seats

__all__ = [
    "Contracts", "Curves", "Exits", "Group", "GroupWindows", "GroupedSpans", "Groups", "Horizon",
    "Ints", "Plan", "Starts", "Window", "WindowSettings", "best_plan", "by_membership", "curves",
    "exit_columns", "find_windows", "grouped", "horizon", "joined", "open_starts", "seats",
    "spaced_after", "window_settings",
]  # fmt: skip

# So many groups' curves are held at once: about 30 MB over five years of days.
GROUPS_AT_ONCE = 1024


@dataclass(frozen=True, slots=True)
class WindowSettings:
    """What a plan must keep to; the defaults are those of `reference/assumptions.csv`."""

    lead_months: int
    plan_months: int = 60
    spacing_months: int = 6
    councils: int = 2
    # Runners-up of a group, and the share of its best date's value they must reach.
    runners_up: int = 2
    worth_knowing: Decimal = Decimal("0.5")
    most_steps: int = MOST_STEPS


def window_settings(assumed: Mapping[str, Decimal]) -> WindowSettings:
    """The settings of `reference/assumptions.csv`, by code."""
    return WindowSettings(
        lead_months=int(assumed["lead_months"]),
        plan_months=int(assumed["plan_months"]),
        spacing_months=int(assumed["plan_spacing_months"]),
        councils=int(assumed["minimum_councils"]),
        runners_up=int(assumed["runners_up"]),
        worth_knowing=assumed["worth_knowing_share"],
    )


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """One start date, the contracts that join then, and what they are worth a year.

    In a plan a contract is in one window; a runner-up shows all that could join on its date.
    """

    start: date
    contracts: Ints
    councils: int
    annual_value: Decimal
    alternative: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class GroupWindows:
    """A group's plan in order of date, then its runners-up, best first.

    `exact` is False when the search for the plan stopped at its limit of steps.
    """

    group: int
    windows: tuple[Window, ...]
    exact: bool


def find_windows(
    contracts: Contracts, exits: Exits, groups: Groups, *, settings: WindowSettings, today: date
) -> Iterator[GroupWindows]:
    """The windows of every group in which enough councils could start on one day."""
    within = horizon(today, lead_months=settings.lead_months, plan_months=settings.plan_months)
    if within.days < 1 or not len(groups.contract):
        return
    after = spaced_after(within, settings.spacing_months)
    starts = open_starts(exits, today=today, within=within)
    spans = grouped(groups, starts, within)
    finder = Finder(contracts, settings, within, after)
    codes, begins = np.unique(spans.group, return_index=True)
    edges = np.append(begins, len(spans.group))
    for low in range(0, len(codes), GROUPS_AT_ONCE):
        high = min(low + GROUPS_AT_ONCE, len(codes))
        part = slice(edges[low], edges[high])
        yield from finder.groups_in(spans_in(spans, part), codes[low:high])


def spans_in(spans: GroupedSpans, part: slice) -> GroupedSpans:
    return GroupedSpans(
        spans.group[part], spans.contract[part], spans.first[part], spans.last[part]
    )


@dataclass(frozen=True, slots=True, eq=False)
class Finder:
    """Finds windows, given what is the same for every group."""

    contracts: Contracts
    settings: WindowSettings
    within: Horizon
    after: Ints

    def groups_in(self, spans: GroupedSpans, codes: Ints) -> Iterator[GroupWindows]:
        row = np.searchsorted(codes, spans.group)
        numbered = GroupedSpans(row, spans.contract, spans.first, spans.last)
        found = curves(numbered, self.contracts, groups=len(codes), days=self.within.days)
        edges = np.searchsorted(row, np.arange(len(codes) + 1))
        enough = found.councils.max(axis=1) >= self.settings.councils
        for n in np.flatnonzero(enough):
            of_group = spans_in(numbered, slice(edges[n], edges[n + 1]))
            windows, exact = self.windows(of_group, found.pence[n], found.councils[n])
            if windows:
                yield GroupWindows(int(codes[n]), windows, exact)

    def windows(
        self, spans: GroupedSpans, pence: Ints, councils: Ints
    ) -> tuple[tuple[Window, ...], bool]:
        # Spans are in order of contract.
        fresh = np.append(True, spans.contract[1:] != spans.contract[:-1])
        names, owner = spans.contract[fresh], np.cumsum(fresh) - 1
        group = Group(
            self.contracts.pence[names],
            self.contracts.council[names],
            owner,
            spans.first,
            spans.last,
            self.after,
            self.settings.councils,
        )
        plan = best_plan(group, councils=councils, most_steps=self.settings.most_steps)
        planned = self.planned(group, names, plan)
        joinable = np.where(councils >= self.settings.councils, pence, 0)
        others = self.runners_up(group, names, plan, joinable)
        return (*planned, *others), plan.exact

    def planned(self, group: Group, names: Ints, plan: Plan) -> list[Window]:
        if not plan.days:
            return []
        permits = group.permits(plan.days)
        chosen = seats(permits, group.council, group.pence, needed=group.needed)
        if chosen is None:
            raise AssertionError("a plan's dates can always be held")
        return [self.window(names[chosen == n], day) for n, day in enumerate(plan.days)]

    def runners_up(self, group: Group, names: Ints, plan: Plan, joinable: Ints) -> list[Window]:
        """The best other dates, at least a month from each other and from the plan's.

        The best date of all is always shown, even close to one of the plan.
        """
        days = best_others(joinable, np.unique(group.first), plan, self.settings)
        return [self.window(names[group.permits((day,))[0]], day, alternative=True) for day in days]

    def window(self, members: Ints, day: int, *, alternative: bool = False) -> Window:
        return Window(
            start=self.within.first + timedelta(days=day),
            contracts=members,
            councils=len(set(self.contracts.council[members].tolist())),
            annual_value=Decimal(sum(self.contracts.pence[members].tolist())) / 100,
            alternative=alternative,
        )


def best_others(joinable: Ints, days: Ints, plan: Plan, settings: WindowSettings) -> list[int]:
    """Days besides the plan's that let the most value join, best first, then earliest."""
    order = days[np.argsort(-joinable[days], kind="stable")]
    in_plan = max((int(joinable[day]) for day in plan.days), default=0)
    best = int(joinable.max())
    least = max(1, int(best * settings.worth_knowing))
    found: list[int] = []
    for day in order.tolist():
        if len(found) >= settings.runners_up or joinable[day] < least:
            break
        missed = not found and joinable[day] == best > in_plan
        if missed or all(abs(day - other) >= 28 for other in (*plan.days, *found)):
            found.append(day)
    return found
