"""Events of land files for programs: entered, corrected, withdrawn; refused as by the form, each fault by its field."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request

from geoapp.core.land_cells import FIELDS, NUMBERS, plain_number
from geoapp.core.permissions import Permission
from geoapp.errors import N_, FieldFault, InvalidFields, InvalidRequest
from geoapp.kinds import LandEventKind
from geoapp.services.land_case import CaseLink
from geoapp.services.land_edit import Entry
from geoapp.web.api import atlas
from geoapp.web.api_docs import Plain, check_names, documented
from geoapp.web.land_form import MOST_NUMBER, cells_of, who, words_on_case
from geoapp.web.languages import check_language
from geoapp.web.page_parts import plain
from geoapp.web.params import parse_whole
from geoapp.web.permissions import needs, require

land_api = Blueprint("land_api", __name__)
_REFUSED = N_("The event cannot be stored; nothing was. Mend these and send it again:")
_TEXT: Plain = {"type": ["string", "number", "boolean", "null"]}
_CASE: Plain = {
    "case": {"type": "integer", "minimum": 1, "description": "A case of this project that it is recorded on as well."},
    "last_event": {"type": "integer", "minimum": 0, "description": "Number of the last event of that case you saw."},
}
_CELLS: Plain = {"kind": {"type": "string", "enum": list(LandEventKind)}, **dict.fromkeys(FIELDS, _TEXT)}
_SENDS: Plain = {"type": "object", "required": ["kind"], "properties": {**_CELLS, **_CASE}}
_CORRECTS: Plain = {
    "type": "object",
    "required": ["seen"],
    "properties": {
        **_CELLS,
        "seen": {"type": "integer", "minimum": 1, "description": "“row” of the event, as the land file gave it."},
        "withdraw": {"type": "boolean", "description": "It was entered in error; nothing else is sent then."},
    },
}
_GIVES: Mapping[str, Plain] = {"application/json": {"type": "object", "required": ["project", "event"]}}
_REFUSES = (400, 401, 403, 404, 422)


@land_api.post("/api/projects/<project_code>/land-events")
@needs(Permission.LAND_FILE_EDIT)
@documented(
    N_("Enter an event into the land file of a project. Send the header X-CSRF-Token."),
    _GIVES,
    takes=("lang",),
    refuses=_REFUSES,
    sends=_SENDS,
)
def add(project_code: str) -> Response:
    """A new event; with ``case`` it is recorded on that case in the same act."""
    sent = _sent(_SENDS)
    cells = _cells(sent)
    return _enter(project_code, Entry(cells, case=_link(sent, cells)))


@land_api.post("/api/projects/<project_code>/land-events/<event>")
@needs(Permission.LAND_FILE_EDIT)
@documented(
    N_("Correct or withdraw an event of a land file. Send the header X-CSRF-Token, and the row that you have seen."),
    _GIVES,
    takes=("lang",),
    refuses=_REFUSES,
    sends=_CORRECTS,
)
def correct(project_code: str, event: str) -> Response:
    """A correction of an event, or its withdrawal."""
    sent = _sent(_CORRECTS)
    seen = parse_whole({"seen": str(sent.get("seen", ""))}, "seen", 1, MOST_NUMBER)
    if sent.get("withdraw") is True:
        sheet = atlas().land_sheet(who(), plain(project_code), plain(event))
        return _enter(project_code, Entry(cells_of(sheet.current), plain(event), seen, is_withdrawal=True))
    return _enter(project_code, Entry(_cells(sent), plain(event), seen))


def _enter(project: str, entry: Entry) -> Response:
    done = atlas().enter_land_event(who(), plain(project), entry)
    if done.faults:
        raise InvalidFields(_REFUSED, [FieldFault(one.field, one.template, one.params) for one in done.faults])
    body = {"project": plain(project), "event": done.code, "case": entry.case.number if entry.case else None}
    return Response(json.dumps(body, ensure_ascii=False), mimetype="application/json")


def _sent(schema: Plain) -> dict[str, Any]:
    """The object that was sent. Raises: InvalidRequest - it is none, or has a field that is not known."""
    check_names()
    check_language()
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        raise InvalidRequest(N_("%(parameter)s: expected a JSON object."), parameter="body")
    unknown = sorted(set(sent) - set(schema["properties"]))
    if unknown:
        raise InvalidRequest(
            N_("%(parameter)s: no field of an event. It has: %(known)s."),
            parameter=str(unknown[0])[:40],
            known=", ".join(schema["properties"]),
        )
    return sent


def _cells(sent: Mapping[str, Any]) -> dict[str, str]:
    cells = {name: _text(sent.get(name)) for name in (*FIELDS, "kind")}
    return cells | {name: plain_number(cells[name]) for name in NUMBERS if not isinstance(sent.get(name), int | float)}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    # JSON may hold halves of signs, which are no text anywhere else.
    return str(value).replace("\0", "").encode("utf-8", "replace").decode().strip()


def _link(sent: Mapping[str, Any], cells: Mapping[str, str]) -> CaseLink | None:
    told = {name: _text(sent.get(name)) for name in ("case", "last_event")}
    number = parse_whole(told, "case", 1, MOST_NUMBER)
    if number is None:
        return None
    require(Permission.CASE_READ)
    return CaseLink(number, parse_whole(told, "last_event", 0, 999_999) or 0, words_on_case(cells))
