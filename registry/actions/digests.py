"""Digests by e-mail: what is due and what is new, to those who asked for it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from registry.digests import Hit, Section, is_due, searchable, sections
from registry.formats import count
from registry.models import Digest, SavedSearch, User
from registry.permissions import EVERYBODY, Powers, powers_of
from registry.values import months_on

# More would be a list, not a search; nothing new is told of what lies beyond.
MOST_HITS = 1000
MOST_NEW = 10
# What everybody finds, kept while digests are written: many ask for the same.
SEARCHES_REMEMBERED = 200
# A mail server's word on one letter, or that of the library which writes it, on an address of old:
# it holds up no other.
REFUSED = (SMTPRecipientsRefused, SMTPDataError, ValueError)

Find = Callable[[str, str], Sequence[Hit]]


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
            f"New in “{self.search.name}”",
            new[:MOST_NEW],
            more=max(len(new) - MOST_NEW, 0),
            url=address_of(self.search),
            stop=self.search.get_absolute_url(),
        )


def address_of(search: SavedSearch) -> str:
    """The list as it is narrowed down."""
    known = searchable(search.page)
    return f"{reverse(known.address)}?{search.query}" if known else ""


def save_search(user: User, *, page: str, query: str, name: str) -> SavedSearch:
    """Keep it; what it finds today is known already. Saving it twice renames it."""
    made, _ = SavedSearch.objects.update_or_create(
        user=user, page=page, query=query, defaults={"name": name}
    )
    made.seen = [hit.key for hit in hits_of(page, query, powers_of(user))]
    made.save(update_fields=["seen"])
    return made


def hits_of(page: str, query: str, powers: Powers, *, most: int = MOST_HITS) -> list[Hit]:
    """Nothing where a filter is no longer known: without it everything would be found."""
    known, asked = searchable(page), QueryDict(query)
    if known is None or not known.form(asked, powers).is_valid():
        return []
    return [hit for hit, _ in zip(known.find(asked, powers), range(most), strict=False)]


def found_for(user: User) -> list[Found]:
    powers = powers_of(user)
    searches = user.saved_searches.all()
    return [Found(one, hits_of(one.page, one.query, powers)) for one in searches]


def found_by_address(digest: Digest, find: Find) -> list[Found]:
    searches = digest.searches.filter(confirmed=True)
    return [Found(one, find(one.page, one.query)) for one in searches]


def for_everybody(page: str, query: str) -> list[Hit]:
    """What anybody finds, as the public page shows it."""
    return hits_of(page, query, EVERYBODY)


def told_to(
    user: User, found: Sequence[Found], today: date, digest: Digest | None
) -> list[Section]:
    """Everything a digest would tell this person on this day, since the last or for a month."""
    since = digest.sent_on if digest else None
    told = sections(
        powers_of(user),
        today,
        since=since or months_on(today, -1),
        without=digest.without if digest else (),
    )
    return [*told, *new_in(found)]


def new_in(found: Iterable[Found]) -> list[Section]:
    return [one.section for one in found if one.new]


def send_digests(*, today: date) -> int:
    """Write to everybody whose digest is due and has something in it; how many were written to.

    One that its mail server refuses stays due, and is raised when the others are written.
    """
    waiting = Digest.objects.to_send().values_list("pk", "every", "sent_on")
    keys = [key for key, every, sent_on in waiting if is_due(every, sent_on, today)]
    find, refused, sent = lru_cache(SEARCHES_REMEMBERED)(for_everybody), [], 0
    for key in keys:
        try:
            sent += send(key, today, find)
        except REFUSED as fault:
            refused.append(fault)
    if refused:
        raise refused[0]
    return sent


@transaction.atomic
def send(key: int, today: date, find: Find) -> bool:
    """One digest. A mail that cannot be sent leaves it due."""
    digest = Digest.objects.select_for_update(skip_locked=True).filter(pk=key).first()
    if digest is None or not is_due(digest.every, digest.sent_on, today):
        return False
    user = digest.user
    found = found_for(user) if user else found_by_address(digest, find)
    told = told_to(user, found, today, digest) if user else new_in(found)
    for one in found:
        seen = [hit.key for hit in one.hits]
        SavedSearch.objects.filter(pk=one.search.pk).update(seen=seen)
    digest.sent_on = today
    digest.save(update_fields=["sent_on"])
    if told:
        context = {"digest": digest, "sections": told, "site": settings.PUBLIC_URL}
        text = render_to_string("registry/digest.txt", context)
        letter(digest.address, subject(told), text, stop=digest.get_absolute_url()).send()
    return bool(told)


def subject(told: Sequence[Section]) -> str:
    lines = sum(len(section.entries) + section.more for section in told)
    return f"Buying Commons: {count(lines, 'thing')} to know"


def letter(to: str, subject: str, text: str, *, stop: str) -> EmailMessage:
    """A mail that mail programs can stop by one press (RFC 8058), and answer by no machine."""
    headers = {
        "List-Unsubscribe": f"<{settings.PUBLIC_URL}{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(subject, text, None, [to], headers=headers)
