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
            later = [str(source) for source in undone.later]
            said = {"upload": upload_id, "contracts": undone.contracts, "later": later}
            self.stdout.write(orjson.dumps(said).decode())
            return
        holders = ", ".join(
            f"upload {s.upload} ({s})" if s.upload else str(s) for s in undone.later
        )
        if holders and not undone.contracts:
            words = f"nothing was removed, for its contracts are now held by {holders}."
        else:
            words = f"{undone.contracts:,} contracts."
            words += f" What came later stands: {holders}." if holders else ""
        self.stdout.write(f"Upload {upload_id} undone: {words}")
