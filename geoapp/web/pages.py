"""The pages: the province, an economic zone, an industrial park."""

from flask import Blueprint, Response, current_app, render_template, request

from geoapp.catalog.model import View
from geoapp.core.permissions import Permission
from geoapp.services.themes import themes_of
from geoapp.web.api import atlas
from geoapp.web.page_parts import begin, page_map, plain
from geoapp.web.params import parse_choice, query_of
from geoapp.web.permissions import current_reader, needs

pages = Blueprint("pages", __name__)


@pages.get("/")
@needs(Permission.READ_PUBLIC)
def province() -> str:
    """The first page: all parks by one theme."""
    asked = begin()
    themes = themes_of(atlas().catalogue, View.PROVINCE, current_reader())
    asked_theme = parse_choice(request.args, "theme", [layer.id for theme in themes for layer in theme.layers])
    page = atlas().province(asked)
    shown = asked_theme or next((layer.id for t in themes for layer in t.layers if View.PROVINCE in layer.shown), None)
    screen = page_map(View.PROVINCE, page.moment, page.frame, {}, theme=shown)
    offered = {layer.id for theme in themes for layer in theme.layers}
    return render_template(
        "province.html",
        page=page,
        screen=screen,
        themes=themes,
        totals={total.share.layer: total for total in page.totals if total.share.layer in offered},
        shown=shown,
        keep=query_of(asked),
    )


@pages.get("/zones/<slug>")
@needs(Permission.READ_PUBLIC)
def zone(slug: str) -> str:
    """An economic zone."""
    asked = begin()
    page = atlas().zone(plain(slug), asked)
    screen = page_map(View.ZONE, page.moment, page.frame, {"zone": page.zone.slug})
    return render_template("zone.html", page=page, screen=screen, keep=query_of(asked))


@pages.get("/parks/<slug>")
@needs(Permission.READ_PUBLIC)
def park(slug: str) -> str:
    """An industrial park."""
    asked = begin()
    page = atlas().park(plain(slug), asked)
    screen = page_map(View.PARK, page.moment, page.frame, {"park": page.park.slug})
    return render_template("park.html", page=page, screen=screen, keep=query_of(asked))


@pages.get("/favicon.ico")
@needs(Permission.OPEN)
def icon() -> Response:
    """The sign of the program, where a browser asks for it by itself."""
    return current_app.send_static_file("icon.svg")
