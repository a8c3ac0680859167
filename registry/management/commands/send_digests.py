"""`send_digests`: write to those whose digest is due."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from registry.actions.digests import send_digests
from registry.formats import count
from registry.today import today


class Command(BaseCommand):
    help = (
        "Send the digests that are due: decisions to come and what is new in saved searches. "
        "The scheduler does so every day. Example: manage.py send_digests"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """It takes none."""

    def handle(self, **_options: Any) -> None:
        self.stdout.write(f"{count(send_digests(today=today()), 'digest')} sent.")
