"""Cases as the database keeps them: lists, one case, steps, proposals, the proof of the chain.

Every function works on a connection of ``acting`` or ``acting_reading``, whose rights the database holds everybody to;
the commands of the operator use one of the owner.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from geoapp.errors import StoreError
from geoapp.store.pages import find_row, read_rows, statement

CaseRows = Sequence[Row[Any]]
# Codes of refusals by the triggers, see migrations/sql/0022_case_chain.sql.
BEFORE, NO_STEP, NO_RIGHT, FIELD, NO_CASE = "GC001", "GC002", "GC003", "GC004", "GC005"
# One proposal run at a time, so that no two open the same case.
_LOCK = 0x63617365


@dataclass(frozen=True)
class CaseFilters:
    """What of the work list: None and False ask for nothing. ``assignee``: the number of a person.

    ``signal``: a softer signal that the land of the case shows today.
    """

    assignee: int | None = None
    unassigned: bool = False
    overdue: bool = False
    closed: bool = False
    state: str | None = None
    rule: str | None = None
    signal: str | None = None
    park: str | None = None
    department: str | None = None


@dataclass(frozen=True)
class CaseStepRow:
    """A step as it is stored. ``number``: its place in the case, one more than the last event that was seen."""

    step: str
    number: int
    happened_on: date | None = None
    document_no: str | None = None
    document_on: date | None = None
    months: int | None = None
    reason: str | None = None
    note: str | None = None
    assignee_id: int | None = None


@dataclass(frozen=True)
class Refusal:
    """Why the database refused a step: one of the codes above, and what it says beside it."""

    code: str
    detail: str


@dataclass(frozen=True)
class ChainFault:
    """The first place where the chain does not hold. ``sequence``: None where a case has no event at all."""

    sequence: int | None
    case_id: int | None
    number: int | None
    fault: str


def read_case_page(
    connection: Connection, order: str, filters: CaseFilters, after: tuple[str, int] | None, most: int
) -> CaseRows:
    """Rows of the work list from after a key on. Args: order - due, area or newest."""
    key, number = after or (None, None)
    bound = {**asdict(filters), "after_key": key, "after_id": number, "most": most}
    return read_rows(connection, f"cases_by_{order}", bound)


def count_cases(connection: Connection, cap: int) -> Any:
    """How many open cases each tab has, none counted further than the cap."""
    return find_row(connection, "cases_counts", {"cap": cap})


def add_step(
    connection: Connection, case_id: int, step: CaseStepRow, details: Mapping[str, object] | None = None
) -> None:
    """Add an event to a case. Raises: StoreError - refused; see ``refusal_of``."""
    told = json.dumps(details or {}, ensure_ascii=False)
    connection.execute(statement("case_add_event"), {**asdict(step), "case_id": case_id, "details": told})


def propose(connection: Connection, as_of: date) -> tuple[CaseRows, CaseRows]:
    """Open what the clock shows on a day, and note which signs ended or came back: both lists of rows."""
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
    opened = read_rows(connection, "cases_propose", {"as_of": as_of})
    return opened, read_rows(connection, "cases_conditions", {"as_of": as_of})


def refusal_of(error: StoreError) -> Refusal | None:
    """Why a trigger of the cases refused; None where something else did."""
    driver = getattr(error.__cause__, "orig", None)
    code = getattr(driver, "pgcode", None) or ""
    if driver is None or not code.startswith("GC"):
        return None
    return Refusal(code, driver.diag.message_detail or "")


def find_chain_fault(connection: Connection) -> ChainFault | None:
    """The first event that is not as it was written; None where the whole chain holds."""
    row = find_row(connection, "cases_verify", {})
    return ChainFault(**row._mapping) if row else None  # noqa: SLF001 - SQLAlchemy's name for it


def read_chain_head(connection: Connection) -> tuple[int, str]:
    """How many events there are, and the hash of the last one."""
    row: Any = find_row(connection, "cases_head", {})
    return int(row.sequence), str(row.hash)


def find_hash(connection: Connection, sequence: int) -> str | None:
    """The hash of an event by its place in the chain."""
    row = find_row(connection, "cases_hash", {"sequence": sequence})
    return str(row[0]) if row else None
