"""Puts the apps together: the one place that knows them all."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "Buying Commons"
