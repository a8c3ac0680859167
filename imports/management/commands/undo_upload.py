"""`undo_upload`: withdraw what an upload put into the registry."""

from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = (
        "Withdraw every value whose current source is this upload; the source before it stands "
        "again. Later uploads and people's edits stand and are listed. "
        "Example: manage.py undo_upload 12"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("upload_id", type=int, metavar="UPLOAD_ID")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, upload_id: int, **options: Any) -> None:
        from imports import actions
        from imports.models import Upload

        try:
            upload = Upload.objects.get(pk=upload_id)
            undone = actions.undo_upload(upload)
        except Upload.DoesNotExist:
            raise CommandError(f"There is no upload {upload_id}.") from None
        except actions.NotAppliedError as error:
            raise CommandError(str(error)) from None
        if options["json"]:
            said = {"upload": upload_id, "contracts": undone.contracts, "later": list(undone.later)}
            self.stdout.write(orjson.dumps(said).decode())
            return
        self.stdout.write(f"Upload {upload_id} undone: {undone.contracts:,} contracts.")
        for source in undone.later:
            self.stdout.write(f"  stands: {source}")
