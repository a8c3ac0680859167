"""Limits hold across processes, keys raise them, and no key can be read from what is kept."""

import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings as project

from procurement.actions.keys import make_key, revoke_key
from procurement.models import ApiKey
from registry.rates import Rate, rate
from registry.tally import SLOTS, Tally

ASKED = "/api/v1/categories/"
COUNTING = """
import sys
from pathlib import Path
from registry.tally import Tally
tally = Tally(Path(sys.argv[1]), "secret")
for _ in range(300):
    tally.count("192.0.2.1", 7)
"""


@pytest.fixture
def few(settings, monkeypatch):
    """Two requests a minute by address, four by key; in the middle of a minute."""
    settings.RATES = {"address": "2/minute", "key": "4/minute", "new keys": "2/hour"}
    monkeypatch.setattr(time, "time", lambda: 6_000_030.0)


def statuses(client, times, **headers):
    return [client.get(ASKED, headers=headers).status_code for _ in range(times)]


# The tally


def test_two_processes_count_as_one(tmp_path):
    path = tmp_path / "tally"
    both = [
        subprocess.Popen([sys.executable, "-c", COUNTING, str(path)], cwd=project.BASE_DIR)
        for _ in range(2)
    ]

    assert [one.wait(timeout=60) for one in both] == [0, 0]
    assert Tally(path, "secret").count("192.0.2.1", 7) == 601


def test_threads_lose_no_count(tmp_path):
    tally = Tally(tmp_path / "tally", "secret")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: tally.count("192.0.2.1", 7), range(400)))

    assert tally.count("192.0.2.1", 7) == 401


def test_callers_and_spans_are_counted_apart(tmp_path):
    tally = Tally(tmp_path / "tally", "secret")
    callers = [f"caller {number}" for number in range(200)]
    for span in (1, 2):
        assert [tally.count(one, span) for one in callers].count(1) == 200
    assert tally.count(callers[-1], 2) == 2
    assert (tmp_path / "tally").stat().st_size == 16 * SLOTS


# Limits


@pytest.mark.django_db
def test_address_is_limited_and_a_key_is_limited_by_itself(client, few):
    key, other = (make_key(name="A Body", email="a@example.org") for _ in range(2))

    assert statuses(client, 3) == [200, 200, 429]
    assert statuses(client, 5, x_api_key=key) == [200, 200, 200, 200, 429]
    assert statuses(client, 1, x_api_key=other) == [200]
    assert client.get(ASKED)["Retry-After"] == "30"


@pytest.mark.django_db
def test_next_minute_begins_anew(client, few, monkeypatch):
    statuses(client, 3)
    monkeypatch.setattr(time, "time", lambda: 6_000_060.0)

    assert statuses(client, 1) == [200]


@pytest.mark.django_db
def test_key_that_nobody_has_is_refused_and_guessing_is_limited(client, few):
    make_key(name="A Body", email="a@example.org")

    response = client.get(ASKED, headers={"x-api-key": "bc_guess"})

    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")
    assert response.json()["type"] == "/api/guide/#no-such-key"
    assert response["WWW-Authenticate"]
    assert statuses(client, 2, x_api_key="bc_é\x00") == [401, 429]


@pytest.mark.parametrize(("text", "seconds"), [("5/min", 60), ("5/h", 3600), ("5/second", 1)])
def test_rate_is_read_from_settings(settings, text, seconds):
    settings.RATES = {"address": text}

    assert rate("address") == Rate(5, seconds)


# Keys


@pytest.mark.django_db
def test_key_is_given_once_works_and_is_revoked_by_whoever_has_it(client, few):
    page = client.post("/api/key/", {"name": "A Body", "email": "a@example.org"})
    [key] = set(re.findall(r"bc_[\w-]{43}", page.content.decode()))

    assert "no-store" in page["Cache-Control"]
    assert statuses(client, 3, x_api_key=key) == [200] * 3
    assert client.post("/api/key/?revoke=1", {"key": key}).status_code == 302
    assert statuses(client, 1, x_api_key=key) == [401]
    again = client.post("/api/key/?revoke=1", {"key": key}).content.decode()
    assert "There is no such key" in again
    assert not revoke_key(key)


@pytest.mark.django_db
def test_what_is_kept_of_a_key_opens_nothing(client, few):
    key = make_key(name="A Body", email="a@example.org")
    kept = ApiKey.objects.get()

    assert key not in str(ApiKey.objects.values())
    assert statuses(client, 1, x_api_key=kept.digest) == [401]


@pytest.mark.django_db
def test_address_gets_few_keys(client, few):
    pages = [
        client.post("/api/key/", {"name": "A Body", "email": "a@example.org"}) for _ in range(3)
    ]

    assert ["Copy your key now" in page.content.decode() for page in pages] == [True, True, False]
    assert "Too many keys" in pages[-1].content.decode()
    assert ApiKey.objects.count() == 2


@pytest.mark.django_db
def test_key_needs_a_name_and_an_address(client):
    page = client.post("/api/key/", {"name": "", "email": "nobody"}).content.decode()

    assert "Give your name" in page
    assert "like name@example.org" in page
    assert not ApiKey.objects.exists()
