"""An officer at the pages of uploads, with a worker that works when told to."""

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile

from imports import tasks
from imports.models import Upload
from tests.factories import make_council, make_officer


@pytest.fixture
def council():
    return make_council(name="Borough of Testham")


@pytest.fixture
def officer(council, client):
    officer = make_officer(council)
    client.force_login(officer)
    return officer


@pytest.fixture(autouse=True)
def worker(monkeypatch):
    """Messages go to this list; `work` does what they ask."""
    sent = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args: sent.append((name, args)))
    return sent


@pytest.fixture
def work(worker):
    def work():
        for name, args in list(worker):
            getattr(tasks, name.rpartition(".")[2])(*args)
        worker.clear()

    return work


@pytest.fixture
def send(client, council, officer, work, django_capture_on_commit_callbacks):
    """Send a register and have it read; its upload."""

    def send(content, name="register.csv", *, read=True):
        file = SimpleUploadedFile(name, content)
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post("/uploads/new/", {"council": council.pk, "file": file})
        upload = Upload.objects.latest("pk")
        assert response.url == upload.get_absolute_url()
        if read:
            work()
        return upload

    return send


@pytest.fixture
def press(client, work, django_capture_on_commit_callbacks):
    """Press a button of an upload's page, and have the work done."""

    def press(upload, button, **said):
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(f"{upload.get_absolute_url()}{button}/", said)
        assert response.url == upload.get_absolute_url()
        work()

    return press
