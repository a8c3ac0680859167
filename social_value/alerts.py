"""What social value tells in digests: promises late or due soon, acts to confirm, needs."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.forms import BaseForm
from django.http import QueryDict
from django.urls import reverse

from registry import today as clock
from registry.digests import Entry, Hit, Section
from registry.models import Contract, Council
from registry.permissions import Powers
from registry.values import months_on
from social_value.models import Credit, Delivery, Need
from social_value.need_forms import NeedFilter
from social_value.quantities import measured
from social_value.reminders import AHEAD_MONTHS
from social_value.tallies import measures, progress_of

MOST = 20


def promises_due(powers: Powers, today: date, _since: date) -> Iterator[Section]:
    """Of the councils this person is an officer of: what is late first, then what is due soon."""
    if not powers.councils:
        return
    mine = Contract.objects.filter(council__in=powers.councils)
    until, known = months_on(today, AHEAD_MONTHS), measures()
    due: list[tuple[date | None, str, UUID]] = []
    for (contract, measure), one in progress_of(mine, known, today=today).items():
        what, soon = known[measure], one.next_due and one.next_due <= until
        if one.late:
            due.append(
                (None, f"{measured(one.late, what.unit)} late, {what.name.lower()}", contract)
            )
        elif soon:
            words = f"{measured(one.owed, what.unit)} to come, {what.name.lower()}"
            due.append((one.next_due, words, contract))
    due.sort(key=lambda row: (row[0] or date.min, row[1], str(row[2])))
    contracts = mine.select_related("council").in_bulk([key for *_, key in due[:MOST]])
    yield Section(
        "Social value due or late",
        [entry(words, contracts[key], last) for last, words, key in due[:MOST]],
        more=max(len(due) - MOST, 0),
    )


def entry(words: str, contract: Contract, last: date | None) -> Entry:
    called = f"{contract.title} ({contract.council.short_name})"
    return Entry(f"{words}: {called}", contract.get_absolute_url(), last)


def deliveries_to_confirm(powers: Powers, _today: date, _since: date) -> Iterator[Section]:
    """How many acts wait for each of this person's councils."""
    entries = []
    for council in Council.objects.filter(pk__in=powers.councils).order_by("name"):
        said = Delivery.objects.filter(confirmations__council=council)
        waits = Credit.objects.standing().filter(council=council)
        number = waits.exclude(delivery__in=said.values("pk")).values("delivery").distinct().count()
        if number:
            words = f"{council.short_name}: {number:,} recorded and not yet confirmed"
            entries.append(Entry(words, reverse("social_value:progress", args=[council.pk])))
    yield Section("Social value to confirm", entries)


def needs_narrowed(query: QueryDict) -> NeedFilter:
    """By any council or region that ever had a need: one without at present has one later."""
    return NeedFilter(query, Need.objects.select_related("council"))


def needs_asked(query: QueryDict, _powers: Powers) -> BaseForm:
    form: BaseForm = needs_narrowed(query).form
    return form


def needs_found(query: QueryDict, _powers: Powers) -> Iterator[Hit]:
    """What the board shows to everybody."""
    for one in needs_narrowed(query).qs.open_on(clock.today()):
        words = f"{one.title}, {one.council.short_name}"
        yield Hit(str(one.pk), Entry(words, one.get_absolute_url(), one.wanted_by))
