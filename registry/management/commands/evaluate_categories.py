"""The command that measures classification on labelled contract titles."""

import json
from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Measure how well contract titles are classified, on titles labelled with a category."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = (
            "The file has columns title and label, and perhaps description, supplier, cpv,\n"
            "department and alt (a second label that is also right).\n\n"
            "Example:\n  manage.py evaluate_categories titles.csv --json > result.json"
        )
        parser.add_argument("file", type=Path, metavar="TITLES.csv")
        parser.add_argument("--json", action="store_true", help="one JSON object, with every row")

    def handle(self, *_args: Any, **options: Any) -> None:
        from registry.evaluation.categories import judge_titles, row, summary
        from registry.evaluation.files import UnreadableLabelsError, read_titles

        try:
            titles = read_titles(options["file"])
        except UnreadableLabelsError as refusal:
            raise CommandError(str(refusal)) from None
        verdicts = judge_titles(titles)
        figures = summary(verdicts)
        if options["json"]:
            figures["rows"] = [row(v) for v in verdicts]
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
        else:
            from registry.evaluation.reports import categories_report

            self.stdout.write(categories_report(figures))
