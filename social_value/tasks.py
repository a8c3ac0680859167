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
def rebuild_pools() -> None:
    """All of them: what can be pooled depends on the day. Safe to run at any time."""
    from registry.today import today
    from social_value import actions

    actions.rebuild_pools(today=today())
