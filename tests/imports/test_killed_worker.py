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
from django.db import connection
from openpyxl import Workbook
from psycopg import sql

from config.settings import BASE_DIR

ROWS = 6_000
COUNCIL = "E07000136"
PATIENCE = 90  # seconds; on a quiet machine each wait is one or two

RECEIVE = f"""
from django.core.files import File
from django.core.management import call_command
from django.db import transaction
from imports.models import Upload
from imports.tasks import read_upload
from registry.jobs import ask
from registry.models import Council, Role, User
call_command("load_reference", stdout=open("/dev/null", "w"))
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

COPY = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
END_SESSIONS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"


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
    """A service of its own: database, broker, files in a folder, workers as processes."""

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

    def run(self, code):
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v", "0", "-c", code],
            cwd=BASE_DIR,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

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


@pytest.fixture
def service(tmp_path, transactional_db):
    """A copy of the test database and workers on it. With PostgreSQL, Redis; else what is embedded.

    Each pair once, in the run of its database.
    """
    tested = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        yield from serve(tmp_path, *embedded_in(tmp_path, tested))
        return
    if not answers(6379):
        pytest.skip("Redis does not answer on this machine")
    name = f"killed_{uuid.uuid4().hex[:12]}"
    server = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/".format(**connection.settings_dict)
    with psycopg.connect(f"{server}postgres", autocommit=True) as admin:
        # It is copied only while nobody is connected: a browser's last request may still be.
        connection.close()
        admin.execute(END_SESSIONS, [tested])
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, tested)))
        )
    try:
        yield from serve(tmp_path, f"{server}{name}", "redis://127.0.0.1:6379/13")
    finally:
        with psycopg.connect(f"{server}postgres", autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def embedded_in(folder, tested):
    """Addresses of the copy and of the broker beside it."""
    database = folder / "db.sqlite3"
    with (
        closing(sqlite3.connect(tested, uri=True)) as source,
        closing(sqlite3.connect(database)) as copy,
    ):
        source.backup(copy)
    return f"sqlite:///{database}", f"sqla+sqlite:///{folder / 'broker.sqlite3'}"


def serve(folder, database_url, broker_url):
    service = Service(folder, database_url, broker_url)
    try:
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
