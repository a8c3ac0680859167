"""A 100,000-row register into PostgreSQL with provenance, beside the limit and a peer.

Targets: 10,000 rows/s; at most 3.5 times as long as calamine reading and COPY of the bare rows;
15 times as fast as django-import-export, 3 times its bulk mode (both on a 10,000-row slice); an
identical second upload in half the time; 500,000 rows under 2.5 GB in all.

`tables` writes the finished rows again into our own tables, with their indexes and keys: what of
our time no thought on a row can save. `without-words` and `without-feed` are uploads that keep no
index of words for the API's searches, or note no changes for its feed: what those cost.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import python_calamine

from benchmarks.registers import COLUMNS, write_register
from benchmarks.scratch import django_process, scratch_database, scratch_folder

ROWS, SLICE = 100_000, 10_000
MEMORY_AT = (20_000, 500_000)
COUNCIL = "E07000136"
RATE, LIMIT, PEER, PEER_BULK, SECOND, MOST_MB = 10_000, 3.5, 15.0, 3.0, 0.5, 2_500
WITHOUT = ("without-words", "without-feed", "without-either")
Figures = dict[str, Any]


def run() -> None:
    """Print the figures, each beside its target."""
    with scratch_folder() as folder:
        ours = measured(folder, ROWS, "limit", "ours", "again", "tables")
        peer = measured(folder, SLICE, "theirs") | measured(folder, SLICE, "theirs-bulk")
        report_speed(ours, peer)
        report_api({name: measured(folder, ROWS, name)[name] for name in WITHOUT}, ours["ours"])
        others = {rows: measured(folder, rows, "ours")["ours"] for rows in MEMORY_AT}
        report_memory({**others, ROWS: ours["ours"]})


def measured(folder: Path, rows: int, *engines: str) -> dict[str, Figures]:
    """Each engine in a process of its own, in turn on one new database."""
    workbook = folder / f"{rows}.xlsx"
    if not workbook.exists():
        write_register(workbook, rows)
    with scratch_database(folder) as database:
        django_process(["manage.py", "migrate", "-v", "0"], database, folder)
        django_process(["manage.py", "load_reference"], database, folder)
        found = {}
        for engine in engines:
            words = ["-m", "benchmarks.uploading", engine, str(workbook), str(rows)]
            found[engine] = django_process(words, database, folder)
            say(engine, rows, found[engine])
    return found


def say(engine: str, rows: int, figures: Figures) -> None:
    wall, cpu = figures["seconds"], figures["cpu"]
    print(
        f"{engine:<12}{rows:>8,} rows {wall:7.2f} s, {cpu:7.2f} s of CPU {rows / wall:>8,.0f} "
        f"rows/s  peak {figures['peak_mb']:,.0f} MB (own {figures['own_mb']:,.0f})",
        flush=True,
    )


def report_speed(ours: dict[str, Figures], peer: dict[str, Figures]) -> None:
    seconds = ours["ours"]["seconds"]
    rate = ROWS / seconds
    at_most = (
        ("times the limit", seconds / ours["limit"]["seconds"], LIMIT),
        ("of the first, the same file again", ours["again"]["seconds"] / seconds, SECOND),
    )
    at_least = (
        ("rows/s", rate, RATE),
        ("times django-import-export", rate / rate_of(peer["theirs"]), PEER),
        ("times its bulk mode", rate / rate_of(peer["theirs-bulk"]), PEER_BULK),
    )
    alone = ours["limit"]["seconds"] + ours["tables"]["seconds"]
    print(f"  {alone / ours['limit']['seconds']:.1f} times the limit: reading and writing, no more")
    for words, found, target in at_most:
        verdict(f"{found:,.2f} {words} (at most {target})", met=found <= target)
    for words, found, target in at_least:
        verdict(f"{found:,.1f} {words} (at least {target:,})", met=found >= target)


def rate_of(figures: Figures) -> float:
    return SLICE / float(figures["seconds"])


def report_api(without: dict[str, Figures], ours: Figures) -> None:
    """What searching by words and the feed of changes cost an upload."""
    for name, figures in without.items():
        spared = {which: ours[which] - figures[which] for which in ("seconds", "database_cpu")}
        share = spared["seconds"] / ours["seconds"]
        print(
            f"  {name}: {spared['seconds']:.2f} s less ({share:.0%}), "
            f"{spared['database_cpu']:.2f} s less of the database's processor time",
            flush=True,
        )


def report_memory(by_rows: dict[int, Figures]) -> None:
    (few, first), *_, (many, last) = sorted(by_rows.items())
    for rows, figures in sorted(by_rows.items()):
        print(f"peak at {rows:>8,} rows {figures['peak_mb']:,.0f} MB")
    growth = last["peak_mb"] / first["peak_mb"]
    verdict(f"memory x {growth:.1f} for a file x {many / few:.0f}", met=growth <= many / few)
    verdict(f"{last['peak_mb']:,.0f} MB (at most {MOST_MB:,})", met=last["peak_mb"] <= MOST_MB)


def verdict(said: str, *, met: bool) -> None:
    print(f"  {said}: {'met' if met else 'MISSED'}", flush=True)


def warm_up() -> None:
    """What a worker has done before its first upload: libraries loaded, text model trained."""
    import imports.actions
    from registry.classify import classify

    assert imports.actions
    assert classify("Laptops").code == "LAP"


def ours(path: Path, expected: str, rows: int) -> None:
    from imports.management.commands.import_register import file_facts, import_file
    from registry.models import Council

    said = import_file(path, [Council.objects.get(pk=COUNCIL)], file_facts(path), apply=True)
    assert said["rows"][expected] == rows, said["rows"]


def limit(path: Path) -> None:
    """Reading and writing with nothing between: no work on a row at all."""
    from django.db import connection, transaction

    sheet = python_calamine.load_workbook(str(path)).get_sheet_by_index(0)
    rows = sheet.to_python()
    columns = ", ".join(f"{name} text" for name in COLUMNS)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare_rows ({columns})")
        with cursor.copy("COPY bare_rows FROM STDIN") as copy:
            for row in rows[1:]:
                copy.write_row(row)


def without(what: str, path: Path, rows: int) -> Callable[[], None]:
    """An upload where that is not there."""
    from django.db import connection

    from procurement.watching import WATCHES

    tables = dict.fromkeys(one.table for one in WATCHES)
    taken = {
        "without-words": ["DROP INDEX contract_by_words"],
        "without-feed": [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables],
    }
    taken["without-either"] = [one for each in taken.values() for one in each]
    with connection.cursor() as cursor:
        for statement in taken[what]:
            cursor.execute(statement)
    warm_up()
    return lambda: ours(path, "added", rows)


def finished_rows() -> Callable[[], None]:
    """Writes again what was recorded, nothing read and nothing thought: rows, indexes, keys."""
    from django.db import connection, transaction

    from registry import bulk
    from registry.models import Contract, Statement

    of_first_upload = "WHERE source_id = (SELECT min(source_id) FROM registry_statement)"
    held = {}
    with connection.cursor() as cursor:
        for model, which in ((Contract, ""), (Statement, of_first_upload)):
            rows = f"SELECT * FROM {model._meta.db_table} {which}"
            with cursor.copy(f"COPY ({rows}) TO STDOUT") as copy:
                held[model] = [bytes(block) for block in copy]
        cursor.execute("TRUNCATE registry_contract CASCADE")

    def write() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for model, blocks in held.items():
                with cursor.copy(f"COPY {model._meta.db_table} FROM STDIN") as copy:
                    for block in blocks:
                        copy.write(block)
                bulk.tell_planner(model)

    return write


def theirs(path: Path, rows: int, *, bulk: bool) -> None:
    from django.utils import timezone
    from import_export import fields, resources, widgets
    from tablib import Dataset

    from registry.models import Contract, Council

    class Days(widgets.DateWidget):
        """Takes the workbook's own days."""

        def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:  # noqa: ARG002 as widgets have it
            return value.date() if value else None

    days, amounts = Days(), widgets.DecimalWidget()
    words = widgets.CharWidget(coerce_to_string=True, allow_blank=True)
    typed: dict[str, Any] = {"sme": widgets.BooleanWidget()}
    typed |= dict.fromkeys(("start_date", "end_date", "review_date"), days)
    typed |= dict.fromkeys(("total_value", "annual_value"), amounts)
    council = Council.objects.get(pk=COUNCIL)

    class ContractResource(resources.ModelResource):
        def before_save_instance(self, instance: Any, _row: Any, **_: Any) -> None:
            instance.council, instance.changed_at = council, timezone.now()

        class Meta:
            model = Contract
            fields = tuple(COLUMNS)
            import_id_fields = ("reference",)
            use_bulk = bulk
            # Without these bulk mode looks every row up first.
            force_init_instance = bulk
            skip_diff = bulk

    resource_class = ContractResource()
    for name in resource_class.fields:
        resource_class.fields[name] = fields.Field(
            attribute=name, column_name=COLUMNS[name], widget=typed.get(name, words)
        )
    data = Dataset().load(path.read_bytes(), format="xlsx")
    result = resource_class.import_data(data, raise_errors=True)
    assert result.totals["new"] == rows, result.totals


