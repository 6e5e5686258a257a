"""The API told to a person: the same description as /api/openapi.json, as a page in the language of the reader."""

from urllib.parse import quote, urlencode

from flask import Blueprint, current_app, render_template
from flask_babel import gettext as _

from geoapp.core.permissions import Permission
from geoapp.errors import N_
from geoapp.web.api_docs import Plain, build_openapi
from geoapp.web.page_parts import begin
from geoapp.web.params import query_of
from geoapp.web.permissions import needs

api_page = Blueprint("api_page", __name__)
# What an example asks, where the address takes it.
_IN_EXAMPLES = ("as_of", "from", "to", "q", "park", "code", "limit")
# Groups of the page by how addresses begin, in their order.
_GROUPS = {
    "/api/projects/": N_("Land files"),
    "/api/layers": N_("Layers of the map"),
    "/api/figures": N_("Figures"),
    "/api/series": N_("Figures"),
    "/api/charts": N_("Figures"),
    "/api/changes": N_("What changed"),
    "/api/outlines": N_("Plots and projects"),
    "/api/projects": N_("Plots and projects"),
    "/api/cases": N_("Land cases"),
    "/api/signals": N_("Land cases"),
    "/api/search": N_("Search"),
    "/api/clock": N_("Legal clock of land use"),
    "/api/imagery": N_("Pictures from space"),
    "/api/targets": N_("Targets and tasks"),
    "/api/tasks": N_("Targets and tasks"),
    "/api/report-calendar": N_("Targets and tasks"),
    "/api/jobs": N_("Long work"),
    "/api/openapi.json": N_("For programs"),
}


@api_page.get("/api")
@needs(Permission.READ_PUBLIC)
def show() -> str:
    """Every address with what it takes and gives, an example, and the rules that hold for all."""
    asked = begin()
    paths: dict[str, Plain] = build_openapi(current_app)["paths"]
    groups: dict[str, list[Plain]] = {title: [] for title in _GROUPS.values()}
    for path, told in paths.items():
        groups[_group_of(path)] += [_address(path, method, operation) for method, operation in told.items()]
    told = {"groups": groups, "parameters": _parameters(paths)}
    return render_template("api.html", keep=query_of(asked), page=None, limits=_limits, **told)


def _group_of(path: str) -> str:
    return next(title for start, title in _GROUPS.items() if path.startswith(start))


def _address(path: str, method: str, operation: Plain) -> Plain:
    """One address as the page tells it; ``example`` is None where none holds everywhere, or where something is sent."""
    if method != "get":
        return {"path": path, "example": None, **operation}
    query, example = {}, path
    if "401" in operation["responses"]:
        # An example that asks to sign in tells nobody anything.
        return {"path": path, "example": None, **operation}
    for one in operation["parameters"]:
        if one["in"] == "path" and "example" not in one:
            return {"path": path, "example": None, **operation}
        if one["in"] == "path":
            example = example.replace(f"{{{one['name']}}}", quote(str(one["example"])))
        elif one["name"] in _IN_EXAMPLES:
            query[one["name"]] = one["example"]
    return {"path": path, "example": example + (f"?{urlencode(query)}" if query else ""), **operation}


def _parameters(paths: dict[str, Plain]) -> dict[str, list[Plain]]:
    """Where a parameter stands -> all parameters, each once by its name and meaning."""
    found: dict[str, dict[tuple[str, str], Plain]] = {"query": {}, "path": {}}
    for told in paths.values():
        for one in [one for operation in told.values() for one in operation["parameters"]]:
            found[one["in"]].setdefault((one["name"], one["description"]), one)
    return {place: [known[key] for key in sorted(known)] for place, known in found.items()}


def _limits(schema: Plain) -> str:
    """What values are taken, in words."""
    kind = schema.get("format", schema["type"])
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if kind == "date":
        return str(_("a day, year first"))
    if kind == "integer":
        least, most = schema.get("minimum", 0), schema.get("maximum")
        return str(_("a whole number from %(least)s", least=least)) if most is None else f"{least}–{most}"
    return str(
        _("text of at most %(most)s characters", most=schema["maxLength"]) if "maxLength" in schema else _("text")
    )
