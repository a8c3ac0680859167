"""The category of each contract, decided once for each distinct wording."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from registry.actions.deciding import agreed, decided_of, set_category, titled
from registry.bulk import in_batches
from registry.classify import Classification, Item, LabelledTitle, classify_many
from registry.models import Category, Contract
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
    labelled = frozenset(LabelledTitle(title, code) for title, code in agreed().items())
    items = map(item, all_facts)
    batches = iter(lambda: list(islice(items, READ_AT_ONCE)), [])
    return (placed(found, known) for batch in batches for found in classify_many(batch, labelled))


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
        department=facts.get("department", ""),
    )


def place_again(title: str) -> None:
    """Judge every council's contracts of a folded title again, after what people decided of it."""
    decided = cache(decided_of)
    for batch in in_batches(titled(title)):
        contracts = list(Contract.objects.filter(pk__in=batch))
        for contract, told in zip(contracts, place(map(facts_of_contract, contracts)), strict=True):
            people = decided(contract.council_id).category(contract.title)
            set_category([contract.pk], contract.council_id, people or told)


def facts_of_contract(contract: Contract) -> Facts:
    return facts_of_columns({name: getattr(contract, column_of(name)) for name in STATED})
