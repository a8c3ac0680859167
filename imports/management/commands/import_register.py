"""`import_register`: read a contract register, and record it with --apply."""

import hashlib
import os
import sys
import time
from argparse import RawDescriptionHelpFormatter
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from imports.models import Upload
from imports.problems import UnreadableFileError
from registry.models import Council

HELP = """Read a contract register in any layout: find its sheet and headings, say what each
column was taken to be and what is wrong where. With --apply the good rows are recorded.

example:
  manage.py import_register q2.xlsx --council E07000136 --apply

Rows that name another council are recorded only if that council is given too
(--council may be repeated); otherwise they wait as problems."""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, *args: Any, **kwargs: Any) -> CommandParser:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the register, as it is")
        parser.add_argument(
            "--council",
            required=True,
            action="append",
            metavar="GSS_CODE",
            help="the council whose register it is; again for others the file may speak for",
        )
        parser.add_argument("--apply", action="store_true", help="record the good rows")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, file: Path, council: list[str], **options: Any) -> None:
        councils = known_councils(council)
        facts = file_facts(file)
        began = time.monotonic()
        try:
            said = import_file(file, councils, facts, apply=options["apply"])
        except UnreadableFileError as sentence:
            self.refuse(facts, str(sentence), time.monotonic() - began, json=options["json"])
        if options["json"]:
            self.stdout.write(orjson.dumps(said).decode())
        else:
            self.stdout.write(summary(said))

    def refuse(self, facts: dict[str, Any], sentence: str, seconds: float, *, json: bool) -> None:
        from imports.report import refusal

        if json:
            self.stdout.write(orjson.dumps(refusal(facts, sentence, seconds=seconds)).decode())
        self.stderr.write(sentence)
        sys.exit(1)


def known_councils(codes: Collection[str]) -> list[Council]:
    found = Council.objects.in_bulk(list(codes))
    for code in codes:
        if code not in found:
            raise CommandError(
                f"{code} is not the code of a council we know. Give its ONS code, such as "
                "E10000020; `manage.py load_reference` loads them."
            )
    return [found[code] for code in codes]


def file_facts(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CommandError(
            f"{path} cannot be opened: {error.strerror}. Check the name and try again."
        ) from None
    # A name on the disk need not be text; the one we keep is.
    name = os.fsencode(path.name).decode("utf-8", "replace")
    return {"name": name, "sha256": digest, "bytes": path.stat().st_size}


def import_file(
    path: Path, councils: list[Council], facts: dict[str, Any], *, apply: bool
) -> dict[str, Any]:
    """Study the file and, when asked, record it; the report either way."""
    from imports import actions
    from imports.actions.settling import settled_of
    from imports.report import MOST_RECORDS, report
    from imports.snapshot import encode

    began = time.monotonic()
    codes = [council.pk for council in councils]
    # Who names several councils has said whose rows may go where.
    settled = replace(settled_of(codes[0]), others=None)
    found = actions.study(
        path, name=facts["name"], council=codes[0], acting_for=codes, settled=settled
    )
    said = report(facts, found, most_records=MOST_RECORDS)
    if apply:
        with transaction.atomic(), path.open("rb") as opened:
            upload = Upload.objects.receive(
                council=councils[0], file=File(opened), name=facts["name"], by=None
            )
            upload.settled = encode(settled)
            actions.record_study(upload, found, by=None)
        said["upload"] = upload.pk
    said["seconds"] = round(time.monotonic() - began, 2)
    return said


def summary(said: dict[str, Any]) -> str:
    rows, where = said["rows"], said["heading_rows"]
    lines = [
        f"{said['file']['name']}: {rows['read']:,} rows read from sheet {said['sheet']!r}, "
        f"headings in row {', '.join(map(str, where))}.",
        f"{rows['added']:,} added, {rows['changed']:,} changed, {rows['unchanged']:,} unchanged, "
        f"{rows['no_longer_listed']:,} no longer listed.",
        f"{rows['problem']:,} rows wait with problems, {rows['duplicate']:,} duplicates, "
        f"{rows['not_a_contract']:,} not contracts, {rows['total_line']:,} total lines.",
    ]
    lines += [
        f"  {c['column']:>3} {c['heading'][:40]!r} -> {c['field']}: {c['because']}"
        for c in said["columns"]
    ]
    lines += [f"  {sentence}" for sentence in said["judgements"]]
    shown = said["problems"][:20]
    lines += [f"  {p['cell']}: {p['problem']} {p['what_to_do']}" for p in shown]
    if len(said["problems"]) > len(shown):
        lines.append(
            f"  and {len(said['problems']) - len(shown):,} more problems (--json lists all)"
        )
    upload = said["upload"]
    lines.append(
        f"Recorded as upload {upload}." if upload else "Nothing was recorded; --apply records it."
    )
    return "\n".join(lines)
