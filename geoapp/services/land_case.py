"""An event of a land file that is recorded on a case in the same act: both are stored, or neither is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from geoapp.core.land_events import EventFault
from geoapp.errors import N_, Forbidden, InvalidRequest, NotFound, StoreError
from geoapp.services.case_refusals import told_refusal
from geoapp.store.cases import BEFORE, FIELD, CaseStepRow, add_step, refusal_of
from geoapp.store.pages import find_row, read_rows

# Kinds of events that are a step of a case by themselves, where its life has it; any other is a note of the case.
STEPS: Mapping[str, str] = {"extension": "extend", "remedy": "remedy"}
_NOTE = "note"


@dataclass(frozen=True)
class CaseLink:
    """A case of the same project. ``seen``: its last event that the form showed; ``words``: what a note of it says."""

    number: int
    seen: int
    words: str = ""


def check_link(connection: Connection, number: int, project_id: int) -> Any:
    """The case. Raises: NotFound - none that this person may see; InvalidRequest - it is about other land."""
    case: Any = find_row(connection, "case", {"case_id": number})
    if case is None:
        raise NotFound(N_("There is no case %(number)s. The work list is at /cases."), number=number)
    if case.project_id != project_id:
        raise InvalidRequest(
            N_("Case %(number)s is not about this project. Open the form from the page of the case."),
            parameter="case",
            number=number,
        )
    return case


def record_on_case(connection: Connection, link: CaseLink, event: str, cells: Mapping[str, str]) -> str:
    """Add the event to the case; the step that it became.

    Raises: Forbidden - not for this person; what the database refuses is told by ``case_faults``.
    """
    offered = {row.step: row.may for row in read_rows(connection, "case_steps", {"case_id": link.number})}
    step = STEPS.get(cells["kind"], _NOTE)
    step = step if step in offered else _NOTE
    if not offered.get(step):
        raise Forbidden(N_("Your account may not take this step. Ask the head of the department."))
    row = CaseStepRow(
        step,
        link.seen + 1,
        happened_on=_day(cells.get("happened_on")),
        document_no=cells.get("document_no") or None,
        document_on=_day(cells.get("document_on")),
        months=int(cells["months"]) if step == "extend" and cells.get("months") else None,
        note=cells.get("note") or (link.words if step == _NOTE else None),
    )
    told = {
        "land_event": event,
        "kind": cells["kind"],
        "cells": {name: words for name, words in cells.items() if words},
    }
    add_step(connection, link.number, row, told)
    return step


def case_faults(error: StoreError, number: int) -> list[EventFault]:
    """What the case refuses, beside the fields of the form. Raises: the error itself, where it is not for a field."""
    refusal = refusal_of(error)
    if refusal is None:
        raise error
    told = told_refusal(refusal, number, _NOTE)
    if refusal.code not in (BEFORE, FIELD):
        raise told from error
    return [EventFault(getattr(told, "parameter", None) or "kind", told.template, told.params)]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
