"""The Django app of joint buying and frameworks."""

from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "procurement"
