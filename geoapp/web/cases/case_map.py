"""The layer of cases on a map: by state, described by the same style model as every layer."""

from dataclasses import replace
from pathlib import Path

from flask import url_for
from flask_babel import gettext as _

from geoapp.catalog.model import (
    Catalogue,
    Field,
    FieldType,
    Geometry,
    Label,
    Layer,
    Pattern,
    Style,
    StyleClass,
    StyleKind,
    View,
)
from geoapp.kinds import AccessClass
from geoapp.maps.screen import MapLayer
from geoapp.maps.style import Plain, describe_catalogue, describe_layer
from geoapp.web.api import atlas
from geoapp.web.languages import language
from geoapp.web.page_parts import OwnLayers, address, map_layer

LAYER = "cases"
_ORDER = 90
_BASE_GROUP = "context"
_BASE = ("zone_boundary", "park_outline")
_LOOKS: dict[str, dict[str, object]] = {
    "over": {"fill": "#b3261e", "stroke": "#7c150f"},
    "in_30": {"fill": "#e67e22", "stroke": "#9c4f0c"},
    "in_180": {"fill": "#f5d76e", "stroke": "#a08a00"},
    "later": {"fill": "#9fb3a8", "stroke": "#6d8479"},
    "none": {"fill": "#ffffff", "stroke": "#6b6b6b", "pattern": Pattern.HATCH},
    "ended": {"fill": "#d5d9dd", "stroke": "#4a545d", "pattern": Pattern.CROSS},
}


def own_layers(number: int | None) -> OwnLayers:
    """The layers of a map of cases. Args: number - of the only case that is shown; None: all open ones."""
    base = [map_layer(layer, {}, shown=True) for layer in _base(atlas().catalogue)]
    about = {"case": str(number)} if number is not None else {}
    shown = MapLayer(LAYER, address("cases.features", **about), True, _ORDER)
    return OwnLayers(url_for("cases.layers", lang=language()), [*base, shown])


def describe(catalogue: Catalogue) -> Plain:
    """The layers of the map as the panel and the drawing need them, in the language of the request."""
    offered = {layer.id: layer for layer in _base(catalogue)}
    described = describe_catalogue(replace(catalogue, layers=offered), None, language())
    codes = {**catalogue.codes, "case_time": _times()}
    layer = describe_layer(_layer(), replace(catalogue, codes=codes), language())
    groups = [{"id": LAYER, "title": _("Land cases")}, *described["groups"]]  # type: ignore[misc]
    return {**described, "groups": groups, "layers": [layer, *described["layers"]]}  # type: ignore[misc]


def _base(catalogue: Catalogue) -> list[Layer]:
    return [
        layer
        for layer in catalogue.layers.values()
        if (layer.group == _BASE_GROUP or layer.id in _BASE) and layer.access is AccessClass.PUBLIC
    ]


def _times() -> dict[str, Label]:
    words: dict[str, str] = {
        "over": _("deadline passed"),
        "in_30": _("at most 30 days left"),
        "in_180": _("at most 180 days left"),
        "later": _("more than 180 days left"),
        "none": _("no deadline"),
        "ended": _("dismissed or closed"),
    }
    return {code: _told(word) for code, word in words.items()}


def _told(text: str) -> Label:
    """A text that is in the language of the request already."""
    return Label(text, text)


def _layer() -> Layer:
    times = _times()
    classes = tuple(StyleClass(key, times[key], value=key, **look) for key, look in _LOOKS.items())  # type: ignore[arg-type]
    fields = [
        Field("name", _told(_("Name")), FieldType.TEXT),
        Field("number", _told(_("Case")), FieldType.INTEGER),
        Field("time", _told(_("Time left")), FieldType.CODE, codes="case_time"),
        Field("state", _told(_("State")), FieldType.CODE, codes="case_state"),
        Field("sign", _told(_("Sign")), FieldType.CODE, codes="clock_state"),
        Field("due_on", _told(_("Deadline")), FieldType.DATE),
        Field("area_ha", _told(_("Area concerned")), FieldType.NUMBER, unit=_told("ha"), decimals=2),
        Field("assignee", _told(_("Responsible person")), FieldType.TEXT),
    ]
    return Layer(
        id=LAYER,
        group=LAYER,
        title=_told(_("Cases by the time that is left")),
        method=_told(_("Signs and proposals, not conclusions. By the next deadline of the case.")),
        access=AccessClass.INTERNAL,
        geometry=Geometry.MIXED,
        order=_ORDER,
        views=frozenset(View),
        shown=frozenset(View),
        style=Style(StyleKind.CATEGORY, classes, field="time"),
        label="name",
        sql="",
        path=Path(),
        fields={field.name: field for field in fields},
        tooltip=("state", "due_on"),
        popup=tuple(field.name for field in fields if field.name != "name"),
        marker_below_px=9,
    )
