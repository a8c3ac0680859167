"""What a council may write to a supplier about what it promised: words, and an address to mail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from registry.formats import day
from registry.values import months_on

# As far ahead as something can still be arranged.
AHEAD_MONTHS = 3
# Mail programs take no longer addresses.
LONGEST_MAILTO = 1_900


@dataclass(frozen=True, slots=True)
class Owed:
    """What a contract promises of one measure and did not yet do, in words."""

    title: str
    measure: str
    promised: str
    delivered: str
    waiting: str  # reported, and not yet confirmed
    late: str
    next_due: date | None
    next_amount: str  # due by then, beside what is due or delivered already

    def matters(self, today: date) -> bool:
        """Late, or due soon."""
        soon = self.next_due is not None and self.next_due <= months_on(today, AHEAD_MONTHS)
        return bool(self.late) or soon


@dataclass(frozen=True, slots=True)
class Letter:
    """A reminder to one supplier."""

    supplier: str
    subject: str
    text: str

    @property
    def mailto(self) -> str:
        """Nothing where the text is too long for an address: it is copied instead."""
        address = f"mailto:?subject={quote(self.subject)}&body={quote(self.text)}"
        return address if len(address) <= LONGEST_MAILTO else ""


def letter(supplier: str, council: str, lines: Sequence[Owed], *, page: str, today: date) -> Letter:
    """What is late and what falls due soon; the rest is no reason to write."""
    told = [one for one in lines if one.matters(today)]
    text = "\n".join(
        [
            f"To {supplier or 'the supplier'}",
            "",
            f"These promises of social value in your contracts with {council} are due:",
            "",
            *(line for one in told for line in in_words(one)),
            "",
            "Please tell us what was done, on which day and where, with evidence, or when it will "
            "be. It counts as delivered once the council has confirmed it.",
            "",
            f"All that is promised and delivered: {page}",
        ]
    )
    return Letter(supplier, f"Social value promised to {council}", text)


def in_words(one: Owed) -> Iterator[str]:
    yield f"- {one.title}: {one.measure}, {one.promised} promised, {one.delivered} confirmed."
    if one.waiting:
        yield f"  Not yet confirmed: {one.waiting}. There is no need to tell us of these again."
    if one.late:
        yield f"  Late: {one.late}."
    if one.next_due:
        yield f"  Next due: {one.next_amount} by {day(one.next_due)}."
