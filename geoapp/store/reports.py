"""Reports as the database keeps them: versions, what they say, texts, comments, files, templates, events.

Every function works on a connection of ``acting`` or ``acting_reading``, whose rights the database holds everybody to;
the commands of the operator use one of the owner. Refusals are told by ``refusal_of``.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row

from geoapp.errors import StoreError
from geoapp.store.pages import find_row, read_rows, statement

ReportRows = Sequence[Row[Any]]
# Codes of refusals by the triggers, see migrations/sql/0030_report_chain.sql.
BEFORE, NOT_NOW, NO_RIGHT, FIELD, NO_REPORT = "GR001", "GR002", "GR003", "GR004", "GR005"
_FORBIDDEN = "42501"


@dataclass(frozen=True)
class ReportRefusal:
    """Why the database refused: one of the codes above, and what it says beside it."""

    code: str
    detail: str


@dataclass(frozen=True)
class NewContent:
    """What a version says from now on. ``open_content``: the same without the annexes that name land."""

    version: int
    revision: int
    as_of: date
    known_at: datetime
    template: int
    content: str
    open_content: str


@dataclass(frozen=True)
class ReportStep:
    """A step of a version. ``number``: its place in the version, one more than the last event that was seen."""

    version: int
    number: int
    step: str
    document_no: str | None = None
    signed_on: date | None = None
    signer: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class NewFile:
    """A file of a version. ``made_of``: hash of what it was made of; ``address``: where its references lead."""

    version: int
    kind: str
    made_of: str
    address: str
    program: str
    body: bytes


@dataclass(frozen=True)
class ReportFault:
    """The first place where the chain does not hold. ``sequence``: None where a report has no event at all."""

    sequence: int | None
    version_id: int | None
    number: int | None
    fault: str


def list_versions(connection: Connection) -> ReportRows:
    """All versions of all reports, the newest period first."""
    return read_rows(connection, "report_list", {})


def list_of_period(connection: Connection, kind: str, first: date) -> ReportRows:
    """The versions of the report of a period, newest first."""
    return read_rows(connection, "report_of_period", {"kind": kind, "first": first})


def find_version(connection: Connection, version: int) -> Any:
    """One version with its neighbours; None where there is none that who asks may see."""
    return find_row(connection, "report_version", {"version": version})


def read_content(connection: Connection, content: int, *, whole: bool = False) -> str:
    """The JSON of what a version says. Args: whole - by the owner, who alone has a right to the column itself."""
    name = "report_content_whole" if whole else "report_content"
    row: Any = find_row(connection, name, {"content": content})
    return str(row[0])


def open_version(connection: Connection, kind: str, first: date, last: date, language: str) -> int:
    """A new version of the report of a period; its number."""
    period = {"kind": kind, "first": first}
    connection.execute(statement("report_open"), {**period, "last": last})
    row: Any = find_row(connection, "report_open_version", {**period, "language": language})
    return int(row.id)


def add_content(connection: Connection, content: NewContent) -> None:
    """Raises: StoreError - refused; see ``refusal_of``."""
    connection.execute(statement("report_add_content"), asdict(content))


def add_event(connection: Connection, step: ReportStep) -> None:
    """Raises: StoreError - refused; see ``refusal_of``."""
    connection.execute(statement("report_add_event"), asdict(step))


def add_text(connection: Connection, version: int, block: str, revision: int, body: str) -> None:
    """Raises: StoreError - refused, because somebody wrote meanwhile or the report is closed; see ``refusal_of``."""
    bound = {"version": version, "block": block, "revision": revision, "body": body}
    connection.execute(statement("report_add_text"), bound)


def copy_texts(connection: Connection, version: int, before: int, blocks: Sequence[str]) -> None:
    """The texts of the version before, where the new one has such places."""
    bound = {"version": version, "before": before, "blocks": list(blocks)}
    connection.execute(statement("report_copy_texts"), bound)


def add_comment(connection: Connection, version: int, place: str, body: str, settles: int | None) -> None:
    """Raises: StoreError - refused; see ``refusal_of``."""
    bound = {"version": version, "place": place, "body": body, "settles": settles}
    connection.execute(statement("report_add_comment"), bound)


def add_file(connection: Connection, file: NewFile) -> None:
    """Raises: StoreError - the report was changed while the file was made; see ``refusal_of``."""
    connection.execute(statement("report_add_file"), asdict(file))


def clear_files(connection: Connection, version: int) -> None:
    """Away with files that are not of what the version says any more."""
    connection.execute(statement("report_clear_files"), {"version": version})


def add_paper(connection: Connection, version: int, name: str, body: bytes) -> None:
    """The paper with signature and seal. Raises: StoreError - the report is not signed; see ``refusal_of``."""
    connection.execute(statement("report_add_paper"), {"version": version, "name": name, "body": body})


def add_template(connection: Connection, name: str, language: str, body: bytes, *, is_builtin: bool) -> int:
    """The number of a template; one that is there already is not added again."""
    bound = {"name": name, "language": language, "body": body, "is_builtin": is_builtin}
    row: Any = find_row(connection, "report_add_template", bound)
    return int(row.id)


def read_moment(connection: Connection) -> datetime:
    """The moment of this snapshot, by the clock of the database."""
    row: Any = find_row(connection, "reports_now", {})
    moment: datetime = row.moment
    return moment


def refusal_of(error: StoreError) -> ReportRefusal | None:
    """Why the database refused: by a trigger of reports, or for want of a right; None where something else did."""
    driver = getattr(error.__cause__, "orig", None)
    code = getattr(driver, "pgcode", None) or ""
    if code == _FORBIDDEN:
        return ReportRefusal(NO_RIGHT, "")
    if driver is None or not code.startswith("GR"):
        return None
    return ReportRefusal(code, driver.diag.message_detail or "")


def find_report_fault(connection: Connection) -> ReportFault | None:
    """The first thing that is not as it was written; None where all holds."""
    row = find_row(connection, "reports_verify", {})
    return ReportFault(**row._mapping) if row else None  # noqa: SLF001 - SQLAlchemy's name for it


def read_report_head(connection: Connection) -> tuple[int, str]:
    """How many events there are, and the hash of the last one."""
    row: Any = find_row(connection, "reports_head", {})
    return int(row.sequence), str(row.hash)


def find_report_hash(connection: Connection, sequence: int) -> str | None:
    """The hash of an event by its place in the chain."""
    row = find_row(connection, "reports_hash", {"sequence": sequence})
    return str(row[0]) if row else None
