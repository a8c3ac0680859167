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
    """Those of some measures, or all: what can be pooled depends on the day. Safe at any time."""
    from registry.today import today
    from social_value import actions

    actions.rebuild_pools(today=today(), measures=measures)
