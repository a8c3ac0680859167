"""The public API over 1,000,000 contracts on PostgreSQL, two workers, beside what peers manage.

The load comes from `benchmarks.load` on the same machine, four connections at once, for every
service alike and in turn, so ratios say more than rates. BENCH_API_DATABASE and BENCH_API_SMALL
name databases already filled (1,000,000 and 10,000 contracts, changes placed); without them both
are made, which takes a quarter of an hour. BENCH_API_CONTRACTS is another number than 1,000,000,
to try the bench with. Datasette is no package of ours: BENCH_DATASETTE is the command of one, and
without it one is installed for the time of the bench; where that cannot be, it is left out.
"""

import base64
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote_plus

import psycopg

from benchmarks.load import Asked, Measured, in_turn, read_until
from benchmarks.scratch import django_process, scratch_database, scratch_folder
from benchmarks.services import Service, serving, serving_datasette

CONTRACTS, SMALL = int(os.environ.get("BENCH_API_CONTRACTS", "1000000")), 10_000
SECONDS = float(os.environ.get("BENCH_SECONDS", "12"))
OURS = "config.wsgi:application"
DATASETTE = "datasette==0.65.5"
CONTRACTS_AT = "/api/v1/contracts/"
DAYS = [f"{year}-{month:02}-01" for year in (2027, 2028) for month in (1, 4, 7, 10)]
CATEGORIES = ("WAN", "MOBD", "ITAD", "PER", "LICP")
FILTERS = [(category, day) for category in CATEGORIES for day in DAYS]
PAGES = [f"{CONTRACTS_AT}?category={category}&ends_after={day}" for category, day in FILTERS]
# What datasette tells besides, unless told otherwise: how many there are, and facets.
LESS = "&_nocount=1&_nofacet=1&_nosuggest=1"
# By how many in a million have them; `zzyzx` is in none, and the last three are phrases.
WORDS = {
    "rare": ("zzyzx", "S1-0500000"),
    "middling": ("laptops", "network", "licences"),
    "common": ("cleaning", "council", "limited"),
    "phrases": ("print services", "children homes", "housing management system"),
}
PAGES_ON = 3  # of each search, the first among them
STEADY = 0.8  # within 20%
GROWTH_MB = 32  # of a worker while a list streams: less than a hundredth of the list


