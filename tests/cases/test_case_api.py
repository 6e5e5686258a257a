"""Cases for programs: the same rights and the same refusals as on the pages."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.cases.conftest import Clerk, ClerkMaker, number


def post(clerk: Clerk, case: int, body: Any, expected: int) -> Any:
    """A step by a program that knows its token."""
    answer = clerk.client.post(f"/api/cases/{case}/steps", json=body, headers={"X-CSRF-Token": clerk.token()})
    assert expected == answer.status_code, answer.text
    return answer.json


def test_a_case_tells_its_clock_and_its_steps(clerk: ClerkMaker, owner: Engine) -> None:
    """Rule, dates, what is due, what may come next."""
    told = clerk("an").client.get(f"/api/cases/{number(owner, 'R9')}?as_of=2026-11-20").json
    assert told is not None
    assert ("R9", "2026-03-10", "proposed") == (told["clock"]["rule"], told["clock"]["d12"], told["case"]["state"])
    assert {"confirm", "dismiss"} <= {step["step"] for step in told["steps"]}
    assert ["open"] == [event["step"] for event in told["events"]]


def test_a_step_is_taken(clerk: ClerkMaker, owner: Engine) -> None:
    """The answer says which event it was; the list of events after the first has it."""
    an, case = clerk("an"), number(owner, "R9")
    assert {"last_event": 2} == post(an, case, {"step": "confirm", "last_event": 1}, 200)
    events = an.client.get(f"/api/cases/{case}/steps?seen=1").json
    assert events is not None
    assert [("confirm", "An")] == [(event["step"], event["person"]) for event in events["events"]]


@pytest.mark.parametrize(
    ("body", "status", "parameter"),
    [
        ({"step": "dismiss", "last_event": 1}, 400, "reason"),
        ({"step": "close", "last_event": 1, "reason": "x"}, 400, "step"),
        ({"step": "fly", "last_event": 1}, 400, "step"),
        ({"step": "condition_ended", "last_event": 1}, 400, "step"),
        ({"step": "confirm"}, 400, "last_event"),
        ({"step": "confirm", "last_event": 0}, 409, None),
        ({"step": "confirm", "last_event": 1, "hash": "x"}, 400, "hash"),
        ({"step": "confirm", "last_event": 1, "happened_on": "2199-01-01"}, 400, "happened_on"),
        ({"step": "note", "last_event": 1, "note": "x" * 5000}, 400, "note"),
        ([1], 400, "body"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_step_that_cannot_be_is_refused_by_name(
    clerk: ClerkMaker, owner: Engine, body: Any, status: int, parameter: str | None
) -> None:
    """As a problem of RFC 9457."""
    told = post(clerk("an"), number(owner, "R9"), body, status)
    assert parameter == told.get("parameter")
    assert told["detail"]


def test_a_step_without_a_token_is_refused(clerk: ClerkMaker, owner: Engine) -> None:
    """Another site cannot send it in the name of who is signed in."""
    answer = clerk("an").client.post(
        f"/api/cases/{number(owner, 'R9')}/steps", json={"step": "confirm", "last_event": 1}
    )
    assert 400 == answer.status_code


def test_visitors_are_asked_to_sign_in(case_app: Flask, owner: Engine) -> None:
    """Reading and writing."""
    client = case_app.test_client()
    case = number(owner, "R9")
    for address in ("/api/cases", f"/api/cases/{case}", f"/api/cases/{case}/steps", "/api/cases/features"):
        assert 401 == client.get(address).status_code
    assert 401 == client.post(f"/api/cases/{case}/steps", json={"step": "confirm", "last_event": 1}).status_code


def test_the_description_tells_the_step(case_app: Flask) -> None:
    """With its fields and its refusals."""
    told = case_app.test_client().get("/api/openapi.json").json
    assert told is not None
    post_step = told["paths"]["/api/cases/{number}/steps"]["post"]
    body = post_step["requestBody"]["content"]["application/json"]["schema"]
    assert {"step", "last_event"} == set(body["required"])
    assert "409" in post_step["responses"]


def test_answers_about_cases_are_not_kept(clerk: ClerkMaker) -> None:
    """Neither by the browser nor by anything between."""
    assert "no-store" in clerk("an").client.get("/api/cases").headers["Cache-Control"]
