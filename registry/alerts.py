"""What the registry tells in digests: decisions due, and contracts new in a saved search."""

from collections.abc import Iterator
from datetime import date

from django.forms import BaseForm
from django.http import QueryDict

from registry import summaries
from registry.digests import Entry, Hit, Section
from registry.filters import ContractFilter
from registry.models import Contract
from registry.permissions import Powers
from registry.values import months_on

# As far ahead as one who reads it monthly can still act.
AHEAD_MONTHS = 3
MOST_DECISIONS = 20


def decisions_due(powers: Powers, today: date, _since: date) -> Iterator[Section]:
    """Of the councils this person is an officer of."""
    mine = Contract.objects.filter(council__in=powers.councils).as_published_to(powers)
    due = summaries.due(mine, today=today, until=months_on(today, AHEAD_MONTHS))
    entries = [
        Entry(f"{one.decision.matter.value}: {called(one.contract)}", url(one), one.decision.by)
        for one in due
    ]
    yield Section(
        "Decisions due",
        entries[:MOST_DECISIONS],
        more=max(len(entries) - MOST_DECISIONS, 0),
    )


def url(one: summaries.Due) -> str:
    return one.contract.get_absolute_url()


def called(contract: Contract) -> str:
    return f"{contract.title} ({contract.council.short_name})"


def contracts_narrowed(query: QueryDict, powers: Powers) -> ContractFilter:
    published = Contract.objects.standing().as_published_to(powers).for_list()
    return ContractFilter(query, published, reader=powers)


def contracts_asked(query: QueryDict, powers: Powers) -> BaseForm:
    form: BaseForm = contracts_narrowed(query, powers).form
    return form


def contracts_found(query: QueryDict, powers: Powers) -> Iterator[Hit]:
    for one in contracts_narrowed(query, powers).qs.iterator(chunk_size=200):
        yield Hit(str(one.pk), Entry(called(one), one.get_absolute_url(), one.end_date))
