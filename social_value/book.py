"""Promises as a workbook to fill in: its columns, its rows, and what a row sent back says."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from registry.exports.workbook import Sheet
from social_value.periods import CHECK_THE_YEAR, YEARS

KEY, CONTRACT, SUPPLIER = "Leave this as it is", "Contract", "Supplier"
WORDS, MEASURE, AMOUNT = "Words of the register", "Measure", "How much"
YEARLY, STARTS, ENDS = "Every year", "From", "By"
PLACE, GROUP, RESPONSIBLE = "Where", "For whom", "Who is responsible"
DELIVERED, DONE_ON, EVIDENCE, DONE = "Delivered", "Delivered on", "Evidence", "What was done"
RIGHT = "It is right"  # said of a row that was asked about
# What an officer says of a promise, and what they say was done for it.
OF_PROMISE = (MEASURE, AMOUNT, YEARLY, STARTS, ENDS, PLACE, GROUP, RESPONSIBLE)
OF_DELIVERY = (DELIVERED, DONE_ON, EVIDENCE, DONE)
HEADINGS = (KEY, CONTRACT, SUPPLIER, WORDS, *OF_PROMISE, *OF_DELIVERY, RIGHT)
NAME, MEANINGS = "Promises", "Measures and groups"
NOTHING = "Nothing"
NOTES = (
    "One row for each promise, each part of the register’s words that was not understood, and each "
    "contract without either. Change what is not so, from Measure on, and send the workbook back.",
    "Measures, their units and groups are on the second sheet. Write Nothing as the measure where "
    "words promise nothing. Days as 31/03/2027; blank days are those of the contract.",
    "Give Delivered, its day and a link as evidence where something was done. It is added to what "
    "is recorded, and counts once somebody else at the council confirms it.",
    "It is right stays blank until you are asked about a row.",
)
LONGEST = {PLACE: 200, RESPONSIBLE: 200, EVIDENCE: 1000, DONE: 500}
LARGEST = Decimal(10) ** 9
FINEST = Decimal("0.0001")
# A comma anywhere else may stand for the decimal point, as it does in other countries.
FIGURES = re.compile(r"£? ?(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|-?\.\d+)", re.ASCII)
IN_FIGURES = "Give the amount in figures, with a point before decimals: 52, 0.5 or 1,500"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the workbook, as it is written."""

    key: str
    contract: str
    supplier: str
    words: str
    measure: str = ""  # its name
    amount: Decimal | None = None
    yearly: bool = False
    starts: date | None = None
    ends: date | None = None
    place: str = ""
    group: str = ""
    responsible: str = ""
    own_days: tuple[date | None, date | None] = (None, None)  # that an officer gave

    @property
    def cells(self) -> tuple[Any, ...]:
        return (
            *(self.key, self.contract, self.supplier, self.words, self.measure, self.amount),
            *("Yes" if self.yearly else "", self.starts, self.ends),
            *(self.place, self.group, self.responsible),
        )

    @property
    def texts(self) -> dict[str, str]:
        """What its cells of the promise say when they come back as they were sent."""
        said = dict(zip(HEADINGS, self.cells, strict=False))
        return {heading: as_text(said[heading]) for heading in OF_PROMISE}


def as_text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return " ".join((value or "").split())


@dataclass(frozen=True, slots=True)
class Known:
    """What can be chosen: measures by name, groups."""

    measures: Mapping[str, str]  # name to code
    units: Mapping[str, str]  # name to unit
    groups: Sequence[str]

    def measure(self, said: str) -> str | None:
        return {name.casefold(): code for name, code in self.measures.items()}.get(said.casefold())


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell, and what to do."""

    heading: str
    value: str
    problem: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a row that came back says: of the promise, where that changed, and of a delivery."""

    changes: bool = False
    promise: Mapping[str, Any] = field(default_factory=dict)  # without a measure: nothing
    delivery: Mapping[str, Any] | None = None
    right: bool = False  # whatever would be asked about it
    faults: Sequence[Fault] = ()


def sheets(rows: Iterable[Row], known: Known) -> list[Sheet]:
    """The workbook to be filled in."""
    blank = ("",) * len((*OF_DELIVERY, RIGHT))
    meanings = [(name, known.units[name], "") for name in known.measures]
    meanings += [("", "", group) for group in known.groups]
    return [
        Sheet(
            NAME,
            HEADINGS,
            ((*row.cells, *blank) for row in rows),
            NOTES,
            wide=frozenset({CONTRACT, WORDS, MEASURE}),
            choices={YEARLY: ("Yes", "No"), RIGHT: ("Yes",)},
        ),
        Sheet(MEANINGS, ("Measure", "Unit", "For whom"), meanings, wide=frozenset({"Measure"})),
    ]


