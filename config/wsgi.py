"""The web server's way in."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Pages are many short queries at once: PostgreSQL would lose more by compiling one or by starting
# processes for it than it gains, as it does for the long queries of workers.
os.environ.setdefault("PGOPTIONS", "-c jit=off -c max_parallel_workers_per_gather=0")

application = get_wsgi_application()

# What is loaded stays. The collector would walk through all of it again while a large page is made,
# which took as long as half the page.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