def measure(work: Callable[[], None]) -> None:
    """Print seconds and CPU, and the peaks of this process and of the children it waited for."""
    began, before, database = time.perf_counter(), sum(cpu_times()), database_cpu()
    work()
    seconds, cpu = time.perf_counter() - began, sum(cpu_times()) - before
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    figures = {"seconds": seconds, "cpu": cpu, "own_mb": own, "peak_mb": own + child}
    print(json.dumps({**figures, "database_cpu": database_cpu() - database}))


def database_cpu() -> float:
    """Of the process of PostgreSQL that answers this one, on the same machine; else nought."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    fields = stat.read_text().rpartition(")")[2].split() if stat.exists() else [0] * 13
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cpu_times() -> Iterator[float]:
    yield from os.times()[:4]


def main(engine: str, path: Path, rows: int) -> None:
    import django

    django.setup()
    if engine in {"ours", "again"}:
        warm_up()
    works: dict[str, Callable[[], None]] = {
        "ours": lambda: ours(path, "added", rows),
        "again": lambda: ours(path, "unchanged", rows),
        "limit": lambda: limit(path),
        "theirs": lambda: theirs(path, rows, bulk=False),
        "theirs-bulk": lambda: theirs(path, rows, bulk=True),
    }
    # Fetching the rows that are written again is no part of what is measured, nor is taking away.
    if engine in WITHOUT:
        measure(without(engine, path, rows))
    else:
        measure(finished_rows() if engine == "tables" else works[engine])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
