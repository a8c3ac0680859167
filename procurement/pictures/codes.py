"""Where short words stand in a picture of circles: in or beside theirs, clear of the others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

# Of 11 pixel bold capitals, on average.
LETTER, TALL = 7.8, 9.0
LEVEL = 4.0  # from the middle of a circle to the foot of words level with it
# Between a circle and the words beside it, and what of a word may run over its edge.
APART, OVER = 4.0, 2.0
LEAST = 9.0  # a circle of this radius is seen round its code
STEP = 6.0


@dataclass(frozen=True, slots=True)
class Circle:
    x: float
    y: float
    r: float


@dataclass(frozen=True, slots=True)
class Area:
    """What words must stay within."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: their middle, their foot, and how wide they are."""

    x: float
    y: float
    width: float

    def touches(self, other: "Place") -> bool:
        beside = abs(self.x - other.x) < (self.width + other.width) / 2 + 2
        return beside and abs(self.y - other.y) < TALL + 2

    def covers(self, circle: Circle) -> bool:
        across = max(abs(circle.x - self.x) - self.width / 2, 0.0)
        down = max(self.y - TALL - circle.y, circle.y - self.y, 0.0)
        return across**2 + down**2 < circle.r**2

    def within(self, area: Area) -> bool:
        half = self.width / 2
        return (
            area.left <= self.x - half
            and self.x + half <= area.right
            and area.top <= self.y - TALL
            and self.y <= area.bottom
        )


def width_of(code: str) -> float:
    return LETTER * len(code)


def place(
    code: str, circle: Circle, *, others: Sequence[Circle], taken: Sequence[Place], area: Area
) -> Place:
    """In its circle or round it, clear of other codes, where it hides least of other circles."""
    free = [one for one in places(code, circle) if is_free(one, taken, area)]
    best = min(free, key=lambda one: hides(one, others), default=None)
    return best or nearest(code, circle, taken, area)


def place_beside(
    code: str, circle: Circle, *, others: Sequence[Circle], taken: Sequence[Place], area: Area
) -> Place | None:
    """Round what holds no words, and nowhere if no place is clear."""
    free = (one for one in around(code, circle) if is_free(one, taken, area))
    return next((one for one in free if not hides(one, others)), None)


def is_free(one: Place, taken: Iterable[Place], area: Area) -> bool:
    return one.within(area) and not any(map(one.touches, taken))


def hides(one: Place, others: Iterable[Circle]) -> float:
    """How much: of a small circle the most, as little of it is left."""
    return sum(circle.r**-2 for circle in others if one.covers(circle))


def places(code: str, circle: Circle) -> Iterator[Place]:
    if holds(code, circle):
        yield Place(circle.x, circle.y + LEVEL, width_of(code))
    yield from around(code, circle)


def holds(code: str, circle: Circle) -> bool:
    return circle.r >= LEAST and 2 * circle.r + OVER >= width_of(code)


def around(code: str, circle: Circle) -> Iterator[Place]:
    """To the right, the left, below, above, and then askew."""
    width = width_of(code)
    across, down = circle.r + APART + width / 2, circle.r + APART
    for x in (across, -across):
        yield Place(circle.x + x, circle.y + LEVEL, width)
    for x in (0.0, across - APART, APART - across):
        for y in (down + TALL, -down):
            yield Place(circle.x + x, circle.y + y, width)


def nearest(code: str, circle: Circle, taken: Sequence[Place], area: Area) -> Place:
    """The nearest height above or below its circle at which no other code stands."""
    begun = Place(circle.x, circle.y - circle.r - APART, width_of(code))
    heights = (begun.y + sign * STEP * n for n in count() for sign in (-1, 1))
    tried = (replace(begun, y=y) for y in heights if y <= area.bottom)
    return next(one for one in tried if not any(map(one.touches, taken)))


def raised(words: Place, circles: Sequence[Circle]) -> Place:
    """The same, so far up that it covers no circle; where it is if there is no such height."""
    heights = (replace(words, y=words.y - 2 * n) for n in range(int((words.y - TALL) / 2)))
    return next((one for one in heights if not any(map(one.covers, circles))), words)
