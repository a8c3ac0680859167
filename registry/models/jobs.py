"""Jobs: what was asked of a worker, and how far it has come. The broker is only a doorbell."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone


class JobQuerySet(models.QuerySet["Job"]):
    def open(self) -> Self:
        return self.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])


class Job(models.Model):
    """One piece of work for a worker; this row, not the message, is the truth about it."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        RUNNING = "running", "Working"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    # Tries after which a job is called failed: a file that kills its worker must not ring for ever.
    MAX_ATTEMPTS = 3
    # A message not answered by then may be lost. Ringing twice does no harm: one worker takes it.
    RING_AGAIN_SECONDS = 120

    task = models.CharField(max_length=100, help_text="Name of the Celery task that does it.")
    subject = models.CharField(max_length=100, help_text="What it is about, for people.")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    stage = models.CharField(max_length=100, blank=True, help_text="What it is doing, in words.")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Past this without a sign of life the job is rung again.
    limit_seconds = models.PositiveIntegerField(default=600)
    worker = models.CharField(max_length=200, blank=True, help_text="host:process that has it")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    rung_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["state"],
                name="job_open",
                condition=models.Q(state__in=["queued", "running"]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="job_finished_has_its_time",
                condition=models.Q(state__in=["queued", "running"], finished_at__isnull=True)
                | models.Q(state__in=["done", "failed"], finished_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_state_display()}"

    @property
    def open(self) -> bool:
        return self.state in {self.State.QUEUED, self.State.RUNNING}

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0

    @property
    def overdue(self) -> bool:
        """No sign of life for longer than its stage may take, or nobody answered the ring."""
        if self.state == self.State.QUEUED:
            last, limit = self.rung_at or self.asked_at, self.RING_AGAIN_SECONDS
        else:
            last, limit = self.heartbeat_at or self.asked_at, self.limit_seconds
        return timezone.now() - last > timedelta(seconds=limit)
