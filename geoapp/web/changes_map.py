"""The layer of what changed: described by the same style model as every layer, one class for each reason."""

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
from geoapp.services.changes_figures import Figure
from geoapp.web.formats import unit_sign
from geoapp.web.languages import language
from geoapp.web.page_parts import OwnLayers, address, map_layer

LAYER = "changed"
GROUP = "changes"
_ORDER = 90
# What lies under the changes: the base map, and where parks and zone are.
_BASE_GROUP = "context"
_BASE = ("zone_boundary", "park_outline")
_LOOKS: dict[str, dict[str, object]] = {
    "entered": {"fill": "#2a9d74", "stroke": "#0d5a41"},
    "left": {"fill": "#f0a46b", "stroke": "#9a4a12", "pattern": Pattern.HATCH},
    "remeasured": {"fill": "#c3b8e2", "stroke": "#54428f", "pattern": Pattern.DOTS},
    "added": {"fill": "#8fc1e8", "stroke": "#1d5488", "dash": "2 2"},
    "removed": {"fill": "#d5d9dd", "stroke": "#4a545d", "pattern": Pattern.CROSS},
    "corrected": {"fill": "#f5d76e", "stroke": "#7a5f00", "pattern": Pattern.HATCH},
}


def own_layers(catalogue: Catalogue, query: dict[str, str]) -> OwnLayers:
    """The layers of the map: the base, and what changed. Args: query - what was asked, as it stands in an address."""
    clocks: dict[str, str] = {name: query[name] for name in ("as_of", "known_at") if name in query}
    base = [map_layer(layer, clocks, shown=True) for layer in _base(catalogue)]
    about = {name: value for name, value in query.items() if name not in clocks}
    changed = MapLayer(LAYER, address("changes.features", **about), True, _ORDER)
    return OwnLayers(url_for("changes.layers", figure=query["figure"], lang=language()), [*base, changed])


def describe(catalogue: Catalogue, figure: Figure) -> Plain:
    """The layers of the map as the panel and the drawing need them, in the language of the request."""
    offered = {layer.id: layer for layer in _base(catalogue)}
    described = describe_catalogue(replace(catalogue, layers=offered), None, language())
    codes = {**catalogue.codes, "change_reason": _reasons(figure)}
    changed = describe_layer(_layer(figure), replace(catalogue, codes=codes), language())
    groups = [{"id": GROUP, "title": _("What changed")}, *described["groups"]]  # type: ignore[misc]
    return {**described, "groups": groups, "layers": [changed, *described["layers"]]}  # type: ignore[misc]


def _base(catalogue: Catalogue) -> list[Layer]:
    return [
        layer
        for layer in catalogue.layers.values()
        if (layer.group == _BASE_GROUP or layer.id in _BASE) and layer.access is AccessClass.PUBLIC
    ]


def _reasons(figure: Figure) -> dict[str, Label]:
    words = {reason: _told(_(word)) for reason, word in figure.words.items()}
    return {**words, "corrected": _told(_("correction of the figures"))}


def _told(text: str) -> Label:
    """A text that is in the language of the request already."""
    return Label(text, text)


def _layer(figure: Figure) -> Layer:
    unit = _told(unit_sign(figure.unit))
    reasons = _reasons(figure)
    classes = tuple(StyleClass(key, reasons[key], value=key, **look) for key, look in _LOOKS.items())  # type: ignore[arg-type]
    shown = figure.decimals if figure.unit != "ha" else 2
    fields = [
        Field("name", _told(_("Name")), FieldType.TEXT, localized=True),
        Field("reason", _told(_("Reason")), FieldType.CODE, codes="change_reason"),
        Field("delta", _told(_("Difference")), FieldType.NUMBER, unit=unit, decimals=figure.decimals),
        Field("before_state", _told(_("State before")), FieldType.CODE, codes=figure.codes),
        Field("after_state", _told(_("State after")), FieldType.CODE, codes=figure.codes),
        Field("before_measure", _told(_("Size before")), FieldType.NUMBER, unit=unit, decimals=shown),
        Field("after_measure", _told(_("Size after")), FieldType.NUMBER, unit=unit, decimals=shown),
    ]
    return Layer(
        id=LAYER,
        group=GROUP,
        title=_told(_(figure.title)),
        method=_told(_("Only what changed between the two days, by the reason of its largest part.")),
        access=AccessClass.PUBLIC,
        geometry=Geometry.MIXED,
        order=_ORDER,
        views=frozenset(View),
        shown=frozenset(View),
        style=Style(StyleKind.CATEGORY, classes, field="reason"),
        label="name",
        sql="",
        path=Path(),
        fields={field.name: field for field in fields},
        tooltip=("reason", "delta"),
        popup=tuple(field.name for field in fields if field.name != "name"),
        marker_below_px=9,
    )
