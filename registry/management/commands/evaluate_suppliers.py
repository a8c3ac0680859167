"""The command that measures supplier matching on labelled pairs of names."""

import json
from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Measure how well supplier names are matched, on pairs labelled the same or not."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = (
            "The file has columns name_a, name_b, same (1 or 0) and perhaps similarity, 0 to 100.\n"
            "All its names are taken as the known registry.\n\n"
            "Example:\n  manage.py evaluate_suppliers pairs.csv --json > result.json"
        )
        parser.add_argument("file", type=Path, metavar="PAIRS.csv")
        parser.add_argument("--json", action="store_true", help="one JSON object, with every row")

    def handle(self, *_args: Any, **options: Any) -> None:
        from registry.evaluation.files import UnreadableLabelsError, read_pairs
        from registry.evaluation.suppliers import judge, row, summary

        try:
            pairs = read_pairs(options["file"])
        except UnreadableLabelsError as refusal:
            raise CommandError(str(refusal)) from None
        verdicts = judge(pairs)
        figures = summary(verdicts)
        if options["json"]:
            figures["rows"] = [row(v) for v in verdicts]
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
        else:
            from registry.evaluation.reports import suppliers_report

            self.stdout.write(suppliers_report(figures))
