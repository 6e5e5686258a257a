"""The land file of a project for programs and spreadsheets: its clock and its events."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask import Blueprint, Flask, Response, request
from flask_babel import gettext as _

from geoapp.core.permissions import Permission
from geoapp.errors import N_
from geoapp.services.export import DEMO_NOTICE
from geoapp.services.land_file import LandFile, UnitClock
from geoapp.services.moment import Asked
from geoapp.web import land_words
from geoapp.web.api import atlas, conditional
from geoapp.web.api_docs import CLOCKS, check_names, documented
from geoapp.web.cases.signal_lists import signal_plain
from geoapp.web.file_answers import write_rows
from geoapp.web.languages import check_language, language
from geoapp.web.page_parts import begin, code_label, plain
from geoapp.web.params import parse_asked, told_moment
from geoapp.web.permissions import current_reader, needs

land_files = Blueprint("land_files", __name__)
_SAID_ELSEWHERE = frozenset({"event_id", "project_id", "project", "person_id"})


def use_land_files(app: Flask) -> None:
    """What templates may ask about land files."""
    app.jinja_env.globals |= {
        "mark_label": land_words.mark_label,
        "span_label": land_words.span_label,
        "unit_remarks": land_words.unit_remarks,
        "event_days": land_words.event_days,
        "event_facts": land_words.event_facts,
    }


def land_file_of(code: str, asked: Asked) -> LandFile:
    """The land file of a project as who is signed in may see it; the answer is for that person alone."""
    reader = current_reader()
    assert reader.person_id is not None  # noqa: S101 - the guard has seen to it
    return atlas().land_file(reader.person_id, code, asked)


@land_files.get("/api/projects/<project_code>/land-file")
@needs(Permission.READ_INTERNAL)
@documented(
    N_("The land file of a project: the legal clock of each unit, and the events that it is computed from."),
    {"application/json": {"type": "object", "required": ["project", "as_of", "units", "events"]}},
    takes=CLOCKS,
    refuses=(400, 401, 403, 404),
)
def land_file(project_code: str) -> Response:
    """Clock and events of a project as they were on a day and known at a moment."""
    check_names()
    check_language()
    found = land_file_of(plain(project_code), parse_asked(request.args))
    return conditional(json.dumps(_described(found), ensure_ascii=False, default=_told), "application/json")


@land_files.get("/projects/<code>/events.csv")
@needs(Permission.EXPORT_INTERNAL)
def events_file(code: str) -> Response:
    """All events of the land file as a file, with day, source, quality and notice in every row."""
    begin()
    found = land_file_of(plain(code), parse_asked(request.args))
    response = Response(write_rows(_columns(), found.events, found.moment), mimetype="text/csv")
    name = f"{found.project.code}-events-{found.moment.as_of.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _described(found: LandFile) -> dict[str, object]:
    moment = found.moment
    return {
        "project": found.project.code,
        "as_of": moment.as_of,
        "known_at": told_moment(moment.known_at) if moment.known_at else None,
        "notice": DEMO_NOTICE.text(language()) if found.has_demo else None,
        "units": [_unit(unit) for unit in found.units],
        "signals": [signal_plain(row) for row in found.signals],
        "portions": [dict(row._mapping) for row in found.portions],  # noqa: SLF001 - the public name of it in SQLAlchemy
        "events": [
            {"row": row.event_id} | {key: value for key, value in row._mapping.items() if key not in _SAID_ELSEWHERE}  # noqa: SLF001
            for row in found.events
        ],
    }


def _unit(unit: UnitClock) -> dict[str, object]:
    clock = {key: value for key, value in unit.clock._mapping.items() if key not in _SAID_ELSEWHERE}  # noqa: SLF001
    days = unit.days
    counted = {"period": days.period, "start": days.start, "day": days.number, "of": days.of} if days else None
    return {**clock, "days": counted}


def _told(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value))


def _columns() -> Mapping[str, Callable[[Any], object]]:
    return {
        str(_("Code")): lambda e: e.code,
        str(_("Portion")): lambda e: e.portion,
        str(_("Event")): lambda e: code_label("land_event_kind", e.kind),
        str(_("Day")): lambda e: e.happened_on,
        str(_("From")): lambda e: e.from_on,
        str(_("Until")): lambda e: e.to_on,
        str(_("Document")): lambda e: e.document_no,
        str(_("Date of the document")): lambda e: e.document_on,
        str(_("Issued by")): lambda e: e.issued_by,
        str(_("Content")): lambda e: "; ".join(land_words.event_facts(e)),
        str(_("Evidence")): lambda e: e.evidence,
        str(_("Note")): lambda e: e.note,
    }
