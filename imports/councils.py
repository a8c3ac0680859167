"""Whose each row is: the council a row names, and whether the sender may act for it."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from imports.cells import ColumnReading
from imports.problems import Problem, Problems
from imports.settled import Replayed
from registry.records import ContractRecord

# Words that say what sort of council it is; without them short names are compared.
SORTS = frozenset(
    {"the", "of", "council", "county", "city", "borough", "district", "metropolitan", "london"}
    | {"royal", "mbc", "mdc", "cc", "dc", "bc", "lb", "unitary", "authority", "and", "invented"}
)


@dataclass(frozen=True, slots=True)
class NamedCouncil:
    code: str
    name: str
    short_name: str
    former_codes: str = ""


class CouncilNames:
    """Finds a council by its code, its name, or its short name where only one has it.

    `ours`: folded names of which somebody said that they mean the council a file is sent for;
    `others`: codes of councils into whose registers somebody let its rows, None for all.
    """

    def __init__(
        self,
        councils: Iterable[NamedCouncil],
        *,
        ours: Collection[str] = (),
        others: Collection[str] | None = None,
    ) -> None:
        self._ours = frozenset(ours)
        self._others = None if others is None else frozenset(others)
        self._exact: dict[str, str] = {}
        self._loose: dict[str, set[str]] = defaultdict(set)
        self.names: dict[str, str] = {}
        for council in councils:
            self.names[council.code] = council.name
            for text in (council.code, council.name, *council.former_codes.split()):
                self._exact.setdefault(folded(text), council.code)
            for text in (council.name, council.short_name):
                if loose := loosened(text):
                    self._loose[loose].add(council.code)

    def find(self, *texts: str) -> str | None:
        """The council's code, or None when no text names one beyond doubt."""
        exact = (self._exact.get(folded(text)) for text in texts if text)
        if code := next(filter(None, exact), None):
            return code
        loose = (self._loose.get(loosened(text), set()) for text in texts)
        return next((code for codes in loose if len(codes) == 1 for code in codes), None)

    def is_ours(self, text: str) -> bool:
        return folded(text) in self._ours

    def lets_in(self, code: str) -> bool:
        """Whether rows may go into the register of a council that the file was not sent for."""
        return self._others is None or code in self._others

    def was_let_in(self, code: str) -> bool:
        """Whether somebody said so."""
        return self._others is not None and code in self._others


def folded(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9&]+", " ", text.casefold().replace("&", " and ")).split())


def loosened(text: str) -> str:
    """A name without its sort; blank when nothing else is in it, as in "City of London"."""
    return " ".join(word for word in folded(text).split() if word not in SORTS)


@dataclass(slots=True)
class Shares:
    """Rows by the council they go to, and those that wait because their sender may not act."""

    chosen: str = ""  # the council the file was sent for
    by_council: dict[str, list[ContractRecord]] = field(default_factory=lambda: defaultdict(list))
    problems: Problems = field(default_factory=Problems)
    judgements: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)  # which other registers change, and why
    # Names of no council we know, in a file that never names its own: its officer is asked first.
    asks: list[str] = field(default_factory=list)
    # Rows of other councils the sender acts for, which wait until somebody lets them in.
    held_back: Counter[str] = field(default_factory=Counter)
    # Rows of councils the sender does not act for, by the name written and the council it means.
    not_acted_for: Counter[tuple[str, str]] = field(default_factory=Counter)
    replayed: list[Replayed] = field(default_factory=list)


def share_out(
    records: Sequence[ContractRecord],
    columns: Sequence[ColumnReading],
    *,
    chosen: str,
    acting_for: Collection[str],
    councils: CouncilNames,
) -> Shares:
    """Give each row to the council it names, else to the chosen one.

    A row that names a council its sender does not act for waits as a problem, and so does one of a
    council they act for until somebody lets such rows into its register. A name that is no
    council's (a department, a group) says nothing, and that is reported, unless somebody said that
    it means the chosen council.
    """
    shares = Shares(chosen)
    naming = naming_columns(columns)
    names = taken_for_councils(map(said_by, records), chosen, councils)
    for record in records:
        named = names.councils[said_by(record)] or chosen
        if named == chosen or (named in acting_for and councils.lets_in(named)):
            shares.by_council[named].append(record)
            continue
        acts = named in acting_for
        if acts:
            shares.held_back[named] += 1
        else:
            shares.not_acted_for[written_of(said_by(record)), named] += 1
        why = NOT_SENT_FOR if acts else NOT_ACTED_FOR
        shares.problems.append(waits(record, naming, why.of(councils.names[named])))
    tell(shares, names, councils)
    if chosen in names.councils.values():  # what else it names are parts of that council
        shares.asks = []
    return shares


