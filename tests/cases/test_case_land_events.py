"""What is recorded on a case and in the land file is one act: both rows, or neither; and land events for programs."""

import json
from typing import Any

import pytest
from sqlalchemy import Engine, text

from tests.cases.conftest import Clerk, ClerkMaker, number

ADDRESS = "/projects/bo-hoang/land-events/new"
API = "/api/projects/bo-hoang/land-events"
GRANTED = {
    "kind": "extension", "happened_on": "2026-11-18", "ground": "12m", "months": "12", "document_no": "55/QĐ-UBND",
}  # fmt: skip
COUNTS = text(
    "SELECT (SELECT count(*) FROM case_events),"
    " (SELECT count(*) FROM land_events AS e JOIN projects AS p ON p.id = e.project_id WHERE p.code = 'bo-hoang')"
)


def counts(owner: Engine) -> tuple[int, int]:
    """Events of all cases, and rows of the land file."""
    with owner.connect() as connection:
        cases, land = connection.execute(COUNTS).one()
        return cases, land


def last_event(owner: Engine, case: int) -> Any:
    """The last event of a case."""
    sql = (
        "SELECT step, months, note, details, number FROM case_events WHERE case_id = :case ORDER BY number DESC LIMIT 1"
    )
    with owner.connect() as connection:
        return connection.execute(text(sql), {"case": case}).one()


@pytest.fixture
def case(owner: Engine, clerk: ClerkMaker) -> int:
    """The case of the project, confirmed."""
    found = number(owner, "R9")
    clerk("ha").send(f"/cases/{found}", step="confirm", last_event=1)
    return found


def test_one_form_writes_the_extension_into_both(clerk: ClerkMaker, owner: Engine, case: int) -> None:
    """The case is extended, the land file has the decision, and the clock counts it at once."""
    head, before = clerk("ha"), counts(owner)
    page = head.get(f"/cases/{case}")
    assert f"kind=extension&amp;ground=12m&amp;case={case}" in page or f"case={case}&amp;last_event=2" in page
    head.send(ADDRESS, case=case, last_event=2, **GRANTED)
    assert (before[0] + 1, before[1] + 1) == counts(owner)
    event = last_event(owner, case)
    assert ("extend", 12) == (event.step, event.months)
    assert "55/QĐ-UBND" == event.details["cells"]["document_no"]
    with owner.connect() as connection:
        state = "SELECT state FROM clock_at('2026-11-20', 'infinity') AS c JOIN projects AS p ON p.id = c.project_id"
        assert "EXT_RUNNING" == connection.execute(text(f"{state} WHERE p.code = 'bo-hoang'")).scalar_one()
    assert "Chưa có trong hồ sơ đất" not in head.get(f"/cases/{case}")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"months": ""}, "months"),  # the land file could do without it, the case cannot
        ({"months": "25"}, "months"),
        ({"happened_on": "2026-12-24"}, "happened_on"),
        ({"document_no": ""}, "document_no"),
        ({"ground": ""}, "ground"),  # the case could do without it, the land file cannot
    ],
)
def test_what_one_of_them_refuses_is_in_neither(
    clerk: ClerkMaker, owner: Engine, case: int, changes: dict[str, str], field: str
) -> None:
    """Refused at its field, and what was typed comes back."""
    before = counts(owner)
    page = clerk("ha").send(ADDRESS, 400, case=case, last_event=2, **{**GRANTED, **changes})
    assert f'id="fault-{field}"' in page
    assert ("55/QĐ-UBND" in page) == (field != "document_no")
    assert before == counts(owner)


def test_who_was_second_is_told_and_nothing_is_stored(clerk: ClerkMaker, owner: Engine, case: int) -> None:
    """Somebody worked on the case since the form was opened."""
    clerk("an").send(f"/cases/{case}", step="note", last_event=2, note="đã gọi điện")
    before = counts(owner)
    page = clerk("ha").send(ADDRESS, 400, case=case, last_event=2, **GRANTED)
    assert "55/QĐ-UBND" in page
    assert before == counts(owner)


def test_another_event_is_a_note_of_the_case(clerk: ClerkMaker, owner: Engine, case: int) -> None:
    """Force majeure, a check, completion, publication: the land file has the row, the case says so."""
    clerk("ha").send(
        ADDRESS, case=case, last_event=2, kind="force_majeure", from_on="2026-01-01", to_on="2026-02-01",
        happened_on="2026-03-01", decided_by="chairman", document_no="9/QĐ",
    )  # fmt: skip
    event = last_event(owner, case)
    assert ("note", "force_majeure") == (event.step, event.details["kind"])
    assert event.note.startswith("Đã nhập vào hồ sơ đất: ")


