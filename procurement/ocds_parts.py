"""Parts of an OCDS release, wherever they are missing or are not what they should be."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeGuard

from registry.identifiers import CHARITY_ENGLAND_WALES, COMPANY


def releases_of(package: Any) -> Iterator[dict[str, Any]]:
    if not isinstance(package, dict):
        return
    held = package.get("releases")
    if isinstance(held, list):
        yield from (one for one in held if isinstance(one, dict))
    for record in parts(package, "records"):
        if isinstance(record.get("compiledRelease"), dict):
            yield record["compiledRelease"]
    if "ocid" in package and isinstance(package.get("tender"), dict):
        yield package


def part(of: Any, *names: str) -> dict[str, Any]:
    """An object within an object; an empty one where it is missing."""
    for name in names:
        of = of.get(name) if isinstance(of, dict) else None
    return of if isinstance(of, dict) else {}


def parts(of: Any, name: str) -> list[dict[str, Any]]:
    """The objects of a list within an object."""
    held = of.get(name) if isinstance(of, dict) else None
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []


def numbered_lots(tender: Mapping[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    """Lots by their own numbers, where every one has its own; else in their order."""
    lots = parts(tender, "lots")
    own = [re.sub(r"\D", "", str(one.get("id", "")))[:4] for one in lots]
    if all(own) and len({int(one) for one in own}) == len(own) and all(int(one) for one in own):
        return [(int(number), one) for number, one in zip(own, lots, strict=True)]
    return list(enumerate(lots, start=1))


def words(value: Any, longest: int) -> str:
    return " ".join(value.split())[:longest] if isinstance(value, str) else ""


def day_of(value: Any) -> str:
    """The day of a moment, as the notice's own clock has it."""
    found = value[:10] if isinstance(value, str) else ""
    try:
        return date.fromisoformat(found).isoformat()
    except ValueError:
        return ""


def is_number(value: Any) -> TypeGuard[int | Decimal]:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def numbers_of(party: Mapping[str, Any]) -> dict[str, str]:
    """Its numbers in the columns of their registers; another's as scheme and number."""
    cells = {"company_number": "", "charity_number": ""}
    others: list[str] = []
    for one in [part(party, "identifier"), *parts(party, "additionalIdentifiers")]:
        scheme, value = words(one.get("scheme"), 30), words(str(one.get("id") or ""), 60)
        if scheme == COMPANY:
            cells["company_number"] = value[:20]
        elif scheme == CHARITY_ENGLAND_WALES:
            cells["charity_number"] = value[:50]
        elif scheme and value:
            others.append(f"{scheme}-{value.removeprefix(f'{scheme}-')}")
    return cells | {"other_id": " ".join(others)[:200]}


def cpv_codes(classified: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    codes = [
        words(one.get("id"), 20)
        for each in classified
        for one in [part(each, "classification"), *parts(each, "additionalClassifications")]
        if one.get("scheme") == "CPV"
    ]
    return tuple(dict.fromkeys(filter(None, codes)))


def areas_of(agreement: Mapping[str, Any]) -> tuple[str, ...]:
    """Codes of the areas whose buyers may use a framework."""
    codes = [
        code
        for one in parts(agreement, "buyerLocationRestrictions")
        for code in part(one, "gazetteer").get("identifiers") or ()
        if isinstance(code, str)
    ]
    return tuple(dict.fromkeys(codes))
