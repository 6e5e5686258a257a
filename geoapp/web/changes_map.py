"""The layer of what changed: described by the same style model as every layer, one class for each reason."""

from pathlib import Path

from flask import url_for

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
from geoapp.core.units import unit_sign
from geoapp.errors import N_
from geoapp.kinds import AccessClass
from geoapp.maps.screen import MapLayer
from geoapp.services.changes_figures import Figure
from geoapp.services.snapshot.own import base_layers
from geoapp.web.languages import language
from geoapp.web.own_layers import OwnLayer, both
from geoapp.web.page_parts import OwnLayers, address, map_layer

LAYER = "changed"
GROUP = "changes"
_ORDER = 90
_LOOKS: dict[str, dict[str, object]] = {
    "entered": {"fill": "#2a9d74", "stroke": "#0d5a41"},
    "left": {"fill": "#f0a46b", "stroke": "#9a4a12", "pattern": Pattern.HATCH},
    "remeasured": {"fill": "#c3b8e2", "stroke": "#54428f", "pattern": Pattern.DOTS},
    "added": {"fill": "#8fc1e8", "stroke": "#1d5488", "dash": "2 2"},
    "removed": {"fill": "#d5d9dd", "stroke": "#4a545d", "pattern": Pattern.CROSS},
    "corrected": {"fill": "#f5d76e", "stroke": "#7a5f00", "pattern": Pattern.HATCH},
}


def own_layers(catalogue: Catalogue, query: dict[str, str], sheets: str | None) -> OwnLayers:
    """The layers of the map: the base, and what changed.

    Args: query - what was asked, as it stands in an address; sheets - where the map can be taken away.
    """
    clocks: dict[str, str] = {name: query[name] for name in ("as_of", "known_at") if name in query}
    base = [map_layer(layer, clocks, shown=True) for layer in base_layers(catalogue)]
    about = {name: value for name, value in query.items() if name not in clocks}
    changed = MapLayer(LAYER, address("changes.features", **about), True, _ORDER)
    described = url_for("changes.layers", figure=query["figure"], lang=language())
    return OwnLayers(described, [*base, changed], sheets)


def layer_of_changes(figure: Figure) -> OwnLayer:
    """What changed of a figure, as a layer in both languages."""
    return OwnLayer(_layer(figure), both(N_("What changed")), {"change_reason": _reasons(figure)})


def _reasons(figure: Figure) -> dict[str, Label]:
    words = {reason: both(word) for reason, word in figure.words.items()}
    return {**words, "corrected": both(N_("correction of the figures"))}


def _layer(figure: Figure) -> Layer:
    unit = Label(unit_sign(figure.unit, "vi"), unit_sign(figure.unit, "en"))
    reasons = _reasons(figure)
    classes = tuple(StyleClass(key, reasons[key], value=key, **look) for key, look in _LOOKS.items())  # type: ignore[arg-type]
    shown = figure.decimals if figure.unit != "ha" else 2
    fields = [
        Field("name", both(N_("Name")), FieldType.TEXT, localized=True),
        Field("reason", both(N_("Reason")), FieldType.CODE, codes="change_reason"),
        Field("delta", both(N_("Difference")), FieldType.NUMBER, unit=unit, decimals=figure.decimals),
        Field("before_state", both(N_("State before")), FieldType.CODE, codes=figure.codes),
        Field("after_state", both(N_("State after")), FieldType.CODE, codes=figure.codes),
        Field("before_measure", both(N_("Size before")), FieldType.NUMBER, unit=unit, decimals=shown),
        Field("after_measure", both(N_("Size after")), FieldType.NUMBER, unit=unit, decimals=shown),
    ]
    return Layer(
        id=LAYER,
        group=GROUP,
        title=both(figure.title),
        method=both(N_("Only what changed between the two days, by the reason of its largest part.")),
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
