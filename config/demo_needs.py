"""The demonstration's needs: invented organisations ask, and invented councils have decided."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from config.demo import ACCOUNTS, sent_at
from social_value.models import Need

COUNCIL = next(one.council for one in ACCOUNTS if one.council)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an invented organisation asks for."""

    council: str
    organisation: str
    title: str
    measure: str
    amount: int
    about: str
    wanted: tuple[date, date]
    approved: bool = True


NEEDS = (
    Asked(
        COUNCIL or "",
        "Northmere Repair Workshop (invented)",
        "An apprentice who learns to mend laptops",
        "apprenticeship_weeks",
        52,
        "The workshop mends donated devices and lends them to families.",
        (date(2027, 1, 1), date(2028, 3, 31)),
    ),
    Asked(
        COUNCIL or "",
        "Northmere Homework Clubs (invented)",
        "Laptops to lend for homework",
        "devices_donated_count",
        100,
        "Five clubs lend a laptop to each family that has none.",
        (date(2027, 1, 1), date(2027, 9, 30)),
    ),
    Asked(
        "X09000102",
        "Friends of Ashwold Garden (invented)",
        "Two days of many hands for the garden",
        "volunteer_hours",
        16,
        "Paths for wheelchairs, before the summer.",
        (date(2027, 2, 1), date(2027, 7, 31)),
    ),
    Asked(
        COUNCIL or "",
        "Northmere Library Friends (invented)",
        "Help for beginners with online forms",
        "digital_skills_people",
        20,
        "",
        (date(2027, 3, 1), date(2027, 12, 31)),
        approved=False,
    ),
)


def make_needs() -> None:
    """Post them once, with the decisions of their councils."""
    for one in NEEDS:
        decided = sent_at() if one.approved else None
        first, last = one.wanted
        Need.objects.get_or_create(
            council_id=one.council,
            title=one.title,
            defaults={
                "organisation": one.organisation,
                "measure_id": one.measure,
                "amount": Decimal(one.amount),
                "about": one.about,
                "wanted_from": first,
                "wanted_by": last,
                "contact_name": "Nobody (invented)",
                "contact_email": "nobody@example.org",
                "state": Need.State.APPROVED if one.approved else Need.State.PROPOSED,
                "decided_at": decided,
            },
        )
