"""What the scheduler rings for is there to answer."""

import pytest
from django.conf import settings

from config.celery import app


@pytest.mark.parametrize("entry", settings.CELERY_BEAT_SCHEDULE.values(), ids=lambda e: e["task"])
def test_scheduled_task_is_known_to_workers(entry):
    app.loader.import_default_modules()

    assert entry["task"] in app.tasks