def test_a_case_of_another_project_takes_nothing(clerk: ClerkMaker, owner: Engine, case: int) -> None:
    """A form that names a case of other land is refused as a whole."""
    assert case
    before = counts(owner)
    clerk("ha").send(ADDRESS, 400, case=number(owner, "R8"), last_event=1, **GRANTED)
    assert before == counts(owner)


def test_a_planner_who_may_not_work_on_cases_stores_nothing(clerk: ClerkMaker, owner: Engine, case: int) -> None:
    """The right to the land file alone does not touch a case."""
    before = counts(owner)
    clerk("quy").send(ADDRESS, 403, case=case, last_event=2, **GRANTED)
    assert before == counts(owner)


def test_an_inspector_is_told_who_must_enter_it(clerk: ClerkMaker, case: int) -> None:
    """Before and after the extension is recorded, by name; a planner finds the way to enter it, filled in."""
    told = "Người được nhập: "
    assert told in clerk("an").get(f"/cases/{case}")
    step = {"step": "extend", "happened_on": "2026-11-18", "months": 12, "document_no": "55/QĐ-UBND"}
    clerk("an").send(f"/cases/{case}", last_event=2, **step)
    page = clerk("an").get(f"/cases/{case}")
    assert "Chưa có trong hồ sơ đất" in page
    assert told in page
    assert "Quy" in page
    assert "happened_on=2026-11-18" in clerk("quy").get(f"/cases/{case}")
    assert 'value="55/QĐ-UBND"' in clerk("quy").get(f"{ADDRESS}?kind=extension&document_no=55/QĐ-UBND")


def post(person: Clerk, address: str, body: dict[str, object], token: str | None = None) -> Any:
    """What a program sends."""
    headers = {"X-CSRF-Token": person.token() if token is None else token}
    return person.client.post(address, json=body, headers=headers)


def test_a_program_enters_corrects_and_withdraws(clerk: ClerkMaker, owner: Engine) -> None:
    """The same rows as from the form, with the code of the event in the answer."""
    planner = clerk("quy")
    made = post(planner, API, {"kind": "extension_request", "happened_on": "2026-10-01", "document_no": "CV 3"})
    assert 200 == made.status_code, made.text
    event = made.json["event"]
    told = planner.client.get("/api/projects/bo-hoang/land-file").json["events"]
    row = next(one["row"] for one in told if one["code"] == event)
    mended = post(planner, f"{API}/{event}", {"kind": "extension_request", "happened_on": "2026-10-02", "seen": row})
    assert 200 == mended.status_code, mended.text
    late = post(planner, f"{API}/{event}", {"withdraw": True, "seen": row})
    assert (422, "kind") == (late.status_code, late.json["faults"][0]["field"])
    with owner.connect() as connection:
        sql = "SELECT e.id FROM land_events AS e WHERE e.code = :code AND upper_inf(e.recorded) AND e.project_id ="
        sql += " (SELECT id FROM projects WHERE code = 'bo-hoang')"
        seen = connection.execute(text(sql), {"code": event}).scalar_one()
    assert 200 == post(planner, f"{API}/{event}", {"withdraw": True, "seen": seen}).status_code


def test_a_program_is_refused_as_a_person_is(clerk: ClerkMaker, owner: Engine, case: int) -> None:
    """Every fault with its field; without token or right, with a field that is none: nothing is stored."""
    before, head = counts(owner), clerk("ha")
    answer = post(head, API, {"kind": "extension", "happened_on": "2027-01-01", "case": case, "last_event": 2})
    assert (422, ["ground"]) == (answer.status_code, [one["field"] for one in answer.json["faults"]])
    answer = post(head, API, {**GRANTED, "months": None, "case": case, "last_event": 2})
    assert (422, ["months"]) == (answer.status_code, [one["field"] for one in answer.json["faults"]])
    assert "colour" == post(head, API, {**GRANTED, "colour": "red"}).json["parameter"]
    assert 400 == head.client.post(API, data=json.dumps([1]), content_type="application/json",
                                   headers={"X-CSRF-Token": head.token()}).status_code  # fmt: skip
    assert 400 == post(head, API, dict(GRANTED), token="none").status_code  # noqa: S106 - a wrong one
    assert 403 == post(clerk("an"), API, dict(GRANTED)).status_code
    assert before == counts(owner)


def test_half_a_sign_of_json_is_no_fault_of_the_server(clerk: ClerkMaker) -> None:
    """A lone surrogate is JSON and no text: it is kept as a question mark, as other programs do."""
    planner = clerk("quy")
    sent = r'{"kind": "extension_request", "happened_on": "2026-10-01", "document_no": "CV \ud800 4"}'
    answer = planner.client.post(
        API, data=sent, content_type="application/json", headers={"X-CSRF-Token": planner.token()}
    )
    assert 200 == answer.status_code
