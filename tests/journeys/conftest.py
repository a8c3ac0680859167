"""A real browser on real pages: Debian's Chromium, driven over the live server."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import override_settings
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from config.assets import BUILT, PACKAGES

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
AXE = PACKAGES / "axe-core" / "axe.min.js"
# WCAG 2.2 at level AA, and what axe holds to be good practice besides.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session", autouse=True)
def static_files_where_they_lie() -> Iterator[None]:
    """The live server starts before any test's settings: it finds no collected files."""
    with override_settings(STATIC_ROOT=None):
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("there is no /usr/bin/chromium on this machine")
    if not (BUILT / ".stamp").exists() or not AXE.exists():
        pytest.skip("the static files are not built: run `make setup`")
    # The driver runs an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=15_000)  # a slow machine is no fault of a page
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def tab(browser, live_server) -> Iterator[Page]:
    """A window of 1280 pixels; what goes wrong in it fails the test when it is closed."""
    context = browser.new_context(viewport=WIDE, base_url=live_server.url)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if is_fault(m) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


def is_fault(message: ConsoleMessage) -> bool:
    """An error of the page's own: the browser also notes each answer that is not a 200."""
    return message.type == "error" and "responded with a status" not in message.text


def follow(link: Locator) -> None:
    """Press what leads to another page and wait for it: a click alone may return before."""
    with link.page.expect_navigation():
        link.click()


def violations(page: Page) -> list[str]:
    """What axe finds wrong on the page as it stands, with the first element of each."""
    if not page.evaluate("'axe' in window"):  # it stays until the next page
        page.evaluate(AXE.read_text(encoding="utf-8"))
    # Of what is in order axe need not list the elements: the same rules run, on all of the page.
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found]


def resize(page: Page, size: ViewportSize) -> None:
    """The window has this size and the page is laid out for it: what is measured is settled."""
    page.set_viewport_size(size)
    page.wait_for_load_state()
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


def check(page: Page) -> None:
    """Nothing wrong for anybody, wide or narrow; with SCREENSHOTS=folder, its pictures too."""
    for size in (WIDE, NARROW):
        resize(page, size)
        if folder := os.environ.get("SCREENSHOTS"):
            name = re.sub(r"\W+", "-", urlsplit(page.url).path).strip("-") or "home"
            path = Path(folder) / f"{name}-{size['width']}.png"
            page.screenshot(path=path, full_page=True)
        assert (violations(page), overflow(page)) == ([], 0), (page.url, size)
    resize(page, WIDE)


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(password)
    follow(page.get_by_role("main").get_by_role("button", name="Sign in"))
