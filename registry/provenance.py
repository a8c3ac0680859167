"""Where the facts of a contract came from: file, sheet, cell, heading and rule."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from registry.formats import day as written
from registry.formats import money_exact
from registry.records import FIELDS, Facts, Field
from registry.statements import Stated, standing


@dataclass(frozen=True, slots=True)
class Origin:
    """One source as pages tell of it; `columns` as `Source.columns`."""

    id: int
    day: date
    file: str
    sheet: str
    columns: Mapping[str, Mapping[str, str]]
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in words, and where it stands."""

    field: str
    label: str
    words: str
    where: str
    how: str = ""
    link: str = ""


def facts_with_origin(
    statements: Iterable[Stated],
    origins: Mapping[int, Origin],
    *,
    private: bool,
    hidden: Collection[str] = (),
) -> list[Fact]:
    """The facts that stand, in the order of the fields; those for buyers only when `private`.

    `hidden` fields are withheld from this reader.
    """
    stands = standing(statements)
    found = []
    for field in FIELDS.values():
        stated = stands.get(field.name)
        value = stated.facts.get(field.name) if stated else None
        seen = (field.public or private) and field.name not in hidden
        if stated is None or value is None or not seen:
            continue
        found.append(fact(field, value, stated=stated, origin=origins[stated.source]))
    return found


def fact(field: Field, value: Any, *, stated: Stated, origin: Origin) -> Fact:
    column = origin.columns.get(field.name, {})
    return Fact(
        field=field.name,
        label=field.label,
        words=in_words(field.name, value, stated.facts),
        where=where(origin, column.get("column", ""), stated.row),
        how=how(column),
        link=value if is_web_address(value) else "",
    )


def where(origin: Origin, column: str, row: int | None) -> str:
    """Cell H17 of sheet Contracts in register.xlsx, recorded 3 May 2027."""
    if origin.by_person:
        return f"Entered by a person on {written(origin.day)}"
    place = f"Cell {column}{row}" if column and row else f"Row {row}" if row else "A row"
    sheet = f" of sheet {origin.sheet}" if origin.sheet else ""
    return f"{place}{sheet} in {origin.file}, recorded {written(origin.day)}"


def how(column: Mapping[str, str]) -> str:
    """Under which heading it stands, and by which rule it was read."""
    heading, rule = column.get("heading", ""), column.get("rule", "")
    parts = [f"under the heading “{heading}”" if heading else "", f"read {rule}" if rule else ""]
    return ", ".join(filter(None, parts))


def in_words(name: str, value: Any, facts: Facts) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return written(value)
    if isinstance(value, Decimal) and name == "quantity":
        return f"{value:,f}"
    if isinstance(value, Decimal):
        return money_exact(value) + (vat(facts) if name in {"total_value", "annual_value"} else "")
    return str(value)


def vat(facts: Facts) -> str:
    """Whether an amount has VAT in it, where the register says."""
    return {"net": " without VAT", "gross": " with VAT"}.get(facts.get("value_vat", ""), "")


def is_web_address(value: Any) -> bool:
    """Whether it is safe as a link: a register may hold anything, script among it."""
    return isinstance(value, str) and value.lower().startswith(("https://", "http://"))
