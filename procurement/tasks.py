"""Procurement's scheduled work."""

from celery import shared_task


@shared_task
def rebuild_changed() -> None:
    """Rebuild the opportunities of what changed since last time. Safe to run at any time."""
    from procurement import actions
    from registry.today import today

    actions.rebuild_changed(today=today())


@shared_task
def place_changes() -> None:
    """Give what was committed its place in the change feed. Safe to run at any time."""
    from procurement.actions.changes import place_changes

    place_changes()
