"""The Django app of social value."""

from django.apps import AppConfig


class SocialValueConfig(AppConfig):
    name = "social_value"
