"""The Celery application: the same code embedded and at scale, told apart by settings alone."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("buying_commons")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
