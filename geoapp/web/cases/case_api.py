"""Cases for programs: the list, one case, its events, a step; and the features of the map."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Response, request

from geoapp.core.permissions import Permission
from geoapp.errors import N_, InvalidRequest
from geoapp.web.api import atlas, conditional
from geoapp.web.api_docs import Plain, check_names, documented
from geoapp.web.cases.case_map import layer_of_cases
from geoapp.web.cases.case_params import (
    MOST_NUMBER,
    STEPS,
    parse_after,
    parse_filters,
    parse_order,
    parse_step,
    told_after,
)
from geoapp.web.cases.room import cases, my_cases, person
from geoapp.web.languages import check_language
from geoapp.web.own_layers import describe_own
from geoapp.web.params import parse_asked, parse_whole
from geoapp.web.permissions import needs

_MOST = 500
_MOST_DRAWN = 5000
_HELD_BACK = {
    "geom",
    "key_told",
    "due_key",
    "area_key",
    "project_id",
    "park_id",
    "plot_ids",
    "assignee_id",
    "opened_by",
    "today",
}
_REFUSES = (400, 401, 403, 404)
_NOTICE = "Signs and proposals, not conclusions."
_JSON: Mapping[str, Plain] = {"application/json": {"type": "object"}}
STEP_BODY: Plain = {
    "type": "object",
    "required": ["step", "last_event"],
    "properties": {
        "step": {"type": "string", "enum": STEPS},
        "last_event": {"type": "integer", "minimum": 0, "description": "Number of the last event that you have seen."},
        "happened_on": {"type": "string", "format": "date"},
        "document_no": {"type": "string", "maxLength": 200},
        "document_on": {"type": "string", "format": "date"},
        "months": {"type": "integer", "minimum": 1},
        "reason": {"type": "string", "maxLength": 4000},
        "note": {"type": "string", "maxLength": 4000},
        "assignee_id": {"type": "integer", "minimum": 1},
    },
}


@cases.get("/api/cases")
@needs(Permission.CASE_READ)
@documented(
    N_("The work list of cases, a page at a time."),
    {"application/json": {"type": "object", "required": ["cases", "next"]}},
    takes=("lang", "tab", "sort", "state", "rule", "signal", "park", "department", "limit_cases", "after"),
    refuses=_REFUSES,
)
def list_cases() -> Response:
    """Cases that match, from after a place on."""
    check_names()
    check_language()
    _, filters = parse_filters(request.args, person())
    most = parse_whole(request.args, "limit", 1, _MOST) or 50
    found = my_cases().page(parse_order(request.args), filters, parse_after(request.args), most)
    following = told_after(found.following) if found.following else None
    return _answer({"notice": _NOTICE, "cases": [_plain(row) for row in found.rows], "next": following})


@cases.get("/api/cases/<int:number>")
@needs(Permission.CASE_READ)
@documented(
    N_("One case: what it says, the clock of its land, its events, the steps that it has next."),
    {"application/json": {"type": "object", "required": ["case", "events", "steps", "clock", "duties"]}},
    refuses=_REFUSES,
)
def one_case(number: int) -> Response:
    """A case with its clock as of a day."""
    check_names()
    check_language()
    found = my_cases().case(number, parse_asked(request.args))
    clock = found.clock
    return _answer(
        {
            "notice": _NOTICE,
            "case": _plain(found.row),
            "events": [_plain(row) for row in found.events],
            "steps": [_plain(row) for row in found.steps],
            "clock": _plain(clock.unit.clock) if clock and clock.unit else None,
            "duties": [_plain(row) for row in clock.duties] if clock else [],
        }
    )


@cases.get("/api/cases/<int:number>/steps")
@needs(Permission.CASE_READ)
@documented(
    N_("What happened to a case after an event."),
    {"application/json": {"type": "object", "required": ["events"]}},
    takes=("lang", "seen"),
    refuses=_REFUSES,
)
def list_steps(number: int) -> Response:
    """Events of a case after the one that was seen last."""
    check_names()
    check_language()
    seen = parse_whole(request.args, "seen", 0, 999_999) or 0
    return _answer({"events": [_plain(row) for row in my_cases().since(number, seen)]})


@cases.post("/api/cases/<int:number>/steps")
@needs(Permission.CASE_READ)
@documented(
    N_("Take a step of a case. Send the header X-CSRF-Token, and the number of the last event that you have seen."),
    {"application/json": {"type": "object", "required": ["last_event"]}},
    takes=("lang",),
    refuses=(*_REFUSES, 409),
    sends=STEP_BODY,
)
def post_step(number: int) -> Response:
    """A step: refused as on the page, with the field and the reason."""
    check_names()
    check_language()
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        raise InvalidRequest(N_("%(parameter)s: expected a JSON object."), parameter="body")
    unknown = sorted(set(sent) - set(STEP_BODY["properties"]))
    if unknown:
        raise InvalidRequest(
            N_("%(parameter)s: no field of a step. It has: %(known)s."),
            parameter=str(unknown[0])[:40],
            known=", ".join(STEP_BODY["properties"]),
        )
    step = parse_step({key: str(value) for key, value in sent.items() if value is not None})
    my_cases().take_step(number, step)
    return _answer({"last_event": step.number})


@cases.get("/api/cases/layers")
@needs(Permission.CASE_READ)
@documented(
    N_("How the map of open cases, or of one case, is drawn, in the form of /api/layers."),
    _JSON,
    takes=("lang", "case"),
    refuses=(400, 401, 403),
)
def layers() -> Response:
    """How the map of cases is drawn."""
    check_names()
    check_language()
    own = layer_of_cases(parse_whole(request.args, "case", 1, MOST_NUMBER))
    return conditional(json.dumps(describe_own(atlas().catalogue, own), ensure_ascii=False), "application/json")


@cases.get("/api/cases/features")
@needs(Permission.CASE_READ)
@documented(
    N_("Where open cases lie, or one case."),
    {"application/geo+json": {"type": "object", "required": ["type", "features"]}},
    takes=("lang", "case"),
    refuses=_REFUSES,
)
def features() -> Response:
    """Cases as GeoJSON."""
    check_names()
    check_language()
    found = my_cases().features(parse_whole(request.args, "case", 1, MOST_NUMBER), _MOST_DRAWN)
    head = {"type": "FeatureCollection", "count": found.count, "without_place": found.without_place}
    return Response(f'{json.dumps(head)[:-1]}, "features": [{found.text}]}}', mimetype="application/geo+json")


def _plain(row: Any) -> dict[str, object]:
    told: Mapping[str, object] = row._mapping  # noqa: SLF001 - SQLAlchemy's name for it
    return {key: value for key, value in told.items() if key not in _HELD_BACK}


def _answer(body: Mapping[str, object]) -> Response:
    return Response(json.dumps(body, ensure_ascii=False, default=_json), mimetype="application/json")


def _json(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value))
