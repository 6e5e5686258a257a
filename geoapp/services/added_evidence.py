"""Photos for a case that is open already: who may add them, and the event of the case that they become."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from geoapp.errors import N_, Conflict, InvalidRequest, StoreError
from geoapp.services.case_refusals import StepNotInLife, told_refusal
from geoapp.store.cases import BEFORE, CaseStepRow, add_step, refusal_of
from geoapp.store.evidence import find_addition

STEP = "evidence"


def check_addition(connection: Connection, case_id: int, photos: int) -> Any:
    """The case that photos are added to, as ``evidence_addition.sql`` tells of it.

    Raises: InvalidRequest - there is none that this person may see, it has ended, or no photo was announced.
    """
    found = find_addition(connection, case_id)
    if found is None:
        raise InvalidRequest(
            N_("There is no case %(number)s among those that you may see. Look up its number in the work list."),
            parameter="case",
            number=case_id,
        )
    if not found.takes_evidence:
        raise StepNotInLife(found.state, STEP)
    if photos == 0:
        raise InvalidRequest(N_("Add at least one photo."), parameter="photos")
    return found


def add_to_case(connection: Connection, report: Any, told: Mapping[str, Any]) -> int:
    """Add what was sent to its case as an event, with the hash of each photo in the chain; the number of the case.

    Args: report - of ``find_report``; told - what the event keeps.
    Raises: InvalidRequest - the case takes no photos any more; StoreError - see ``refusing``.
    """
    case_id = int(report.adds_to)
    found = check_addition(connection, case_id, len(told["photos"]))
    step = CaseStepRow(STEP, found.last_number + 1, happened_on=report.observed_on, note=report.note or None)
    add_step(connection, case_id, step, {name: value for name, value in told.items() if name not in ("reason", "note")})
    return case_id


@contextmanager
def refusing() -> Iterator[None]:
    """Tells what the database refuses, as an error for people. Raises: Conflict - send it once more."""
    try:
        yield
    except StoreError as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        if refusal.code == BEFORE:
            raise Conflict(N_("Somebody worked on this case in the same moment. Send the photos once more.")) from error
        raise told_refusal(refusal, 0, STEP) from error
