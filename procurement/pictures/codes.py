"""Where short words stand in a picture of circles: in or beside theirs, clear of the others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from math import cos, hypot, pi, sin

# Of 11 pixel bold capitals, on average.
LETTER, TALL = 7.8, 9.0
LEVEL = 4.0  # from the middle of a circle to the foot of words level with it
# Between a circle and the words beside it, and what of a word may run over its edge.
APART, OVER = 4.0, 2.0
LEAST = 9.0  # a circle of this radius is seen round its code
STEP = 6.0
# Round a circle as far as this words are looked for a place to be led to by a line.
FURTHEST, DIRECTIONS = 48, 16


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
    led: bool = False  # so far from its circle that a line joins them

    def touches(self, other: "Place") -> bool:
        beside = abs(self.x - other.x) < (self.width + other.width) / 2 + 2
        return beside and abs(self.y - other.y) < TALL + 2

    def covers(self, circle: Circle) -> bool:
        return self.apart(circle) < 0

    def apart(self, circle: Circle) -> float:
        """How far from its edge; less than nothing over it."""
        across = max(abs(circle.x - self.x) - self.width / 2, 0.0)
        down = max(self.y - TALL - circle.y, circle.y - self.y, 0.0)
        return hypot(across, down) - circle.r

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
    """In its circle or round it, or else further off, clear of other codes and circles.

    Where no place is clear, it is where it hides least of other circles.
    """
    free = [one for one in places(code, circle) if is_free(one, taken, area)]
    for one in free:
        if not hides(one, others) and not mistaken(one, circle, others):
            return one
    led = (one for one in further(code, circle) if is_free(one, taken, area))
    for one in led:
        if not hides(one, others) and is_open(circle, one, others, taken):
            return one
    least = min(free, key=lambda one: hides(one, others), default=None)
    return least or nearest(code, circle, taken, area)


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


def mistaken(one: Place, circle: Circle, others: Iterable[Circle]) -> bool:
    """Whether it would be read as the code of another, which is nearer."""
    return any(one.apart(other) + 1 < one.apart(circle) for other in others)


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


def further(code: str, circle: Circle) -> Iterator[Place]:
    """In every direction, the nearest first."""
    width = width_of(code)
    for apart in range(int(STEP), FURTHEST, int(STEP)):
        reach = circle.r + APART + apart
        for n in range(DIRECTIONS):
            angle = 2 * pi * n / DIRECTIONS
            across = cos(angle) * (reach + width / 2)
            yield Place(circle.x + across, circle.y + sin(angle) * reach + LEVEL, width, led=True)


def leader(circle: Circle, to: Place) -> tuple[float, float, float, float]:
    """From the edge of a circle to the words that it belongs to."""
    half, middle = to.width / 2, to.y - TALL / 2
    x = min(max(circle.x, to.x - half), to.x + half)
    y = min(max(circle.y, middle - TALL / 2), middle + TALL / 2)
    far = hypot(x - circle.x, y - circle.y) or 1.0
    share = circle.r / far
    return circle.x + (x - circle.x) * share, circle.y + (y - circle.y) * share, x, y


def is_open(circle: Circle, to: Place, others: Iterable[Circle], taken: Iterable[Place]) -> bool:
    """Whether the line to words runs through no other words or circle."""
    x, y, end_x, end_y = leader(circle, to)
    shares = [n / 6 for n in range(1, 7)]
    points = [Circle(x + (end_x - x) * s, y + (end_y - y) * s, 1.0) for s in shares]
    return not any(
        any(one.covers(point) for one in taken)
        or any(within(point, one) and not within(circle, one) for one in others)
        for point in points
    )


def within(point: Circle, circle: Circle) -> bool:
    return hypot(circle.x - point.x, circle.y - point.y) < circle.r


def nearest(code: str, circle: Circle, taken: Sequence[Place], area: Area) -> Place:
    """The nearest height above or below its circle at which no other code stands."""
    begun = Place(circle.x, circle.y - circle.r - APART, width_of(code))
    heights = (begun.y + sign * STEP * n for n in count() for sign in (-1, 1))
    tried = (replace(begun, y=y) for y in heights if y <= area.bottom)
    return next(one for one in tried if not any(map(one.touches, taken)))


def raised(words: Place, circles: Sequence[Circle]) -> Place:
    """The same, so far up that it is clear of circles; where it is if there is no such height."""
    circles = [replace(one, r=one.r + APART) for one in circles]
    heights = (replace(words, y=words.y - 2 * n) for n in range(int((words.y - TALL) / 2)))
    return next((one for one in heights if not any(map(one.covers, circles))), words)
