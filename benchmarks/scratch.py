"""Databases and processes for one measurement: made for it, and gone after it."""

import json
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parent.parent
SERVER = os.environ.get("BENCH_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/")


@contextmanager
def scratch_database(folder: Path) -> Iterator[str]:
    """The address of an empty database: on PostgreSQL where it answers, else on SQLite."""
    name = f"bench_{uuid.uuid4().hex[:12]}"
    try:
        admin = psycopg.connect(SERVER + "postgres", autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        yield f"sqlite:///{folder / 'bench.sqlite3'}"
        return
    with admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield SERVER + name
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def scratch_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def django_process(arguments: list[str], database: str, folder: Path) -> dict[str, Any]:
    """Run `python -m ...` on that database in a process of its own; its last line is JSON."""
    env = {**os.environ, "DATABASE_URL": database, "MEDIA_ROOT": str(folder / "files")}
    env["DJANGO_SETTINGS_MODULE"] = "config.settings"
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    lines = done.stdout.strip().splitlines()
    last = lines[-1] if lines else "{}"
    return dict(json.loads(last)) if last.startswith("{") else {}
