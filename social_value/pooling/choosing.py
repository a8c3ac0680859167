"""Which targets are filled: exactly where few compete, greedily and improved where many do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from social_value.pooling import exact
from social_value.pooling.columns import Bools, Ints
from social_value.pooling.filling import Filling

# How often a choice among many is improved by looking at a few of them exactly, and how often
# in vain before it is left as it is.
ROUNDS, PATIENCE = 40, 10


@dataclass(slots=True)
class Chosen:
    """What each class of parcels gives to which target, and the most any choice could come to."""

    given: list[dict[int, int]]
    spare: list[int]
    targets: list[int] = field(default_factory=list)
    worth: int = 0
    most: int = 0
    exact: bool = True


def choose(reaches: Bools, amounts: Ints, asked: Ints, *, covering: bool) -> Chosen:
    """Fill targets (columns) from classes (rows): as much as is asked, or nothing.

    `covering`: a target takes more than it asks, and what counts is all that goes anywhere.
    """
    chosen = Chosen([{} for _ in amounts], [int(a) for a in amounts])
    for rows, columns in components(reaches):
        part = Part(
            reaches[np.ix_(rows, columns)],
            [int(amounts[r]) for r in rows],
            [int(asked[c]) for c in columns],
            covering,
        )
        targets, proved = part.settle()
        chosen.exact &= proved
        chosen.worth += part.worth(targets)
        chosen.most += part.worth(targets) if proved else part.most()
        chosen.targets += [int(columns[t]) for t in targets]
        for row, given, spare in zip(rows, part.filling.given, part.filling.spare, strict=True):
            chosen.given[row] = {int(columns[t]): amount for t, amount in given.items()}
            chosen.spare[row] = spare
    return chosen


def components(reaches: Bools) -> Iterator[tuple[Ints, Ints]]:
    """Classes and targets that compete with one another, apart from the others."""
    waiting = np.ones(reaches.shape[1], bool)
    for start in range(reaches.shape[1]):
        if not waiting[start]:
            continue
        columns = np.zeros(reaches.shape[1], bool)
        columns[start] = True
        size = 0
        while size < columns.sum():
            size = int(columns.sum())
            rows = reaches[:, columns].any(axis=1)
            columns |= reaches[rows].any(axis=0)
        waiting &= ~columns
        yield np.flatnonzero(reaches[:, columns].any(axis=1)), np.flatnonzero(columns)


class Part:
    """Targets that compete with one another, and the classes that reach them."""

    def __init__(
        self, reaches: Bools, amounts: Sequence[int], asked: Sequence[int], covering: bool
    ) -> None:
        self.reaches, self.amounts, self.asked = reaches, amounts, asked
        self.covering = covering
        self.reaching = [np.flatnonzero(column).tolist() for column in reaches.T]
        self.filling = Filling(list(amounts), self.reaching)

    def settle(self) -> tuple[list[int], bool]:
        """The targets that are filled, and whether no other choice is worth more."""
        if len(self.asked) <= exact.MOST:
            targets = self.exactly(range(len(self.asked)), self.amounts)
            self.fill(targets)
        elif self.covering:
            targets = self.by_cover()
        else:
            targets = self.by_size()
        if self.covering:
            self.filling.spread(targets)
        proved = len(self.asked) <= exact.MOST or self.worth(targets) == self.most()
        return sorted(targets), proved

    def worth(self, targets: Sequence[int]) -> int:
        if not self.covering:
            return sum(self.asked[t] for t in targets)
        reached = self.reaches[:, list(targets)].any(axis=1)
        return sum(self.amounts[c] for c in np.flatnonzero(reached).tolist())

    def most(self) -> int:
        """More than this no choice can come to: every target taken as far as it could go."""
        if self.covering:
            able = [
                t
                for t, classes in enumerate(self.reaching)
                if sum(self.amounts[c] for c in classes) >= self.asked[t]
            ]
            return self.worth(able)
        loose = Filling(list(self.amounts), self.reaching)
        return sum(loose.add(t, asked) for t, asked in enumerate(self.asked))

    def exactly(self, targets: Sequence[int], amounts: Sequence[int]) -> list[int]:
        """The best of these targets for what the classes have."""
        masks = [0] * len(amounts)
        for n, target in enumerate(targets):
            for one in self.reaching[target]:
                masks[one] |= 1 << n
        asked = [self.asked[t] for t in targets]
        return [targets[n] for n in exact.best_set(masks, amounts, asked, covering=self.covering)]

    def fill(self, targets: Sequence[int]) -> None:
        for target in targets:
            if not self.filling.fill(target, self.asked[target]):
                raise AssertionError("a set that can be filled was not")

    def by_size(self) -> list[int]:
        """The largest first, then a few at a time looked at again beside those left out."""
        order = sorted(range(len(self.asked)), key=lambda t: (-self.asked[t], t))
        targets = {t for t in order if self.filling.fill(t, self.asked[t])}
        most, worth, better_at = self.most(), self.worth(list(targets)), 0
        for turn in range(ROUNDS):
            left = [t for t in order if t not in targets]
            if worth == most or not left or turn - better_at > PATIENCE:
                break
            self.look_again(targets, left, turn)
            if self.worth(list(targets)) > worth:
                worth, better_at = self.worth(list(targets)), turn
        return list(targets)

    def look_again(self, targets: set[int], left: Sequence[int], turn: int) -> None:
        """Choose anew among some left out and some chosen; never for the worse."""
        half = exact.MOST // 2
        out = [left[(turn * half + n) % len(left)] for n in range(min(half, len(left)))]
        near = self.reaches[:, out].any(axis=1)
        rivals = sorted(
            targets, key=lambda t: (-int(self.reaches[near, t].sum()), self.asked[t], t)
        )
        begin = turn * half % max(len(rivals) - half, 1)
        block = [*dict.fromkeys(out), *rivals[begin : begin + exact.MOST - half]]
        for target in block:
            self.filling.empty(target)
        better = self.exactly(block, self.filling.spare)
        self.fill(better)
        targets.difference_update(block)
        targets.update(better)

    def by_cover(self) -> list[int]:
        """Again and again the target that adds most to what is reached, if it can be filled."""
        amounts = np.asarray(self.amounts, np.int64)
        gains = amounts @ self.reaches
        reached = np.zeros(len(amounts), bool)
        targets: list[int] = []
        while gains.max(initial=0) > 0:
            target = int(gains.argmax())
            gains[target] = -1
            if not self.filling.fill(target, self.asked[target]):
                continue
            targets.append(target)
            new = self.reaches[:, target] & ~reached
            reached |= new
            gains -= np.where(gains >= 0, amounts[new] @ self.reaches[new], 0)
        return targets
