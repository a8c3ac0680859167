"""The API keeps every promise of its own description, whatever is sent to it."""

import json
from functools import cache

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, settings

from procurement import openapi
from tests.factories import make_framework, make_opportunity
from tests.social_value.factories import make_need

# Per operation; each is sent valid, invalid and boundary requests.
EXAMPLES = 12


@cache
def handler():
    return WSGIHandler()


def application(environ, start_response):
    """Made at the first request: settings of a test are not there yet when it is collected."""
    return handler()(environ, start_response)


schema = schemathesis.openapi.from_dict(json.loads(openapi.description()))
schema.app = application


@pytest.fixture
def something_to_find(transactional_db, monkeypatch):
    monkeypatch.setattr("procurement.api.OpenToAll.throttle_classes", [])
    opportunity = make_opportunity()
    make_framework(opportunity.category, lots=["One"])
    make_need(about="For a workshop", place="Eastfield")


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_api_keeps_its_description(case, something_to_find):
    case.call_and_validate()
