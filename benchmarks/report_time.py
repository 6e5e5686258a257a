"""A monthly report from 34 months of 45 parks: how long it takes, and where the time goes."""

import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, event

from benchmarks.ground import Ground
from benchmarks.report import BenchError, Finding, Samples, Section
from geoapp.catalog.load import load_catalogue
from geoapp.core.report_check import check_content
from geoapp.core.report_model import Content, ReportKind
from geoapp.ingest.default import load_default
from geoapp.reports.report_docx import write_docx
from geoapp.reports.report_pdf import to_pdf
from geoapp.reports.report_template import build_template
from geoapp.reports.report_xlsx import write_xlsx
from geoapp.resources import data_dir, layers_dir
from geoapp.services.report.content import build_content
from geoapp.services.report.pictures import draw_pictures
from geoapp.services.report.request import ReportRequest
from geoapp.services.spoken import speaker
from geoapp.store.engine import Role, make_engine, reading

TITLE = "A monthly report from 34 months of 45 parks"
_ROUNDS = 5
_STEPS = ("figures and sentences", "of these, the database", "charts and maps", "DOCX", "XLSX", "PDF by LibreOffice")
_ADDRESS = "https://board.example/reports/1/figures/{ref}"


@dataclass
class _Files:
    """What one round has made."""

    content: Content
    docx: bytes
    xlsx: bytes
    pdf: bytes


def run(ground: Ground) -> Section:
    """Each step of five rounds; the bytes of all rounds must be the same."""
    url = ground.migrated("report")
    load_default(url, data_dir(), report=lambda _: None)
    engine = make_engine(url, role=Role.OWNER)
    spent: dict[str, list[float]] = {step: [] for step in _STEPS}
    try:
        rounds = [_round(engine, spent) for _ in range(_ROUNDS + 1)]
    finally:
        engine.dispose()
    _check(rounds)
    # The first round warms up: libraries are imported, pages of the database read.
    findings = [Finding(step, "s", Samples(tuple(values[1:]))) for step, values in spent.items()]
    whole = [
        sum(values[at] for step, values in spent.items() if not step.startswith("of ")) for at in range(1, _ROUNDS + 1)
    ]
    first = rounds[0]
    sizes = ", ".join(f"{kind.upper()} {len(getattr(first, kind)) // 1000} kB" for kind in ("docx", "xlsx", "pdf"))
    note = f"{len(first.content.figures)} figures; {sizes}."
    findings.append(Finding("all of it", "s", Samples(tuple(whole)), note=note))
    return Section(TITLE, findings, [])


def _round(engine: Engine, spent: dict[str, list[float]]) -> _Files:
    say = speaker("vi")
    catalogue = load_catalogue(layers_dir())
    # Something is always known later than the load; the same moment in every round.
    known = datetime(2100, 1, 1, tzinfo=UTC)
    request = ReportRequest(ReportKind.MONTH, date(2026, 10, 1), None, known, date(2026, 11, 20), "vi", say)
    with reading(engine) as connection:
        with _statements(engine) as database:
            content = _timed(spent, _STEPS[0], lambda: build_content(connection, catalogue, request))
        spent[_STEPS[1]].append(sum(database))
        pictures = _timed(spent, _STEPS[2], lambda: draw_pictures(connection, catalogue, content, say))
    template = build_template(say)
    docx = _timed(spent, _STEPS[3], lambda: write_docx(content, template, {}, pictures, say, _ADDRESS))
    xlsx = _timed(spent, _STEPS[4], lambda: write_xlsx(content, say, _ADDRESS))
    return _Files(content, docx, xlsx, _timed(spent, _STEPS[5], lambda: to_pdf(docx)))


def _timed(spent: dict[str, list[float]], step: str, make: Callable[[], Any]) -> Any:
    began = time.perf_counter()
    made = make()
    spent[step].append(time.perf_counter() - began)
    return made


@contextmanager
def _statements(engine: Engine) -> Any:
    """Seconds of every statement."""
    spent: list[float] = []

    def begin(connection: Any, *_: object) -> None:
        connection.info["began"] = time.perf_counter()

    def end(connection: Any, *_: object) -> None:
        spent.append(time.perf_counter() - connection.info["began"])

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", end)
    try:
        yield spent
    finally:
        event.remove(engine, "before_cursor_execute", begin)
        event.remove(engine, "after_cursor_execute", end)


def _check(rounds: list[_Files]) -> None:
    """Raises: BenchError - two rounds differ, or the report does not add up."""
    if faults := check_content(rounds[0].content):
        raise BenchError(f"The report does not add up: {faults[0]}")
    for kind in ("docx", "xlsx", "pdf"):
        if len({getattr(one, kind) for one in rounds}) != 1:
            raise BenchError(f"The {kind} of two rounds has other bytes.")
