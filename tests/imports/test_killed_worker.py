"""A worker killed in the middle of an upload: started again, the job is done, nothing twice."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from contextlib import closing, suppress
from dataclasses import dataclass

import psycopg
import pytest
from openpyxl import Workbook

from config.settings import BASE_DIR

ROWS = 6_000
COUNCIL = "E07000136"
PATIENCE = 90  # seconds; on a quiet machine each wait is one or two

RECEIVE = f"""
from django.core.files import File
from django.db import transaction
from imports.models import Upload
from imports.tasks import read_upload
from registry.jobs import ask
from registry.models import Council, Role, User
officer = User.objects.create_user("officer")
Role.objects.create(user=officer, kind="officer", council_id="{COUNCIL}")
with transaction.atomic(), open(PATH, "rb") as file:
    upload = Upload.objects.receive(
        council=Council.objects.get(pk="{COUNCIL}"), file=File(file), name="big.xlsx", by=officer
    )
    upload.job = ask(read_upload.name, subject="big.xlsx", by=officer)
    upload.save()
"""
# In one transaction, as pages do it: a worker may answer the ring before the next statement.
APPLY = """
from django.db import transaction
from imports.models import Upload
from imports.tasks import apply_upload
from registry.jobs import ask
with transaction.atomic():
    upload = Upload.objects.get()
    upload.job = ask(apply_upload.name, subject="big.xlsx", by=upload.uploaded_by)
    upload.save()
"""
STATE = """
SELECT upload.state, job.state, job.attempts,
    (SELECT count(*) FROM registry_contract), (SELECT count(*) FROM registry_statement)
FROM imports_upload upload JOIN registry_job job ON job.id = upload.job_id
"""


@dataclass(frozen=True)
class State:
    """Where the one upload stands, read straight from the tables."""

    upload: str
    job: str
    attempts: int
    contracts: int
    statements: int


def answers(port):
    with closing(socket.socket()) as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Service:
    """A service of its own: database, broker and files in one folder, workers as processes."""

    def __init__(self, folder, database_url, broker_url):
        self.env = {
            **os.environ,
            "DATABASE_URL": database_url,
            "CELERY_BROKER_URL": broker_url,
            "MEDIA_ROOT": str(folder / "files"),
            "BUYING_COMMONS_TODAY": "2026-11-02",
            "SWEEP_SECONDS": "1",
        }
        self.folder = folder
        self.workers = []

    def manage(self, *words):
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=BASE_DIR,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run(self, code):
        return self.manage("shell", "-v", "0", "-c", code)

    def state(self):
        address = self.env["DATABASE_URL"]
        if address.startswith("sqlite"):
            with closing(sqlite3.connect(address.removeprefix("sqlite:///"), timeout=30)) as asked:
                return State(*asked.execute(STATE).fetchone())
        with psycopg.connect(address) as asked:
            return State(*asked.execute(STATE).fetchone())

    def start_worker(self):
        command = [sys.executable, "-m", "celery", "--app", "config", "--quiet", "worker", "--beat"]
        command += ["--concurrency", "1", "--schedule", str(self.folder / "beat")]
        command += ["--without-gossip", "--without-mingle", "--loglevel", "ERROR"]
        with (self.folder / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                command,
                cwd=BASE_DIR,
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.workers.append(worker)
        return worker

    def kill(self, worker):
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def wait_for(self, wanted, what):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            state = self.state()
            if wanted(state):
                return state
            time.sleep(0.05)
        log = (self.folder / "worker.log").read_text()
        raise AssertionError(f"waited {PATIENCE} s for {what}; now {state}\n{log[-2000:]}")

    def stop(self):
        for worker in self.workers:
            self.kill(worker)


@pytest.fixture
def big_register(tmp_path):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Contracts")
    sheet.append(["Reference", "Title", "Supplier", "Start date", "End date", "Total value"])
    for n in range(ROWS):
        sheet.append([f"C-{n:05}", f"Works {n}", f"Firm {n}", "01/04/2025", "31/03/2027", 1000 + n])
    path = tmp_path / "big.xlsx"
    book.save(path)
    return path


@pytest.fixture(params=["embedded", "redis"])
def service(request, tmp_path):
    """Embedded: SQLite and the SQL broker. At scale: PostgreSQL and Redis.

    Both with databases of their own, whichever the suite runs on: once is enough.
    """
    name = f"killed_{uuid.uuid4().hex[:12]}"
    if request.param == "embedded":
        database = f"sqlite:///{tmp_path / 'db.sqlite3'}"
        yield from serve(tmp_path, database, f"sqla+sqlite:///{tmp_path / 'broker.sqlite3'}")
        return
    if not (answers(6379) and answers(5432)):
        pytest.skip("Redis and PostgreSQL do not both answer on this machine")
    server = "postgres://postgres@127.0.0.1:5432/"
    with psycopg.connect(server + "postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    try:
        yield from serve(tmp_path, server + name, "redis://127.0.0.1:6379/13")
    finally:
        with psycopg.connect(server + "postgres", autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def serve(folder, database_url, broker_url):
    service = Service(folder, database_url, broker_url)
    try:
        service.manage("migrate", "-v", "0")
        service.manage("load_reference")
        yield service
    finally:
        service.stop()


@pytest.mark.services
def test_upload_is_finished_by_the_next_worker_with_nothing_twice(service, big_register):
    service.run(RECEIVE.replace("PATH", repr(str(big_register))))
    first = service.start_worker()
    service.wait_for(lambda s: s.upload == "read", "the file to be read")

    service.run(APPLY)
    begun = service.wait_for(lambda s: s.job == "running", "recording to begin")
    service.kill(first)
    left = service.state()
    service.start_worker()
    done = service.wait_for(lambda s: s.job in {"done", "failed"}, "the job to be finished")

    assert begun.job == "running"
    assert left.job == "running", "the worker was to be killed in the middle"
    assert left.contracts == 0
    assert (done.upload, done.job) == ("applied", "done")
    assert done.attempts == 2
    assert (done.contracts, done.statements) == (ROWS, ROWS)
