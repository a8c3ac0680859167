"""What comes of reading a register: records, problems, counts, and what was judged."""

from dataclasses import dataclass, field
from decimal import Decimal

from imports.problems import Problems
from registry.currencies import POUNDS
from registry.records import Basis, ContractRecord, Vat


@dataclass(slots=True)
class RowCounts:
    """Every data row read is in exactly one of these; `blank` rows are not read.

    The rest of `read` is `records`: good rows, which may have problems in optional cells.
    """

    read: int = 0
    problem: int = 0
    duplicate: int = 0
    not_a_contract: int = 0
    total_line: int = 0
    blank: int = 0

    def leave_out(self, rows: int) -> None:
        """Rows that a person said are no contracts: emptied, but they were read."""
        self.read += rows
        self.not_a_contract += rows
        self.blank -= rows


@dataclass(slots=True)
class DatesRead:
    """How the file's dates were read, and how many rows have them."""

    order: str = ""  # "day first", "month first"; "" when no date needed it
    decided_by: str = ""  # the evidence, in a sentence
    rows_with_start: int = 0
    rows_with_end: int = 0
    rows_rolling: int = 0


@dataclass(slots=True)
class ValueRead:
    """What the file's amounts add up to, and what they are.

    `sum` is of those in `currency`, which most rows have; `others` are sums by another code.
    """

    sum: Decimal = Decimal("0.00")
    currency: str = POUNDS
    others: dict[str, Decimal] = field(default_factory=dict)
    rows_with_value: int = 0
    basis: str = Basis.UNKNOWN.value
    vat: str = Vat.UNKNOWN.value


@dataclass(slots=True)
class Normalised:
    """A register as understood."""

    records: list[ContractRecord] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    rows: RowCounts = field(default_factory=RowCounts)
    dates: DatesRead = field(default_factory=DatesRead)
    value: ValueRead = field(default_factory=ValueRead)
    judgements: list[str] = field(default_factory=list)  # what was judged and could be wrong
    # By sheet and column letter: the other fields its cells told, each with the rule.
    besides: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
