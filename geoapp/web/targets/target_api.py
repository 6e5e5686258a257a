"""Targets, tasks and the calendar of reports for programs."""

import dataclasses
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Response, request

from geoapp.core.permissions import Permission
from geoapp.errors import N_
from geoapp.services.export import DEMO_NOTICE
from geoapp.services.moment import Moment
from geoapp.services.tasks import TaskFilters
from geoapp.web.api import conditional
from geoapp.web.api_docs import CLOCKS, Plain, check_names, documented
from geoapp.web.languages import check_language, language
from geoapp.web.page_parts import plain
from geoapp.web.params import parse_asked, parse_day, told_moment
from geoapp.web.permissions import needs
from geoapp.web.targets.room import board, person, targets, tasks

_REFUSES = (400, 401, 403, 404)
_HELD_BACK = {"id", "report_duty_id", "source_id", "batch_id", "valid", "recorded"}


def _gives(*required: str) -> Mapping[str, Plain]:
    return {"application/json": {"type": "object", "required": list(required)}}


@targets.get("/api/targets")
@needs(Permission.REPORT_READ)
@documented(
    N_("Every target in force on a day: actual, cumulative, pace needed, forecast, state; and the land it takes."),
    _gives("as_of", "targets", "needs"),
    takes=(*CLOCKS, "until"),
    refuses=_REFUSES,
)
def list_targets() -> Response:
    """All targets as of a day and as known at a moment."""
    check_names()
    check_language()
    found = board().page(person(), parse_asked(request.args), parse_day(request.args, "until"))
    has_demo = any(one.actual and one.actual.quality == "demo" for one in found.states)
    return _answer(
        {
            **_clocks(found.moment),
            "notice": DEMO_NOTICE.text(language()) if has_demo else None,
            "targets": [_fields(one) for one in found.states],
            "needs": [{**_fields(one), "per_quarter_ha": one.per_quarter_ha} for one in found.needs],
            "needs_until": found.until,
            "late": [
                {"department": one.department, "month": one.month, "missing": [row.code for row in one.missing]}
                for one in found.late
            ],
        }
    )


@targets.get("/api/targets/<target_code>")
@needs(Permission.REPORT_READ)
@documented(
    N_("One target: every value that it had, its history, and the rows that make it."),
    _gives("as_of", "target", "versions", "points", "rows"),
    refuses=_REFUSES,
)
def one_target(target_code: str) -> Response:
    """How one target is made."""
    check_names()
    check_language()
    card = board().card(person(), plain(target_code), parse_asked(request.args))
    rows = card.plants or card.land or card.months
    return _answer(
        {
            **_clocks(card.moment),
            "target": _fields(card.state),
            "versions": [_row(row) for row in card.versions],
            "points": [_fields(point) for point in card.points],
            "rows": [_fields(row) if dataclasses.is_dataclass(row) else _row(row) for row in rows],
            "parks_named": [_row(row) for row in card.named],
        }
    )


@tasks.get("/api/tasks")
@needs(Permission.REPORT_READ)
@documented(
    N_("The tasks of the plan with what was last told of each."),
    _gives("as_of", "tasks"),
    takes=(*CLOCKS, "department"),
    refuses=_REFUSES,
)
def list_tasks() -> Response:
    """All tasks, or those of one department; "-" asks for those that no department has."""
    check_names()
    check_language()
    filters = TaskFilters(request.args.get("department") or None)
    found = board().tasks(person()).page(parse_asked(request.args), filters)
    return _answer({**_clocks(found.moment), "tasks": [_row(row) for row in found.rows]})


@tasks.get("/api/report-calendar")
@needs(Permission.REPORT_READ)
@documented(
    N_("Who reports what to whom, and the next date of each report by both readings of “before”."),
    _gives("as_of", "reports"),
    refuses=_REFUSES,
)
def calendar() -> Response:
    """The calendar of reports from a day on."""
    check_names()
    check_language()
    found = board().tasks(person()).page(parse_asked(request.args), TaskFilters())
    reports = [{**_row(one.row), "due": _fields(one.due) if one.due else None} for one in found.reports]
    return _answer({**_clocks(found.moment), "reports": reports})


def _clocks(moment: Moment) -> dict[str, object]:
    return {"as_of": moment.as_of, "known_at": told_moment(moment.known_at) if moment.known_at else None}


def _fields(one: Any) -> dict[str, Any]:
    return dataclasses.asdict(one)


def _row(row: Any) -> dict[str, Any]:
    return {key: value for key, value in row._mapping.items() if key not in _HELD_BACK}  # noqa: SLF001 - SQLAlchemy's public name


def _answer(body: object) -> Response:
    return conditional(json.dumps(body, ensure_ascii=False, default=_told), "application/json")


def _told(value: object) -> object:
    if isinstance(value, datetime):
        return told_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value))
