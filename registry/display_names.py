"""Which of its names a supplier is shown under."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from registry.names import name_parts


@dataclass(frozen=True, slots=True)
class Use:
    """One name of a supplier, and how many contracts each council has under it."""

    name: str
    contracts: tuple[tuple[str, int], ...] = ()  # by council


def name_to_show(uses: Collection[Use]) -> str:
    """The spelling most councils use, then most contracts; of its forms the most registered-like.

    A slip of one officer's is thus never shown where others spell the name otherwise, nor a "The"
    that most leave out.
    """
    spelt = most_used(uses, lambda use: name_parts(use.name).main.spelt)
    best = most_used(spelt, lambda use: not use.name.casefold().startswith("the "))
    return min(best, key=lambda use: (not registered(use.name), *plainness(use), use.name)).name


def most_used(uses: Collection[Use], alike: Callable[[Use], Any]) -> list[Use]:
    """Of those that are alike, the ones for which most speaks."""
    kinds: dict[Any, list[Use]] = defaultdict(list)
    for use in uses:
        kinds[alike(use)].append(use)
    return max(sorted(kinds.items(), reverse=True), key=lambda kind: standing(kind[1]))[1]


def standing(uses: Collection[Use]) -> tuple[int, int, bool]:
    """How much speaks for a spelling."""
    return *weight(uses), any(registered(use.name) for use in uses)


def weight(uses: Collection[Use]) -> tuple[int, int]:
    """Councils, and contracts, under any of these."""
    told = [one for use in uses for one in use.contracts]
    return len({council for council, _ in told}), sum(number for _, number in told)


def registered(name: str) -> bool:
    """Whether it has a legal form, as names in registers of companies have."""
    return bool(name_parts(name).main.form)


def plainness(use: Use) -> tuple[bool, int, int, bool]:
    """Without other names and notes, then the most used, then not shouted."""
    parts = name_parts(use.name)
    councils, contracts = weight([use])
    more = bool(parts.aliases or parts.beside or parts.notes)
    return more, -councils, -contracts, use.name.isupper()
