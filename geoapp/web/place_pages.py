"""The pages of one plot and one project, and the sources of a park or a zone."""

from typing import Any, cast

from flask import Blueprint, Flask, render_template, request, url_for

from geoapp.catalog.model import View
from geoapp.core.permissions import Permission
from geoapp.services.park_tables import Place
from geoapp.web.api import atlas
from geoapp.web.land_files import land_file_of
from geoapp.web.page_parts import address, begin, kept, page_map, plain
from geoapp.web.params import parse_choice, query_of
from geoapp.web.permissions import may, needs

places = Blueprint("places", __name__)
_KINDS = {"parks": "park", "zones": "zone"}


def use_places(app: Flask) -> None:
    """What templates may ask about places."""
    app.jinja_env.globals |= {"plot_address": plot_address, "project_address": project_address}


# A slash is part of a code as any other sign, two of them too.
@places.get("/parks/<slug>/plots/<path:code>", merge_slashes=False)
@needs(Permission.READ_PUBLIC)
def plot(slug: str, code: str) -> str:
    """A plot: its facts, its history, who holds it, what lies around it."""
    return _plot(slug, code)


@places.get("/parks/<slug>/plot")
@needs(Permission.READ_PUBLIC)
def plot_by_code(slug: str) -> str:
    """The same page, for a code that cannot stand in a path: ``?code=..``."""
    return _plot(slug, request.args.get("code", ""))


def _plot(slug: str, code: str) -> str:
    asked = begin()
    page = atlas().plot(plain(slug), plain(code), asked)
    screen = page_map(View.PARK, page.moment, page.frame, {"park": page.park.slug})
    marked = address("tables.outline", what="plot", park=page.park.slug, code=page.code, **query_of(asked))
    return render_template("plot.html", page=page, screen=screen, keep=query_of(asked), marked=marked)


@places.get("/projects/<code>")
@needs(Permission.READ_PUBLIC)
def project(code: str) -> str:
    """A project: its facts, its plots, how it went."""
    asked = begin()
    page = atlas().project(plain(code), asked)
    where = page.project
    view, about = (View.PARK, {"park": where.park_slug}) if where.park_slug else (View.ZONE, {"zone": where.zone_slug})
    screen = page_map(view, page.moment, page.frame, about)
    marked = address("tables.outline", what="project", code=where.code, **query_of(asked))
    land = land_file_of(where.code, asked) if may(Permission.READ_INTERNAL) else None
    return render_template("project.html", page=page, screen=screen, keep=query_of(asked), marked=marked, land=land)


@places.get("/<any(parks, zones):group>/<slug>/sources")
@needs(Permission.READ_PUBLIC)
def sources(group: str, slug: str) -> str:
    """Every source of a page, with what it gave; ``?part=1`` without the page around it."""
    asked = begin()
    found = atlas().sources(Place(_KINDS[group], plain(slug)), asked)
    if parse_choice(request.args, "part", ["1"]):
        return render_template("sources_part.html", sources=found, keep=query_of(asked))
    page = atlas().park(slug, asked) if group == "parks" else atlas().zone(slug, asked)
    return render_template("sources_page.html", page=page, sources=found, group=group, slug=slug, keep=query_of(asked))


def plot_address(park: str, code: str) -> str:
    """The address of a plot, whatever signs its code has. To browsers a dot alone between slashes is a folder."""
    clocks = cast("dict[str, Any]", kept())
    if any(part in {"", ".", ".."} for part in code.split("/")):
        return url_for("places.plot_by_code", slug=park, code=code, **clocks)
    return url_for("places.plot", slug=park, code=code, **clocks)


def project_address(code: str) -> str:
    """The address of a project."""
    return url_for("places.project", code=code, **cast("dict[str, Any]", kept()))
