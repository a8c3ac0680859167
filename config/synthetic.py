"""A plausible registry that nobody holds, for scale tests: the same for the same seed."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from registry.records import Basis, Facts, Kind, Vat
from registry.terms import Length, add
from samples.making import vocabulary

Ints = npt.NDArray[np.int64]

CONTRACTS_PER_SUPPLIER = 20
FEWEST_SUPPLIERS = 200
IT_SHARE = 0.1  # of a register's rows, as in real ones
# Half of all IT contracts are worth less than this over their term (domain facts, section 10);
# yearly values are spread about it as a register's are, over several powers of ten.
IT_YEARLY_MEDIAN, OTHER_YEARLY_MEDIAN, SPREAD = 24_000, 38_000, 1.3

TERM_MONTHS = (12, 24, 24, 36, 36, 36, 48, 60)
EXTENSIONS = ("", "", "", "None", "1 x 12 months", "2 x 12 months", "up to 12 months",
              "up to 24 months", "1 x 24 months")  # fmt: skip
NOTICES = ("", "", "", "1 month", "3 months", "6 months")
PROCEDURES = ("Open", "Restricted", "Quotation", "Framework call-off", "Direct award")
DEPARTMENTS = ("Corporate", "Place", "People", "Resources", "Environment")
ROLLING_SHARE, UNKNOWN_SHARE, BREAK_SHARE, VALUED_SHARE = 0.12, 0.16, 0.04, 0.82

BEGINNINGS = (
    "Amber", "Birk", "Cinder", "Dapple", "East", "Fern", "Grey", "Hawk", "Ivel", "Juniper", "Knott",
    "Lap", "Marrow", "Nettle", "Ox", "Pip", "Quarren", "Raven", "Silver", "Thistle", "Umber",
    "Vell", "Whin", "Yarrow",
)  # fmt: skip
ENDINGS = (
    "barrow", "combe", "dale", "fold", "garth", "hallow", "hythe", "lark", "marsh", "mere", "moor",
    "rigg", "sedge", "slade", "sock", "tarn", "thwaite", "vane", "wether", "wick", "winter", "wold",
)  # fmt: skip
# Company numbers no firm has, apart for each of so many seeds.
FIRST_NUMBER, SEEDS_APART, NUMBERS_OF_A_SEED = 90_000_000, 9, 1_000_000
FORMS = ("{} Ltd", "{} Limited", "{} LTD", "{}")


@dataclass(frozen=True, slots=True)
class MadeSupplier:
    """An invented firm: its key, its name, the spellings registers use, a number no firm has."""

    key: uuid.UUID
    name: str
    spellings: tuple[str, ...]
    company_number: str


@dataclass(frozen=True, slots=True)
class MadeContract:
    """One row as a register would state it, with what the service would make of it."""

    key: uuid.UUID
    facts: Facts
    supplier: uuid.UUID
    category: str


class Synthesis:
    """Draws everything from one generator, in one order, so that a seed says it all."""

    def __init__(self, *, seed: int, today: date, categories: Mapping[str, str]) -> None:
        self.random = np.random.default_rng(seed)
        self.seed = seed
        self.today = today
        self.titles = titles_of(categories)
        self.it = sorted(self.titles.keys() - {"NON"})

    def keys(self, count: int) -> list[uuid.UUID]:
        raw = self.random.bytes(16 * count)
        return [uuid.UUID(bytes=raw[n : n + 16], version=4) for n in range(0, 16 * count, 16)]

    def shares(self, contracts: int, councils: int) -> list[int]:
        """How many contracts each council holds: a few hold many, and all hold some."""
        weights = self.random.lognormal(0, 0.8, councils)
        counts = np.floor(contracts * weights / weights.sum()).astype(np.int64)
        counts[: contracts - int(counts.sum())] += 1
        return [int(count) for count in counts]

    def suppliers(self, contracts: int) -> list[MadeSupplier]:
        count = max(FEWEST_SUPPLIERS, contracts // CONTRACTS_PER_SUPPLIER)
        trades = vocabulary.trades()
        return [self.supplier(n, key, trades) for n, key in enumerate(self.keys(count))]

    def supplier(self, n: int, key: uuid.UUID, trades: Sequence[str]) -> MadeSupplier:
        spellings = spellings_of(firm_name(n, trades), n)
        # Past any number that Companies House has given out.
        number = FIRST_NUMBER + self.seed % SEEDS_APART * NUMBERS_OF_A_SEED + n
        return MadeSupplier(key, spellings[0], spellings, str(number))

    def contracts(
        self, count: int, suppliers: Sequence[MadeSupplier], *, first: int
    ) -> Iterator[MadeContract]:
        """So many contracts of one council; `first` numbers its references on."""
        drawn = self.draw(count, len(suppliers))
        rows = zip(*drawn.values(), strict=True)
        for n, (key, row) in enumerate(zip(self.keys(count), rows, strict=True)):
            draw = dict(zip(drawn, row, strict=True))
            supplier = suppliers[draw["supplier"]]
            category = pick(self.it, draw["category"]) if draw["is_it"] else "NON"
            facts = self.facts(draw, supplier, category, first + n)
            yield MadeContract(key, facts, supplier.key, category)

    def draw(self, count: int, suppliers: int) -> dict[str, list[Any]]:
        """Every choice for every contract at once, column by column."""
        random = self.random
        is_it = random.random(count) < IT_SHARE
        median = np.where(is_it, IT_YEARLY_MEDIAN, OTHER_YEARLY_MEDIAN)
        hundreds = np.ceil(median * random.lognormal(0, SPREAD, count) / 100)
        # Squared, so that some suppliers are met far more often than others.
        popular = (random.random(count) ** 2 * suppliers).astype(np.int64)
        columns: dict[str, npt.NDArray[Any]] = {
            "is_it": is_it,
            "pounds": hundreds.astype(np.int64) * 100,
            "supplier": popular,
            "chance": random.random(count),
            "end": random.random(count),
            "valued": random.random(count) < VALUED_SHARE,
            "start": random.integers(-5 * 365, 60, count),
        }
        for name in (
            "category",
            "title",
            "spelling",
            "term",
            "extension",
            "notice",
            "procedure",
            "number",
        ):
            columns[name] = random.integers(0, 1_000_000, count)
        return {name: values.tolist() for name, values in columns.items()}

    def facts(
        self, draw: Mapping[str, Any], supplier: MadeSupplier, category: str, number: int
    ) -> Facts:
        facts: dict[str, Any] = {
            "reference": f"S{self.seed}-{number:07d}",
            "title": pick(self.titles[category], draw["title"]).format(
                n=1 + draw["number"] % 99, place=pick(vocabulary.PLACES, draw["number"])
            ),
            "department": pick(DEPARTMENTS, draw["number"]),
            "supplier_name": pick(supplier.spellings, draw["spelling"]),
            "procedure": pick(PROCEDURES, draw["procedure"]),
            "kind": Kind.CONTRACT.value,
            "rolling": draw["end"] < ROLLING_SHARE,
            **self.term(draw),
            **self.value(draw),
        }
        if draw["spelling"] % 2:
            facts["supplier_company_number"] = supplier.company_number
        return cast(Facts, facts)

    def term(self, draw: Mapping[str, Any]) -> dict[str, Any]:
        """Start, end and the ways to leave; terms end at a month's end, as most do."""
        start = (self.today + timedelta(days=draw["start"])).replace(day=1)
        stated: dict[str, Any] = {"start_date": start}
        if notice := pick(NOTICES, draw["notice"]):
            stated["notice_period"] = notice
        if draw["end"] < ROLLING_SHARE + UNKNOWN_SHARE:
            return stated
        months = pick(TERM_MONTHS, draw["term"])
        stated["end_date"] = add(start, Length(months=months)) - timedelta(days=1)
        if extension := pick(EXTENSIONS, draw["extension"]):
            stated["extension"] = extension
        if draw["chance"] < BREAK_SHARE and months > TERM_MONTHS[0]:
            stated["break_clause"] = "Break after 12 months with 3 months notice"
        return stated

    def value(self, draw: Mapping[str, Any]) -> dict[str, Any]:
        if not draw["valued"]:
            return {"value_basis": Basis.UNKNOWN.value, "value_vat": Vat.UNKNOWN.value}
        return {
            "annual_value": Decimal(draw["pounds"]),
            "value_basis": Basis.ANNUAL.value,
            "value_vat": Vat.NET.value,
        }


