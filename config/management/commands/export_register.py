"""`export_register`: write what a council owes or keeps to a file."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry.models import Contract, Council


class Command(BaseCommand):
    help = (
        "Write a council's contracts to a file: the Transparency Code's CSV, an Open Contracting "
        "package, the handover schedule, or a cleaned workbook. "
        "Example: manage.py export_register --council E07000136 --format ocds --out boston.json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--council", metavar="GSS", required=True)
        parser.add_argument("--format", choices=sorted(WRITERS), required=True)
        parser.add_argument("--out", metavar="FILE", type=Path, required=True)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:
        council = Council.objects.filter(pk=options["council"]).first()
        if council is None:
            raise CommandError(f"{options['council']} is not the code of a council we know.")
        contracts = Contract.objects.standing().filter(council=council).count()
        if not contracts:
            raise CommandError(f"{council.name} has no contracts here: apply its register first.")
        began, out = time.monotonic(), options["out"]
        with written_whole(out) as file:
            WRITERS[options["format"]](file, council)
        said = {
            "council": council.pk,
            "format": options["format"],
            "file": str(out),
            "contracts": contracts,
            "bytes": out.stat().st_size,
            "seconds": round(time.monotonic() - began, 2),
        }
        self.stdout.write(orjson.dumps(said).decode() if options["json"] else in_words(said))


def in_words(said: dict[str, Any]) -> str:
    return f"{said['contracts']:,} contracts written to {said['file']} in {said['seconds']} s."


@contextmanager
def written_whole(out: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name when it is complete, or not at all."""
    out = out.resolve()
    if out.exists() and not out.is_file():
        raise CommandError(f"{out} is not a file: give the name of one to write.")
    try:
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name[:50]}.")
    except OSError as error:
        raise CommandError(f"{out} cannot be written: {error.strerror}.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        os.chmod(name, 0o644)
        os.replace(name, out)
    except OSError as error:
        raise CommandError(f"{out} cannot be written: {error.strerror}.") from None
    finally:
        Path(name).unlink(missing_ok=True)


def transparency(file: IO[bytes], council: Council) -> None:
    from registry import downloads

    file.writelines(line.encode() for line in downloads.transparency_csv(council))


def ocds(file: IO[bytes], council: Council) -> None:
    from registry import downloads

    file.writelines(downloads.ocds(council, uri=downloads.ocds_uri(council)))


def workbook(file: IO[bytes], council: Council) -> None:
    from registry import downloads

    downloads.workbook(file, council)


def handover(file: IO[bytes], council: Council) -> None:
    from procurement.handover import write_schedule

    write_schedule(file, council)


WRITERS: dict[str, Callable[[IO[bytes], Council], None]] = {
    "transparency-csv": transparency,
    "ocds": ocds,
    "workbook": workbook,
    "handover": handover,
}
