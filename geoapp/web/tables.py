"""Plots and projects as tables: a page of its own, a part of another page, or a file."""

import json
from collections.abc import Callable, Mapping
from typing import Any, cast

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _

from geoapp.core.permissions import Permission
from geoapp.errors import N_, InvalidRequest
from geoapp.services.park_tables import STATES, Place, Table
from geoapp.web.api import atlas, conditional
from geoapp.web.api_docs import CLOCKS, check_names, documented
from geoapp.web.file_answers import write_rows
from geoapp.web.languages import check_language
from geoapp.web.page_parts import begin, code_label, kept, plain
from geoapp.web.params import parse_asked, parse_choice, query_of
from geoapp.web.permissions import needs
from geoapp.web.table_params import parse_table

tables = Blueprint("tables", __name__)
_KINDS = {"parks": "park", "zones": "zone"}


@tables.get("/<any(parks, zones):group>/<slug>/<any(plots, projects):what>")
@needs(Permission.READ_PUBLIC)
def table(group: str, slug: str, what: str) -> str:
    """Plots or projects of a place, some rows at a time; ``?part=1`` without the page around it."""
    asked = begin()
    found = atlas().table(parse_table(request.args, what, Place(_KINDS[group], plain(slug))))
    part = parse_choice(request.args, "part", ["1"])
    told = {"table": found, "group": group, "slug": slug, "here": address_of_table(group, slug, what)}
    told |= {
        "states": STATES[what],
        "keep": query_of(asked),
        "query": _query(found),
        "link": _linker(found, group, slug),
    }
    if part:
        return render_template("table_part.html", **told)
    page = atlas().park(slug, asked) if group == "parks" else atlas().zone(slug, asked)
    return render_template("table_page.html", page=page, **told)


@tables.get("/<any(parks, zones):group>/<slug>/<any(plots, projects):what>.csv")
@needs(Permission.EXPORT)
def table_file(group: str, slug: str, what: str) -> Response:
    """All rows that match, as a file with day, source, quality and notice in every row."""
    begin()
    found = atlas().table(parse_table(request.args, what, Place(_KINDS[group], plain(slug)), all_rows=True))
    response = Response(write_rows(_columns(found.request.what), found.rows, found.moment), mimetype="text/csv")
    name = f"{slug}-{what}-{found.moment.as_of.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@tables.get("/api/outlines/<any(plot, project):what>")
@needs(Permission.READ_PUBLIC)
@documented(
    N_("Where one plot or project lies, as a GeoJSON feature."),
    {"application/geo+json": {"type": "object", "required": ["type", "geometry"]}},
    takes=(*CLOCKS, "park", "code"),
)
def outline(what: str) -> Response:
    """The outline of one plot (``park``, ``code``) or project (``code``) as a GeoJSON feature."""
    check_names()
    check_language()
    code, park = (plain(request.args.get(name, "")) for name in ("code", "park"))
    for name, value in {"code": code, **({"park": park} if what == "plot" else {})}.items():
        if not value:
            raise InvalidRequest(N_("%(parameter)s: expected, and not given."), parameter=name)
    found = atlas().outline(what, code, park, parse_asked(request.args))
    told = json.dumps({"approximate": found.approximate})
    drawn = f'{{"type": "Feature", "properties": {told}, "geometry": {found.geometry or "null"}}}'
    return conditional(drawn, "application/geo+json")


def address_of_table(group: str, slug: str, what: str) -> str:
    """The address of a table with the clocks as asked, to be gone on with."""
    return url_for("tables.table", group=group, slug=slug, what=what, **cast("dict[str, Any]", kept()))


def _query(found: Table) -> dict[str, str]:
    """Filters and order as they stand in an address."""
    asked = found.request
    told = {"q": asked.filters.text, "state": asked.filters.state, "sort": asked.order.sort}
    return {key: value for key, value in told.items() if value} | ({"order": "down"} if asked.order.down else {})


def _linker(found: Table, group: str, slug: str) -> Callable[..., str]:
    """Addresses of the same table with something changed."""
    what, query = found.request.what, {**kept(), **_query(found)}

    def link(**changes: object) -> str:
        return url_for(
            "tables.table", group=group, slug=slug, what=what, **cast("dict[str, Any]", {**query, **changes})
        )

    return link


Cell = Callable[[Any], object]


def _columns(what: str) -> Mapping[str, Cell]:
    if what == "plots":
        return {
            str(_("Plot")): lambda row: row.code,
            str(_("Park")): lambda row: row.park_slug,
            str(_("Block")): lambda row: row.block,
            str(_("Land use")): lambda row: code_label("plot_use", row.use_code),
            str(_("State")): lambda row: code_label("plot_state", row.state),
            str(_("Area (ha)")): lambda row: round(row.area_ha, 4),
            str(_("Project")): lambda row: row.project,
            str(_("As it is since")): lambda row: row.valid_from,
        }
    return {
        str(_("Code")): lambda row: row.code,
        str(_("Project")): lambda row: row.name,
        str(_("Park")): lambda row: row.park_slug,
        str(_("Investor")): lambda row: row.investor,
        str(_("Sector")): lambda row: row.sector,
        str(_("Land (ha)")): lambda row: row.land_ha,
        str(_("Capital (VND bn)")): lambda row: row.capital_vnd_bn,
        str(_("Capital (USD m)")): lambda row: row.capital_usd_m,
        str(_("Capital as published")): lambda row: row.capital_note,
        str(_("State")): lambda row: code_label("project_state", row.state),
        str(_("Plots held")): lambda row: row.plot_count,
        str(_("Area of the plots (ha)")): lambda row: (
            None if row.plots_area_ha is None else round(row.plots_area_ha, 4)
        ),
        str(_("As it is since")): lambda row: row.valid_from,
    }
