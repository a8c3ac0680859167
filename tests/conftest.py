"""What every test stands on: a fixed day, no network, and nothing kept outside the test."""

import pytest
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from pytest_socket import disable_socket, enable_socket

from config.celery import app as celery
from tests.factories import TODAY

# `make test` tries the same examples each time, on slow machines too, so that what passed passes
# again; pytest by hand looks for new ones.
hypothesis.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

# By which fixtures a test without a mark may ask for the database.
DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL, the second run, only what a database could make a difference to.

    Whatever neither has the mark nor asks for the fixture is kept from the database by
    pytest-django, so that it can but do again what it did on SQLite. Journeys are of what a
    browser does with pages that views' own tests fetch from each database; two whole ones, an
    upload and a joint buy, are marked to be made on both.
    """
    if connection.vendor != "postgresql":
        return
    twice = [item for item in items if depends_on_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not depends_on_database(item)])
    items[:] = twice


def depends_on_database(item):
    if item.get_closest_marker("each_database") is not None:
        return True
    if any(item.get_closest_marker(name) for name in ("journey", "one_database")):
        return False
    return (
        item.get_closest_marker("django_db") is not None
        or issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
        or not DATABASE.isdisjoint(item.fixturenames)
    )


def pytest_runtest_setup(item):
    """No sockets but between processes of this machine, save where a marker asks for them."""
    if any(item.get_closest_marker(name) for name in ("journey", "services")):
        enable_socket()
    else:
        disable_socket(allow_unix_socket=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """SQLite in a file, as people have it: in memory, a page's reading would lock out a rebuild."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(autouse=True, scope="session")
def no_broker():
    """A ring that a test does not ask for goes nowhere."""
    celery.conf.broker_url = "memory://"


@pytest.fixture(autouse=True, scope="session")
def connections_end_with_their_request():
    """The live server's threads would else keep theirs, and the test database could not go."""
    connections.settings["default"]["CONN_MAX_AGE"] = 0


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker):
    """What fixtures of a module make after this stands for its tests, and goes when they end.

    Each test's own transaction is a savepoint within this one.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def a_place_of_its_own(settings, tmp_path):
    settings.TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.TALLY = tmp_path / "api-tally"
    settings.STATIC_ROOT = None
    # Each test client would else list every static file before its first answer.
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AXES_ENABLED = False
    # Sign-in attempts are counted there.
    cache.clear()
