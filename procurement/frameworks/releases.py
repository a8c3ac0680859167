"""Frameworks and dynamic markets as Open Contracting releases, by the techniques extension."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from registry.exports.ocds import Json, filled, moment

# Lots refer to what the last of them defines.
EXTENSIONS = tuple(
    "https://raw.githubusercontent.com/open-contracting-extensions/"
    f"ocds_{name}_extension/master/extension.json"
    for name in ("techniques", "lots", "submissionTerms")
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What is known of one: facts of its notices, with the day they were as stated."""

    reference: str
    name: str
    owner: str
    dynamic_market: bool
    as_at: date
    starts: date | None = None
    ends: date | None = None
    scheme_ends: date | None = None
    users: str = ""
    note: str = ""
    lots: Sequence[tuple[int, str]] = ()


def release(stated: Stated, *, prefix: str, today: date) -> Json:
    ocid = f"{prefix}-framework-{quote(stated.reference, safe='')}"
    owner = {"id": f"owner-{quote(stated.owner, safe='')}", "name": stated.owner}
    return {
        "ocid": ocid,
        "id": f"{ocid}-{stated.as_at:%Y%m%d}",
        "date": moment(stated.as_at),
        "tag": ["tender"],
        "initiationType": "tender",
        "language": "en",
        "parties": [{**owner, "roles": ["buyer", "procuringEntity"]}],
        "buyer": owner,
        "tender": filled(
            id=stated.reference,
            title=stated.name,
            description=stated.note,
            status="active" if stated.dynamic_market and is_open(stated, today) else "complete",
            procuringEntity=owner,
            contractPeriod=period(stated) if stated.dynamic_market else None,
            techniques=techniques(stated, today),
            lots=[{"id": str(number), "title": name} for number, name in stated.lots],
        ),
    }


def techniques(stated: Stated, today: date) -> Json:
    if stated.dynamic_market:
        status = filled(status=status_of(stated, today))
        return {"hasDynamicPurchasingSystem": True, "dynamicPurchasingSystem": status}
    agreement = filled(period=period(stated), buyerCategories=stated.users)
    return filled(hasFrameworkAgreement=True, frameworkAgreement=agreement)


def period(stated: Stated) -> Json:
    """A scheme of open frameworks may go on past the framework that stands now."""
    return filled(
        startDate=moment(stated.starts),
        endDate=moment(stated.ends),
        maxExtentDate=moment(stated.scheme_ends),
    )


def is_open(stated: Stated, today: date) -> bool:
    return status_of(stated, today) == "active"


def status_of(stated: Stated, today: date) -> str:
    if stated.starts and stated.starts > today:
        return "pending"
    return "terminated" if stated.ends and stated.ends < today else "active"