def pick(choices: Sequence[Any], number: int) -> Any:
    return choices[number % len(choices)]


def firm_name(n: int, trades: Sequence[str]) -> str:
    """The nth firm: each first word with each trade, then again with a number, never twice."""
    words = len(BEGINNINGS) * len(ENDINGS)
    turn, within = divmod(n, words * len(trades))
    trade, first = divmod(within, words)
    beginning, ending = pick(BEGINNINGS, first), ENDINGS[first // len(BEGINNINGS)]
    name = f"{beginning}{ending} {pick(trades, trade + first)}"
    return f"{name} {turn + 1}" if turn else name


def spellings_of(name: str, n: int) -> tuple[str, ...]:
    return tuple(form.format(name) for form in FORMS[: 1 + n % len(FORMS)])


def titles_of(categories: Mapping[str, str]) -> dict[str, list[str]]:
    """Titles that contracts of each category have; its own name where the samples have none."""
    titles: dict[str, list[str]] = {code: [] for code in categories}
    for row in (*vocabulary.read("it_contracts.csv"), *vocabulary.read("filler_it.csv")):
        if row["category"] in titles:
            titles[row["category"]].append(row["title"])
    titles["NON"] = [row["title"] for row in vocabulary.read("other_work.csv")]
    return {code: found or [categories[code]] for code, found in titles.items()}
