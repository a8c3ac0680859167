"""A service that stands on a fixed day shows what is done on it as done that day."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import timezone

from registry.today import day_of, end_of, today

LONG_AGO = datetime(2026, 3, 5, 9, tzinfo=UTC)
FIXED = date(2026, 11, 2)


@pytest.fixture(params=[FIXED, None], ids=["fixed", "calendar"])
def stands_on(request, settings):
    settings.TODAY = request.param
    return request.param


def test_what_is_recorded_now_is_of_the_day_the_service_stands_on(stands_on):
    assert day_of(timezone.now()) == today()
    assert day_of(LONG_AGO) == date(2026, 3, 5)


def test_pages_write_that_day(settings):
    settings.TODAY = FIXED
    later = Context({"at": datetime(2026, 11, 27, 12, tzinfo=UTC)})

    assert Template("{% load formats %}{{ at|day }}").render(later) == "2 November 2026"


@pytest.mark.parametrize(
    ("as_at", "words"),
    [
        (FIXED, "A judgement, as at 2 November 2026"),
        (date(2026, 11, 27), "A judgement, stated since 2 November 2026"),
        (None, "A judgement"),
    ],
)
def test_no_page_says_that_a_source_is_as_at_a_day_to_come(settings, as_at, words):
    settings.TODAY = FIXED
    row = Context({"one": SimpleNamespace(source="A judgement", as_at=as_at)})

    assert Template("{% load formats %}{{ one|sourced }}").render(row) == words


def test_the_day_of_a_moment_is_that_of_our_clocks(settings):
    settings.TODAY = None

    assert day_of(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == date(2026, 7, 1)


def test_the_day_the_service_stands_on_holds_what_is_recorded_now(stands_on):
    now = timezone.now()

    assert end_of(today()) >= now
    assert day_of(end_of(today() - timedelta(days=1))) == today() - timedelta(days=1)


def test_no_page_writes_a_moments_day_by_the_clock(pages):
    """By the filter `day`, which knows where the service stands; times of day are the clock's."""
    assert not [name for name, text in pages.items() if '_at|date:"j' in text]


@pytest.fixture
def pages(settings):
    folder = settings.BASE_DIR / "templates"
    return {str(path): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
