"""The API is what its description says."""

import re

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from geoapp.app import create_app
from geoapp.settings import Settings
from geoapp.store.engine import Role, make_engine
from geoapp.web.api_docs import undocumented


@pytest.fixture(scope="module")
def schema(loaded_database_url: str) -> schemathesis.BaseSchema:
    """The description that the running application gives of itself."""
    app = create_app(Settings(log_level="error"), engine=make_engine(loaded_database_url, role=Role.MAP))
    return schemathesis.openapi.from_wsgi("/api/openapi.json", app)


def test_every_address_is_described(app: Flask) -> None:
    """A new one needs @documented(...) of geoapp/web/api_docs.py beside its view, and check_names() in it."""
    assert [] == undocumented(app)


def test_the_description_names_what_is_there(client: FlaskClient) -> None:
    """Each path with a summary, parameters with their limits, and the one shape of errors."""
    told = client.get("/api/openapi.json").json
    assert told is not None
    assert "/api/layers/{layer_id}/tiles/{z}/{x}/{y}.mvt" in told["paths"]
    for operation in [operation for path in told["paths"].values() for operation in path.values()]:
        assert operation["summary"]
        assert "application/problem+json" in operation["responses"]["400"]["content"]


def test_every_parameter_is_described(app: Flask, client: FlaskClient) -> None:
    """Each part of an address and each parameter has a meaning and limits, and no address is left out."""
    paths = client.get("/api/openapi.json").json["paths"]  # type: ignore[index]
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")]
    assert {re.sub(r"<(?:[^<>]*:)?(\w+)>", r"{\1}", rule.rule) for rule in rules} == set(paths)
    for path, operation in [(path, operation) for path, told in paths.items() for operation in told.values()]:
        parameters = operation["parameters"]
        assert set(re.findall(r"{(\w+)}", path)) == {one["name"] for one in parameters if one["in"] == "path"}
        assert all(one["description"] and one["schema"].get("type") for one in parameters)


def test_what_is_required_is_refused_where_it_is_missing(client: FlaskClient) -> None:
    """As the description says."""
    paths = client.get("/api/openapi.json").json["paths"]  # type: ignore[index]
    needed = {path: one["name"] for path, told in paths.items() for operation in told.values()
              for one in operation["parameters"] if one["in"] == "query" and one["required"]}  # fmt: skip
    assert {"/api/search": "q", "/api/outlines/{what}": "code"} == needed
    for path, name in needed.items():
        answer = client.get(path.replace("{what}", "project"))
        assert (400, name) == (answer.status_code, answer.json["parameter"])  # type: ignore[index]


def test_answers_are_as_described(schema: schemathesis.BaseSchema) -> None:
    """Whatever is asked: a status, a type and a shape that the description names; never a failure of the server."""
    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    tried = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @given(case=operation.as_strategy())
        @settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        def ask(case: schemathesis.Case) -> None:
            # The client in the process does not undo compression.
            case.call_and_validate(checks=checks, headers={"Accept-Encoding": "identity"})

        ask()
        tried += 1
    assert tried >= 6
