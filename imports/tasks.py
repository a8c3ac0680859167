"""What workers do for uploads: fetch by id, call one action. Each can run twice."""

from celery import shared_task


@shared_task
def read_upload(job_id: int) -> None:
    """Read an uploaded file, so that its officer can check what was understood."""
    from imports import actions
    from imports.models import Upload
    from registry.jobs import JobTakenError, working_on

    try:
        with working_on(job_id) as job:
            upload = Upload.objects.get(job=job)
            actions.read_upload(upload, job)
    except JobTakenError:
        return


@shared_task
def apply_upload(job_id: int) -> None:
    """Record the good rows of an upload that its officer has checked."""
    from imports import actions
    from imports.models import Upload
    from registry.jobs import JobTakenError, working_on

    try:
        with working_on(job_id) as job:
            upload = Upload.objects.get(job=job)
            actions.apply_upload(upload, job)
    except JobTakenError:
        return


@shared_task
def undo_upload(job_id: int) -> None:
    """Withdraw what an upload recorded."""
    from imports import actions
    from imports.models import Upload
    from registry.jobs import JobTakenError, working_on

    try:
        with working_on(job_id) as job:
            actions.undo_upload(Upload.objects.get(job=job))
    except (JobTakenError, actions.NotAppliedError):
        return


@shared_task
def put_right(job_id: int) -> None:
    """Read an upload again with its corrections, and record what they mend."""
    from imports.actions.putting_right import put_right
    from imports.models import Upload
    from registry.jobs import JobTakenError, working_on

    try:
        with working_on(job_id) as job:
            put_right(Upload.objects.get(job=job), job)
    except JobTakenError:
        return


@shared_task
def take_promises(job_id: int) -> None:
    """Take the workbook of promises that an officer filled in."""
    from imports.actions.promise_books import take_promises
    from registry.jobs import JobTakenError, working_on
    from social_value.models import PromiseBook

    try:
        with working_on(job_id) as job:
            take_promises(PromiseBook.objects.select_related("council").get(job=job), job)
    except JobTakenError:
        return


@shared_task
def take_back(job_id: int) -> None:
    """Take the workbook of problem rows that an officer sent back."""
    from imports.actions.putting_right import take_back
    from imports.models import Upload
    from registry.jobs import JobTakenError, working_on

    try:
        with working_on(job_id) as job:
            take_back(Upload.objects.get(job=job), job)
    except JobTakenError:
        return
