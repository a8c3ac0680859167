"""A file as it was read, and as it bears on the registry."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from imports.councils import Shares
from imports.problems import Problem
from imports.reconcile import Difference
from imports.understanding import Understood

FINDS_FEW = (
    "Of the contracts held for this council, {again} found in the file; {gone:,} were not: it may "
    "not be the whole register, or its columns were not read rightly."
)
LEFT_ASIDE = (
    "Few rows are of {council}, so the {contracts:,} other contracts it has were not taken as no "
    "longer listed."
)


@dataclass(frozen=True, slots=True)
class Study:
    """A file as it bears on the registry today; nothing is written yet."""

    understood: Understood
    shares: Shares
    differences: Mapping[str, Difference]  # by council
    as_of: Hashable  # what the councils' registers had last been told
    seconds: float

    @property
    def problems(self) -> Iterator[Problem]:
        """Made one by one: there may be several for each row of a bad file."""
        return chain(self.understood.normalised.problems, self.shares.problems)

    @property
    def problem_count(self) -> int:
        return len(self.understood.normalised.problems) + len(self.shares.problems)

    @property
    def judgements(self) -> list[str]:
        """What was decided and could be wrong, each a sentence."""
        understood = self.understood
        left_out = dict.fromkeys(each for table in understood.tables for each in table.left_out)
        judged = [*understood.normalised.judgements, *self.shares.judgements]
        return [*self.doubts, *understood.workbook.notes, *left_out, *judged, *self._left_aside()]

    @property
    def doubts(self) -> list[str]:
        """What speaks against applying it as it was read."""
        return [
            FINDS_FEW.format(
                gone=len(d.no_longer_listed), again=found_again(len(d.changed) + len(d.unchanged))
            )
            for d in self.differences.values()
            if d.finds_few
        ]

    def _left_aside(self) -> Iterator[str]:
        for code, difference in self.differences.items():
            if difference.left_aside:
                name = self.shares.by_council[code][0].facts.get("council_name", code)
                yield LEFT_ASIDE.format(council=name, contracts=difference.left_aside)


def found_again(number: int) -> str:
    if not number:
        return "none was"
    return f"{number:,} {'was' if number == 1 else 'were'}"
