"""What an act is before it is recorded, what is wrong with it, and which files can be evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from social_value.periods import CHECK_THE_YEAR, YEARS
from social_value.quantities import measured

# What each kind of evidence begins with: the name alone is not believed.
KINDS: Mapping[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".docx": (b"PK\x03\x04",),
    ".xlsx": (b"PK\x03\x04",),
}
BEGINNING = max(len(begins) for kind in KINDS.values() for begins in kind)
NOT_EVIDENCE = (
    "This is not a PDF, a picture (.jpg or .png), a .docx or an .xlsx file. Save the evidence as "
    "one of these, or give a link to it."
)


@dataclass(frozen=True, slots=True)
class Act:
    """So much of a measure, done on a day in a council's area, and what of it counts for whom."""

    measure: str
    amount: Decimal
    done_on: date
    area: str
    credits: Mapping[UUID, Decimal]  # by contract
    place: str = ""
    words: str = ""
    pool: UUID | None = None
    need: UUID | None = None


def faults(act: Act, unit: str, *, adds_up: bool, today: date) -> list[tuple[str, str]]:
    """What must be put right before it can be recorded: of what, and a sentence."""
    found = []
    if act.amount <= 0:
        found.append(("amount", "Give how much was done, as a number above nought."))
    if act.done_on > today:
        found.append(("done_on", "This day is still to come. Record what was done once it is."))
    if act.done_on.year not in YEARS:
        found.append(("done_on", f"{CHECK_THE_YEAR}."))
    if any(amount <= 0 for amount in act.credits.values()):
        found.append(("amount", "The contracts named are given more than was done in all."))
    elif (shared := sum(act.credits.values(), Decimal(0))) != act.amount:
        said = f"The contracts are given {measured(shared, unit)} of {measured(act.amount, unit)}."
        found.append(("amount", f"{said} Together they must come to all of it."))
    if not adds_up and len(act.credits) > 1:
        found.append(("amount", "A share of something counts for one contract alone."))
    return found


def shared_out(
    whole: Decimal, first: UUID, others: Mapping[UUID, Decimal | None]
) -> dict[UUID, Decimal]:
    """What each contract is given: the others as said, the first what is left of the whole."""
    said = {key: amount for key, amount in others.items() if amount}
    left = whole - sum(said.values(), Decimal(0))
    return {first: left, **said} if left else said


def percents(shares: Mapping[UUID, Decimal]) -> dict[UUID, Decimal]:
    """Shares to a tenth of a per cent for reading: they come to 100 as the credits do to all."""
    whole = sum(shares.values(), Decimal(0))
    exact = {key: amount * 1000 / whole for key, amount in shares.items()}
    floor = {key: int(share) for key, share in exact.items()}
    by_rest = sorted(exact, key=lambda key: (floor[key] - exact[key], str(key)))
    for key in by_rest[: 1000 - sum(floor.values())]:
        floor[key] += 1
    return {key: Decimal(tenths) / 10 for key, tenths in floor.items()}


def is_evidence(name: str, beginning: bytes) -> bool:
    """Whether a file is of a kind that is kept as evidence, by its name and its first bytes."""
    kind = next((kind for kind in KINDS if name.casefold().endswith(kind)), "")
    return bool(kind) and beginning.startswith(KINDS[kind])
