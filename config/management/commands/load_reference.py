"""`load_reference`: what the reference tables of every app hold."""

from dataclasses import asdict
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = (
        "Load or refresh reference data from each app's reference/ folder. Running it again "
        "changes nothing; what an administrator edited is kept, and the difference listed. "
        "Example: manage.py load_reference"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:
        from procurement import actions as procurement
        from registry import actions as registry
        from social_value import actions as social_value

        tables = [
            *registry.load_reference(),
            *procurement.load_reference(),
            *social_value.load_reference(),
        ]
        if options["json"]:
            self.stdout.write(orjson.dumps({"tables": [asdict(t) for t in tables]}).decode())
            return
        for table in tables:
            self.stdout.write(
                f"{table.table}: {table.added:,} added, {table.updated:,} updated, "
                f"{table.unchanged:,} unchanged"
            )
            for difference in table.kept:
                self.stdout.write(f"  kept as edited: {difference}")
