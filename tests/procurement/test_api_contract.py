"""The API keeps every promise of its own description, whatever is sent to it."""

import json
from functools import cache

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
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
# What fits its parameters may still be too long for an address, once it is escaped.
for check in (
    schema.config.checks.negative_data_rejection,
    schema.config.checks.positive_data_acceptance,
):
    check.expected_statuses = [*check.expected_statuses, "414"]


@pytest.fixture
def kept_connection(db):
    """Requests that come as from a server would end it, and the test's transaction with it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def something_to_find(kept_connection, monkeypatch):
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
