"""A report made again of the data, as known then or as known now, and held against what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from geoapp.catalog.model import Catalogue
from geoapp.core.report_differences import Comparison, compare_contents
from geoapp.core.report_json import dump_content, load_content
from geoapp.core.report_model import Content, RowId
from geoapp.errors import N_, Forbidden
from geoapp.services.report.acting import ReportDesk, SayIn
from geoapp.services.report.content import build_content
from geoapp.services.report.files import PROGRAM, FileMaker
from geoapp.services.report.request import ReportRequest
from geoapp.services.report.rows import ReportRow, read_report_rows
from geoapp.services.report.stored import StoredReport, get_report
from geoapp.store import reports as store
from geoapp.store.pages import read_rows

_VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True)
class FileCheck:
    """A file made again. ``then``: SHA-256 of the one that is kept; ``program``: what made it."""

    kind: str
    then: str
    now: str
    program: str

    @property
    def is_same(self) -> bool:
        """Byte for byte."""
        return self.then == self.now


@dataclass(frozen=True)
class Remade:
    """What came of making a report again.

    ``rows``: what is known of the rows by which figures differ; ``files``: empty where none were compared.
    """

    row: Any
    then: Content
    now: Content
    comparison: Comparison
    rows: Mapping[RowId, ReportRow]
    files: Sequence[FileCheck] = ()

    @property
    def agrees(self) -> bool:
        """Whether nothing differs, in figures or in files."""
        return self.comparison.agrees and all(one.is_same for one in self.files)


def remake(
    desk: ReportDesk, catalogue: Catalogue, version: int, say_in: SayIn, *, as_known_now: bool = False
) -> Remade:
    """Make what a report says again, as known when it was made, or as known now, and compare figure by figure.

    Raises: NotFound; Forbidden - who may not read all of it cannot compare all of it.
    """
    with desk.reading() as connection:
        stored = _whole(connection, desk, version)
        known_at = store.read_moment(connection) if as_known_now else stored.content.known_at
        return _remade(connection, catalogue, stored, known_at, say_in)


def remake_with_files(desk: ReportDesk, maker: FileMaker, version: int) -> Remade:
    """The same as known when it was made, and its DOCX and XLSX too, byte by byte; the PDF is made of the DOCX."""
    with desk.reading() as connection:
        stored = _whole(connection, desk, version)
        made = _remade(connection, maker.catalogue, stored, stored.content.known_at, maker.say_in)
        kept = {one.kind: one for one in read_rows(connection, "report_files", {"version": version}) if one.is_current}
        if not kept:
            return made
        again = StoredReport(stored.row, made.now, is_whole=True)
        files = maker.write(connection, again, kept["docx"].address)
        checks = [
            FileCheck(kind, kept[kind].sha256, sha256(body).hexdigest(), kept[kind].program)
            for kind, body in files.items()
        ]
        return Remade(made.row, made.then, made.now, made.comparison, made.rows, checks)


def _whole(connection: Connection, desk: ReportDesk, version: int) -> StoredReport:
    stored = get_report(connection, desk, version)
    if not stored.is_whole:
        raise Forbidden(
            N_("Only those who may read the whole report, with the land that it names, can make it again and compare.")
        )
    return stored


def _remade(
    connection: Connection, catalogue: Catalogue, stored: StoredReport, known_at: datetime, say_in: SayIn
) -> Remade:
    then = stored.content
    request = ReportRequest(
        then.kind, then.first, then.as_of, known_at, _day_made(stored), then.language, say_in(then.language)
    )
    # Written and read once, as the stored one was: what JSON does not tell apart is no difference.
    now = load_content(dump_content(build_content(connection, catalogue, request)))
    comparison = compare_contents(then, now)
    wanted = [row for one in comparison.figures for row in (*one.gone, *one.came)]
    return Remade(stored.row, then, now, comparison, read_report_rows(connection, wanted, then.as_of, known_at))


def _day_made(stored: StoredReport) -> date:
    """The day on which the report was made: what was due then, and not what is due now."""
    return stored.content.known_at.astimezone(_VIETNAM).date()


def is_same_program(check: FileCheck) -> bool:
    """Whether the kept file was made by this version of the program: another one may write other bytes."""
    return check.program == PROGRAM
