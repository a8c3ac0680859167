"""Services under load: started, warmed up, watched and ended."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load import answer
from benchmarks.scratch import ROOT

WORKERS = 2


@dataclass(frozen=True, slots=True)
class Service:
    ports: Sequence[int]
    processes: Sequence[subprocess.Popen[bytes]]

    def get(self, path: str) -> dict:
        with socket.create_connection(("127.0.0.1", self.ports[0])) as connection:
            return json.loads(answer(connection, path))

    def workers(self) -> list[Path]:
        """What of `/proc` is about the processes that answer."""
        found = [path for one in self.processes for path in children(one.pid)]
        return found or [Path(f"/proc/{one.pid}") for one in self.processes]

    def processor_time(self) -> float:
        """Of those alone, in seconds."""
        ticks = 0
        for one in self.workers():
            fields = (one / "stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def peak(self) -> float:
        """The most memory one of them ever held, in MB (`VmHWM`)."""
        return max(peak_of((one / "status").read_text()) for one in self.workers())


def children(process: int) -> list[Path]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [Path(f"/proc/{one}") for one in listed]


def peak_of(status: str) -> float:
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


@contextmanager
def serving(application: str, database: str, folder: Path) -> Iterator[Service]:
    """A WSGI application in two workers of gunicorn, as ours is served."""
    port = free_port()
    env = {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "API_RATE": "1000000000/minute",
        "API_TALLY": str(folder / f"tally-{port}"),
    }
    arguments = ["-w", str(WORKERS), "-k", "gthread", "--threads", "2", "-b", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", *arguments, "--log-level", "error", application]
    with started([subprocess.Popen(command, cwd=ROOT, env=env)], [port]) as service:
        yield service


@contextmanager
def serving_datasette(command: str, file: Path) -> Iterator[Service]:
    """It has no workers of its own, so it runs twice, and connections are shared out."""
    ports = [free_port() for _ in range(WORKERS)]
    arguments = ["-i", str(file), "--host", "127.0.0.1", "-p"]
    with (file.parent / "datasette.log").open("wb") as log:
        processes = [
            subprocess.Popen([command, "serve", *arguments, str(port)], stdout=log, stderr=log)
            for port in ports
        ]
        with started(processes, ports) as service:
            yield service


@contextmanager
def started(
    processes: Sequence[subprocess.Popen[bytes]], ports: Sequence[int]
) -> Iterator[Service]:
    try:
        for port in ports:
            wait_for(port)
        yield Service(ports, processes)
    finally:
        for one in processes:
            one.terminate()
        for one in processes:
            one.wait()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("The service did not start.")
