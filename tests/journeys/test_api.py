"""What is said of the API works: its guide pasted into a shell, and a key got and revoked."""

import csv
import html
import json
import os
import re
import subprocess
import sys
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from benchmarks.services import free_port, wait_for
from config.settings import BASE_DIR
from tests import factories as make
from tests.journeys.conftest import check, follow

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
BLOCK = re.compile(r'<pre class="app-code"[^>]* aria-label="([^"]+)">(.*?)</pre>', re.DOTALL)


def pasted(text, folder):
    """What a shell answers to lines typed into it, as a visitor would paste them."""
    done = subprocess.run(
        ["bash"], input=text, cwd=folder, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr == ""
    return done.stdout


def test_the_guide_works_as_it_is_pasted_into_a_shell(live_server, tmp_path):
    council = make.make_council(code="E10000020", region="East of England")
    contracts = [make.make_contract(council=council, title=f"Licences {n}") for n in range(3)]
    make.make_framework(make.make_category("LAP"))
    with urlopen(f"{live_server.url}/api/guide/") as answer:
        page = answer.read().decode()

    told = {
        label: pasted(html.unescape(re.sub("<[^>]+>", "", block)) + "\n", tmp_path)
        for label, block in BLOCK.findall(page)
    }

    [asked, narrowed, programmed, kept_up, unchanged, others] = told.values()
    assert json.loads(asked)["results"] == []
    assert narrowed.count('"results":[') == 3
    rows = list(csv.DictReader(programmed.splitlines()))
    assert {row["id"] for row in rows} == {str(one.pk) for one in contracts}
    assert json.loads(kept_up).keys() == {"next", "results"}
    assert unchanged.startswith("HTTP/1.1 304 ")
    assert '"title":"Licences 0"' in others
    assert '"releases":' in others
    saved = (tmp_path / "contracts.csv").read_text("utf-8-sig")
    assert len(list(csv.DictReader(saved.splitlines()))) == 3


@pytest.fixture
def served(tmp_path):
    """The service as gunicorn serves it when started in its folder; where it is."""
    port = free_port()
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/db", "API_TALLY": f"{tmp_path}/t"}
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=BASE_DIR, env=env, stderr=subprocess.DEVNULL) as process:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def test_an_address_too_long_is_a_problem_of_ours_as_it_is_served(served):
    with pytest.raises(HTTPError) as refused, urlopen(f"{served}/api/v1/?x={'A' * 5000}"):
        pass

    assert refused.value.code == 414
    assert refused.value.headers["Content-Type"] == "application/problem+json"
    refused.value.close()


def test_a_key_for_the_api_is_got_and_revoked(tab):
    tab.goto("/api/")
    check(tab)
    tab.goto("/api/guide/")
    check(tab)
    follow(tab.get_by_role("link", name="free key"))
    check(tab)
    tab.get_by_role("button", name="Get a key").click()
    check(tab)
    tab.get_by_label("Your name, or your organisation’s").fill("Acme IT Limited")
    tab.get_by_label("E-mail address").fill("jo@supplier.example.org")
    follow(tab.get_by_role("button", name="Get a key"))
    expect(tab.get_by_role("heading", level=1)).to_have_text("Copy your key now")
    check(tab)
    key = tab.get_by_label("Your key", exact=True).input_value()
    assert tab.request.get("/api/v1/categories/", headers={"X-API-Key": key}).ok

    follow(tab.get_by_role("link", name="Revoke it, or get another"))
    follow(tab.get_by_role("link", name="Revoke a key"))
    check(tab)
    tab.get_by_label("The key to revoke").fill(key)
    follow(tab.get_by_role("button", name="Revoke it"))
    expect(tab.get_by_text("The key is revoked.")).to_be_visible()
    assert tab.request.get("/api/v1/categories/", headers={"X-API-Key": key}).status == 401
