"""The list of reports, one report as the document that it is, and how it comes out when it is made again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from geoapp.core.months import months_before
from geoapp.core.permissions import Permission
from geoapp.core.report_model import ReportKind
from geoapp.core.report_period import Period, period_of
from geoapp.core.report_period_name import name_period, parse_period
from geoapp.errors import Conflict, Forbidden, GeoAppError, InvalidRequest, NotFound
from geoapp.services.jobs import Job, JobDesk
from geoapp.services.report.jobs import FILES, REMAKE
from geoapp.services.report.reports import NewReport
from geoapp.services.report.stored import ReportPage
from geoapp.web.errors import status_of
from geoapp.web.languages import LANGUAGES, check_language, language
from geoapp.web.params import parse_choice, parse_whole, today
from geoapp.web.permissions import current_person, needs
from geoapp.web.reports import report_words
from geoapp.web.reports.room import my_reports, person_id, reports, tools

MOST_NUMBER = 999_999_999
# How far back the form offers periods.
_MONTHS_BACK = 14
_QUARTERS_BACK = 6
_YEARS_BACK = 3


@dataclass(frozen=True)
class Refused:
    """What was refused on a page, with all that was typed; ``about``: the form that it is of."""

    error: GeoAppError
    about: str
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """The refusal in words."""
        return report_words.fault(self.error)


@reports.get("/reports")
@needs(Permission.REPORT_READ)
def show() -> str:
    """All reports, and the form for a new one."""
    check_language()
    return _list_page(None)


@reports.post("/reports")
@needs(Permission.REPORT_WRITE)
def add() -> BaseResponse | tuple[str, int]:
    """A new report; of a period that has one already it is a new version, and who makes it is told first."""
    check_language()
    try:
        period = parse_period(request.form.get("period", ""))
        spoken = parse_choice(request.form, "language", list(LANGUAGES)) or "vi"
        expected = parse_whole(request.form, "expected", 0, MOST_NUMBER) or 0
        number = my_reports().make(NewReport(period, spoken, today(), None, expected))
    except (InvalidRequest, Conflict, Forbidden) as error:
        return _list_page(error), int(status_of(error))
    flash(gettext("The draft is made. Fill in the texts, then send it out for comment."))
    return redirect(url_for("reports.one", number=number), 303)


@reports.get("/reports/<int:number>")
@needs(Permission.REPORT_READ)
def one(number: int) -> str:
    """A report."""
    check_language()
    return report_page(_whole(number), None)


@reports.get("/reports/<int:number>/remake")
@needs(Permission.REPORT_READ)
def remake(number: int) -> str:
    """The report made again of the data as known when it was made, or as known now, and compared."""
    check_language()
    known = parse_choice(request.args, "known", ["then", "now"]) or "then"
    made = tools().remake(person_id(), _whole(number), as_known_now=known == "now")
    job = _job(number, REMAKE)
    return render_template("reports/remake.html", page=None, made=made, known=known, job=job)


def report_page(number: int, refused: Refused | None) -> str:
    """A report as it stands. Args: refused - what was refused just now."""
    page = my_reports().page(number)
    return render_template(
        "reports/report.html",
        page=None,
        report=page,
        content=page.content,
        refused=refused,
        job=_job(number, FILES),
        comments_of=_by_place(page),
        blanks=[blank.key for blank in page.content.blanks],
        today=today(),
    )


def _whole(number: int) -> int:
    """A number that the database can take."""
    if number > MOST_NUMBER:
        raise NotFound("There is no report %(number)s. The list of reports is at /reports.", number=number)
    return number


def _by_place(page: ReportPage) -> dict[str, list[Any]]:
    told: dict[str, list[Any]] = {}
    for comment in page.comments:
        told.setdefault(comment.place, []).append(comment)
    return told


def _job(number: int, kind: str) -> Job | None:
    """The work of a kind on this report that the address names."""
    wanted = parse_whole(request.args, "job", 1, MOST_NUMBER)
    person = current_person()
    if wanted is None or person is None:
        return None
    desk: JobDesk = current_app.extensions["jobs"]
    found = desk.of(person).several([wanted])
    mine = [job for job in found if job.kind == kind and job.arguments.get("report") == number]
    return mine[0] if mine else None


def _list_page(error: GeoAppError | None) -> str:
    rows = my_reports().list()
    typed = {name: request.form.get(name, "") for name in ("period", "language")}
    there = _newest(rows, typed["period"]) if isinstance(error, Conflict) else None
    return render_template(
        "reports/list.html",
        page=None,
        rows=rows,
        fault=report_words.fault(error) if error else None,
        typed={**typed, "language": typed["language"] or language()},
        there=there,
        offered=offered_periods(today()),
        calendar=my_reports().due(today()),
    )


def _newest(rows: Any, name: str) -> Any:
    """The newest version of the report of a period that is there already."""
    return next((row for row in rows if report_words.period_name(row.kind, row.first) == name), None)


def offered_periods(day: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Periods that have begun, newest first, by kind: name in addresses, and in words."""
    told = []
    for kind, step, count in (
        (ReportKind.MONTH, 1, _MONTHS_BACK),
        (ReportKind.QUARTER, 3, _QUARTERS_BACK),
        (ReportKind.YEAR, 12, _YEARS_BACK),
    ):
        periods = [period_of(kind, months_before(day.replace(day=1), step * back)) for back in range(count)]
        told.append((report_words.kind(kind), [(name_period(one), _told(one)) for one in periods]))
    return told


def _told(one: Period) -> str:
    return report_words.period(one.kind, one.first)


__all__ = ["Refused", "report_page"]
