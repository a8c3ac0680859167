"""The demonstration: invented councils, their registers, and people to sign in as."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from imports.models import Upload
from registry.actions import reference
from registry.loading import day_or_none, load_table, read_table
from registry.models import Contract, Council, Grouping, Membership, Role, Source, Succession, User
from registry.today import today

SAMPLES: Path = settings.BASE_DIR / "samples"
# The day the sample registers were written for: on it they always look the same.
SAMPLE_DAY = date(2026, 11, 2)
SENT_AT = time(9)
# Known to everyone who reads this, and made only beside the invented councils.
DEMO_PASSWORD = "buying-commons-demo"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody to sign in as."""

    username: str
    first_name: str
    last_name: str
    kind: Role.Kind
    council: str | None = None
    grouping: str | None = None
    for_what: str = ""


ACCOUNTS = (
    Account(
        "officer",
        "Olive",
        "Officer (invented)",
        Role.Kind.OFFICER,
        council="X09000101",
        for_what="procurement officer of Northmere",
    ),
    Account(
        "buyer",
        "Bashir",
        "Buyer (invented)",
        Role.Kind.BUYER,
        grouping="E12000004",
        for_what="regional buyer for the East Midlands",
    ),
    Account("admin", "Ada", "Admin (invented)", Role.Kind.ADMINISTRATOR, for_what="administrator"),
)


@transaction.atomic
def load_councils() -> None:
    """The invented councils and their groupings."""
    rows = read_table(SAMPLES / "councils.csv")
    rows.sort(key=lambda row: row["county"] != "")
    load_table(Council, [council(row) for row in rows])
    regions = dict(Grouping.objects.filter(kind="region").values_list("name", "pk"))
    counties = {row["code"] for row in rows if row["type"] == "County"}
    grouped = read_table(SAMPLES / "groupings.csv")
    load_table(
        Grouping,
        [
            *{row["grouping"]: grouping(row) for row in grouped}.values(),
            *(county_family(row) for row in rows if row["code"] in counties),
        ],
    )
    load_table(
        Membership,
        [
            *(membership(regions[row["region"]], row["code"]) for row in rows),
            *(
                membership(county, row["code"])
                for row in rows
                if (county := row["code"] if row["code"] in counties else row["county"])
            ),
            *(
                membership(row["grouping"], row["council"], row["joined"], row["left"])
                for row in grouped
            ),
        ],
        key=("grouping_id", "council_id", "joined"),
    )
    load_reorganisation(rows)


def load_reorganisation(councils: list[dict[str, str]]) -> None:
    """The invented council that is to replace two of them."""
    rows = read_table(SAMPLES / "reorganisation.csv")
    made = reference.successor_councils(councils, rows)
    load_table(Council, [{**row, "invented": True} for row in made])
    load_table(Grouping, reference.successor_areas(rows))
    load_table(
        Membership,
        [membership(row["successor"], row["predecessor"], "", row["vesting_date"]) for row in rows],
        key=("grouping_id", "council_id", "joined"),
    )
    load_table(
        Succession,
        reference.planned_successions(rows),
        key=("predecessor_id", "successor_id"),
    )


def council(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": row["name"],
        "short_name": row["short_name"],
        "type": row["type"],
        "nation": row["nation"],
        "region": row["region"],
        "county_id": row["county"] or None,
        "population": int(row["population"]) if row["population"] else None,
        "invented": True,
        "source": row["source"],
        "as_at": date.fromisoformat(row["as_at"]),
    }


def grouping(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["grouping"],
        "name": row["name"],
        "kind": row["kind"],
        "nation": row["nation"],
        "source": row["source"],
        "as_at": date.fromisoformat(row["as_at"]),
    }


def county_family(row: dict[str, str]) -> dict[str, Any]:
    name = f"{row['short_name']} and its districts (invented)"
    return grouping({**row, "grouping": row["code"], "name": name, "kind": "county"})


def membership(code: str, member: str, joined: str = "", left: str = "") -> dict[str, Any]:
    return {
        "grouping_id": code,
        "council_id": member,
        "joined": day_or_none(joined),
        "left": day_or_none(left),
    }


def make_accounts() -> None:
    """Make the people to sign in as, with their one role each."""
    for account in ACCOUNTS:
        user, made = User.objects.get_or_create(
            username=account.username,
            defaults={
                "first_name": account.first_name,
                "last_name": account.last_name,
                "is_staff": account.kind == Role.Kind.ADMINISTRATOR,
                "is_superuser": account.kind == Role.Kind.ADMINISTRATOR,
            },
        )
        if made:
            user.set_password(DEMO_PASSWORD)
            user.save()
        Role.objects.get_or_create(
            user=user,
            kind=account.kind,
            council_id=account.council,
            grouping_id=account.grouping,
        )


def sample_registers() -> Iterator[tuple[Path, str]]:
    """Each sample file with its council; next quarter's is left for the visitor to send."""
    for register in json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8")):
        if "/" not in register["file"]:
            yield SAMPLES / register["file"], register["council"]


def import_sample(path: Path, council_code: str) -> Upload | None:
    """Send a sample through the real importer; None when that was done before."""
    from imports import actions  # noqa: PLC0415 pandas is for workers and commands only

    own = Council.objects.get(pk=council_code)
    if Upload.objects.of_council(own.pk).filter(name=path.name).exists():
        return None
    found = actions.study(path, name=path.name, council=own.pk, acting_for=[own.pk])
    with transaction.atomic(), path.open("rb") as opened:
        upload = Upload.objects.receive(council=own, file=File(opened), name=path.name, by=None)
        actions.record_study(upload, found, by=None)
        date_back(upload)
    return upload


def sent_at() -> datetime:
    return min(timezone.make_aware(datetime.combine(today(), SENT_AT)), timezone.now())


def date_back(upload: Upload) -> None:
    """A sample was sent on the day it was written for, so that its pages say so for ever.

    What visitors send comes later by the clock, and so after it, whatever day is chosen.
    """
    morning = sent_at()
    upload.uploaded_at = upload.applied_at = morning
    upload.save(update_fields=["uploaded_at", "applied_at"])
    sources = Source.objects.filter(upload=upload.pk)
    Contract.objects.filter(statements__source__in=sources).update(changed_at=morning)
    sources.update(recorded_at=morning)
