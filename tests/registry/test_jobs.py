"""The life of a job: taken once, seen to progress, finished, and rung again when lost."""

import os
import socket
import subprocess
import sys
from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from registry import jobs
from registry.models import Job
from tests.factories import NOW, make_job, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def rings(monkeypatch):
    """The messages sent, as (task, job)."""
    sent = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args: sent.append((name, *args)))
    return sent


@pytest.fixture
def gone():
    """A process of this machine that is no more, as a job names its worker."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return f"{socket.gethostname()}:{process.pid}"


def running(**fields):
    fields = {"worker": jobs.this_process(), "heartbeat_at": timezone.now(), "attempts": 1} | fields
    return make_job(state=Job.State.RUNNING, **fields)


def ago(seconds):
    return timezone.now() - timedelta(seconds=seconds)


def test_ask_rings_once_the_transaction_is_committed(rings, django_capture_on_commit_callbacks):
    user = make_user()

    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.ask("a.task", subject="s" * 150, by=user, limit_seconds=5)
        assert rings == []

    job.refresh_from_db()
    assert rings == [("a.task", job.pk)]
    assert (job.state, job.subject, job.asked_by) == ("queued", "s" * 100, user)
    assert job.rung_at is not None


def test_take_gives_a_job_to_one_of_several():
    job = make_job()

    taken = jobs.take(job.pk)

    assert (taken.state, taken.worker, taken.attempts) == ("running", jobs.this_process(), 1)
    with pytest.raises(jobs.JobTakenError):
        jobs.take(job.pk)


@pytest.mark.parametrize("state", ["done", "failed"])
def test_take_leaves_a_finished_job(state):
    job = make_job(state=state, finished_at=NOW)

    with pytest.raises(jobs.JobTakenError):
        jobs.take(job.pk)


def test_working_on_leaves_a_job_done_with_its_words():
    job = make_job()

    with jobs.working_on(job.pk) as mine:
        jobs.progress(mine, "Reading", done=1, total=4)
        mine.message = "All went well."

    job.refresh_from_db()
    assert (job.state, job.message, job.stage) == ("done", "All went well.", "Reading")
    assert job.finished_at is not None


def test_working_on_marks_a_bug_as_failed_and_raises_it():
    job = make_job()

    with pytest.raises(ZeroDivisionError), jobs.working_on(job.pk):
        raise ZeroDivisionError

    job.refresh_from_db()
    assert job.state == "failed"
    assert job.message.startswith("Something went wrong on our side.")


def test_progress_is_a_sign_of_life():
    job = running(heartbeat_at=ago(900), limit_seconds=600)
    assert job.overdue

    jobs.progress(job, "Recording", done=2, total=8)

    job.refresh_from_db()
    assert (job.stage, job.percent, job.overdue) == ("Recording", 25, False)


@pytest.mark.parametrize(("done", "total", "percent"), [(0, 0, 0), (1, 3, 33), (9, 4, 100)])
def test_percent_stays_between_nothing_and_all(done, total, percent):
    assert Job(done=done, total=total).percent == percent


def test_sweep_leaves_work_that_shows_life(rings):
    running()
    make_job(rung_at=timezone.now())
    make_job(state=Job.State.DONE, finished_at=NOW)

    assert jobs.sweep() == []
    assert rings == []


def test_sweep_rings_again_for_a_lost_message(rings):
    lost = make_job(rung_at=ago(Job.RING_AGAIN_SECONDS + 1))

    assert jobs.sweep() == [lost]
    assert rings == [(lost.task, lost.pk)]
    assert jobs.sweep() == []


def test_sweep_puts_back_the_job_of_a_dead_worker(rings, gone):
    job = running(worker=gone)

    assert jobs.sweep() == [job]
    assert jobs.take(job.pk).attempts == 2


def test_sweep_puts_back_a_job_silent_for_longer_than_its_limit(rings):
    elsewhere = running(worker="another-host:1", heartbeat_at=ago(601), limit_seconds=600)
    running(worker="another-host:1", heartbeat_at=ago(500), limit_seconds=600)

    assert jobs.sweep() == [elsewhere]


def test_sweep_gives_up_on_what_stops_its_worker_each_time(rings, gone):
    job = running(worker=gone, attempts=Job.MAX_ATTEMPTS)

    assert jobs.sweep() == []

    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "This stopped the worker each time it was tried.")
    assert rings == []


def test_put_back_leaves_a_job_that_has_moved_on(gone):
    stale = running(worker=gone)
    jobs.progress(Job.objects.get(pk=stale.pk), "Still here")

    assert not jobs.put_back(stale)


@pytest.mark.parametrize(
    "worker",
    ["", "another-host:1", f"{socket.gethostname()}:{os.getpid()}"],
    ids=["nobody", "elsewhere", "here"],
)
def test_worker_is_gone_only_when_its_process_here_is_no_more(worker):
    assert not jobs.worker_is_gone(Job(state="running", worker=worker))