Said = tuple[str, str]  # a council's code and name as a row has them


@dataclass(frozen=True, slots=True)
class Names:
    """What was taken of the names in a file."""

    councils: dict[Said, str | None] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)  # somebody said that they mean the chosen one


def taken_for_councils(all_said: Iterable[Said], chosen: str, councils: CouncilNames) -> Names:
    names = Names()
    for said in all_said:
        if said in names.councils:
            continue
        written = written_of(said)
        code = councils.find(*said) if written else None
        if code != chosen and councils.is_ours(written):
            names.settled.add(written)
            code = None
        elif written and code is None:
            names.unknown.add(written)
        names.councils[said] = code
    return names


def said_by(record: ContractRecord) -> Said:
    return (record.facts.get("council_code", ""), record.facts.get("council_name", ""))


def written_of(said: Said) -> str:
    code, name = said
    return name or code


def tell(shares: Shares, names: Names, councils: CouncilNames) -> None:
    """What was decided of the names that stand in the file, and what is to be asked of them."""
    chosen = councils.names[shares.chosen]
    shares.asks = sorted(names.unknown)
    shares.replayed = [taken_for(name, chosen) for name in sorted(names.settled)]
    shares.replayed += let_in(shares, councils)
    shares.elsewhere = going_elsewhere(shares, councils)
    shares.judgements = [*unknown_names(shares.asks, chosen), *shares.elsewhere]


def going_elsewhere(shares: Shares, councils: CouncilNames) -> list[str]:
    """What goes into other registers than that of the council the file was sent for."""
    return [
        f"{councils.names[code]}, for which you act too, is named by {len(rows):,} "
        f"{'row, which goes' if len(rows) == 1 else 'rows, which go'} into its register."
        for code, rows in sorted(shares.by_council.items())
        if code != shares.chosen
    ]


def taken_for(name: str, council: str) -> Replayed:
    return Replayed("ours", folded(name), f"“{name}” means {council}.")


def let_in(shares: Shares, councils: CouncilNames) -> list[Replayed]:
    return [
        Replayed("others", code, f"Rows that name {councils.names[code]} go into its register.")
        for code in sorted(shares.by_council.keys() - {shares.chosen})
        if councils.was_let_in(code)
    ]


def naming_columns(columns: Sequence[ColumnReading]) -> Mapping[str, ColumnReading]:
    """The column of each sheet that names the council: its name rather than its code."""
    naming: dict[str, ColumnReading] = {}
    for field_name in ("council_code", "council_name"):
        naming |= {c.sheet: c for c in columns if c.field == field_name}
    return naming


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why a row waits, and what to do."""

    problem: str
    what_to_do: str

    def of(self, council: str) -> "Waiting":
        return Waiting(self.problem.format(council=council), self.what_to_do)


NOT_ACTED_FOR = Waiting(
    "This row belongs to {council}, which you do not act for.",
    "Ask that council to send it, or an administrator to let you act for it.",
)
NOT_SENT_FOR = Waiting(
    "This row belongs to {council}, which this file was not sent for.",
    "Before you apply the file, say that its rows may go there; or send them for that council.",
)


def waits(record: ContractRecord, naming: Mapping[str, ColumnReading], why: Waiting) -> Problem:
    column = naming[record.sheet]
    return Problem(
        sheet=record.sheet,
        row=record.row,
        cell=f"{column.column}{record.row}",
        heading=column.heading,
        value=written_of(said_by(record)),
        problem=why.problem,
        what_to_do=why.what_to_do,
        field=column.field,
    )


@cache
def belongs_to(council: str) -> str:
    """The same text each time: it may stand beside every row of a register."""
    return f"This row belongs to {council}, which you do not act for."


def unknown_names(names: Collection[str], chosen: str) -> list[str]:
    if not names:
        return []
    some = ", ".join(sorted(names)[:3]) + (" and others" if len(names) > 3 else "")
    return [f"{some}: not the name of a council we know, so these rows are taken as {chosen}'s."]
