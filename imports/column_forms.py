"""What an officer may settle about the columns of a file: fields, dates, amounts, ends in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms import BoundField

from imports.actions.choices import Chosen
from imports.cells import ColumnReading
from imports.choosing import Asked, asked, chosen_fields, doubles, field_choices
from imports.headings import money_meaning
from imports.models import Choice, Upload
from imports.normalise.dates import ROLLING
from imports.normalise.written_dates import Order
from imports.preview import Effect, effects, read_as
from imports.settled import ColumnChoice
from imports.snapshot import encode_column
from registry.plain_forms import PlainForm
from registry.records import is_money

Kind = Choice.Kind
AMOUNTS = ("total_value", "annual_value")
BASES = [
    ("total", "The whole term"),
    ("annual", "One year"),
    ("unknown", "It is not stated"),
]
VATS = [("net", "Without VAT"), ("gross", "With VAT"), ("unknown", "It is not stated")]
ORDERS = [
    ("", "Let the dates of each file tell"),
    ("day", "The day: 03/04/2027 is 3 April 2027"),
    ("month", "The month: 03/04/2027 is 4 March 2027"),
]
ENDS = [
    ("", "Not settled"),
    ("rolling", "It goes on: a rolling contract"),
    ("unknown", "Its end is not known"),
]


@dataclass(frozen=True, slots=True)
class Line:
    """One column on the page: what it is taken for, and what its first cells then say."""

    asked: Asked
    field: BoundField
    effects: list[Effect]
    clash: str = ""  # with another column of the same field


class ColumnsForm(PlainForm):
    """A field for each column, and how dates, amounts and ends in words are read."""

    def __init__(self, data: Any, *, upload: Upload) -> None:
        super().__init__(data)
        self.upload = upload
        self.columns = asked([ColumnReading(**each) for each in upload.report["columns"]])
        for at, one in enumerate(self.columns):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                choices=field_choices(), initial=one.field, label=one.name
            )
        for at, one in self._amounts():
            self._ask_what_it_covers(at, one)
        if self.is_bound:
            self._answer_what_was_not_asked()
        self.fields["order"] = forms.ChoiceField(
            choices=ORDERS,
            initial={True: "day", False: "month"}.get(self._settled("day_first", None), ""),
            required=False,
            label="What stands first in dates of numbers?",
            widget=forms.RadioSelect,
        )
        for at, words in enumerate(self.words):
            self.fields[f"words_{at}"] = forms.ChoiceField(
                choices=ENDS, initial=self._meant(words), required=False, label=f"“{words}”"
            )

    def _settled(self, name: str, otherwise: Any) -> Any:
        return self.upload.settled.get(name, otherwise)

    @cached_property
    def words(self) -> list[str]:
        """The ends in words of this file."""
        return list(self.upload.report.get("end_words", {}))

    def _meant(self, words: str) -> str:
        goes_on = self._settled("rolling_words", {}).get(words)
        if goes_on is None:
            return "rolling" if ROLLING.search(words) else ""
        return "rolling" if goes_on else "unknown"

    def _ask_what_it_covers(self, at: int, one: Asked) -> None:
        basis, vat = proposed_meaning(one.first)
        if self.chosen(at) != "annual_value":
            self.fields[f"basis_{at}"] = forms.ChoiceField(
                choices=BASES, initial=basis, required=False, label=f"{one.name}: amounts are for"
            )
        self.fields[f"vat_{at}"] = forms.ChoiceField(
            choices=VATS, initial=vat, required=False, label=f"{one.name}: VAT"
        )

    def _answer_what_was_not_asked(self) -> None:
        """A column just taken for an amount: what nobody said must not show as the first option."""
        asked_of_amounts = {
            name: each.initial
            for name, each in self.fields.items()
            if name.startswith(("basis_", "vat_"))
        }
        self.data = asked_of_amounts | dict(self.data.items())

    def _amounts(self) -> Iterator[tuple[int, Asked]]:
        """The columns taken for amounts that can cover this or that."""
        return ((at, one) for at, one in enumerate(self.columns) if self.chosen(at) in AMOUNTS)

    def answer(self, name: str) -> str:
        """What stands in a field now, chosen or as read; the latter for what nobody may choose."""
        field: Any = self.fields[name]
        said = self.data.get(name) if self.is_bound else None
        return str(said if said is not None and field.valid_value(said) else field.initial)

    def chosen(self, at: int) -> str:
        return self.answer(f"column_{at}")

    @property
    def order(self) -> Order:
        """As chosen, else as the file was read."""
        said = self.answer("order")
        if not said:
            return Order(self.upload.report["dates"]["order"] or Order.DAY_FIRST)
        return Order.DAY_FIRST if said == "day" else Order.MONTH_FIRST

    @property
    def rolling_words(self) -> dict[str, bool]:
        said = {words: self.answer(f"words_{at}") for at, words in enumerate(self.words)}
        return {words: answer == "rolling" for words, answer in said.items() if answer}

    def meaning(self, at: int) -> tuple[str, str]:
        """Basis and VAT of a column's amounts."""
        first = self.columns[at].first
        names = (f"basis_{at}", f"vat_{at}")
        basis, vat = (self.answer(name) if name in self.fields else "" for name in names)
        proposed = proposed_meaning(first)
        return basis or proposed[0], vat or proposed[1]

    @property
    def chosen_by_key(self) -> dict[str, str]:
        return {one.key: self.chosen(at) for at, one in enumerate(self.columns)}

    def _doubles(self) -> dict[str, str]:
        return doubles(self.columns, self.chosen_by_key)

    def clean(self) -> dict[str, Any]:
        wrong = self._doubles()
        for at, one in enumerate(self.columns):
            if one.key in wrong:
                self.add_error(f"column_{at}", wrong[one.key])
        return self.cleaned_data

    def lines(self) -> list[Line]:
        samples = {part["sheet"]: part["rows"] for part in self.upload.sample}
        wrong = self._doubles()
        found = []
        for at, one in enumerate(self.columns):
            cells = cells_of(one.first, self.upload, samples)
            reading = read_as(one.first, self.chosen(at), self.meaning(at))
            shown = effects(reading, cells, order=self.order, rolling_words=self.rolling_words)
            found.append(Line(one, self[f"column_{at}"], shown, wrong.get(one.key, "")))
        return found

    def covers(self) -> list[BoundField]:
        """What is asked of amounts."""
        names = [name for name in self.fields if name.startswith(("basis_", "vat_"))]
        return [self[name] for name in names]

    def ends(self) -> list[BoundField]:
        """What is asked of ends in words."""
        return [self[f"words_{at}"] for at in range(len(self.words))]

    def settles(self) -> list[Chosen]:
        """What the answers settle that the reading did not say already."""
        first = {one.key: one.first for one in self.columns}
        found = [
            Chosen(
                Kind.COLUMN,
                key,
                encode_column(ColumnChoice(field, first[key].heading[:200], first[key].column)),
            )
            for key, field in chosen_fields(self.columns, self.chosen_by_key).items()
        ]
        found += self._covered()
        if "order" in self.changed_data and self.answer("order"):
            found.append(Chosen(Kind.DAY_FIRST, "", self.answer("order") == "day"))
        for at, words in enumerate(self.words):
            answer = self.answer(f"words_{at}")
            if f"words_{at}" in self.changed_data and answer:
                found.append(Chosen(Kind.ROLLING, words[:600], answer == "rolling"))
        return found

    def _covered(self) -> Iterator[Chosen]:
        for at, one in self._amounts():
            if self.meaning(at) != proposed_meaning(one.first):
                yield Chosen(Kind.MEANING, one.key, list(self.meaning(at)))

    def takes_back(self) -> list[tuple[str, str]]:
        """Kinds and keys of what was settled before and is left open now."""
        found = [
            (Kind.ROLLING.value, words)
            for at, words in enumerate(self.words)
            if f"words_{at}" in self.changed_data and not self.answer(f"words_{at}")
        ]
        if "order" in self.changed_data and not self.answer("order"):
            found.append((Kind.DAY_FIRST.value, ""))
        return found


def proposed_meaning(first: ColumnReading) -> tuple[str, str]:
    """Basis and VAT as the file was read; of a column that was no amount, what its heading says."""
    basis, vat = (first.basis, first.vat) if is_money(first.field) else money_meaning(first.heading)
    return str(basis or "unknown"), str(vat or "unknown")


def cells_of(reading: ColumnReading, upload: Upload, samples: Mapping[str, Any]) -> list[str]:
    """The first cells of a column, as text."""
    letters = [c["column"] for c in upload.report["columns"] if c["sheet"] == reading.sheet]
    place = letters.index(reading.column)
    return [row["cells"][place] for row in samples.get(reading.sheet, [])]
