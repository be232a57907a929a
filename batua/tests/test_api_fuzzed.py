"""Calls every route as its description says, and as it does not: no fault, and no answer that is not described."""

import json

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS

from accounts.access import doors, personal
from batua import limits
from batua.api import api
from batua.tests.rows_with_keys import MAKERS

described = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/")))
schema = schemathesis.openapi.from_dict(described)
schema.app = WSGIHandler()
# All that Schemathesis can think of is thousands of requests; with this line gone it takes minutes, for a long night.
schema.config.phases.coverage.enabled = False
JUDGED_BY = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    ]
)


@pytest.fixture
def _one_connection():
    """As in Django's own test client: the end of a request does not end the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(_one_connection, alice, household, monkeypatch):
    monkeypatch.setattr(doors, "REQUESTS", limits.Limit("api-token", 100_000, 60))
    return personal.make(user=alice, name="Fuzz", scope="write", days=7)[1]


def key_of(operation_id: str, household) -> int | None:
    """A row that is there, for an address with a key."""
    for name, make in MAKERS.items():
        if name.startswith("api:") and operation_id.endswith(name.removeprefix("api:")):
            return make(household)
    return None


@schema.parametrize()
@settings(
    max_examples=8,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_no_route_answers_what_is_not_described(case, token, household):
    operation_id = case.operation.definition.raw["operationId"]
    if "pk" in case.path_parameters and (key := key_of(operation_id, household)):
        case.path_parameters["pk"] = key

    case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=JUDGED_BY)
