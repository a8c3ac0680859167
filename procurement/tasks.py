"""Procurement's scheduled work."""

from celery import shared_task


@shared_task
def rebuild_changed() -> None:
    """Rebuild the opportunities of what changed since last time. Safe to run at any time."""
    from procurement import actions
    from registry.today import today

    actions.rebuild_changed(today=today())


@shared_task
def link_frameworks() -> None:
    """Link contracts to frameworks, and suppliers on lots to the registry's, as all stands now."""
    from procurement.actions.call_offs import link_call_offs
    from procurement.actions.lot_suppliers import link_lot_suppliers

    link_lot_suppliers()
    link_call_offs()


@shared_task
def look_ahead() -> None:
    """Sums of contracts that end as of the new day; once a quarter what councils intend.

    Safe to run at any time: a snapshot is made once, and is of when its quarter began.
    """
    from procurement.actions.demand import rebuild_endings, release_demand
    from registry.today import today

    rebuild_endings(today=today())
    release_demand(today=today())


@shared_task
def place_changes() -> None:
    """Give what was committed its place in the change feed. Safe to run at any time."""
    from procurement.actions.changes import place_changes

    place_changes()


@shared_task
def rebuild_all() -> None:
    """Look at every opportunity anew, since dates pass though nothing changes. Safe to repeat."""
    from procurement import actions
    from registry.today import today

    actions.rebuild_opportunities(today=today())
