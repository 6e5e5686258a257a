"""What every page shares: the clocks of a request, its map, its addresses, and what templates may ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext

from geoapp.catalog.model import Delivery, Layer, View
from geoapp.core.months import month_ends
from geoapp.core.permissions import Permission
from geoapp.maps.screen import MapLayer, MapRequest, ScreenMap, build_map
from geoapp.maps.style import Plain
from geoapp.services.moment import Asked, Moment
from geoapp.services.pages import Frame
from geoapp.services.themes import EXCLUSIVE, LIST_FIGURES, SHORT_TITLES, TARGETS, part_unit
from geoapp.web.api import atlas
from geoapp.web.assets import static_url
from geoapp.web.formats import iso_day
from geoapp.web.languages import check_language, language
from geoapp.web.params import parse_asked, query_of, today
from geoapp.web.permissions import current_reader, may
from geoapp.web.words_module import words_url

# Stands in an address for a name that the script puts in.
_ANY = "SLUG"


def use_page_parts(app: Flask) -> None:
    """What all templates may ask."""
    app.jinja_env.globals |= {
        "language": language,
        "here_with": here_with,
        "here_without": here_without,
        "nav_zones": nav_zones,
        "today": today,
        "code_label": code_label,
        "group_title": group_title,
        "months": months,
        "part_unit": part_unit,
        "sheet_address": sheet_address,
        "TARGETS": TARGETS,
        "words_url": words_url,
        "LIST_FIGURES": LIST_FIGURES,
    }


def begin() -> Asked:
    """The clocks of the request, once its language is known to be one of ours. Raises: InvalidRequest."""
    check_language()
    return parse_asked(request.args)


def plain(slug: str) -> str:
    """A name from an address; PostgreSQL takes every character but NUL."""
    return slug.replace("\0", "\ufffd")


@dataclass(frozen=True)
class OwnLayers:
    """Layers that only one page has: where they are described, their features, and where the map is taken away."""

    catalogue: str
    layers: Sequence[MapLayer]
    sheets: str | None = None


def page_map(
    view: View,
    moment: Moment,
    frame: Frame,
    about: Mapping[str, str],
    theme: str | None = None,
    own: OwnLayers | None = None,
) -> ScreenMap:
    """The map of a page.

    Args: about - the park or zone; theme - the theme that is on instead of the declared one; own - layers instead of
    those that the view offers.
    """
    clocks = {"as_of": moment.as_of.isoformat()}
    if moment.known_at:
        clocks |= query_of(Asked(None, moment.known_at, moment.as_of))
    query = {**clocks, **about}
    reader = current_reader()
    layers = [
        map_layer(
            layer, query, shown=layer.id == theme if theme and layer.exclusive == EXCLUSIVE else view in layer.shown
        )
        for layer in atlas().catalogue.of_view(view)
        if reader.may_read(layer.access)
    ]
    options: Plain = {
        "view": view,
        "language": language(),
        "catalogue": url_for("api.layers", view=view, lang=language()),
        "ready": url_for("health.ready"),
        "park_url": address("pages.park", slug=_ANY, **kept()),
        "plot_url": address("places.plot_by_code", slug=_ANY, **kept()),
        "project_url": address("places.project", code=_ANY, **kept()),
        "limits": frame.limits,
        "newest": (moment.last or moment.as_of).isoformat(),
        "here": about.get("park"),
        "as_of": moment.as_of.isoformat(),
        "known_at": iso_day(moment.known_at) if moment.known_at else None,
        "former_province": frame.former_province,
        "base_maps": _base_maps(),
        "charts": chart_files(),
    }
    if own:
        layers, options["catalogue"] = list(own.layers), own.catalogue
    g.sheets = options["sheets"] = own.sheets if own else _sheets(view, about)
    scenes = address("imagery.scenes", lang=language(), **clocks)
    return build_map(MapRequest(frame.bounds, layers, options, scenes), lambda path: static_url(f"vendor/{path}"))


def _sheets(view: View, about: Mapping[str, str]) -> str | None:
    """Where the map of a place can be taken away."""
    if not may(Permission.EXPORT):
        return None
    place = {} if view is View.PROVINCE else {"view": str(view), "slug": about[str(view)]}
    return address("sheets.form", **place, **kept())


def sheet_address() -> str | None:
    """Where the map of this page can be taken away without scripts; None: it is no page with such a map."""
    found: str | None = g.get("sheets")
    return found


def map_layer(layer: Layer, query: Mapping[str, str], *, shown: bool) -> MapLayer:
    """Where a layer of the catalogue is got from. Args: query - clocks, and the park or zone."""
    url = address("api.features", layer_id=layer.id, **query)
    if layer.delivery is not Delivery.TILES:
        return MapLayer(layer.id, url, shown, layer.order)
    first = url_for("tiles.tile", layer_id=layer.id, z=0, x=0, y=0, **cast("dict[str, Any]", dict(query)))
    template = first.replace("/0/0/0.mvt", "/{z}/{x}/{y}.mvt", 1)
    return MapLayer(layer.id, url, shown, layer.order, template, address("tiles.summary", layer_id=layer.id, **query))


def chart_files() -> Plain:
    """Where the library of charts is, loaded when a chart comes into view, and what is said where it is not."""
    files = {"vega": "vega/build/vega.min.js", "lite": "vega-lite/build/vega-lite.min.js"}
    files |= {"embed": "vega-embed/build/vega-embed.min.js"}
    told = {name: static_url(f"vendor/{path}") for name, path in files.items()}
    return told | {"failed": gettext("The chart could not be drawn; its figures are in the table.")}


def _base_maps() -> list[Plain]:
    """The online base maps that may be chosen, in the language of the request."""
    return [
        {
            "id": one.id,
            "title": one.title.text(language()),
            "url": one.url,
            "attribution": one.attribution.text(language()),
            "note": one.note.text(language()),
            "max_zoom": one.max_zoom,
            "referrer": one.referrer,
        }
        for one in current_app.extensions["base_maps"]
    ]


def address(endpoint: str, **values: str) -> str:
    """The address of a view; none of the values that we hand on is one of Flask's own parameters."""
    return url_for(endpoint, **cast("dict[str, Any]", values))


def kept() -> dict[str, str]:
    """The clocks as asked, for links that keep them."""
    return query_of(parse_asked(request.args))


def here_with(**changes: str) -> str:
    """The same page asked otherwise; relative, so that nothing of the address is built from what was asked."""
    return "?" + urlencode({**request.args.to_dict(), **changes})


def nav_zones(page: Any) -> Sequence[Any]:
    """The zones that the head of a page names: those it has read, else those of its day."""
    zones = getattr(page, "zones", None)
    return zones if zones is not None else atlas().zones(parse_asked(request.args))


def here_without(name: str) -> str:
    """The same page without one parameter."""
    return "?" + urlencode({key: value for key, value in request.args.items() if key != name})


def code_label(codes: str, code: str | None) -> str:
    """The label of a code in the language of the request; a dash for None."""
    if code is None:
        return "–"
    label = atlas().catalogue.codes.get(codes, {}).get(code)
    return label.text(language()) if label else code


def group_title(group: str) -> tuple[str, bool]:
    """The title of a group of layers, and whether it is a message to translate."""
    if group in SHORT_TITLES:
        return SHORT_TITLES[group], True
    return atlas().catalogue.groups[group].text(language()), False


def months(moment: Moment) -> list[date]:
    """Last days of the months that have figures, newest first, and the day that is shown."""
    days = {moment.as_of}
    if moment.first and moment.last:
        days |= set(month_ends(moment.first, moment.last))
    return sorted(days, reverse=True)
