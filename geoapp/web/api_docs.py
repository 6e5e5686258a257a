"""The description of the API: what each address takes and gives, said beside the view, and OpenAPI made of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from flask import Flask, current_app, request

from geoapp.errors import N_, InvalidRequest
from geoapp.kinds import SoftSignal
from geoapp.services.feature_pages import MOST as MOST_FEATURES
from geoapp.services.search import LONGEST
from geoapp.services.search import MOST as MOST_FINDS

Plain = dict[str, Any]
View = TypeVar("View", bound=Callable[..., Any])
_SLUG: Plain = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80}
_PARAMETERS: dict[str, tuple[str, Plain, object]] = {
    "as_of": (N_("The day that is shown; the newest day with figures where it is not given."),
              {"type": "string", "format": "date"}, "2026-06-30"),
    "known_at": (N_("What was known by the end of that day, or at a moment with its time zone; default: all."),
                 {"type": "string", "maxLength": 40}, "2026-10-31"),
    "lang": (N_("Language of labels and errors."), {"type": "string", "enum": ["vi", "en"]}, "en"),
    "view": (N_("Only the layers that a page offers."),
             {"type": "string", "enum": ["province", "zone", "park"]}, "park"),
    "park": (N_("Only this park."), _SLUG, "khanh-phu"),
    "zone": (N_("Only what lies in this economic zone."), _SLUG, "ninh-co"),
    "bbox": (N_("Only what meets west, south, east, north in degrees (EPSG:4326), at most 30 wide and high."),
             {"type": "string", "maxLength": 120}, "105.9,20.2,106.2,20.5"),
    "limit": (N_("Most features of a page."), {"type": "integer", "minimum": 1, "maximum": MOST_FEATURES}, 100),
    "after": (N_("Where the page begins: the cursor in the link “next” of the page before."),
              {"type": "string", "maxLength": 400}, None),
    "f": (N_("GeoJSON, or CSV with the middle of each feature."), {"type": "string", "enum": ["geojson", "csv"]},
          "geojson"),
    "v": (N_("The version of the data, as the summary gives it; with it an answer may be kept for ever."),
          {"type": "string", "maxLength": 40}, None),
    "figure": (N_("What is compared, as the page of changes names it."), {"type": "string", "maxLength": 60}, "leased"),
    "from": (N_("The earlier day."), {"type": "string", "format": "date"}, "2026-09-30"),
    "to": (N_("The later day."), {"type": "string", "format": "date"}, "2026-10-31"),
    "known_from": (N_("What was known by then of the earlier day."), {"type": "string", "maxLength": 40}, None),
    "known_to": (N_("What was known by then of the later day."), {"type": "string", "maxLength": 40}, None),
    "place": (N_("A park or an economic zone."), {"type": "string", "maxLength": 90}, "park:khanh-phu"),
    "step": (N_("Only one step: corrections, or changes."), {"type": "string", "maxLength": 40}, None),
    "reason": (N_("Only one reason."), {"type": "string", "maxLength": 40}, None),
    "scheme": (N_("Colours for a light or a dark ground."), {"type": "string", "enum": ["light", "dark"]}, "light"),
    "code": (N_("The code of the plot or project."), {"type": "string", "maxLength": 200}, "A1-01"),
    "q": (N_("What to look for: a name or code with or without accents, or coordinates in WGS 84 or VN-2000."),
          {"type": "string", "minLength": 1, "maxLength": LONGEST}, "khanh phu"),
    "limit_finds": (N_("Most finds of each kind."), {"type": "integer", "minimum": 1, "maximum": MOST_FINDS}, 6),
    "tab": (N_("Which list of cases."), {"type": "string", "enum": ["mine", "overdue", "unassigned", "all"]}, None),
    "sort": (N_("By deadline, by area, or the last change first."),
             {"type": "string", "enum": ["due", "area", "newest"]}, "due"),
    "state": (N_("Only cases in this state."), {"type": "string", "maxLength": 40}, None),
    "rule": (N_("Only cases of this row of the decision table."),
             {"type": "string", "enum": ["R1", "R6", "R8", "R9", "R10"]}, None),
    "department": (N_("Only what is of this department or its people."), {"type": "string", "maxLength": 200}, None),
    "signal": (N_("Only land with this softer signal."), {"type": "string", "enum": list(SoftSignal)}, None),
    "limit_cases": (N_("Most cases of a page."), {"type": "integer", "minimum": 1, "maximum": 500}, 50),
    "seen": (N_("The number of the last event that you have seen."), {"type": "integer", "minimum": 0}, 0),
    "ids": (N_("Only these jobs: their numbers with commas between, at most 50."),
            {"type": "string", "maxLength": 400}, None),
    "until": (N_("Last day of the reckoning of land."), {"type": "string", "format": "date"}, "2030-12-31"),
    "case": (N_("Only this case."), {"type": "integer", "minimum": 1}, None),
}  # fmt: skip
_IN_PATH: dict[str, tuple[str, Plain, object]] = {
    "kind": (
        N_("What the figure is about."),
        {"type": "string", "enum": ["province", "zone", "park", "plant"]},
        "park",
    ),
    "name": (N_("Its name in addresses."), {"type": "string"}, "khanh-phu"),
    "indicator": (N_("The code of the indicator."), {"type": "string"}, "occupancy"),
    "what": (N_("A plot or a project."), {"type": "string", "enum": ["plot", "project"]}, "plot"),
    "code": (N_("A scene; /api/imagery lists them."), {"type": "string"}, None),
    "project_code": (N_("The code of a project; its land file is told to who is signed in."), {"type": "string"}, None),
    "target_code": (N_("The code of a target; /api/targets lists them."), {"type": "string"}, "CT-01"),
    "event": (N_("The code of an event in the land file."), {"type": "string"}, None),
    "layer_id": (N_("A layer; /api/layers lists them."), {"type": "string"}, "plot_state"),
    "feature_id": (N_("The id of a feature."), {"type": "string"}, "khanh-phu/A1-01"),
    "job": (N_("The number of a job."), {"type": "integer", "minimum": 1}, None),
    "number": (N_("The number of a case."), {"type": "integer", "minimum": 1}, None),
    "z": (N_("Zoom of the tile, which covers 512 pixels."), {"type": "integer", "minimum": 0, "maximum": 22}, 12),
    "x": (N_("Column from the west."), {"type": "integer", "minimum": 0}, 3254),
    "y": (N_("Row from the north."), {"type": "integer", "minimum": 0}, 1812),
}
CLOCKS = ("as_of", "known_at", "lang")
_PROBLEM: Plain = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What was asked, what was found, what to do."},
        "parameter": {"type": "string", "description": "The parameter that cannot be used."},
    },
}
_REFUSALS = {
    400: "A parameter cannot be used.",
    401: "Nobody is signed in, and this is not for visitors.",
    403: "Who is signed in may not do this.",
    404: "There is no such thing.",
    409: "It was changed meanwhile by somebody else.",
    413: "More was sent than is taken.",
    415: "It is not of a kind that is taken.",
    422: "What was sent cannot be used.",
    429: "There were too many requests.",
    503: "The database is away or too busy.",
}
_REQUIRED = {"q", "code"}
_NOTE = "geoapp_api_note"


def documented(
    summary: str,
    gives: Mapping[str, Plain],
    *,
    takes: Sequence[str] = CLOCKS,
    refuses: Sequence[int] = (400, 404, 503),
    sends: Plain | None = None,
) -> Callable[[View], View]:
    """Say what a view of the API does.

    Args: summary - a message: OpenAPI tells it in English, the page /api in the language of the reader;
    gives - media types of the answer with their schemas; takes - names of parameters; refuses - statuses;
    sends - schema of the JSON that is sent, of an address that is asked with POST.
    """

    def note(view: View) -> View:
        told = {"summary": summary, "gives": gives, "takes": tuple(takes), "refuses": tuple(refuses), "sends": sends}
        setattr(view, _NOTE, told)
        return view

    return note


def check_names() -> None:
    """Raises: InvalidRequest - a parameter that this address does not take."""
    view = current_app.view_functions[request.endpoint or ""]
    known = [_query_name(name) for name in getattr(view, _NOTE)["takes"]]
    for name in request.args:
        if name not in known:
            raise InvalidRequest(
                N_("%(parameter)s: this address does not take it. It takes: %(known)s."),
                parameter=name[:40],
                known=", ".join(known) or "–",
            )


def build_openapi(app: Flask) -> Plain:
    """The OpenAPI document of every address below ``/api``."""
    paths: dict[str, Plain] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        note = getattr(app.view_functions[rule.endpoint], _NOTE, None)
        if note is not None:
            path = re.sub(r"<(?:[^<>]*:)?(\w+)>", r"{\1}", rule.rule)
            method = "post" if note["sends"] else "get"
            paths.setdefault(path, {})[method] = _operation(rule.endpoint, rule.arguments, note)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "geoapp",
            "version": "1",
            "description": "Layers of the economic zone and the industrial parks as of any day, for reading. Errors are"
            " application/problem+json. Answers carry an ETag that changes with the data.",
        },
        "paths": paths,
        "components": {"schemas": {"Problem": _PROBLEM}},
    }


def undocumented(app: Flask) -> list[str]:
    """Addresses below ``/api`` that nobody has described."""
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and not hasattr(app.view_functions[rule.endpoint], _NOTE)
    )


def _operation(endpoint: str, arguments: set[str], note: Plain) -> Plain:
    answers: Plain = {
        "200": {
            "description": "The answer.",
            "content": {kind: {"schema": schema} for kind, schema in note["gives"].items()},
        }
    }
    for status in note["refuses"]:
        schema = {"$ref": "#/components/schemas/Problem"}
        answers[str(status)] = {
            "description": _REFUSALS[status],
            "content": {"application/problem+json": {"schema": schema}},
        }
    sent: Plain = {"required": True, "content": {"application/json": {"schema": note["sends"]}}}
    return {
        "operationId": endpoint.replace(".", "_"),
        "summary": note["summary"],
        **({"requestBody": sent} if note["sends"] else {}),
        "parameters": [
            *(_parameter(name, "path", _IN_PATH[name]) for name in sorted(arguments)),
            *(_parameter(_query_name(name), "query", _PARAMETERS[name]) for name in note["takes"]),
        ],
        "responses": answers,
    }


def _parameter(name: str, place: str, told: tuple[str, Plain, object]) -> Plain:
    description, schema, example = told
    required = place == "path" or name in _REQUIRED
    plain: Plain = {"name": name, "in": place, "description": description, "schema": schema, "required": required}
    return plain | ({"example": example} if example is not None else {})


def _query_name(name: str) -> str:
    return "limit" if name in {"limit_finds", "limit_cases"} else name