class Table:
    """What was found beside what is wanted, a line each; printed as it is found, and whole."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, what: str, found: str, target: str = "", *, met: bool | None = None) -> None:
        verdict = {None: "", True: "met", False: "MISSED"}[met]
        self.lines.append(f"  {what:44}{found:>34}  {target:16} {verdict}".rstrip())
        print(self.lines[-1], flush=True)

    def at_least(self, what: str, found: float, target: float) -> None:
        self.say(what, f"{found:,.2f}", f"at least {target:,}", met=found >= target)

    def at_most(self, what: str, found: float, target: float) -> None:
        self.say(what, f"{found:,.1f}", f"at most {target:,}", met=found <= target)


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
        table = Table()
        ours = stack.enter_context(serving(OURS, large, folder))
        few = stack.enter_context(serving(OURS, small, folder))
        pages(table, stack, folder, large, ours)
        sizes(table, ours, large, few, small)
        searches(table, ours)
        feed(table, ours, large)
        csv(table, ours)
        print("\n".join(["", "  in all:", *table.lines]))


def made(stack: ExitStack, folder: Path, contracts: int) -> str:
    began = time.monotonic()
    database = stack.enter_context(scratch_database(folder))
    if database.startswith("postgres"):
        django_process(["manage.py", "migrate", "-v0"], database, folder)
        many = ["--councils", "300", "--contracts", str(contracts)]
        django_process(["manage.py", "make_registry", *many], database, folder)
        django_process(["-m", "benchmarks.api", "place"], database, folder)
        seconds = time.monotonic() - began
        print(f"  a database of {contracts:,} contracts made in {seconds:.0f} s", flush=True)
    return database


def pages(table: Table, stack: ExitStack, folder: Path, database: str, ours: Service) -> None:
    """Filtered pages of 50: ours and every peer in turn."""
    services = {"ours": (ours, PAGES)}
    for name, service in (("psycopg alone", "bare"), ("plain DRF", "plain_drf")):
        application = f"benchmarks.api_peers:{service}()"
        services[name] = stack.enter_context(serving(application, database, folder)), PAGES
    if command := datasette(folder):
        file = folder / "contracts.db"
        django_process(["-m", "benchmarks.api_peers", str(file)], database, folder)
        peer = stack.enter_context(serving_datasette(command, file))
        paths = [datasette_path(*asked) for asked in FILTERS]
        services["datasette"] = peer, paths
        services["datasette, told not to count"] = peer, [f"{path}{LESS}" for path in paths]
    found = measured(table, services)
    table.at_least("filtered pages a second", found["ours"].rate, 900)
    table.at_most("p95 of filtered pages, ms", found["ours"].p95, 20)
    targets = {"psycopg alone": 0.35, "plain DRF": 1.8, "datasette": 4}
    for name, target in targets.items():
        if name in found:
            ratio = found["ours"].rate / found[name].rate
            table.at_least(f"ours beside {name}", ratio, target)
        else:
            table.say(f"ours beside {name}", "not installed", f"at least {target}")


def datasette(folder: Path) -> str | None:
    if given := os.environ.get("BENCH_DATASETTE"):
        return given
    there = folder / "datasette"
    subprocess.run([sys.executable, "-m", "venv", str(there)], check=True)
    install = [str(there / "bin" / "python"), "-m", "pip", "install", "--quiet", DATASETTE]
    done = subprocess.run(install, capture_output=True, check=False, timeout=600)
    return None if done.returncode else str(there / "bin" / "datasette")


def datasette_path(category: str, day: str) -> str:
    asked = f"category={category}&end_date__gt={day}&_sort=end_date&_size=50&_shape=objects"
    return f"/contracts/contract.json?{asked}"


def sizes(table: Table, ours: Service, large: str, few: Service, small: str) -> None:
    """The first page of everything, the last, and filtered ones: many contracts beside few."""
    ends = {"many": (ours, ends_of(large)), "few": (few, ends_of(small))}
    asked = {
        f"{page}, {size}": (service, [path])
        for size, (service, paths) in ends.items()
        for page, path in zip(("first page", "last page"), paths, strict=True)
    }
    found = measured(
        table, {**asked, "filtered, many": (ours, PAGES), "filtered, few": (few, PAGES)}
    )
    for page in ("filtered", "first page", "last page"):
        ratio = found[f"{page}, many"].rate / found[f"{page}, few"].rate
        table.at_least(f"{page}: {CONTRACTS:,} beside {SMALL:,}", ratio, STEADY)
    ratio = found["last page, many"].rate / found["first page, many"].rate
    table.at_least("last page beside first", ratio, STEADY)


def ends_of(database: str) -> tuple[str, str]:
    """Whole pages both: the last begins fifty before the end, behind all that have an end date."""
    with psycopg.connect(database) as connection:
        before = connection.execute(
            "SELECT id::text FROM registry_contract WHERE end_date IS NULL AND NOT withdrawn "
            "ORDER BY id DESC OFFSET 50 LIMIT 1"
        ).fetchone()
    parts = json.dumps(["end_date", None, *(before or ())], separators=(",", ":"))
    cursor = base64.urlsafe_b64encode(parts.encode()).decode().rstrip("=")
    return CONTRACTS_AT, f"{CONTRACTS_AT}?cursor={cursor}"


def searches(table: Table, ours: Service) -> None:
    asked = {
        f"search, {kind}": (ours, [path for one in words for path in pages_of(ours, one)])
        for kind, words in WORDS.items()
    }
    for what, found in measured(table, asked).items():
        table.at_most(f"p95 of {what}, ms", found.p95, 50)


def pages_of(service: Service, words: str) -> Iterator[str]:
    path: str | None = f"{CONTRACTS_AT}?q={quote_plus(words)}"
    for _ in range(PAGES_ON):
        if path is None:
            return
        yield path
        following = service.get(path)["next"]
        path = following and following.removeprefix("http://127.0.0.1")


def feed(table: Table, ours: Service, database: str) -> None:
    with psycopg.connect(database) as connection:
        asked = "SELECT percentile_disc(ARRAY[0, 0.5, 0.99]) WITHIN GROUP (ORDER BY id) "
        places = connection.execute(f"{asked} FROM procurement_change WHERE kind = 'contract'")
        [points] = places.fetchone() or ([],)
    names = ("feed at its start", "feed at the middle", "feed near its end")
    paths = [f"/api/v1/changes/?after={point - 1}&list=contracts" for point in points]
    start, *others = measured(
        table, {name: (ours, [path]) for name, path in zip(names, paths, strict=True)}
    ).values()
    for name, found in zip(names[1:], others, strict=True):
        table.at_least(f"{name} beside its start", found.rate / start.rate, STEADY)


def csv(table: Table, ours: Service) -> None:
    """The whole list to its end, and what a worker's memory grows by after its first twentieth."""
    began, size, rows, early = time.perf_counter(), 0, 0, 0.0
    with socket.create_connection(("127.0.0.1", ours.ports[0])) as connection:
        connection.sendall(b"GET /api/v1/contracts.csv HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
        head = read_until(connection, b"", lambda held: b"\r\n\r\n" in held)
        piece = head.partition(b"\r\n\r\n")[2]
        while piece:
            size, rows = size + len(piece), rows + piece.count(b"\n")
            piece = connection.recv(262_144)
            if not early and rows > CONTRACTS / 20:
                early = ours.peak()
    seconds, grown = time.perf_counter() - began, ours.peak() - early
    told = f"{rows:,} lines, {size / 1e6:,.0f} MB, {seconds:.0f} s"
    table.say("CSV of everything", told, f"{CONTRACTS + 1:,} lines", met=rows == CONTRACTS + 1)
    table.say("peak of a worker, MB", f"{early:.0f} at a twentieth, {ours.peak():.0f} at the end")
    table.at_most("growth of a worker while it streams, MB", grown, GROWTH_MB)


def measured(table: Table, asked: dict[str, tuple[Service, Sequence[str]]]) -> dict[str, Measured]:
    """Load them in turn, and tell what each managed."""
    for service, paths in asked.values():
        in_turn({"": Asked(service.ports, paths)}, seconds=1)  # until its workers are warm
    loads = {name: Asked(service.ports, paths) for name, (service, paths) in asked.items()}
    found = in_turn(loads, seconds=SECONDS)
    for name, one in found.items():
        table.say(name, f"{one.rate:,.0f} a second, p95 {one.p95:.1f} ms")
    return found


def place() -> None:
    """What the feed tells has its place, and the planner knows the tables: as after a day."""
    import django

    django.setup()
    from django.db import connection

    from procurement.actions.changes import place_changes

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        place_changes()
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    place() if sys.argv[1:] == ["place"] else run()
