"""`pool_social_value`: read promises from the registry, pool them, and list what came of it."""

import time
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandParser

from registry.formats import count
from registry.today import today


class Command(BaseCommand):
    help = (
        "Read social value promises from the registry, rebuild the pools they make, and list "
        "them with what is missing elsewhere. Example: manage.py pool_social_value --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:
        from social_value import actions
        from social_value.actions.agreeing import let_fall
        from social_value.listing import agreed_json, pools_json, unpooled_json

        began = time.monotonic()
        actions.read_all()
        let_fall(today=today())
        rebuilt = actions.rebuild_pools(today=today())
        said = {
            "commitments_considered": rebuilt.commitments_considered,
            "seconds": round(time.monotonic() - began, 2),
            "pools": pools_json(),
            "agreed": agreed_json(),
            "unpooled": unpooled_json(),
        }
        if options["json"]:
            self.stdout.write(orjson.dumps(said).decode())
        else:
            self.summarise(said)

    def summarise(self, said: dict[str, Any]) -> None:
        self.stdout.write(
            f"{count(said['commitments_considered'], 'promise')} considered, "
            f"{count(len(said['pools']), 'pool')} in {said['seconds']} s."
        )
        for one in said["pools"]:
            need = ", for a need" if one["need"] else ""
            self.stdout.write(
                f"{one['measure']:<26}{one['place']:<12}{one['from']} to {one['to']}  "
                f"{one['amount']} {one['unit']}s of {count(len(one['shares']), 'promise')}{need}"
            )
        for one in said["unpooled"]:
            self.stdout.write(
                f"{one['measure']:<26}{one['place']:<12}{one['amount']} left, "
                f"{one['missing']} missing"
            )
