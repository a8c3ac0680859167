"""Parameters of the API: each kind reads one exact form of text, says so, and refuses all else."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django_filters import Filter, FilterSet
from drf_spectacular.utils import extend_schema_field
from rest_framework import exceptions
from rest_framework.request import Request

# Each list of the API, and the word for one of it.
LISTS: Mapping[str, str] = {
    "councils": "council",
    "groupings": "grouping",
    "categories": "category",
    "suppliers": "supplier",
    "contracts": "contract",
    "opportunities": "opportunity",
    "frameworks": "framework",
    "needs": "need",
    "promises": "promise",
    "demand": "demand",
    "intentions": "intention",
    "prices": "price",
    "engagements": "engagement",
    "changes": "change",
}
CODE = r"[A-Za-z0-9._-]{1,40}"
MOST_CODES = 50
SHORTEST_SEARCH, LONGEST_SEARCH, MOST_WORDS = 2, 100, 6
# A space where the sign of an offset should be: "+" means a space in an address.
LOST_PLUS = re.compile(r" (?=[0-9]{2}:[0-9]{2}$)", re.ASCII)
LARGEST_AMOUNT = 10**12

Schema = Mapping[str, Any]
Narrow = Callable[[Any, Any], QuerySet[Any]]


class Exact(forms.Field):
    """Text of one exact form, described for people by `says`."""

    pattern: ClassVar[str] = ""
    says: ClassVar[str] = ""

    def to_python(self, value: Any) -> Any:
        if value is None:
            return None
        if not re.fullmatch(self.pattern, value, re.ASCII):
            raise ValidationError(self.says)
        try:
            return self.read(value)
        except ValueError:
            raise ValidationError(self.says) from None

    def read(self, text: str) -> Any:
        return text


class CodeField(Exact):
    pattern = CODE
    says = "Give a code: letters, digits, dots and dashes."


class CodesField(Exact):
    pattern = f"{CODE}(,{CODE}){{0,{MOST_CODES - 1}}}"
    says = f"Give codes with commas between them, at most {MOST_CODES}."

    def read(self, text: str) -> list[str]:
        return text.split(",")


class DayField(Exact):
    pattern = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    says = "Give a day of the calendar as year-month-day, such as 2027-03-31."

    def read(self, text: str) -> date:
        return date.fromisoformat(text)


class MomentField(Exact):
    pattern = (
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?"
        r"([Zz]|[ +-][0-9]{2}:[0-9]{2})"
    )
    says = "Give a moment with its zone, such as 2026-11-01T00:00:00Z."

    def read(self, text: str) -> datetime:
        moment = datetime.fromisoformat(LOST_PLUS.sub("+", text.upper()))
        try:
            return moment.astimezone(UTC)
        except OverflowError:  # in UTC it lies before the year 1 or after 9999
            return moment.replace(tzinfo=UTC)


class IdField(Exact):
    pattern = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
    says = "Give an `id` as this service writes it."

    def read(self, text: str) -> UUID:
        return UUID(text)


class FlagField(Exact):
    pattern = "true|false"
    says = "Give true or false."

    def read(self, text: str) -> bool:
        return text == "true"


class AmountField(Exact):
    pattern = "[0-9]{1,12}"
    says = "Give a whole number, in digits only."

    def read(self, text: str) -> int:
        return int(text)


class WordsField(Exact):
    pattern = rf"(?s)[^\0]{{{SHORTEST_SEARCH},{LONGEST_SEARCH}}}"
    says = f"Give {SHORTEST_SEARCH} to {LONGEST_SEARCH} characters."

    def read(self, text: str) -> list[str]:
        return text.split()[:MOST_WORDS]


class Parameter(Filter):
    """A filter that says what it means in the API's own description.

    It compares a column, or where that does not say it, narrows the rows `by` a function.
    """

    schema: ClassVar[Schema] = {"type": "string"}

    def __init__(self, means: str, *, by: Narrow | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.by = by
        extend_schema_field({**self.schema, "description": means})(self)

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if value is None:
            return qs
        found: QuerySet[Any] = self.by(qs, value) if self.by else super().filter(qs, value)
        return found


class Code(Parameter):
    field_class = CodeField
    schema = {"type": "string", "pattern": f"^{CodeField.pattern}$"}


class Codes(Parameter):
    field_class = CodesField
    schema = {"type": "string", "pattern": f"^{CodesField.pattern}$"}

    def __init__(self, means: str, **options: Any) -> None:
        super().__init__(means, **{"lookup_expr": "in", **options})


class Day(Parameter):
    field_class = DayField
    schema = {"type": "string", "format": "date"}


class Moment(Parameter):
    field_class = MomentField
    schema = {"type": "string", "format": "date-time"}


class Id(Parameter):
    field_class = IdField
    schema = {"type": "string", "format": "uuid"}


class Flag(Parameter):
    field_class = FlagField
    schema = {"type": "boolean"}


class Amount(Parameter):
    field_class = AmountField
    schema = {"type": "integer", "minimum": 0, "maximum": LARGEST_AMOUNT - 1}


class Words(Parameter):
    """Rows that have every word in one of the columns named, unless `by` says otherwise."""

    field_class = WordsField
    schema = {
        "type": "string",
        "minLength": SHORTEST_SEARCH,
        "maxLength": LONGEST_SEARCH,
        "pattern": r"^[^\u0000]*$",
    }

    def __init__(
        self, means: str, *, columns: Iterable[str] = (), by: Narrow | None = None
    ) -> None:
        super().__init__(means, by=by or self.having_all)
        self.columns = tuple(columns)

    def having_all(self, rows: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
        for word in words:
            somewhere = (Q(**{f"{column}__icontains": word}) for column in self.columns)
            rows = rows.filter(any_of(somewhere))
        return rows


class OneOf(Parameter):
    """One of a few words."""

    field_class = Exact

    def __init__(self, means: str, *, words: Iterable[str], **options: Any) -> None:
        self.schema = {"type": "string", "enum": list(words)}  # type: ignore[misc]
        super().__init__(means, **options)
        self.field_class = one_of(self.schema["enum"])


def one_of(words: list[str]) -> type[Exact]:
    class OneOfField(Exact):
        pattern = "|".join(map(re.escape, words))
        says = f"Give one of: {', '.join(words)}."

    return OneOfField


def any_of(conditions: Iterable[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


def refuse_unknown(request: Request, known: Iterable[str]) -> None:
    """A misspelt filter would answer with everything; a repeated one with half of the answer."""
    asked, allowed = request.query_params, sorted(known)
    may_be = f"Known here: {', '.join(allowed)}." if allowed else "None is known here."
    faults = {
        name: [f"There is no such parameter. {may_be}"] for name in asked if name not in allowed
    }
    for name, values in asked.lists():
        if name in allowed and len(values) > 1:
            faults[name] = ["Give it once."]
        elif name in allowed and not values[0]:
            faults[name] = ["It is blank: give a value, or leave it out."]
    if faults:
        raise exceptions.ValidationError(faults)


def narrowed(rows: QuerySet[Any], filters: type[FilterSet], request: Request) -> QuerySet[Any]:
    """The rows asked for."""
    for name, value in values_asked(filters, request).items():
        rows = filters.base_filters[name].filter(rows, value)
    return rows


def values_asked(filters: type[FilterSet], request: Request) -> dict[str, Any]:
    """What is asked, as read. Nothing else is looked at: a form of every filter costs more."""
    values: dict[str, Any] = {}
    faults: dict[str, list[str]] = {}
    given = request.query_params
    for name, one in filters.base_filters.items():
        if name not in given:
            continue
        try:
            values[name] = one.field.clean(given[name])
        except ValidationError as fault:
            faults[name] = fault.messages
    if faults:
        raise exceptions.ValidationError(faults)
    return values


def fields_asked(request: Request, known: Sequence[str]) -> list[str]:
    """The fields to tell, in the order of the description; all of them unless asked."""
    text = request.query_params.get("fields")
    if text is None:
        return list(known)
    asked = text.split(",")
    if strange := [name for name in asked if name not in known]:
        sentence = f"There is no field “{strange[0][:60]}”. Known here: {', '.join(known)}."
        raise exceptions.ValidationError({"fields": [sentence]})
    return [name for name in known if name in asked]


def known_of(filters: type[FilterSet] | None) -> set[str]:
    return set(filters.base_filters) if filters else set()
