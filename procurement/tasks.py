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
