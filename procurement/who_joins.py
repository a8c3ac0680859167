"""Who joins an opportunity: worked out when it is opened, from the contracts it names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from procurement.members import DEEDS, Ask, ask
from procurement.models import Opportunity
from registry.bulk import in_batches
from registry.exits import Terms
from registry.models import Contract, Council
from registry.models.contracts import ContractQuerySet
from registry.permissions import Powers
from registry.records import BOUGHT_ANEW
from registry.statements import column_of, facts_of_columns
from registry.workings import terms_of

# What decides when a contract can be left.
TERM_FIELDS = (
    *("start_date", "end_date", "latest_end_date", "extension"),
    *("rolling", "notice_period", "break_clause"),
)
NOTHING = Decimal(0)
# What pages, files and the API tell of a contract that joins, or of one that does not.
COLUMNS = (
    *("council", "category", "title", "reference", "currency", "yearly_value", "value_withheld"),
    *("supplier_name", "supplier_company_number", "supplier_charity_number", "supplier_withheld"),
    *(*TERM_FIELDS, "latest_permitted_end"),
)


@dataclass(frozen=True, slots=True)
class Member:
    """A contract that can be replaced on an opportunity's date, and what that asks of it."""

    contract: Contract  # as its reader is told of it
    terms: Terms
    ask: Ask

    @property
    def council(self) -> Council:
        return self.contract.council

    @property
    def deed(self) -> str:
        """What to do, in the words of pages."""
        return DEEDS[self.ask.action]

    @property
    def annual_value(self) -> Decimal:
        """Pounds a year; nothing where that is not known, or withheld: whoever reads."""
        return self.published_value or NOTHING

    @property
    def published_value(self) -> Decimal | None:
        """The same, and None where the council withholds it."""
        return None if self.contract.value_withheld else self.contract.yearly_value or NOTHING


def who_joins(opportunity: Opportunity, *, today: date, reader: Powers) -> list[Member]:
    return who_join([opportunity], today=today, reader=reader)[opportunity.pk]


def who_join(
    opportunities: Iterable[Opportunity], *, today: date, reader: Powers
) -> Mapping[UUID, list[Member]]:
    """Members by opportunity, in order of their contracts, which one query fetches.

    As they are today: a contract that was withdrawn or whose category or dates have changed since
    the last rebuild, or whose day to decide has passed, is left out where it can join no more.
    """
    named = {one: one.contract_ids for one in opportunities}
    contracts = told({pk for pks in named.values() for pk in pks}, reader)
    return {
        one.pk: [
            member
            for pk in pks
            if pk in contracts
            and contracts[pk].category_id == one.category_id
            and (member := member_on(one.start_date, contracts[pk], today=today))
        ]
        for one, pks in named.items()
    }


def member_on(start: date, contract: Contract, *, today: date) -> Member | None:
    """What the date asks of the contract; None where it cannot join by right."""
    terms = terms_of_contract(contract)
    asked = ask(terms, start=start, today=today)
    return Member(contract, terms, asked) if asked.joins else None


def told(contracts: Iterable[UUID], reader: Powers) -> dict[UUID, Contract]:
    """These contracts as the reader may know them."""
    bought = Contract.objects.standing().filter(kind__in=BOUGHT_ANEW)
    published = as_told(bought, reader)
    return {
        one.pk: one for batch in in_batches(contracts) for one in published.filter(pk__in=batch)
    }


def as_told(contracts: ContractQuerySet, reader: Powers) -> ContractQuerySet:
    """With their councils, and no more of them than is told."""
    return contracts.as_published_to(reader).select_related("council").only(*COLUMNS)


def terms_of_contract(contract: Contract) -> Terms:
    columns = {name: getattr(contract, column_of(name)) for name in TERM_FIELDS}
    return terms_of(facts_of_columns(columns))


def in_order(found: Iterable[Member]) -> list[Member]:
    """In which people must act; those with nothing to do last, the largest first."""
    return sorted(
        found, key=lambda m: (m.ask.action_by or date.max, -m.annual_value, m.council.name)
    )
