"""Rows per second from a workbook into the registry, beside django-import-export.

Target: at least 8 times as fast as a `ModelResource` with `import_id_fields` and default settings,
on the same 10,000-row workbook and database. Its fastest bulk mode is printed beside it. Each is
timed in a process of its own that has loaded its libraries, as a running worker has.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.scratch import django_process, scratch_database, scratch_folder

ROWS = 10_000
COUNCIL = "E07000136"
TARGET = 8.0
COLUMNS = {
    "reference": "Reference",
    "title": "Title",
    "description": "Description",
    "department": "Department",
    "supplier_name": "Supplier",
    "supplier_company_number": "Company number",
    "supplier_charity_number": "Charity number",
    "start_date": "Start date",
    "end_date": "End date",
    "review_date": "Review date",
    "extension": "Extension options",
    "total_value": "Total value",
    "annual_value": "Annual value",
    "cpv_code": "CPV code",
    "procedure": "Process type",
    "contract_type": "Contract type",
    "contact_email": "Contact email",
    "status": "Status",
}
GOODS = ("Laptops", "Mobile airtime", "Grounds maintenance", "Broadband", "Agency nurses", "Print")


def run() -> None:
    with scratch_folder() as folder:
        workbook = folder / "register.xlsx"
        write_register(workbook, ROWS)
        for engine in ("ours", "theirs", "theirs-bulk"):
            with scratch_database(folder) as database:
                django_process(["manage.py", "migrate", "-v", "0"], database, folder)
                django_process(["manage.py", "load_reference"], database, folder)
                words = ["-m", "benchmarks.importing", engine, str(workbook)]
                figures = django_process(words, database, folder)
            kind = database.partition(":")[0]
            (folder / "bench.sqlite3").unlink(missing_ok=True)
            report(engine, kind, figures)


_OURS: dict[str, float] = {}


def report(engine: str, database: str, figures: dict[str, Any]) -> None:
    seconds = figures["seconds"]
    names = {
        "ours": "import_register --apply",
        "theirs": "django-import-export",
        "theirs-bulk": "django-import-export, bulk",
    }
    line = (
        f"{names[engine]:<28}{database:<10}{ROWS / seconds:>8,.0f} rows/s  "
        f"{seconds:6.2f} s  peak {figures['peak_mb']:,.0f} MB"
    )
    if engine == "ours":
        _OURS["seconds"] = seconds
    else:
        line += f"  ours is {seconds / _OURS['seconds']:.1f} times as fast"
    if engine == "theirs":
        line += f" (target {TARGET:.0f})"
    print(line, flush=True)


def write_register(path: Path, rows: int) -> None:
    """A plausible register of so many rows and 18 columns, always the same."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Contracts")
    sheet.append(list(COLUMNS.values()))
    first = date(2023, 4, 1)
    for n in range(rows):
        start = first + timedelta(days=n % 900)
        sheet.append(
            [
                f"C-{n:06}",
                f"{GOODS[n % len(GOODS)]} for service {n}",
                f"Supply of {GOODS[n % len(GOODS)].lower()} to service {n} and its sites",
                f"Department {n % 12}",
                f"Firm {n % 2_000} Limited",
                f"{10_000_000 + n % 2_000}",
                "",
                start.strftime("%d/%m/%Y"),
                (start + timedelta(days=1095)).strftime("%d/%m/%Y"),
                (start + timedelta(days=900)).strftime("%d/%m/%Y"),
                ("2 x 12 months", "None", "up to 24 months")[n % 3],
                f"£{(n % 500 + 1) * 1_000:,}.00",
                "",
                ("30213100", "64212000", "77310000")[n % 3],
                ("Invitation to tender", "Invitation to quote")[n % 2],
                "Single award contract",
                f"buying{n % 40}@example.org",
                "Live",
            ]
        )
    book.save(path)


def warm_up() -> None:
    """What a worker has done before its first upload: libraries loaded, text model trained."""
    import imports.actions
    from registry.classify import classify

    assert imports.actions
    assert classify("Laptops").code == "LAP"


def ours(path: Path) -> None:
    from imports.management.commands.import_register import file_facts, import_file
    from registry.models import Council

    said = import_file(path, [Council.objects.get(pk=COUNCIL)], file_facts(path), apply=True)
    assert said["rows"]["added"] == ROWS, said["rows"]


def theirs(path: Path, *, bulk: bool) -> None:
    from django.utils import timezone
    from import_export import fields, resources, widgets
    from tablib import Dataset

    from registry.models import Contract, Council

    class Pounds(widgets.DecimalWidget):
        """Reads the workbook's "£1,000.00", as any peer would have to."""

        def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
            return super().clean(str(value or "").replace("£", "").replace(",", ""), row, **kwargs)

    days, amounts = widgets.DateWidget(format="%d/%m/%Y"), Pounds()
    words = widgets.CharWidget(coerce_to_string=True, allow_blank=True)
    typed = {"start_date": days, "end_date": days, "review_date": days, "total_value": amounts}
    council = Council.objects.get(pk=COUNCIL)

    class ContractResource(resources.ModelResource):
        def before_save_instance(self, instance: Any, _row: Any, **_: Any) -> None:
            instance.council, instance.changed_at = council, timezone.now()

        class Meta:
            model = Contract
            fields = tuple(name for name in COLUMNS if name != "annual_value")
            import_id_fields = ("reference",)
            use_bulk = bulk

    resource_class = ContractResource()
    for name in resource_class.fields:
        resource_class.fields[name] = fields.Field(
            attribute=name, column_name=COLUMNS[name], widget=typed.get(name, words)
        )
    data = Dataset().load(path.read_bytes(), format="xlsx")
    result = resource_class.import_data(data, raise_errors=True)
    assert result.totals["new"] == ROWS, result.totals


def measure(work: Callable[[], None]) -> None:
    """Print seconds, and the peak of this process and of the children it waited for, in MB."""
    began = time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps({"seconds": seconds, "peak_mb": (own + child) / 1024}))


def main(engine: str, path: Path) -> None:
    import django

    django.setup()
    if engine == "ours":
        began = time.perf_counter()
        warm_up()
        print(f"start of a worker: {time.perf_counter() - began:.2f} s", file=sys.stderr)
        measure(lambda: ours(path))
    else:
        measure(lambda: theirs(path, bulk=engine == "theirs-bulk"))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
