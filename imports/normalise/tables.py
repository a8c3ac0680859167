"""One table's rows to records: facts by column, then what each row as a whole says."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt

from imports.cells import ColumnReading, Table
from imports.normalise.currencies import RowCurrencies
from imports.normalise.ends import Ends
from imports.normalise.fields import NO_WORDS, ReadColumn, read_column, rule_beside
from imports.normalise.kinds import kind_of
from imports.normalise.orders import Orders
from imports.normalise.outcome import Normalised
from imports.normalise.reading import Fault
from imports.normalise.rows import Column, Sort, sort_rows
from imports.normalise.sections import populations
from imports.preface import preface
from imports.problems import Problem
from registry.records import FIELDS, ContractRecord, Facts, Kind
from registry.terms import read_extension

NO_TITLE = Fault("This row has no title or description.", "Say what the contract is for.")
ONLY_TITLE = Fault(
    "This row has a title and nothing else.",
    "Give the supplier, a date or the value, or take the row out.",
)
EMPTY = Fault(
    "This row says too little to be a contract.",
    "Give what the contract is for and the supplier, or take the row out.",
)
END_FIRST = Fault(
    "The end is before the start ({start:%d/%m/%Y}).", "Check the start and end dates."
)
# What can stand for a title, in order, when the register has no column of titles.
TITLE_FROM = ("description", "service_category", "category", "cpv_label", "proclass_label")
TITLED = frozenset({"title", "description"})
SPLIT = Fault(
    "This row has more cells than the register has headings.",
    "A comma inside a cell, such as 1,234, splits it in a text file: put that cell in quotation "
    "marks, or upload the spreadsheet itself.",
)
DERIVED = frozenset({"title", "kind", "rolling", "value_basis", "value_vat", "council_name"})
DERIVED |= {"currency", "council_code", "effective_date", "department"}
TITLE_LENGTH = FIELDS["title"].max_length
# Rows put together at a time: of those that are not recorded only their problems are kept.
ROWS_AT_ONCE = 10_000
WHOLE = slice(0, None)
Said = TypeVar("Said")
BY_SECTION = "{rows} stand in a part of the register named for its kind: each is a {kind}."
OPTIONS_TOGETHER = "{rows} had options in several columns of extensions: they follow each other."
LAST_OF_SEVERAL = "{rows} had dates in several columns of extensions: the last of them was taken."
FROM_DESCRIPTION = "{rows} had no title: the {source} was taken."
UNTITLED = "a row without a title goes by its {source}"


class TableReader:
    """Reads one table; `judged` counts the rows that each judgement touched."""

    def __init__(
        self,
        table: Table,
        columns: dict[str, Column],
        readings: Sequence[ColumnReading],
        orders: Orders,
        rolling_words: Mapping[str, bool] = NO_WORDS,
    ) -> None:
        """`readings` are of this table alone, ignored columns left out."""
        self.table = table
        self.columns = columns
        by_row = any(each.field == "currency" for each in readings)
        self.read = [
            read_column(
                columns[each.column],
                each,
                orders.of((each.sheet, each.column)),
                rolling_words,
                currency_by_row=by_row,
            )
            for each in readings
            if each.column in columns
        ]
        self.sorts = sort_rows(columns, readings, rows=len(table.cells))
        self.data = np.flatnonzero(self.sorts == Sort.DATA)
        self.numbers = [int(number) for number in table.cells.index[self.data]]
        self.by_field = {each.field: each for each in reversed(self.read)}
        self.judged: Counter[str] = Counter()
        self.besides: dict[str, dict[str, str]] = {}  # by column letter: fields told, and the rule
        self.ends = Ends(self.judged)
        above = preface(table.above).currency_words
        self.currencies = RowCurrencies(self.read, above, self.judged)

    def read_into(self, result: Normalised) -> None:
        """Add this table's records, problems and counts."""
        self._count(result)
        for each in self.read:
            self._count_notes(each)
            self._note_besides(each)
        told = populations(self.sorts, self.columns, (self.table.sheet, *self.table.above))
        for first in range(0, len(self.data), ROWS_AT_ONCE):
            part = slice(first, first + ROWS_AT_ONCE)
            self._read_part(part, told[part], result)
        result.besides |= {(self.table.sheet, at): said for at, said in self.besides.items()}

    def _read_part(self, part: slice, told: Sequence[Kind | None], result: Normalised) -> None:
        """Add some of the data rows; `at` is a row's place among all of them."""
        faults = self._cell_faults(part)
        end_rolls = self._end_says_rolling(part)
        all_facts = self._facts(part)
        self._settle_currencies(all_facts, faults, part)
        rows = zip(all_facts, self._extras(part), told, strict=True)
        for at, (facts, extra, kind) in enumerate(rows, start=part.start):
            if self.numbers[at] in self.table.split_rows:
                result.rows.problem += 1
                result.problems.append(self._split(at))
                continue
            found = faults.get(at, [])
            refused = self._settle(facts, found, end_says_rolling=at in end_rolls, told=kind)
            for column, fault in found:
                result.problems.append(self._problem(at, column, fault, recorded=refused is None))
            if refused is None:
                result.records.append(
                    ContractRecord(self.table.sheet, self.numbers[at], facts, extra)
                )
            else:
                result.rows.problem += 1
                result.problems.append(self._problem(at, self._title(), refused, recorded=False))

    def _count(self, result: Normalised) -> None:
        counts = Counter(Sort(int(sort)) for sort in self.sorts)
        result.rows.blank += counts[Sort.BLANK]
        result.rows.read += len(self.sorts) - counts[Sort.BLANK]
        result.rows.duplicate += counts[Sort.DUPLICATE]
        result.rows.not_a_contract += counts[Sort.NOT_A_CONTRACT]
        result.rows.total_line += counts[Sort.TOTAL_LINE]

    def _codes(self, column: Column, part: slice) -> npt.NDArray[np.intp]:
        return column.codes[self.data[part]]

    def _facts(self, part: slice) -> list[Facts]:
        """Each row's facts: what its own columns say, then what other cells say besides."""
        rows: list[dict[str, Any]] = [{} for _ in self.data[part]]
        for each in self.read:
            name, further, values = each.field, each.reading.further, each.values
            for facts, code in zip(rows, self._codes(each.column, part).tolist(), strict=True):
                if (value := values[code]) is not None:
                    facts[name] = self._with_further(name, facts, value) if further else value
        # What a total's column says of basis and VAT goes before what an annual one says.
        for each in sorted(self.read, key=lambda each: each.reading.field == "annual_value"):
            self._add_besides(each, rows, part)
        return cast(list[Facts], rows)

    def _with_further(self, field: str, facts: dict[str, Any], value: Any) -> Any:
        """The value; where several columns tell of one field, the last date or all options."""
        if field not in facts:
            return value
        held = facts[field]
        if field != "extension":
            self.judged[LAST_OF_SEVERAL] += 1
            return max(value, held)
        if not (read_extension(held).periods and read_extension(value).periods):
            return held
        self.judged[OPTIONS_TOGETHER] += 1
        return f"{held} + {value}"

    def _add_besides(self, each: ReadColumn, rows: list[dict[str, Any]], part: slice) -> None:
        for at, also in self._where(each, each.also, part):
            facts = rows[at - part.start]
            for name, value in also.items():
                if value is not None:
                    facts.setdefault(name, value)

    def _note_besides(self, each: ReadColumn) -> None:
        """Which other fields the column tells of, and by which rule."""
        told = {n for also in each.also.values() for n, said in also.items() if said is not None}
        for name in sorted(told & FIELDS.keys()):
            self._note_beside(each, name, rule_beside(each, name))

    def _note_beside(self, each: ReadColumn, field: str, rule: str) -> None:
        self.besides.setdefault(each.reading.column, {})[field] = rule

    def _where(
        self, each: ReadColumn, said: Mapping[int, Said], part: slice
    ) -> Iterator[tuple[int, Said]]:
        """The rows whose cell says something of this sort, with what it says."""
        if not said:
            return
        for at, code in enumerate(self._codes(each.column, part).tolist(), start=part.start):
            if code in said:
                yield at, said[code]

    def _count_notes(self, each: ReadColumn) -> None:
        heading = each.reading.heading or f"column {each.reading.column}"
        for _, note in self._where(each, each.notes, WHOLE):
            self.judged[f'{note} ({{rows}} under "{_plain(heading)}")'] += 1

    def _settle_currencies(
        self, rows: list[Facts], faults: dict[int, list[tuple[ReadColumn, Fault]]], part: slice
    ) -> None:
        """Where not all amounts are plainly pounds, see that all of a row are in one currency."""
        codes = [
            (each, self._codes(each.column, part).tolist()) for each in self.currencies.columns
        ]
        for place, facts in enumerate(rows if codes else ()):
            cells = [(each, held[place]) for each, held in codes if held[place] >= 0]
            for found in self.currencies.settle(cast(dict[str, Any], facts), cells):
                faults.setdefault(part.start + place, []).append(found)

    def _cell_faults(self, part: slice) -> dict[int, list[tuple[ReadColumn, Fault]]]:
        faults: dict[int, list[tuple[ReadColumn, Fault]]] = {}
        for each in self.read:
            for at, fault in self._where(each, each.faults, part):
                faults.setdefault(at, []).append((each, fault))
        return faults

    def _extras(self, part: slice) -> list[Mapping[str, str]]:
        """Cells of columns nobody needs, by heading: kept with their row."""
        rows: list[dict[str, str]] = [{} for _ in self.data[part]]
        used = {each.reading.column for each in self.read}
        for letter, column in self.columns.items():
            if letter in used:
                continue
            name = column.heading or f"Column {letter}"
            for extra, code in zip(rows, self._codes(column, part).tolist(), strict=True):
                if code >= 0 and column.texts[code]:
                    extra[name if name not in extra else f"{name} ({letter})"] = column.texts[code]
        return cast(list[Mapping[str, str]], rows)

    def _end_says_rolling(self, part: slice) -> set[int]:
        end = self.by_field.get("end_date")
        if end is None:
            return set()
        return {at for at, also in self._where(end, end.also, part) if also.get("rolling")}

    def _settle(
        self,
        facts: Facts,
        faults: list[tuple[ReadColumn, Fault]],
        *,
        end_says_rolling: bool,
        told: Kind | None,
    ) -> Fault | None:
        """Finish one row; what is wrong when it is no contract one can record."""
        self._take_title(facts)
        self._check_order(facts, faults)
        self.ends.settle(facts, end_says_rolling=end_says_rolling)
        self._check_order(facts, faults)
        facts["kind"] = kind_of(facts, told=told).value
        if told is not None and told is not Kind.CONTRACT and facts["kind"] == told.value:
            self.judged[BY_SECTION.replace("{kind}", told.words)] += 1
        return self._refusal(facts)

    def _take_title(self, facts: Facts) -> None:
        if "title" in facts:
            return
        may = ("description",) if TITLED & self.by_field.keys() else TITLE_FROM
        source = next((name for name in may if facts.get(name)), None)
        if not source and may is TITLE_FROM and len(facts.keys() - DERIVED) > 1:
            source = "supplier_name" if "supplier_name" in facts else None
        if source:
            facts["title"] = str(cast(dict[str, Any], facts)[source])[:TITLE_LENGTH].rstrip()
            label = FIELDS[source].label.lower()
            self.judged[FROM_DESCRIPTION.replace("{source}", label)] += 1
            if each := self.by_field.get(source):
                self._note_beside(each, "title", UNTITLED.format(source=label))

    def _check_order(self, facts: Facts, faults: list[tuple[ReadColumn, Fault]]) -> None:
        """An end before the start is left out and said; a latest end before the start too."""
        start, end = facts.get("start_date"), facts.get("end_date")
        if start is None:
            return
        if end is not None and end < start:
            del facts["end_date"]
            column = self.by_field.get("end_date") or self.by_field["start_date"]
            faults.append((column, _fault(END_FIRST, start=start)))
        latest = facts.get("latest_end_date")
        if latest is not None and latest < start:
            del facts["latest_end_date"]

    def _refusal(self, facts: Facts) -> Fault | None:
        if "title" in facts and "supplier_name" in facts:
            return None
        said = facts.keys() - DERIVED
        if "title" in facts:
            return None if said - TITLED - {"reference"} or _both(facts) else ONLY_TITLE
        return NO_TITLE if TITLED & self.by_field.keys() else EMPTY

    def _title(self) -> ReadColumn | None:
        return self.by_field.get("title") or self.by_field.get("description")

    def _split(self, at: int) -> Problem:
        """The problem of a row whose values may stand in other columns than their own."""
        row = self.data[at]
        last = [column for column in self.columns.values() if column.codes[row] >= 0][-1]
        return Problem(
            sheet=self.table.sheet,
            row=self.numbers[at],
            cell=f"{last.letter}{self.numbers[at]}",
            heading=last.heading,
            value=last.texts[last.codes[row]],
            problem=SPLIT.problem,
            what_to_do=SPLIT.what_to_do,
        )

    def _problem(
        self, at: int, each: ReadColumn | None, fault: Fault, *, recorded: bool
    ) -> Problem:
        number = self.numbers[at]
        if each is None:
            first = next(iter(self.columns), "A")
            return Problem(
                self.table.sheet, number, f"{first}{number}", "", "", fault.problem,
                fault.what_to_do,
            )  # fmt: skip
        code = each.column.codes[self.data[at]]
        return Problem(
            sheet=self.table.sheet,
            row=number,
            cell=f"{each.reading.column}{number}",
            heading=each.reading.heading,
            value=each.column.texts[code] if code >= 0 else "",
            problem=fault.problem,
            what_to_do=fault.what_to_do,
            field=each.field,
            recorded=recorded,
        )


def _fault(fault: Fault, **said: object) -> Fault:
    return Fault(fault.problem.format(**said), fault.what_to_do)


def _both(facts: Facts) -> bool:
    """A title with a reference of its own is a contract, if a bare one."""
    return "reference" in facts and "title" in facts


def _plain(heading: str) -> str:
    """A heading inside a sentence that is formatted later."""
    return " ".join(heading.replace("{", "(").replace("}", ")").split())
