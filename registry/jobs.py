"""The life of a job: asked for, rung, worked on with a heartbeat, done or failed."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from registry.models import Job, User

# Progress is written at most this often, in seconds; each write is a transaction of its own.
PROGRESS_EVERY = 0.5


class JobTakenError(Exception):
    """Another worker has this job, or it is finished: nothing to do."""


def ask(task: str, *, subject: str, by: User | None = None, limit_seconds: int = 600) -> Job:
    """Write down a job and ring for it once the caller's transaction is committed."""
    job = Job.objects.create(
        task=task, subject=subject[:100], asked_by=by, limit_seconds=limit_seconds
    )
    transaction.on_commit(lambda: ring(job))
    return job


def ring(job: Job) -> None:
    """Tell the workers about a job. A message lost on the way is rung again by the sweeper."""
    Job.objects.filter(pk=job.pk).update(rung_at=timezone.now())
    current_app.send_task(job.task, args=[job.pk])


def rebuild_soon() -> None:
    """Ring for what is marked as changed, once the caller's transaction is committed.

    For what cannot wait for the scheduler; should the message be lost, that rings half a minute
    later.
    """
    transaction.on_commit(lambda: current_app.send_task(settings.REBUILD_CHANGED))


@contextmanager
def working_on(job_id: int) -> Iterator[Job]:
    """Take a job, and leave it done or failed. A bug marks it failed and is raised again."""
    job = take(job_id)
    try:
        yield job
    except Exception:
        finish(job, Job.State.FAILED, "Something went wrong on our side. Nothing was changed.")
        raise
    finish(job, Job.State.DONE, job.message)


def take(job_id: int) -> Job:
    """Make a waiting job this process's; only one of several that try gets it."""
    now = timezone.now()
    taken = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING,
        worker=this_process(),
        heartbeat_at=now,
        attempts=F("attempts") + 1,
    )
    if not taken:
        raise JobTakenError
    return Job.objects.get(pk=job_id)


def progress(job: Job, stage: str, *, done: int = 0, total: int = 0) -> None:
    """Say how far a job has come: its sign of life. Call outside transactions that last."""
    job.stage, job.done, job.total, job.heartbeat_at = stage, done, total, timezone.now()
    job.save(update_fields=["stage", "done", "total", "heartbeat_at"])


def finish(job: Job, state: Job.State, message: str) -> None:
    job.state, job.message, job.finished_at = state, message[:500], timezone.now()
    job.save(update_fields=["state", "message", "finished_at"])


def sweep() -> list[Job]:
    """Ring again for jobs nobody is working on: lost messages, dead workers, overlong stages."""
    rung = []
    for job in Job.objects.open():
        if not (worker_is_gone(job) or job.overdue):
            continue
        if job.attempts >= Job.MAX_ATTEMPTS:
            finish(job, Job.State.FAILED, "This stopped the worker each time it was tried.")
            continue
        if put_back(job):
            ring(job)
            rung.append(job)
    return rung


def put_back(job: Job) -> bool:
    """Make a stale job wait again, unless somebody else just did or it has moved on."""
    return bool(
        Job.objects.filter(
            pk=job.pk, state=job.state, worker=job.worker, heartbeat_at=job.heartbeat_at
        ).update(state=Job.State.QUEUED, worker="", heartbeat_at=None, rung_at=timezone.now())
    )


def this_process() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def worker_is_gone(job: Job) -> bool:
    """Whether the process that took the job, on this machine, is no more."""
    host, _, process = job.worker.rpartition(":")
    if job.state != Job.State.RUNNING or host != socket.gethostname():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
