"""The registry's own scheduled work."""

from celery import shared_task


@shared_task
def sweep_jobs() -> None:
    """Ring again for jobs whose message or worker was lost. Safe to run at any time."""
    from registry.jobs import sweep
    from registry.messages import purge_delivered

    sweep()
    purge_delivered()


@shared_task
def send_digests() -> None:
    """Write to those whose digest is due. Safe to run at any time: each is sent once."""
    from registry.actions.digests import send_digests
    from registry.today import today

    send_digests(today=today())


@shared_task
def write_to_asker(search_id: int) -> None:
    """Ask who reads an address's mail to confirm a search; one that is gone is told nothing."""
    from registry.actions.searches import write_to_asker
    from registry.models import SavedSearch

    if found := SavedSearch.objects.select_related("digest").filter(pk=search_id).first():
        write_to_asker(found)


@shared_task
def tidy_searches() -> None:
    """Let go of searches nobody confirmed, and of their addresses. Safe to run at any time."""
    from django.utils import timezone

    from registry.actions.searches import tidy

    tidy(now=timezone.now())


@shared_task
def place_again(job_id: int) -> None:
    """Judge contracts of a title again after a person's word on it, or its taking back."""
    from registry.actions.categories import place_again
    from registry.jobs import JobTakenError, working_on
    from registry.models import CategoryDecision

    try:
        with working_on(job_id) as job:
            # None where the word was taken back meanwhile: that has a job of its own.
            if decision := CategoryDecision.objects.filter(job=job).first():
                place_again(decision.title)
    except JobTakenError:
        return


@shared_task
def settle_again(job_id: int) -> None:
    """Compare suppliers named on a page with all known names."""
    from registry.actions.comparing import stated_in
    from registry.actions.settling import settle_again
    from registry.jobs import JobTakenError, working_on
    from registry.models import NamesToCompare

    try:
        with working_on(job_id) as job:
            names = NamesToCompare.objects.get(job=job)
            settle_again(stated_in(names), names.new_names)
    except JobTakenError:
        return
