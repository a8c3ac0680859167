"""What every test stands on: a fixed day, no network, and nothing kept outside the test."""

import pytest
from django.core.cache import cache
from django.db import connections
from pytest_socket import disable_socket, enable_socket

from config.celery import app as celery
from tests.factories import TODAY


def pytest_runtest_setup(item):
    """No sockets but between processes of this machine, save where a marker asks for them."""
    if any(item.get_closest_marker(name) for name in ("journey", "services")):
        enable_socket()
    else:
        disable_socket(allow_unix_socket=True)


@pytest.fixture(autouse=True, scope="session")
def no_broker():
    """A ring that a test does not ask for goes nowhere."""
    celery.conf.broker_url = "memory://"


@pytest.fixture(autouse=True, scope="session")
def connections_end_with_their_request():
    """The live server's threads would else keep theirs, and the test database could not go."""
    connections.settings["default"]["CONN_MAX_AGE"] = 0


@pytest.fixture(autouse=True)
def a_place_of_its_own(settings, tmp_path):
    settings.TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STATIC_ROOT = None
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AXES_ENABLED = False
    # Sign-in attempts and requests to the API are counted there.
    cache.clear()
