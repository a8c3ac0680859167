"""Needs on their way: posted, confirmed by who posted them, decided by the council, closed."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from registry.models import User
from social_value.assumptions import assumed
from social_value.models import AgreedPool, Need

SETTLED = (Need.State.DECLINED, Need.State.CLOSED)
SUBJECTS = {
    Need.State.UNCONFIRMED: "Confirm what you need",
    Need.State.APPROVED: "Your need is on the board",
    Need.State.DECLINED: "Your need was not approved",
}


class TooManyError(Exception):
    """As many were posted from one address within a day as may be."""


@transaction.atomic
def post(*, now: datetime, **fields: Any) -> Need:
    """Keep a need until its poster confirms it: until then nobody else sees it."""
    within_a_day = Need.objects.posted_since(now - timedelta(days=1), fields["contact_email"])
    if within_a_day.count() >= assumed("need_posts_a_day"):
        raise TooManyError
    return Need.objects.create(state=Need.State.UNCONFIRMED, **fields)


def confirm(need: Need, *, now: datetime) -> bool:
    """Let the council see it; nothing happens where it is too late or was done before."""
    if not need.may_be_confirmed(now, assumed("need_link_days")):
        return False
    waiting = Need.objects.filter(pk=need.pk, state=Need.State.UNCONFIRMED)
    return bool(waiting.update(state=Need.State.PROPOSED))


def decide(need: Need, *, approve: bool, reason: str, by: User) -> bool:
    """The council's word on a need that waits for it; False if it no longer does."""
    state = Need.State.APPROVED if approve else Need.State.DECLINED
    waiting = Need.objects.filter(pk=need.pk, state=Need.State.PROPOSED)
    return bool(
        waiting.update(state=state, reason=reason, decided_by=by, decided_at=timezone.now())
    )


@transaction.atomic
def close(need: Need, *, reason: str, by: User | None = None) -> bool:
    """Take it off the board. One that nobody confirmed is gone altogether."""
    if need.state == Need.State.UNCONFIRMED:
        return bool(Need.objects.filter(pk=need.pk, state=need.state).delete()[0])
    standing = Need.objects.filter(pk=need.pk).exclude(state__in=SETTLED)
    now = timezone.now()
    return bool(
        standing.update(state=Need.State.CLOSED, reason=reason, decided_by=by, decided_at=now)
    )


def tidy(*, today: date, now: datetime) -> None:
    """Needs nobody confirmed go, and so do contacts that are no longer of use."""
    late = now - timedelta(days=assumed("need_link_days"))
    Need.objects.filter(state=Need.State.UNCONFIRMED, entered_at__lt=late).delete()
    keep = timedelta(days=assumed("need_contact_days"))
    done = Q(state__in=SETTLED, decided_at__lt=now - keep) | Q(wanted_by__lt=today - keep)
    delivering = AgreedPool.objects.standing().filter(need__isnull=False, ends__gte=today - keep)
    past = Need.objects.filter(done).exclude(pk__in=delivering.values("need"))
    past.update(contact_name="", contact_email="")


def write_to_poster(need: Need) -> bool:
    """Tell who posted it what has become of it, where there is something to tell."""
    subject = SUBJECTS.get(Need.State(need.state))
    if not subject or not need.contact_email:
        return False
    context = {"need": need, "site": settings.PUBLIC_URL, "days": assumed("need_link_days")}
    text = render_to_string("social_value/need_mail.txt", context)
    return bool(send_mail(f"Buying Commons: {subject}", text, None, [need.contact_email]))
