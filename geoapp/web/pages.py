"""The pages: the province, an economic zone, an industrial park."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, current_app, render_template, request, url_for

from geoapp.catalog.model import View
from geoapp.kinds import AccessClass
from geoapp.maps.screen import MapLayer, MapRequest, ScreenMap, build_map
from geoapp.maps.style import Plain
from geoapp.services.moment import Asked, Moment
from geoapp.services.pages import Frame
from geoapp.services.themes import EXCLUSIVE, SHORT_TITLES, TARGETS, part_unit, themes_of
from geoapp.web.api import atlas
from geoapp.web.assets import static_url
from geoapp.web.languages import check_language, language
from geoapp.web.params import parse_asked, parse_choice, query_of
from geoapp.web.words import script_words

pages = Blueprint("pages", __name__)
# Stands in an address for a name that the script puts in.
_ANY = "SLUG"
_FEW_PROJECTS = 12


def use_pages(app: Flask) -> None:
    """The pages, and what all templates may ask."""
    app.register_blueprint(pages)
    app.jinja_env.globals |= {
        "language": language,
        "here_with": _here_with,
        "code_label": _code_label,
        "group_title": _group_title,
        "months": _months,
        "part_unit": part_unit,
        "TARGETS": TARGETS,
    }


@pages.get("/")
def province() -> str:
    """The first page: all parks by one theme."""
    asked = _begin()
    themes = themes_of(atlas().catalogue, View.PROVINCE)
    asked_theme = parse_choice(request.args, "theme", [layer.id for theme in themes for layer in theme.layers])
    page = atlas().province(asked)
    shown = asked_theme or next((layer.id for t in themes for layer in t.layers if View.PROVINCE in layer.shown), None)
    screen = _map(View.PROVINCE, page.moment, page.frame, {}, theme=shown)
    offered = {layer.id for theme in themes for layer in theme.layers}
    totals = [total for total in page.totals if total.share.layer in offered]
    return render_template(
        "province.html", page=page, screen=screen, themes=themes, totals=totals, shown=shown, keep=query_of(asked)
    )


@pages.get("/zones/<slug>")
def zone(slug: str) -> str:
    """An economic zone."""
    asked = _begin()
    page = atlas().zone(_plain(slug), asked, _most_projects())
    screen = _map(View.ZONE, page.moment, page.frame, {"zone": page.zone.slug})
    return render_template("zone.html", page=page, screen=screen, keep=query_of(asked))


@pages.get("/parks/<slug>")
def park(slug: str) -> str:
    """An industrial park."""
    asked = _begin()
    page = atlas().park(_plain(slug), asked, _most_projects())
    screen = _map(View.PARK, page.moment, page.frame, {"park": page.park.slug})
    return render_template("park.html", page=page, screen=screen, keep=query_of(asked))


@pages.get("/favicon.ico")
def icon() -> Response:
    """The sign of the program, where a browser asks for it by itself."""
    return current_app.send_static_file("icon.svg")


def _most_projects() -> int | None:
    """A page lists the first projects; all of them only where a reader asks for them."""
    return None if parse_choice(request.args, "projects", ["all"]) else _FEW_PROJECTS


def _begin() -> Asked:
    check_language()
    return parse_asked(request.args)


def _plain(slug: str) -> str:
    """A name from an address; PostgreSQL takes every character but NUL."""
    return slug.replace("\0", "\ufffd")


def _map(view: View, moment: Moment, frame: Frame, about: Mapping[str, str], theme: str | None = None) -> ScreenMap:
    """The map of a page. Args: about - the park or zone; theme - the theme that is on instead of the declared one."""
    query = {"as_of": moment.as_of.isoformat(), **about}
    if moment.known_at:
        query |= query_of(Asked(None, moment.known_at, moment.as_of))
    layers = [
        MapLayer(
            layer.id,
            _address("api.features", layer_id=layer.id, **query),
            layer.id == theme if theme and layer.exclusive == EXCLUSIVE else view in layer.shown,
            layer.order,
        )
        for layer in atlas().catalogue.of_view(view)
        if layer.access is AccessClass.PUBLIC
    ]
    options: Plain = {
        "view": view,
        "language": language(),
        "catalogue": url_for("api.layers", view=view, lang=language()),
        "ready": url_for("health.ready"),
        "park_url": _address("pages.park", slug=_ANY, **_kept()),
        "limits": frame.limits,
        "here": about.get("park"),
        "words": script_words(),
    }
    return build_map(MapRequest(frame.bounds, layers, options), lambda path: static_url(f"vendor/{path}"))


def _address(endpoint: str, **values: str) -> str:
    """The address of a view; none of the values that we hand on is one of Flask's own parameters."""
    return url_for(endpoint, **cast("dict[str, Any]", values))


def _kept() -> dict[str, str]:
    return query_of(parse_asked(request.args))


def _here_with(**changes: str) -> str:
    """The same page asked otherwise; relative, so that nothing of the address is built from what was asked."""
    return "?" + urlencode({**request.args.to_dict(), **changes})


def _code_label(codes: str, code: str | None) -> str:
    """The label of a code in the language of the request; a dash for None."""
    if code is None:
        return "–"
    label = atlas().catalogue.codes.get(codes, {}).get(code)
    return label.text(language()) if label else code


def _group_title(group: str) -> tuple[str, bool]:
    """The title of a group of layers, and whether it is a message to translate."""
    if group in SHORT_TITLES:
        return SHORT_TITLES[group], True
    return atlas().catalogue.groups[group].text(language()), False


def _months(moment: Moment) -> list[date]:
    """Last days of the months that have figures, newest first, and the day that is shown."""
    days = {moment.as_of}
    if moment.first and moment.last:
        first, last = (d.year * 12 + d.month - 1 for d in (moment.first, moment.last))
        ends = (date(m // 12, m % 12 + 1, monthrange(m // 12, m % 12 + 1)[1]) for m in range(first, last + 1))
        days |= {min(end, moment.last) for end in ends}
    return sorted(days, reverse=True)
