"""Procurement's scheduled work."""

from celery import shared_task


@shared_task
def rebuild_changed() -> None:
    """Rebuild the opportunities of what changed since last time. Safe to run at any time."""
    from procurement import actions
    from registry.today import today

    actions.rebuild_changed(today=today())


@shared_task
def rebuild_all() -> None:
    """Look at every opportunity anew, since dates pass though nothing changes. Safe to repeat."""
    from procurement import actions
    from registry.today import today

    actions.rebuild_opportunities(today=today())
