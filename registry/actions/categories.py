"""The category of each contract, decided once for each distinct wording."""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.classify import Classification, Item, classify_many
from registry.models import Category
from registry.records import Facts


@dataclass(frozen=True, slots=True)
class Placed:
    """A contract's category, None where the service is not sure enough, and why."""

    category: str | None
    confidence: float
    because: str


def place(all_facts: Iterable[Facts]) -> list[Placed]:
    """A category for each, in order. Codes the registry does not hold count as unsure."""
    known = set(Category.objects.values_list("pk", flat=True))
    return [placed(found, known) for found in classify_many([item(f) for f in all_facts])]


def placed(found: Classification, known: set[str]) -> Placed:
    code = found.code if found.code in known else None
    return Placed(code, found.confidence, found.reason[:300])


def item(facts: Facts) -> Item:
    """What the classifier looks at; the register's own category reads like a description."""
    said = (facts.get("description", ""), facts.get("category", ""), facts.get("cpv_label", ""))
    return Item(
        title=facts.get("title", ""),
        description=" ".join(filter(None, said)),
        supplier=facts.get("supplier_name", ""),
        cpv=facts.get("cpv_code", ""),
    )
