"""One version of a report as it lies in the database, with all that belongs to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from geoapp.core.report_check import ContentFault, check_content
from geoapp.core.report_json import load_content
from geoapp.core.report_model import Content
from geoapp.errors import NotFound
from geoapp.services.report.acting import ReportDesk
from geoapp.services.report.refusals import NO_REPORT
from geoapp.store import reports as store
from geoapp.store.pages import find_row, read_rows

Rows = Sequence[Any]


@dataclass(frozen=True)
class StoredReport:
    """A version and what it says. ``is_whole``: with the annexes that are not for everybody."""

    row: Any
    content: Content
    is_whole: bool


@dataclass(frozen=True)
class ReportPage:
    """A version with all that belongs to it.

    ``texts``: block -> its newest revision; ``faults``: what stops approval, with the place; ``files``: the current
    ones by kind, empty where none are made of what the report says now, or the reader may not have them.
    """

    report: StoredReport
    texts: Mapping[str, Any]
    comments: Rows
    events: Rows
    faults: Sequence[ContentFault]
    files: Mapping[str, Any]
    papers: Rows
    siblings: Rows

    @property
    def row(self) -> Any:
        """The version."""
        return self.report.row

    @property
    def content(self) -> Content:
        """What it says."""
        return self.report.content

    @property
    def open_comments(self) -> int:
        """How many comments nobody has settled."""
        return sum(not one.is_settled for one in self.comments)


def get_report(connection: Connection, desk: ReportDesk, version: int) -> StoredReport:
    """A version and what it says. Raises: NotFound."""
    row = store.find_version(connection, version)
    if row is None:
        raise NotFound(NO_REPORT, number=version)
    text = store.read_content(connection, row.content_id, whole=desk.is_operator)
    return StoredReport(row, load_content(text), desk.is_operator or bool(row.is_whole))


def read_texts(connection: Connection, version: int) -> dict[str, Any]:
    """The newest revision of each text."""
    rows: Rows = read_rows(connection, "report_texts", {"version": version})
    return {row.block: row for row in rows}


def read_page(connection: Connection, desk: ReportDesk, version: int) -> ReportPage:
    """A version with all that belongs to it. Raises: NotFound."""
    report = get_report(connection, desk, version)
    about = {"version": version}
    files: Rows = read_rows(connection, "report_files", about)
    return ReportPage(
        report,
        read_texts(connection, version),
        read_rows(connection, "report_comments", about),
        read_rows(connection, "report_events", about),
        check_content(report.content),
        {one.kind: one for one in files if one.is_current},
        read_rows(connection, "report_papers", about),
        store.list_of_period(connection, report.row.kind, report.row.first),
    )


def get_file(connection: Connection, version: int, kind: str) -> Any:
    """The current file of a kind. Raises: NotFound."""
    row = find_row(connection, "report_file", {"version": version, "kind": kind})
    if row is None:
        raise NotFound(NO_REPORT, number=version)
    return row
