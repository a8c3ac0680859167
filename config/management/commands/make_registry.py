"""`make_registry`: a plausible synthetic registry, for tests of scale."""

import io
import time
from argparse import ArgumentTypeError
from dataclasses import asdict
from typing import Any

import orjson
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry.models import Category
from registry.today import today

MOST_COUNCILS, MOST_CONTRACTS = 5_000, 20_000_000


def up_to(most: int) -> Any:
    def number(text: str) -> int:
        if not text.isdigit() or not 1 <= int(text) <= most:
            raise ArgumentTypeError(f"{text} is not a number from 1 to {most:,}")
        return int(text)

    return number


class Command(BaseCommand):
    help = (
        "Add a plausible synthetic registry: councils of the reference data (invented ones past "
        "those), invented suppliers, and contracts nobody holds. The same seed gives the same. "
        "For tests of scale, in a database of their own. "
        "Example: manage.py make_registry --councils 300 --contracts 100000 --seed 1"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--councils", type=up_to(MOST_COUNCILS), required=True, metavar="N")
        parser.add_argument("--contracts", type=up_to(MOST_CONTRACTS), required=True, metavar="M")
        parser.add_argument("--seed", type=int, default=1, metavar="S")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, councils: int, contracts: int, seed: int, **options: Any) -> None:
        from config.filling import AlreadyMadeError, fill_registry

        if not Category.objects.exists():
            call_command("load_reference", stdout=io.StringIO())
        began = time.monotonic()
        try:
            filled = fill_registry(councils=councils, contracts=contracts, seed=seed, today=today())
        except AlreadyMadeError as sentence:
            raise CommandError(str(sentence)) from sentence
        seconds = round(time.monotonic() - began, 2)
        if options["json"]:
            self.stdout.write(orjson.dumps({**asdict(filled), "seconds": seconds}).decode())
            return
        self.stdout.write(
            f"{filled.contracts:,} contracts of {filled.councils:,} councils with "
            f"{filled.suppliers:,} suppliers, in {seconds} s."
        )
