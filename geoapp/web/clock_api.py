"""The legal clock for programs: projects in, verdicts out, by the same SQL as the stored files. Nothing is stored."""

import json
from typing import Any

from flask import Response, abort, request

from geoapp.core.clock_file import ClockFile, parse_project, parse_value
from geoapp.core.permissions import Permission
from geoapp.errors import N_, FieldFault, InvalidFields
from geoapp.web.accounts.guard import csrf
from geoapp.web.api import api, atlas
from geoapp.web.api_docs import check_names, documented
from geoapp.web.page_parts import begin
from geoapp.web.permissions import needs

_MOST_PROJECTS = 2000
_MOST_BYTES = 4_000_000
_REFUSED = N_("These projects cannot be evaluated; nothing was.")
_SENDS: dict[str, Any] = {
    "type": "object",
    "required": ["projects"],
    "additionalProperties": False,
    "properties": {
        "projects": {
            "type": "array",
            "maxItems": _MOST_PROJECTS,
            "items": {
                "type": "object",
                "required": ["id"],
                "description": "A project in the form of docs/clock.md: dates ISO, unknown is null or absent.",
                "properties": {"id": {"type": ["string", "integer"]}},
            },
        }
    },
}
_GIVES: dict[str, Any] = {
    "type": "object",
    "required": ["as_of", "answers"],
    "properties": {"as_of": {"type": "string", "format": "date"}, "answers": {"type": "array"}},
}


@api.post("/clock")
@csrf.exempt  # type: ignore[untyped-decorator]  # nothing is stored, so there is nothing to forge
@needs(Permission.READ_PUBLIC)
@documented(
    N_("The legal clock of land use for projects that are sent; nothing is stored."),
    {"application/json": _GIVES},
    takes=("as_of", "lang"),
    refuses=(400, 413, 415, 422, 503),
    sends=_SENDS,
)
def evaluate() -> Response:
    """The clock of each project, in the order in which they came."""
    check_names()
    asked = begin()
    as_of = asked.as_of or asked.today
    answers = atlas().clock_answers(_files(), as_of)
    body = json.dumps({"as_of": as_of.isoformat(), "answers": answers}, ensure_ascii=False)
    return Response(body, mimetype="application/json")


def _files() -> list[ClockFile]:
    """The projects that were sent. Raises: InvalidFields - with every fault."""
    if request.mimetype != "application/json":
        abort(415)
    request.max_content_length = _MOST_BYTES
    value, faults = parse_value(request.get_data(cache=False).decode("utf-8", "replace"))
    projects = value.get("projects") if isinstance(value, dict) and set(value) == {"projects"} else None
    if not isinstance(projects, list) or len(projects) > _MOST_PROJECTS:
        template = N_("expected an object with a list “projects” of at most %(most)s")
        raise InvalidFields(_REFUSED, faults or [FieldFault("", template, {"most": _MOST_PROJECTS})])
    files = []
    for place, one in enumerate(projects):
        file, found = parse_project(one)
        before = f"projects[{place}]"
        faults += [
            FieldFault(f"{before}.{each.field}" if each.field else before, each.template, each.params) for each in found
        ]
        if file:
            files.append(file)
    if faults:
        raise InvalidFields(_REFUSED, faults)
    return files
