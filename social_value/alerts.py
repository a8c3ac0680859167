"""What social value tells in digests: what is late, what waits for a word, what came of pools."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.forms import BaseForm
from django.http import QueryDict
from django.urls import reverse

from registry import today as clock
from registry.digests import Entry, Hit, Section
from registry.formats import count
from registry.models import Contract, Council
from registry.permissions import Powers
from registry.values import months_on
from social_value.models import AgreedPool, AgreedShare, Credit, Delivery, Need
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


def needs_to_decide(powers: Powers, _today: date, _since: date) -> Iterator[Section]:
    """How many needs wait for each of this person's councils to approve or decline them."""
    waiting = Q(needs__state=Need.State.PROPOSED)
    councils = Council.objects.filter(waiting, pk__in=powers.councils)
    found = councils.annotate(number=Count("needs", filter=waiting)).order_by("name")
    yield Section(
        "Community needs to decide",
        [
            Entry(
                f"{one.short_name}: {count(one.number, 'need')} to approve or decline",
                reverse("social_value:council_needs", args=[one.pk]),
            )
            for one in found
        ],
    )


def pools_to_answer(powers: Powers, _today: date, _since: date) -> Iterator[Section]:
    """Pools that wait for an answer of this person's councils or of their suppliers."""
    waiting = AgreedPool.objects.none()
    for council in powers.councils:
        waiting |= AgreedPool.objects.waiting_for(council)
    yield of_pools("Social value pools that wait for your answer", waiting.order_by("answer_by"))


def pools_settled(powers: Powers, _today: date, since: date) -> Iterator[Section]:
    """What came of pools of this person's councils, or of areas it buys for, since a day."""
    shares = AgreedShare.objects.filter(pool=OuterRef("pk"), council__in=powers.councils)
    mine = Q(Exists(shares)) | Q(place__in=powers.groupings)
    settled = AgreedPool.objects.filter(mine, settled_on__gte=since).order_by("-settled_on", "pk")
    yield of_pools("Social value pools agreed, or no more", settled)


def of_pools(heading: str, pools: "QuerySet[AgreedPool]") -> Section:
    found = list(pools.for_list()[: MOST + 1])  # type: ignore[attr-defined]
    more = pools.count() - MOST if len(found) > MOST else 0
    return Section(heading, [entry_of(one) for one in found[:MOST]], more=more)


def entry_of(pool: AgreedPool) -> Entry:
    whole = f"{measured(pool.amount, pool.measure.unit)}, {pool.measure.name.lower()}"
    called = f"{whole}, for {pool.need.organisation}" if pool.need else whole
    if pool.state == AgreedPool.State.ASKED:
        return Entry(f"{called}: answer by its day", pool.get_absolute_url(), pool.answer_by)
    came = pool.fell_because or "Every party said yes."
    return Entry(f"{called}: {came}", pool.get_absolute_url(), pool.settled_on)


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
