"""Searches of those without an account: asked for, confirmed by mail, stopped, let go."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from registry.actions.digests import for_everybody, letter
from registry.digests import searchable
from registry.mailboxes import mailbox
from registry.models import Digest, SavedSearch
from registry.models.alerts import DAYS_TO_CONFIRM
from registry.rates import within

# As many as one person would read; each costs a search a week.
MOST_OF_AN_ADDRESS = 20


class TooManyError(Exception):
    """The address has as many searches as one may have."""


def ask(*, email: str, page: str, query: str, name: str, today: date) -> SavedSearch | None:
    """Keep it until who reads the address's mail confirms it; nobody is told anything before.

    None where enough was asked for its mailbox today, of which whoever asks hears nothing:
    neither this nor any other answer may tell whether an address is known.
    """
    if within("confirmations", mailbox(email)):
        return None
    with transaction.atomic():
        # Locked, so that it is not let go as empty in the meantime.
        digest, _ = Digest.objects.select_for_update().get_or_create(
            email=email, user=None, defaults={"every": Digest.Every.MONDAY, "sent_on": today}
        )
        return SavedSearch.objects.create(
            digest=digest, confirmed=False, page=page, query=query, name=name
        )


def write_to_asker(search: SavedSearch) -> bool:
    """Ask by mail whether it was they. It has no words of whoever asked, which may be anybody's."""
    digest, known = search.digest, searchable(search.page)
    if digest is None or known is None or search.confirmed:
        return False
    context = {
        "what": known.words,
        "search": search,
        "days": DAYS_TO_CONFIRM,
        "site": settings.PUBLIC_URL,
    }
    text = render_to_string("registry/search_mail.txt", context)
    subject = "Buying Commons: Confirm what we should tell you"
    return bool(letter(digest.address, subject, text, stop=search.get_absolute_url()).send())


@transaction.atomic
def confirm(search: SavedSearch, *, now: datetime) -> bool:
    """Tell of what is new in it from now on; False where it is too late or gone.

    One that the address has already gets the new name. Raises TooManyError.
    """
    if search.digest_id is None:
        return False
    digest = Digest.objects.select_for_update().filter(pk=search.digest_id).first()
    waiting = digest.searches.filter(pk=search.pk).first() if digest else None
    if digest is None or waiting is None or not waiting.may_be_confirmed(now):
        return False
    standing = digest.searches.filter(confirmed=True)
    if standing.filter(page=waiting.page, query=waiting.query).update(name=waiting.name):
        waiting.delete()
        return True
    if standing.count() >= MOST_OF_AN_ADDRESS:
        raise TooManyError
    waiting.confirmed = True
    waiting.seen = [hit.key for hit in for_everybody(waiting.page, waiting.query)]
    waiting.save(update_fields=["confirmed", "seen"])
    return True


def stop(search: SavedSearch) -> None:
    """Forget it, and its address with the last one. Doing it twice changes nothing."""
    SavedSearch.objects.filter(pk=search.pk, digest=search.digest_id).delete()
    if search.digest_id:
        let_go_if_empty(search.digest_id)


def stop_all(digest: int) -> None:
    """Write to it no more. Of an address all is forgotten; a person's searches stay theirs."""
    Digest.objects.filter(pk=digest).delete()


@transaction.atomic
def let_go_if_empty(key: int) -> None:
    # Locked first, since a search may be on its way to it.
    if Digest.objects.select_for_update().filter(pk=key).first():
        Digest.objects.empty().filter(pk=key).delete()


def tidy(*, now: datetime) -> None:
    """Searches nobody confirmed go, and addresses with no search left."""
    SavedSearch.objects.never_confirmed(now).delete()
    for key in Digest.objects.empty().values_list("pk", flat=True):
        let_go_if_empty(key)
