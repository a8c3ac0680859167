"""People's word on what a contract is and whose a name is: kept, applied at once, taken back."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from registry.actions.belongings import named, set_supplier, stated_of
from registry.actions.marks import mark_changed, marks_of
from registry.actions.suppliers import ensure_suppliers
from registry.bulk import in_batches
from registry.formats import day
from registry.models import Category, CategoryDecision, Contract, Supplier, SupplierDecision, User
from registry.names import canonical_name
from registry.placing import Placed
from registry.today import day_of, today

SAYS_SO = "somebody of the council decided so on {day}"
SAID_ELSEWHERE = "somebody of another council decided so of the same title"
SURE_ELSEWHERE = 0.95


@dataclass(frozen=True, slots=True)
class Decided:
    """What people of one council decided, for recording its contracts by."""

    categories: Mapping[str, Placed]  # by folded title
    suppliers: Mapping[str, uuid.UUID]  # by canonical name

    def category(self, title: str) -> Placed | None:
        return self.categories.get(folded_title(title))

    def supplier(self, name: str) -> uuid.UUID | None:
        if not self.suppliers or not name:
            return None
        return self.suppliers.get(canonical_name(name))


def folded_title(title: str) -> str:
    """A title without what changes from quarter to quarter: case and blanks."""
    return " ".join(title.casefold().split())


def decided_of(council: str) -> Decided:
    """All that stands for a council: its own people's word, then what others agree on."""
    own = CategoryDecision.objects.standing().filter(council=council)
    suppliers = SupplierDecision.objects.standing().filter(council=council)
    elsewhere = {
        title: Placed(code, SURE_ELSEWHERE, SAID_ELSEWHERE) for title, code in agreed().items()
    }
    return Decided(
        categories=elsewhere | {one.title: placed_by(one) for one in own},
        suppliers={
            one.canonical: one.supplier.merged_into_id or one.supplier_id
            for one in suppliers.select_related("supplier")
        },
    )


def agreed() -> dict[str, str]:
    """The category of each folded title of which people everywhere decided the same."""
    said: dict[str, set[str]] = defaultdict(set)
    for title, code in CategoryDecision.objects.standing().values_list("title", "category"):
        said[title].add(code)
    return {title: codes.pop() for title, codes in said.items() if len(codes) == 1}


def placed_by(decision: CategoryDecision) -> Placed:
    when = day_of(decision.decided_at) if decision.decided_at else today()
    return Placed(decision.category_id, 1.0, SAYS_SO.format(day=day(when)))


@transaction.atomic
def decide_category(contract: Contract, category: Category, *, by: User | None) -> CategoryDecision:
    """Contracts of this title are of this category, those recorded and those to come.

    The council's own at once; `place_again` then sees to those of other councils.
    """
    title = folded_title(contract.title)
    withdraw_category(contract)
    decision = CategoryDecision.objects.create(
        council_id=contract.council_id, title=title, category=category, decided_by=by
    )
    own = titled(title, council=contract.council_id)
    set_category(own, contract.council_id, placed_by(decision))
    return decision


def withdraw_category(contract: Contract) -> CategoryDecision | None:
    """Take back the decision that stood; `place_again` then judges by the words."""
    decision = category_decision(contract)
    if decision:
        decision.withdrawn_at = timezone.now()
        decision.save(update_fields=["withdrawn_at"])
    return decision


def category_decision(contract: Contract) -> CategoryDecision | None:
    """What stands for contracts of its title."""
    return _of_title(contract).first()


def _of_title(contract: Contract) -> QuerySet[CategoryDecision]:
    title = folded_title(contract.title)
    return CategoryDecision.objects.standing().filter(council=contract.council_id, title=title)


def set_category(contracts: Iterable[uuid.UUID], council: str, placed: Placed) -> None:
    touched: set[tuple[str | None, str]] = set()
    for batch in in_batches(contracts):
        touched |= set(marks_of(batch))
        Contract.objects.filter(pk__in=batch).update(
            category=placed.category,
            category_confidence=placed.confidence,
            category_because=placed.because,
            changed_at=timezone.now(),
        )
    mark_changed(touched | {(placed.category, council)})


def titled(title: str, *, council: str | None = None) -> Iterator[uuid.UUID]:
    """Contracts of one folded title, of one council or of all."""
    contracts = Contract.objects.filter(council=council) if council else Contract.objects.all()
    first_word = title.partition(" ")[0]
    if first_word.isascii():  # SQLite knows the case of no other letters
        contracts = contracts.filter(title__icontains=first_word)
    rows = contracts.values_list("pk", "title")
    return (key for key, said in rows.iterator() if folded_title(said) == title)


@transaction.atomic
def decide_supplier(contract: Contract, supplier: Supplier, *, by: User | None) -> None:
    """Let the name mean this supplier in the council's registers, now and in files to come."""
    canonical = canonical_name(contract.supplier_name)
    end_supplier_decision(contract)
    SupplierDecision.objects.create(
        council_id=contract.council_id, canonical=canonical, supplier=supplier, decided_by=by
    )
    set_supplier(named(contract.council_id, canonical), supplier.pk)


@transaction.atomic
def withdraw_supplier(contract: Contract) -> bool:
    """Take the decision back and find the supplier by name and number again; whether one stood."""
    if not end_supplier_decision(contract):
        return False
    for one in named(contract.council_id, canonical_name(contract.supplier_name)):
        stated = stated_of(one)
        set_supplier([one], ensure_suppliers({stated})[stated])
    return True


def end_supplier_decision(contract: Contract) -> bool:
    return bool(_of_name(contract).update(withdrawn_at=timezone.now()))


def supplier_decision(contract: Contract) -> SupplierDecision | None:
    """What stands for the name of its supplier."""
    return _of_name(contract).select_related("decided_by").first()


def _of_name(contract: Contract) -> QuerySet[SupplierDecision]:
    canonical = canonical_name(contract.supplier_name)
    return SupplierDecision.objects.standing().filter(
        council=contract.council_id, canonical=canonical
    )
