"""The layer of cases on a map: by state, described by the same style model as every layer."""

from collections.abc import Mapping
from pathlib import Path

from geoapp.catalog.model import (
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
from geoapp.core.permissions import Permission
from geoapp.errors import N_
from geoapp.kinds import AccessClass
from geoapp.maps.screen import MapLayer
from geoapp.services.moment import Moment
from geoapp.services.snapshot.own import base_layers
from geoapp.web.api import atlas
from geoapp.web.languages import language
from geoapp.web.own_layers import OwnLayer, both, same
from geoapp.web.page_parts import OwnLayers, address, map_layer
from geoapp.web.permissions import may

LAYER = "cases"
_ORDER = 90
# Around one case lie the plots beside it; under all cases together they would only be noise.
_AROUND = ("plot_state",)
_LOOKS: dict[str, dict[str, object]] = {
    "over": {"fill": "#b3261e", "stroke": "#7c150f"},
    "in_30": {"fill": "#e67e22", "stroke": "#9c4f0c"},
    "in_180": {"fill": "#f5d76e", "stroke": "#a08a00"},
    "later": {"fill": "#9fb3a8", "stroke": "#6d8479"},
    "none": {"fill": "#ffffff", "stroke": "#6b6b6b", "pattern": Pattern.HATCH},
    "ended": {"fill": "#d5d9dd", "stroke": "#4a545d", "pattern": Pattern.CROSS},
}


def own_layers(number: int | None, clocks: Mapping[str, str], moment: Moment) -> OwnLayers:
    """The layers of a map of cases.

    Args: number - of the only case that is shown; None: all open ones; clocks - of the page, as in its address;
    moment - what they come to.
    """
    at = {"as_of": moment.as_of.isoformat(), **clocks}
    base = [map_layer(layer, at, shown=True) for layer in base_layers(atlas().catalogue, _under(number))]
    about = {"case": str(number)} if number is not None else {}
    shown = MapLayer(LAYER, address("cases.features", **about), True, _ORDER)
    sheets = address("sheets.cases_form", **about, **clocks) if may(Permission.EXPORT_INTERNAL) else None
    return OwnLayers(address("cases.layers", lang=language(), **about), [*base, shown], sheets)


def layer_of_cases(number: int | None) -> OwnLayer:
    """Cases as a layer in both languages. Args: number - of the only case that is shown; None: all open ones."""
    return OwnLayer(_layer(), both(N_("Land cases")), {"case_time": _times()}, _under(number))


def _under(number: int | None) -> tuple[str, ...]:
    return () if number is None else _AROUND


def _times() -> dict[str, Label]:
    return {
        "over": both(N_("deadline passed")),
        "in_30": both(N_("at most 30 days left")),
        "in_180": both(N_("at most 180 days left")),
        "later": both(N_("more than 180 days left")),
        "none": both(N_("no deadline")),
        "ended": both(N_("dismissed or closed")),
    }


def _layer() -> Layer:
    times = _times()
    classes = tuple(StyleClass(key, times[key], value=key, **look) for key, look in _LOOKS.items())  # type: ignore[arg-type]
    fields = [
        Field("name", both(N_("Name")), FieldType.TEXT),
        Field("number", both(N_("Case")), FieldType.INTEGER),
        Field("time", both(N_("Time left")), FieldType.CODE, codes="case_time"),
        Field("state", both(N_("State")), FieldType.CODE, codes="case_state"),
        Field("sign", both(N_("Sign")), FieldType.CODE, codes="clock_state"),
        Field("due_on", both(N_("Deadline")), FieldType.DATE),
        Field("area_ha", both(N_("Area concerned")), FieldType.NUMBER, unit=same("ha"), decimals=2),
        Field("assignee", both(N_("Responsible person")), FieldType.TEXT),
    ]
    return Layer(
        id=LAYER,
        group=LAYER,
        title=both(N_("Cases by the time that is left")),
        method=both(N_("Signs and proposals, not conclusions. By the next deadline of the case.")),
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
