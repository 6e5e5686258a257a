"""The legal clock over files, asked of a real database."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from geoapp.services.clock_files import evaluate_lines
from geoapp.store.engine import Role, make_engine

Evaluate = Callable[[dict[str, Any], str], dict[str, Any]]


@pytest.fixture(scope="session")
def clock_url(databases: Any, migrated_template: str) -> str:
    """A migrated database of its own; tests only read it."""
    return str(databases.make(migrated_template))


@pytest.fixture(scope="session")
def clock_engine(clock_url: str) -> Iterator[Engine]:
    """The same as the map role, which cannot write."""
    engine = make_engine(clock_url, role=Role.MAP, statement_timeout_ms=120_000)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def evaluate(clock_engine: Engine) -> Evaluate:
    """The answer for one project on a day; of a project without portions its only unit."""

    def ask(project: dict[str, Any], as_of: str) -> dict[str, Any]:
        line = json.dumps({"id": "p", **project}).encode()
        answer = json.loads(next(evaluate_lines(clock_engine, [line], date.fromisoformat(as_of))))
        assert "p" == answer["id"]
        return answer if project.get("portions") else answer["units"][0]

    return ask
