"""The registry's own scheduled work."""

from celery import shared_task


@shared_task
def sweep_jobs() -> None:
    """Ring again for jobs whose message or worker was lost. Safe to run at any time."""
    from registry.jobs import sweep
    from registry.messages import purge_delivered

    sweep()
    purge_delivered()
