"""Social value's scheduled work."""

from celery import shared_task


@shared_task
def read_changed() -> None:
    """Read the promises of contracts that changed, and pool what they bear on anew."""
    from registry.today import today
    from social_value import actions

    looked = actions.read_changed()
    if looked.measures:
        actions.rebuild_pools(today=today(), measures=looked.measures)


@shared_task
def rebuild_pools(measures: list[str] | None = None) -> None:
    """Those of some measures, or all: what can be pooled depends on the day. Safe at any time.

    Before all are pooled every contract is looked at: regions and wordings change as well.
    """
    from registry.today import today
    from social_value import actions

    if measures is None:
        actions.read_all()
    actions.rebuild_pools(today=today(), measures=measures)
