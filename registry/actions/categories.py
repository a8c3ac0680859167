"""The category of each contract, decided once for each distinct wording."""

from collections.abc import Iterable, Iterator
from itertools import islice

from registry.actions.deciding import set_category, titled
from registry.classify import Classification, Item, classify_many
from registry.models import Category, CategoryDecision, Contract
from registry.placing import Placed
from registry.records import Facts
from registry.statements import STATED, column_of, facts_of_columns

# Wordings looked at together: those alike are then looked at once.
READ_AT_ONCE = 20_000


def place(all_facts: Iterable[Facts]) -> Iterator[Placed]:
    """A category for each, in order. Codes the registry does not hold count as unsure.

    Worked out as it is taken, so that the database writes the first rows meanwhile.
    """
    known = set(Category.objects.values_list("pk", flat=True))
    items = map(item, all_facts)
    batches = iter(lambda: list(islice(items, READ_AT_ONCE)), [])
    return (placed(found, known) for batch in batches for found in classify_many(batch))


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


def place_again(decision: CategoryDecision) -> None:
    """Judge by their words the contracts whose decision was taken back, if none came since."""
    council, title = decision.council_id, decision.title
    again = CategoryDecision.objects.standing().filter(council=council, title=title)
    if again.exists():
        return
    for contract in Contract.objects.filter(pk__in=list(titled(council, title))):
        [placed] = place([facts_of_contract(contract)])
        set_category([contract.pk], council, placed)


def facts_of_contract(contract: Contract) -> Facts:
    return facts_of_columns({name: getattr(contract, column_of(name)) for name in STATED})
