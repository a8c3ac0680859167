"""Hostile addresses lead to a page that says so, on any database."""

import pytest
from axes.models import AccessAttempt
from django.core.handlers.base import BaseHandler
from django.test import RequestFactory

from tests.factories import make_council, make_officer, make_upload

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "shelf", ["councils", "categories", "frameworks", "admin/registry/council"]
)
def test_a_name_with_a_nul_in_it_is_not_found(shelf, client):
    assert client.get(f"/{shelf}/a%00b/").status_code == 404


def test_problems_under_a_heading_with_a_nul_in_it_are_shown(client):
    council = make_council()
    client.force_login(make_officer(council))
    upload = make_upload(council=council)

    assert client.get(f"/uploads/{upload.pk}/problems/?heading=%00").status_code == 200


@pytest.mark.parametrize("page", ["/sign-in/", "/admin/login/"])
def test_a_user_name_longer_than_any_is_counted_like_others(page, client, settings):
    settings.AXES_ENABLED = True
    response = client.post(page, {"username": "x" * 5000, "password": "y"})

    assert response.status_code == 200
    assert len(AccessAttempt.objects.get().username) == 150


@pytest.mark.parametrize("path", ["/", "/contracts.csv", "/nowhere/", "/api/v1/contracts/"])
def test_head_is_answered_without_a_body(path):
    """The test client cuts bodies off by itself, so what stands behind it is asked."""
    handler, heard = BaseHandler(), {}
    handler.load_middleware()
    for method in ("GET", "HEAD"):
        response = handler.get_response(RequestFactory().generic(method, path))
        heard[method] = (response.status_code, bool(b"".join(response)))

    assert heard["HEAD"] == (heard["GET"][0], False)
    assert heard["GET"][1]


def test_browsers_that_show_no_page_of_ours_find_the_icon(client):
    assert client.get("/favicon.ico").url == "/static/icon.svg"
