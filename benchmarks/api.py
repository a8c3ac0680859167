"""The public API over 1,000,000 contracts on PostgreSQL, two workers, beside what peers manage.

The load comes from `benchmarks.load` on the same machine, four connections at once, for every
service alike, so ratios say more than rates. BENCH_API_DATABASE and BENCH_API_SMALL name databases
already filled (1,000,000 and 10,000 contracts, changes placed); without them both are made, which
takes minutes. Datasette has no place among our packages: BENCH_DATASETTE is the command of one
(`python -m venv v; v/bin/pip install datasette`), and without it that peer is skipped.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import parse_qs

from benchmarks.load import Measured, answer, load
from benchmarks.scratch import ROOT, django_process, scratch_database, scratch_folder

CONTRACTS, SMALL = 1_000_000, 10_000
SECONDS = float(os.environ.get("BENCH_SECONDS", "8"))
OURS = "config.wsgi:application"
DAYS = [f"{year}-{month:02}-01" for year in (2027, 2028) for month in (1, 4, 7, 10)]
CATEGORIES = ("WAN", "MOBD", "ITAD", "PER", "LICP")
LATE = "2031-12-01"
PAGES = [
    f"/api/v1/contracts/?category={category}&ends_after={day}"
    for category in CATEGORIES
    for day in DAYS
]
WORDS = ("laptops", "mobile+council", "network", "print+services", "zzyzx", "licences")
SEARCHES = [f"/api/v1/contracts/?q={words}" for words in WORDS]


def run() -> None:
    with ExitStack() as stack:
        folder = stack.enter_context(scratch_folder())
        large, small = (
            os.environ.get(name) or made(stack, folder, contracts)
            for name, contracts in (("BENCH_API_DATABASE", CONTRACTS), ("BENCH_API_SMALL", SMALL))
        )
        if not large.startswith("postgres"):
            print("  skipped: no PostgreSQL answers")
            return
        measure(large, small, folder)


def made(stack: ExitStack, folder: Path, contracts: int) -> str:
    database = stack.enter_context(scratch_database(folder))
    if database.startswith("postgres"):
        django_process(["manage.py", "migrate", "-v0"], database, folder)
        many = ["--councils", "300", "--contracts", str(contracts)]
        django_process(["manage.py", "make_registry", *many], database, folder)
        django_process(["-m", "benchmarks.api", "place"], database, folder)
    return database


def measure(large: str, small: str, folder: Path) -> None:
    with serving(OURS, large, folder) as port:
        ours = asked("ours", port, PAGES, SECONDS)
        first, last = ends_of(port)
        asked("  first page", port, [first], SECONDS / 2)
        asked("  last page", port, [last], SECONDS / 2)
        asked("  one word or two", port, SEARCHES, SECONDS / 2)
        feed(port)
        print_csv(port)
    with serving(OURS, small, folder) as port:
        fewer = asked("ours, 10,000 rows", port, PAGES, SECONDS)
    print(f"  1,000,000 rows beside 10,000: {ours.rate / fewer.rate:.2f} (at least 0.80)")
    peers = {"psycopg alone": ("bare", 0.35), "plain DRF": ("plain_drf", 1.8)}
    for name, (service, target) in peers.items():
        with serving(f"benchmarks.api_peers:{service}()", large, folder) as port:
            peer = asked(name, port, PAGES, SECONDS)
        print(f"  ours beside {name}: {ours.rate / peer.rate:.2f} (at least {target})")
    if not os.environ.get("BENCH_DATASETTE"):
        print("  datasette: skipped, BENCH_DATASETTE names none (see the head of this script)")


def ends_of(port: int) -> tuple[str, str]:
    """The first page of everything, and one that begins on the last day any contract ends."""
    asked = parse_qs(get(port, f"/api/v1/contracts/?ends_after={LATE}&page_size=1")["next"])
    [cursor] = next(values for name, values in asked.items() if name.endswith("cursor"))
    return "/api/v1/contracts/", f"/api/v1/contracts/?cursor={cursor}"


def feed(port: int) -> None:
    newest = get(port, "/api/v1/changes/?list=frameworks&page_size=1")
    total = CONTRACTS if not newest["results"] else newest["results"][0]["position"]
    for share in (0, 0.5, 0.95):
        path = f"/api/v1/changes/?after={int(total * share)}&list=contracts"
        asked(f"  feed at {share:.0%}", port, [path], SECONDS / 2)


def print_csv(port: int) -> None:
    """How fast the whole list streams, and what the workers' memory grows by meanwhile."""
    before, began, size, rows = memory(port), time.perf_counter(), 0, 0
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"GET /api/v1/contracts.csv HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
        while piece := connection.recv(262_144):
            size, rows = size + len(piece), rows + piece.count(b"\n")
            if time.perf_counter() - began > SECONDS * 10:
                break
    seconds = time.perf_counter() - began
    print(
        f"  CSV: {rows:,} lines, {size / 1e6:.0f} MB in {seconds:.0f} s, "
        f"memory of the workers {before:.0f} MB before, {memory(port):.0f} MB after",
        flush=True,
    )


def asked(name: str, port: int, paths: Sequence[str], seconds: float) -> Measured:
    """Load it, and tell what it managed; processor time is what other work disturbs least."""
    before = processor_time(port)
    measured = load(port, paths, seconds=seconds)
    spent = (processor_time(port) - before) * 1000 / (measured.rate * seconds)
    print(
        f"  {name:20} {measured.rate:8.0f} a second, p95 {measured.p95:6.1f} ms, "
        f"{spent:5.2f} ms of its own processor time each",
        flush=True,
    )
    return measured


SERVERS: dict[int, subprocess.Popen[bytes]] = {}


def workers(port: int) -> list[str]:
    parent = SERVERS[port].pid
    return Path(f"/proc/{parent}/task/{parent}/children").read_text().split()


def processor_time(port: int) -> float:
    """Of the workers alone, in seconds."""
    ticks = 0
    for one in workers(port):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory(port: int) -> float:
    """Of the largest worker, in MB."""
    held = [Path(f"/proc/{one}/statm").read_text().split()[1] for one in workers(port)]
    return max(int(pages) for pages in held) * os.sysconf("SC_PAGE_SIZE") / 1e6


def get(port: int, path: str) -> dict:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        return json.loads(answer(connection, path))


@contextmanager
def serving(application: str, database: str, folder: Path) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "API_RATE": "1000000000/minute",
        "API_TALLY": str(folder / "tally"),
    }
    arguments = ["-w", "2", "-k", "gthread", "--threads", "2", "-b", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", *arguments, "--log-level", "error", application]
    server = SERVERS[port] = subprocess.Popen([*command], cwd=ROOT, env=env)
    try:
        wait_for(port)
        for path in PAGES:
            get(port, path)  # both workers warm
        yield port
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("The service did not start.")


def main(arguments: Sequence[str]) -> None:
    if list(arguments) == ["place"]:
        import django

        django.setup()
        from django.db import connection

        from procurement.actions.changes import place_changes

        place_changes()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        return
    run()


if __name__ == "__main__":
    main(sys.argv[1:])
