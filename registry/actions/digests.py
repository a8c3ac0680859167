"""Digests by e-mail: what is due and what is new, to those who asked for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.http import QueryDict
from django.template.loader import render_to_string

from registry.digests import Hit, Section, is_due, searchable, sections
from registry.formats import count
from registry.models import Digest, SavedSearch, User
from registry.permissions import Powers, powers_of
from registry.values import months_on

# More would be a list, not a search; nothing new is told of what lies beyond.
MOST_HITS = 1000
MOST_NEW = 10


@dataclass(frozen=True, slots=True)
class Found:
    """What a saved search finds now, and which of it is new since it was last told."""

    search: SavedSearch
    hits: Sequence[Hit]

    @property
    def new(self) -> list[Hit]:
        seen = set(self.search.seen)
        return [hit for hit in self.hits if hit.key not in seen]

    @property
    def section(self) -> Section:
        new = [hit.entry for hit in self.new]
        return Section(
            f"New in “{self.search.name}”", new[:MOST_NEW], more=max(len(new) - MOST_NEW, 0)
        )


def save_search(user: User, *, page: str, query: str, name: str) -> SavedSearch:
    """Keep it; what it finds today is known already. Saving it twice renames it."""
    made, _ = SavedSearch.objects.update_or_create(
        user=user, page=page, query=query, defaults={"name": name}
    )
    made.seen = [hit.key for hit in hits_of(made, powers_of(user))]
    made.save(update_fields=["seen"])
    return made


def hits_of(search: SavedSearch, powers: Powers) -> list[Hit]:
    known = searchable(search.page)
    found = known.find(QueryDict(search.query), powers) if known else ()
    return [hit for hit, _ in zip(found, range(MOST_HITS), strict=False)]


def found_for(user: User) -> list[Found]:
    powers = powers_of(user)
    return [Found(one, hits_of(one, powers)) for one in user.saved_searches.all()]


def told_to(
    user: User, found: Sequence[Found], today: date, digest: Digest | None
) -> list[Section]:
    """Everything a digest would tell this person on this day, since the last or for a month."""
    new = [one.section for one in found if one.new]
    since = digest.sent_on if digest else None
    told = sections(
        powers_of(user),
        today,
        since=since or months_on(today, -1),
        without=digest.without if digest else (),
    )
    return [*told, *new]


def send_digests(*, today: date) -> int:
    """Write to everybody whose digest is due and has something in it; how many were written to."""
    waiting = Digest.objects.filter(user__is_active=True).exclude(user__email="")
    keys = [one.pk for one in waiting if is_due(one.every, one.sent_on, today)]
    return sum(send(key, today) for key in keys)


@transaction.atomic
def send(key: int, today: date) -> bool:
    """One digest. A mail that cannot be sent leaves it due."""
    digest = Digest.objects.select_for_update(skip_locked=True).filter(pk=key).first()
    if digest is None or not is_due(digest.every, digest.sent_on, today):
        return False
    user = digest.user
    found = found_for(user)
    told = told_to(user, found, today, digest)
    for one in found:
        one.search.seen = [hit.key for hit in one.hits]
        one.search.save(update_fields=["seen"])
    digest.sent_on = today
    digest.save(update_fields=["sent_on"])
    if told:
        context = {"user": user, "sections": told, "site": settings.PUBLIC_URL}
        send_mail(
            subject(told),
            render_to_string("registry/digest.txt", context),
            None,
            [user.email],
        )
    return bool(told)


def subject(told: Sequence[Section]) -> str:
    lines = sum(len(section.entries) + section.more for section in told)
    return f"Buying Commons: {count(lines, 'thing')} to know"
