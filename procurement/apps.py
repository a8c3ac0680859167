"""The Django app of joint buying and frameworks."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from procurement.watching import watch


class ProcurementConfig(AppConfig):
    name = "procurement"

    def ready(self) -> None:
        post_migrate.connect(watch_changes, sender=self)


def watch_changes(sender: AppConfig, **migrated: Any) -> None:  # noqa: ARG001 - signals name it
    watch(**migrated)
