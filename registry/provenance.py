"""Where the facts of a contract came from: file, sheet, cell, heading and rule."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from registry.currencies import POUNDS
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
    columns: Mapping[str, Mapping[str, Any]]
    by_person: bool = False
    person: str = ""  # who said it, where known
    event: str = ""  # what they said happened: "Extended"
    upload: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in words, and where it stands."""

    field: str
    label: str
    words: str
    where: str
    how: str = ""
    link: str = ""
    upload: int | None = None  # the upload whose file it stands in


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
        seen = may_be_shown(field.name, private=private, hidden=hidden)
        if stated is None or value is None or not seen:
            continue
        one = fact(field, value, stated=stated, origin=origins[stated.source])
        if said := stated.corrected.get(field.name):
            one = replace(one, how=corrected(one.how, said, private=private))
        found.append(one)
    return found


def may_be_shown(field: str, *, private: bool, hidden: Collection[str]) -> bool:
    """Whether a viewer may see this field, now or as it was.

    Some fields are for buyers only; the `hidden` ones of a contract are withheld from this viewer.
    """
    return field in FIELDS and (FIELDS[field].public or private) and field not in hidden


def fact(field: Field, value: Any, *, stated: Stated, origin: Origin) -> Fact:
    column = told_in(field, value, stated=stated, origin=origin)
    return Fact(
        field=field.name,
        label=field.label,
        words=in_words(field.name, value, stated.facts),
        where=where(origin, column.get("column", ""), stated.row),
        how=how(column),
        link=value if is_web_address(value) else "",
        upload=origin.upload,
    )


def told_in(field: Field, value: Any, *, stated: Stated, origin: Origin) -> Mapping[str, Any]:
    """The column that told a fact: one whose very words it is, its own, or one that says it too."""
    others = {
        name: {**notes, "rule": notes["also"][field.name]}
        for name, notes in origin.columns.items()
        if field.name in notes.get("also", ())
    }
    most = field.max_length or None
    for name, notes in others.items():
        if str(stated.facts.get(name, ""))[:most].rstrip() == value:
            return notes
    filled = (notes for name, notes in others.items() if name in stated.facts)
    last = next(filled, next(iter(others.values()), {}))
    return origin.columns.get(field.name) or last


def where(origin: Origin, column: str, row: int | None) -> str:
    """Cell H17 of sheet Contracts in register.xlsx, recorded 3 May 2027."""
    if origin.by_person:
        said = f"{origin.event}: said" if origin.event else "Entered"
        return f"{said} by {origin.person or 'a person'} on {written(origin.day)}"
    place = f"Cell {column}{row}" if column and row else f"Row {row}" if row else "A row"
    sheet = f" of sheet {origin.sheet}" if origin.sheet else ""
    return f"{place}{sheet} in {origin.file}, recorded {written(origin.day)}"


def how(column: Mapping[str, str]) -> str:
    """Under which heading it stands, and by which rule it was read."""
    heading, rule = column.get("heading", ""), column.get("rule", "")
    parts = [f"under the heading “{heading}”" if heading else "", f"because {rule}" if rule else ""]
    return ", ".join(filter(None, parts))


def corrected(how: str, said: Mapping[str, str], *, private: bool) -> str:
    """That a person corrected it, when, and what its file says; who is for their council."""
    who = said.get("by", "") if private else ""
    by = f" by {who}" if who else ""
    on = f" on {written(date.fromisoformat(said['on']))}" if said.get("on") else ""
    raw = f"“{said['raw']}”" if said.get("raw") else "a blank cell"
    return ", ".join(filter(None, [how, f"corrected{by}{on} from {raw}"]))


def in_words(name: str, value: Any, facts: Facts) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return written(value)
    if isinstance(value, Decimal) and name == "quantity":
        return f"{value:,f}"
    if isinstance(value, Decimal):
        amount = money_exact(value, facts.get("currency", POUNDS))
        return amount + (vat(facts) if name in {"total_value", "annual_value"} else "")
    return str(value)


def vat(facts: Facts) -> str:
    """Whether an amount has VAT in it, where the register says."""
    return {"net": " without VAT", "gross": " with VAT"}.get(facts.get("value_vat", ""), "")


def is_web_address(value: Any) -> bool:
    """Whether it is safe as a link: a register may hold anything, script among it."""
    return isinstance(value, str) and value.lower().startswith(("https://", "http://"))
