"""Social value's scheduled work."""

from celery import shared_task


@shared_task
def read_changed() -> None:
    """Read the promises of contracts that changed, and pool what they bear on anew."""
    from registry.today import today
    from social_value import actions
    from social_value.actions.agreeing import let_fall

    looked = actions.read_changed()
    if looked.measures:
        fallen = let_fall(today=today())
        actions.rebuild_pools(today=today(), measures=looked.measures | fallen)


@shared_task
def rebuild_pools(measures: list[str] | None = None) -> None:
    """Those of some measures, or all: what can be pooled depends on the day. Safe at any time.

    Before all are pooled every contract is looked at: regions and wordings change as well.
    """
    from registry.today import today
    from social_value import actions
    from social_value.actions.agreeing import let_fall

    if measures is None:
        actions.read_all()
    fallen = let_fall(today=today())
    wanted = None if measures is None else {*measures, *fallen}
    actions.rebuild_pools(today=today(), measures=wanted)


@shared_task
def write_to_poster(need: str) -> None:
    """Tell who posted a need what has become of it; one that is gone is told nothing."""
    from social_value.actions import needs
    from social_value.models import Need

    if found := Need.objects.select_related("council", "measure").filter(pk=need).first():
        needs.write_to_poster(found)


@shared_task
def write_to_community(delivery: str) -> None:
    """Ask the contact of the need that a delivery was for whether it happened so."""
    from social_value.actions import community
    from social_value.models import Delivery

    known = Delivery.objects.select_related("need", "measure", "area")
    if found := known.filter(pk=delivery).first():
        community.write_to_community(found)


@shared_task
def tidy_needs() -> None:
    """Let go of what nobody confirmed, and of contacts no longer of use."""
    from django.utils import timezone

    from registry.today import today
    from social_value.actions import needs

    needs.tidy(today=today(), now=timezone.now())