def said_in(cells: Mapping[str, str], was: Row, known: Known) -> Said:
    """What a row says that came back: nothing where its cells are as they were sent."""
    told = {heading: cells.get(heading, "") for heading in OF_PROMISE}
    changed = {key: text for key, text in told.items() if text != was.texts[key]}
    faults: list[Fault] = []
    promise = dict(promised(told, was, known, faults)) if changed else {}
    delivery = None
    if any(cells.get(heading) for heading in OF_DELIVERY):
        delivery = dict(done(cells, faults))
        delivery["measure"] = known.measure(told[MEASURE])
        if delivery["measure"] is None and not faults:
            faults.append(Fault(MEASURE, told[MEASURE], "Choose the measure of what was delivered"))
    right = yes_in(RIGHT, cells.get(RIGHT, ""), faults)
    return Said(bool(changed), promise, delivery, right, faults)


def promised(
    told: Mapping[str, str], was: Row, known: Known, faults: list[Fault]
) -> Iterator[tuple[str, Any]]:
    """What the officer says of the promise; faults are added."""
    if told[MEASURE].casefold() == NOTHING.casefold():
        return
    measure = known.measure(told[MEASURE])
    if measure is None:
        asked = "Write a measure as on the second sheet, or Nothing if these words promise nothing"
        faults.append(Fault(MEASURE, told[MEASURE], asked))
    yield "measure_id", measure
    yield "quantity", amount_in(AMOUNT, told[AMOUNT], faults)
    yield "per_year", yes_in(YEARLY, told[YEARLY], faults)
    starts, ends = (day_in(heading, told[heading], faults) for heading in (STARTS, ENDS))
    if starts and ends and ends < starts:
        faults.append(Fault(ENDS, told[ENDS], "It cannot end before it starts"))
    # Days left as they were stay so: an officer's, or the contract's and follow its extensions.
    yield "starts", was.own_days[0] if told[STARTS] == was.texts[STARTS] else starts
    yield "ends", was.own_days[1] if told[ENDS] == was.texts[ENDS] else ends
    yield "place", text_in(PLACE, told[PLACE], faults)
    group = next((one for one in known.groups if one == told[GROUP].casefold()), "")
    if told[GROUP] and not group:
        faults.append(Fault(GROUP, told[GROUP], "Write a group as on the second sheet, or none"))
    yield "group", group
    yield "responsible", text_in(RESPONSIBLE, told[RESPONSIBLE], faults)


def done(cells: Mapping[str, str], faults: list[Fault]) -> Iterator[tuple[str, Any]]:
    """What was done for it; faults are added."""
    said = {heading: cells.get(heading, "") for heading in OF_DELIVERY}
    yield "amount", amount_in(DELIVERED, said[DELIVERED], faults)
    day = day_in(DONE_ON, said[DONE_ON], faults)
    if not said[DONE_ON]:
        faults.append(Fault(DONE_ON, "", "Give the day on which it was done, as 31/03/2027"))
    yield "done_on", day
    link = text_in(EVIDENCE, said[EVIDENCE], faults)
    if not link.startswith(("https://", "http://")):
        asked = "Give a link to the evidence, https://…; a file is added on the contract’s page"
        faults.append(Fault(EVIDENCE, link, asked))
    yield "link", link
    yield "words", text_in(DONE, said[DONE], faults)


def amount_in(heading: str, text: str, faults: list[Fault]) -> Decimal | None:
    found = FIGURES.fullmatch(text.strip())
    if found is None:
        faults.append(Fault(heading, text, IN_FIGURES))
        return None
    amount = Decimal(found[1].replace(",", ""))
    if not FINEST <= amount < LARGEST:
        faults.append(Fault(heading, text, "Give an amount above nought and below a billion"))
        return None
    if amount != amount.quantize(FINEST):
        faults.append(Fault(heading, text, "Give no more than four decimals"))
        return None
    return amount


def yes_in(heading: str, text: str, faults: list[Fault]) -> bool:
    if text.casefold() not in {"yes", "no", ""}:
        faults.append(Fault(heading, text, "Write Yes, No, or nothing"))
    return text.casefold() == "yes"


def day_in(heading: str, text: str, faults: list[Fault]) -> date | None:
    """Day first, as the notes ask; ISO, as workbooks say days."""
    for written in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"):
        try:
            found = datetime.strptime(text, written).date()
        except ValueError:
            continue
        if found.year in YEARS:
            return found
        faults.append(Fault(heading, text, CHECK_THE_YEAR))
        return None
    if text:
        faults.append(Fault(heading, text, "This is not a date. Write it as 31/03/2027"))
    return None


def text_in(heading: str, text: str, faults: list[Fault]) -> str:
    if len(text) > LONGEST[heading]:
        faults.append(Fault(heading, text[:60], f"Write no more than {LONGEST[heading]} letters"))
    return text
