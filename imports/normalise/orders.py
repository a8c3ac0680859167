"""Whether dates put the day or the month first: by column, then by file, then by custom."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from imports.normalise.written_dates import Evidence, Order

Place = tuple[str, str]  # sheet, column letter


@dataclass(frozen=True, slots=True)
class Orders:
    """The order of each date column, the file's in one word, and why."""

    by_column: Mapping[Place, Order]
    order: str = ""
    decided_by: str = ""
    judgements: list[str] = field(default_factory=list)

    def of(self, place: Place) -> Order:
        return self.by_column.get(place, Order(self.order) if self.order else Order.DAY_FIRST)


def decide(
    found: Mapping[Place, Evidence], headings: Mapping[Place, str], *, day_first: bool | None
) -> Orders:
    """A column's own dates decide; where they cannot, the file's other columns; then UK custom."""
    whole = sum(found.values(), Evidence())
    if day_first is not None:
        chosen = Order.DAY_FIRST if day_first else Order.MONTH_FIRST
        return Orders(dict.fromkeys(found, chosen), chosen.value, f"You chose {chosen}.")
    usual = whole.order or Order.DAY_FIRST
    by_column = {place: each.order or usual for place, each in found.items()}
    needed = whole.day_first or whole.month_first or whole.either
    return Orders(
        by_column,
        usual.value if needed else "",
        _decided_by(whole, usual),
        _judgements(found, headings, by_column, whole),
    )


def _decided_by(whole: Evidence, usual: Order) -> str:
    if whole.order is not None:
        telling = max(whole.day_first, whole.month_first)
        against = min(whole.day_first, whole.month_first)
        but = f"; {against:,} can only be read the other way" if against else ""
        dates = "date" if telling == 1 else "different dates"
        return f"{telling:,} {dates} can only be read {usual}{but}."
    if whole.either or whole.day_first:
        return "No date tells whether the day or the month comes first; the UK's order was used."
    return "No date in the file leaves the order of day and month open."


def _judgements(
    found: Mapping[Place, Evidence],
    headings: Mapping[Place, str],
    by_column: Mapping[Place, Order],
    whole: Evidence,
) -> list[str]:
    said: list[str] = []
    for place, each in found.items():
        name = headings[place] or f"column {place[1]}"
        order = by_column[place]
        if each.day_first and each.month_first:
            said.append(
                f'The dates under "{name}" are in two orders: they were read {order}; those that '
                "cannot be are listed as problems."
            )
        elif each.either and each.order is None:
            why = "as in the file's other columns" if whole.order else "as in the UK"
            said.append(
                f'Nothing under "{name}" tells whether the day or the month comes first: read '
                f"{order}, {why}."
            )
        elif each.order is not None and whole.order is not None and each.order is not whole.order:
            said.append(f'The dates under "{name}" were read {order}, unlike the other columns.')
    return said
