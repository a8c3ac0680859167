"""Precision, recall and F1 of yes-or-no answers."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratios:
    """How many were said, how many of those were right, how many there were to find."""

    said: int
    right: int
    there: int

    @property
    def precision(self) -> float | None:
        return self.right / self.said if self.said else None

    @property
    def recall(self) -> float | None:
        return self.right / self.there if self.there else None

    @property
    def f1(self) -> float | None:
        both = self.said + self.there
        return 2 * self.right / both if both else None

    def as_json(self) -> dict[str, float | int | None]:
        return {
            "precision": rounded(self.precision),
            "recall": rounded(self.recall),
            "f1": rounded(self.f1),
            "said": self.said,
            "right": self.right,
            "there": self.there,
        }


def ratios(answers: Iterable[tuple[bool, bool]]) -> Ratios:
    """From pairs of (what was said, what is true)."""
    said = right = there = 0
    for yes, true in answers:
        said += yes
        there += true
        right += yes and true
    return Ratios(said, right, there)


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def share(part: int, whole: int) -> float | None:
    """A share of rows, None where there are none."""
    return round(part / whole, 4) if whole else None


def shown(value: float | None) -> str:
    return "none" if value is None else f"{value:.3f}"
