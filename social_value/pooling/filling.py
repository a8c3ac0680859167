"""Giving classes of parcels to targets, moving what was given where that makes room."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

# A target and the class through which it was reached.
Step = tuple[int, int]


@dataclass(slots=True)
class Filling:
    """Classes hold `spare`; `given[c][t]` is what class `c` gives to target `t`."""

    spare: list[int]
    reaching: Sequence[Sequence[int]]  # classes of each target
    given: list[dict[int, int]] = field(default_factory=list)
    filled: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.given = [{} for _ in self.spare]

    def fill(self, target: int, asked: int) -> bool:
        """Give the target all it asks, or nothing; what others have, they keep."""
        self.filled.setdefault(target, 0)
        if self.add(target, asked) == asked:
            return True
        self.empty(target)
        return False

    def add(self, target: int, asked: int) -> int:
        """As much of that as can be given; how much it was."""
        left = asked - self.take(target, asked)
        while left:
            path = self.path(target)
            if path is None:
                break
            left -= self.push(target, path, left)
        self.filled[target] = self.filled.get(target, 0) + asked - left
        return asked - left

    def take(self, target: int, asked: int) -> int:
        """Straight from classes with something to spare."""
        left = asked
        for one in self.reaching[target]:
            if not left:
                break
            if given := min(left, self.spare[one]):
                self.spare[one] -= given
                self.hand(one, target, given)
                left -= given
        return asked - left

    def path(self, target: int) -> tuple[Mapping[int, Step], Step] | None:
        """How to free something for the target: through targets that can take from elsewhere."""
        came: dict[int, Step] = {}
        waiting = deque([target])
        while waiting:
            here = waiting.popleft()
            for one in self.reaching[here]:
                if self.spare[one]:
                    return came, (here, one)
                for other in self.given[one]:
                    if other != target and other not in came:
                        came[other] = (here, one)
                        waiting.append(other)
        return None

    def push(self, target: int, path: tuple[Mapping[int, Step], Step], most: int) -> int:
        """Move what can be moved along the path to the target."""
        came, (end, source) = path
        steps = list(self.back(target, came, end))
        amount = min([most, self.spare[source], *(self.given[c][t] for t, _, c in steps)])
        self.spare[source] -= amount
        self.hand(source, end, amount)
        for loser, gainer, one in steps:
            self.hand(one, loser, -amount)
            self.hand(one, gainer, amount)
        return amount

    def back(
        self, target: int, came: Mapping[int, Step], end: int
    ) -> Iterator[tuple[int, int, int]]:
        """Who gives up what to whom: (loser, gainer, class)."""
        here = end
        while here != target:
            gainer, one = came[here]
            yield here, gainer, one
            here = gainer

    def hand(self, one: int, target: int, amount: int) -> None:
        held = self.given[one].get(target, 0) + amount
        if held:
            self.given[one][target] = held
        else:
            del self.given[one][target]

    def empty(self, target: int) -> None:
        """Take back all the target was given."""
        for one in self.reaching[target]:
            self.spare[one] += self.given[one].pop(target, 0)
        self.filled.pop(target, None)

    def spread(self, targets: Iterable[int]) -> None:
        """Give what is to spare to the first of these targets that each class reaches."""
        for target in targets:
            for one in self.reaching[target]:
                if given := self.spare[one]:
                    self.spare[one] = 0
                    self.hand(one, target, given)
                    self.filled[target] = self.filled.get(target, 0) + given
