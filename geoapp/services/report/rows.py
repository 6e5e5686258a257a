"""The rows that make up a figure of a report, as they lie in the database, whatever kind they are of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from geoapp.core.report_model import Figure, RowId
from geoapp.errors import N_, NotFound
from geoapp.services.report.acting import ReportDesk
from geoapp.services.report.stored import StoredReport, get_report
from geoapp.store.pages import read_rows

KINDS: Mapping[str, str] = {
    "observation": N_("figure on record"),
    "project_version": N_("project"),
    "park": N_("park"),
    "plant": N_("wastewater plant"),
    "clearance_area": N_("clearance area"),
    "land_unit": N_("land of a project"),
    "case": N_("land case"),
    "target": N_("target"),
    "target_figure": N_("monthly figure of a department"),
}
"""Kinds of rows that are known here, with their names. Each has a query ``report_rows_<kind>``."""


@dataclass(frozen=True)
class ReportRow:
    """A row. Texts are in both languages; ``unit``: a code; ``codes``, ``state``: a state, where it has one.

    ``known_from``, ``known_until``: since when it is on record, until when it stood; ``follower``: the row that came in
    its place; ``path``: the page that shows it, without clocks.
    """

    id: RowId
    title_vi: str
    title_en: str
    place_vi: str | None = None
    place_en: str | None = None
    value: float | None = None
    unit: str | None = None
    codes: str | None = None
    state: str | None = None
    valid_on: date | None = None
    quality: str | None = None
    source: str | None = None
    known_from: datetime | None = None
    known_until: datetime | None = None
    follower: str | None = None
    path: str | None = None


@dataclass(frozen=True)
class FigureRows:
    """A figure of a report with its rows. ``withheld``: how many rows are not for who asks, or are not there."""

    report: StoredReport
    figure: Figure
    rows: Sequence[ReportRow]
    withheld: int


def read_figure_rows(desk: ReportDesk, version: int, ref: str) -> FigureRows:
    """A figure with the rows that make it up. Raises: NotFound - no such report, or no such figure in it."""
    with desk.reading() as connection:
        report = get_report(connection, desk, version)
        figure = report.content.by_ref.get(ref)
        if figure is None:
            raise NotFound(N_("Report %(number)s has no figure “%(ref)s”."), number=version, ref=ref[:40])
        found = read_report_rows(connection, figure.rows, report.content.as_of, report.content.known_at)
    rows = [found[row] for row in dict.fromkeys(figure.rows) if row in found]
    return FigureRows(report, figure, rows, len(dict.fromkeys(figure.rows)) - len(rows))


def read_report_rows(
    connection: Connection, wanted: Iterable[RowId], as_of: date, known_at: datetime
) -> dict[RowId, ReportRow]:
    """What is known of rows; those that who acts may not see are left out."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for row in dict.fromkeys(wanted):
        by_kind[row.kind].append(row.id)
    told: dict[RowId, ReportRow] = {}
    for kind, ids in by_kind.items():
        if kind not in KINDS:
            continue
        bound = {"ids": ids, "as_of": as_of, "known_at": known_at}
        found: Sequence[Any] = read_rows(connection, f"report_rows_{kind}", bound)
        for one in found:
            values = {name: value for name, value in one._mapping.items() if name != "id"}  # noqa: SLF001 - SQLAlchemy's
            key = RowId(kind, str(one.id))
            told[key] = ReportRow(key, **values)
    return told
