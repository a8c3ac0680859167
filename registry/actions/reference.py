"""Loading councils, groupings and categories from the registry's reference tables."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from registry.actions.marks import marking_moves
from registry.loading import Loaded, day_or_none, load_table, read_table
from registry.models import Category, Council, Grouping, Membership, Succession

TABLES = Path(__file__).resolve().parent.parent / "reference"


@transaction.atomic
@marking_moves()
def load_reference(tables: Path = TABLES) -> list[Loaded]:
    """Make councils, groupings and categories agree with the tables; twice changes nothing."""
    councils = read_table(tables / "councils.csv")
    reorganisation = read_table(tables / "reorganisation.csv")
    regions = read_table(tables / "regions.csv")
    counties = [row for row in councils if row["type"] == "County"]
    return [
        load_table(Category, (category(row) for row in read_table(tables / "categories.csv"))),
        # Counties and successors first: districts and successions point at them.
        *load_councils(councils, reorganisation),
        load_table(
            Grouping,
            [
                *(region(row) for row in regions),
                *(combined_authority(row) for row in councils if is_combined_authority(row)),
                *(county_family(row) for row in counties),
                *successor_areas(reorganisation),
            ],
        ),
        load_table(
            Membership,
            memberships(councils, regions, reorganisation),
            key=("grouping_id", "council_id", "joined"),
        ),
        load_table(
            Succession,
            [*past_successions(councils), *planned_successions(reorganisation)],
            key=("predecessor_id", "successor_id"),
        ),
    ]


def load_councils(
    councils: list[dict[str, str]], reorganisation: list[dict[str, str]]
) -> list[Loaded]:
    rows = [council(row) for row in councils if not is_combined_authority(row)]
    rows += successor_councils(councils, reorganisation)
    return [load_table(Council, sorted(rows, key=lambda row: row["county_id"] is not None))]


def is_combined_authority(row: Mapping[str, str]) -> bool:
    return row["type"] == "Combined authority"


def category(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": row["name"],
        "kind": row["kind"],
        "cpv_prefixes": row["cpv_prefixes"],
        "unit": row["unit"],
        "evolution": float(row["evolution"]) if row["evolution"] else None,
        "visibility": float(row["visibility"]) if row["visibility"] else None,
        "pooling": row["pooling"],
        "source": row["source"],
        "as_at": date.fromisoformat(row["as_at"]),
    }


def council(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": row["name"],
        "short_name": row["short_name"],
        "type": row["type"],
        "nation": row["nation"],
        "region": row["region"],
        "county_id": row["county"] or None,
        "created": day_or_none(row["created"]),
        "abolished": day_or_none(row["abolished"]),
        "population": int(row["population"]) if row["population"] else None,
        "latitude": float(row["latitude"]) if row["latitude"] else None,
        "longitude": float(row["longitude"]) if row["longitude"] else None,
        "former_codes": row["former_codes"],
        "source": row["source"],
        "as_at": date.fromisoformat(row["as_at"]),
    }


def successor_councils(
    councils: list[dict[str, str]], reorganisation: list[dict[str, str]]
) -> list[dict[str, Any]]:
    """Councils an Order has made but that do not exist yet. Reported plans make none."""
    regions = {row["code"]: row["region"] for row in councils}
    made = {row["successor"]: row for row in reorganisation if row["status"] == "order made"}
    return [
        {
            "code": code,
            "name": row["successor_name"],
            "short_name": row["successor_name"].removesuffix(" Council"),
            "type": "Unitary authority",
            "nation": "England",
            "region": regions[row["predecessor"]],
            "county_id": None,
            "created": date.fromisoformat(row["vesting_date"]),
            "source": row["source"],
            "as_at": date.fromisoformat(row["as_at"]),
        }
        for code, row in made.items()
    ]


def region(row: Mapping[str, str]) -> dict[str, Any]:
    return grouping(row, row["name"], Grouping.Kind.REGION)


def combined_authority(row: Mapping[str, str]) -> dict[str, Any]:
    return grouping(row, row["name"], Grouping.Kind.COMBINED_AUTHORITY)


def county_family(row: Mapping[str, str]) -> dict[str, Any]:
    name = f"{row['short_name']} and its districts"
    return grouping(row, name, Grouping.Kind.COUNTY)


def grouping(row: Mapping[str, str], name: str, kind: Grouping.Kind) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": name,
        "kind": kind.value,
        "nation": row["nation"],
        "source": row["source"],
        "as_at": date.fromisoformat(row["as_at"]),
        "note": row.get("note", ""),
    }


def successor_areas(reorganisation: list[dict[str, str]]) -> Iterable[dict[str, Any]]:
    by_code = {row["successor"]: row for row in reorganisation}
    for code, row in by_code.items():
        note = "" if row["status"] == "order made" else row["status"].capitalize()
        made = {**row, "code": code, "nation": "England", "note": note}
        yield grouping(made, row["successor_name"], Grouping.Kind.SUCCESSOR)


def memberships(
    councils: list[dict[str, str]],
    regions: list[dict[str, str]],
    reorganisation: list[dict[str, str]],
) -> Iterable[dict[str, Any]]:
    """Regions, combined authorities and counties of each council; successors of predecessors."""
    region_codes = {row["name"]: row["code"] for row in regions}
    existing = [row for row in councils if not is_combined_authority(row)]
    counties = {row["code"] for row in existing if row["type"] == "County"}
    for row in existing:
        county = row["code"] if row["code"] in counties else row["county"]
        groups = (region_codes.get(row["region"]), row["combined_authority"], county)
        for code in filter(None, groups):
            yield membership(code, row["code"], left=row["abolished"])
    for row in reorganisation:
        yield membership(row["successor"], row["predecessor"], left=row["vesting_date"])


def membership(code: str, council: str, *, left: str) -> dict[str, Any]:
    return {
        "grouping_id": code,
        "council_id": council,
        "joined": None,
        "left": day_or_none(left),
    }


def past_successions(councils: list[dict[str, str]]) -> Iterable[dict[str, Any]]:
    for row in councils:
        successors = row["replaced_by"].split()
        for successor in successors:
            yield {
                "predecessor_id": row["code"],
                "successor_id": successor,
                "vesting_date": date.fromisoformat(row["abolished"]),
                "transfer": "whole" if len(successors) == 1 else "split",
                "status": "vested",
                "source": row["source"],
            }


def planned_successions(reorganisation: list[dict[str, str]]) -> Iterable[dict[str, Any]]:
    """Those an Order has made; reported plans stand as groupings only, never as law."""
    for row in reorganisation:
        if row["status"] == "order made":
            yield {
                "predecessor_id": row["predecessor"],
                "successor_id": row["successor"],
                "vesting_date": date.fromisoformat(row["vesting_date"]),
                "transfer": row["transfer"],
                "status": row["status"],
                "source": row["source"],
            }
