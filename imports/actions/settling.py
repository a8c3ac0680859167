"""What is settled about a council's registers, gathered for reading its next file."""

from typing import Any

from django.db.models import Count

from imports.models import Choice, Correction
from imports.models.settling import ChoiceQuerySet
from imports.settled import Correction as SettledCorrection
from imports.settled import Settled, Suggestion
from imports.snapshot import decode_column, decode_meaning, decode_sheets

Kind = Choice.Kind

# Fewer councils than this taking a heading alike is chance, and less than this share is dispute.
FEWEST_COUNCILS = 2
LEAST_AGREEMENT = 2 / 3


def settled_of(council: str) -> Settled:
    """All that stands for a council today, and what others settled for the same headings."""
    standing = Choice.objects.standing()
    said = by_kind(standing.of_council(council))
    columns = said[Kind.COLUMN]
    return Settled(
        sheets=decode_sheets(said[Kind.SHEET].get("", ())),
        columns={key: decode_column(one) for key, one in columns.items()},
        suggested=suggestions(standing.exclude(council=council)),
        day_first=said[Kind.DAY_FIRST].get(""),
        meanings={key: decode_meaning(one) for key, one in said[Kind.MEANING].items()},
        rolling_words=said[Kind.ROLLING],
        ours=said[Kind.OURS],
        others=said[Kind.OTHERS],
        corrections=corrections_of(council),
    )


def by_kind(choices: ChoiceQuerySet) -> dict[str, dict[str, Any]]:
    """The values of choices by kind and key."""
    found: dict[str, dict[str, Any]] = {kind: {} for kind in Kind.values}
    for kind, key, value in choices.values_list("kind", "key", "value"):
        found[kind][key] = value
    return found


def suggestions(others: ChoiceQuerySet) -> dict[str, Suggestion]:
    """The field for each heading that several councils chose and most of them agree on."""
    chosen = others.filter(kind=Kind.COLUMN, value__chosen=True).exclude(value__heading="")
    votes: dict[str, dict[str, int]] = {}
    for key, field, councils in chosen.values_list("key", "value__field").annotate(
        councils=Count("council", distinct=True)
    ):
        votes.setdefault(key, {})[field] = councils
    agreed = {key: agreement(fields) for key, fields in votes.items()}
    return {key: one for key, one in agreed.items() if one}


def agreement(votes: dict[str, int]) -> Suggestion | None:
    field, councils = max(votes.items(), key=lambda vote: vote[1])
    enough = councils >= FEWEST_COUNCILS and councils >= LEAST_AGREEMENT * sum(votes.values())
    return Suggestion(field, councils) if enough else None


def corrections_of(council: str) -> tuple[SettledCorrection, ...]:
    names = ("field", "raw", "value", "row_key", "id")
    rows = Correction.objects.standing().of_council(council).values_list(*names)
    return tuple(SettledCorrection(*row) for row in rows)
