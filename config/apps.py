"""Puts the apps together: the one place that knows them all."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "Buying Commons"

    def ready(self) -> None:
        from config.alerts import register_alerts  # noqa: PLC0415 models must be loaded first
        from config.panels import register_panels  # noqa: PLC0415

        register_panels()
        register_alerts()
