"""The step a sum lies on: 200 to 500, never the sum."""

from dataclasses import dataclass

# Of each tenfold. Wide, so that one council's change seldom moves a sum to another step.
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Band:
    """At least `low`, and less than `below`."""

    low: int
    below: int


def band(total: int) -> Band:
    """The band of a whole number from 1 on."""
    power = 10 ** (len(str(total)) - 1)
    ladder = [step * power for step in (*STEPS, 10)]
    low = max(step for step in ladder if step <= total)
    return Band(low, ladder[ladder.index(low) + 1])
