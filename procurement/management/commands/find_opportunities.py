"""`find_opportunities`: rebuild and list what councils could buy together."""

import time
from argparse import ArgumentTypeError
from decimal import Decimal
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry.formats import money_exact
from registry.models import Council, Grouping
from registry.today import today


def months(text: str) -> int:
    if not text.isdecimal() or int(text) > 60:
        raise ArgumentTypeError(f"{text} is not a number of months from 0 to 60")
    return int(text)


class Command(BaseCommand):
    help = (
        "Rebuild the joint-buying opportunities from the registry and list them. "
        "Example: manage.py find_opportunities --grouping E12000004 --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--council", metavar="GSS", help="only those this council could join")
        parser.add_argument("--grouping", metavar="CODE", help="only those of this grouping")
        parser.add_argument(
            "--lead-months",
            type=months,
            metavar="N",
            help="a procurement needs N months before its start (default: the assumptions table)",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:
        from procurement import actions
        from procurement.listing import opportunities_json
        from procurement.why_none import NO_REFERENCE, lead_time

        check_known(options)
        if lead_time() is None:
            raise CommandError(NO_REFERENCE)
        began = time.monotonic()
        rebuilt = actions.rebuild_opportunities(today=today(), lead_months=options["lead_months"])
        listed = opportunities_json(council=options["council"], grouping=options["grouping"])
        said = {
            "contracts_considered": rebuilt.contracts_considered,
            "seconds": round(time.monotonic() - began, 2),
            "opportunities": listed,
            "why_none": "" if listed else self.why_none(options),
        }
        if options["json"]:
            self.stdout.write(orjson.dumps(said).decode())
        else:
            self.summarise(said)

    def why_none(self, options: dict[str, Any]) -> str:
        from procurement.why_none import Where, why_none

        asked = {name: options[name] for name in ("grouping", "council")}
        groupings, councils = ([code] if code else None for code in asked.values())
        return why_none(
            Where(groupings, councils), today=today(), lead_months=options["lead_months"]
        )

    def summarise(self, said: dict[str, Any]) -> None:
        found = said["opportunities"]
        self.stdout.write(
            f"{said['contracts_considered']:,} contracts considered, "
            f"{len(found):,} opportunities in {said['seconds']} s."
        )
        if said["why_none"]:
            self.stdout.write(said["why_none"])
        for one in found:
            other = " (alternative)" if one["alternative"] else ""
            if one["payback"] and one["payback"]["warning"]:
                other += " (less than its work costs)"
            self.stdout.write(
                f"{one['category']:<5}{one['grouping']:<22}{one['start_date']}  "
                f"{one['councils']} councils  {pounds(one['annual_value'])} a year, may save "
                f"{pounds(one['saving']['low'])} to {pounds(one['saving']['high'])}{other}"
            )


def pounds(amount: str) -> str:
    return money_exact(Decimal(amount))


def check_known(options: dict[str, Any]) -> None:
    """Refuse codes nobody has; an empty one is no wish for everybody's."""
    for name, model in (("council", Council), ("grouping", Grouping)):
        code = options[name]
        if code is not None and not model.objects.filter(pk=code).exists():
            raise CommandError(f"“{code}” is not the code of a {name} we know.")
