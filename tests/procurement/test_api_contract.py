"""The API keeps every promise of its own description, whatever is sent to it."""

import json
from functools import cache

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, settings

from procurement import openapi
from tests.factories import (
    make_demand_price,
    make_ending_demand,
    make_engagement,
    make_framework,
    make_intended_demand,
    make_opportunity,
)
from tests.social_value.factories import make_commitment, make_delivery, make_need

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
    make_delivery(make_commitment(place="Eastfield").contract, confirmed=True)
    make_ending_demand()
    make_intended_demand()
    make_demand_price()
    make_engagement()


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
