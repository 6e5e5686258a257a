"""What a layer declaration says, as frozen objects. Made by ``load``; everybody else only reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from geoapp.kinds import AccessClass

NO_DATA = "no_data"
"""Key of the class for what is not known; a code of this name is drawn by it too."""

TRUST_COLUMNS: Mapping[str, str] = {
    "quality": "text",
    "source": "text",
    "source_key": "text",
    "observed_on": "date",
    "approximate": "boolean",
}
"""Columns every layer brings beside its fields, with their types."""

PARAMETERS = ("as_of", "known_at", "park_id", "zone_id")
"""Bound parameters that the SQL of a layer may use: date, timestamptz, integer or null, integer or null."""


LEVEL_PARAMETERS = (*PARAMETERS, "box")
"""What the SQL of a level may use as well: the tile with its margin, a geometry in EPSG:3857."""

DAYS_PARAMETERS = ("known_at", "park_id", "box")
"""What the SQL of all days may use."""

LEVEL_COLUMNS: Mapping[str, str] = {
    "id": "text",
    "name_vi": "text",
    "name_en": "text",
    "park_slug": "text",
    "things": "integer",
    "area_ha": "number",
    "quality": "text",
    "approximate": "boolean",
}
"""Columns that every level brings beside ``geom_3857`` and the field that is drawn."""


class Delivery(StrEnum):
    """How features reach the map: all at once, or as vector tiles."""

    FEATURES = "features"
    TILES = "tiles"


class Geometry(StrEnum):
    """What a layer draws."""

    POINT = "point"
    LINE = "line"
    POLYGON = "polygon"
    MIXED = "mixed"


class View(StrEnum):
    """Pages with a map."""

    PROVINCE = "province"
    ZONE = "zone"
    PARK = "park"


class FieldType(StrEnum):
    """How the value of a field is understood and written."""

    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    DATE = "date"
    BOOLEAN = "boolean"
    CODE = "code"


class StyleKind(StrEnum):
    """How features get their class."""

    SINGLE = "single"
    CATEGORY = "category"
    GRADUATED = "graduated"


class Pattern(StrEnum):
    """Drawn over the fill, so that colour is never the only cue."""

    NONE = "none"
    HATCH = "hatch"
    CROSS = "cross"
    DOTS = "dots"


class Refresh(StrEnum):
    """How often the data behind a layer change; ``never`` also frees the SQL from both clocks."""

    MONTHLY = "monthly"
    ON_CHANGE = "on_change"
    NEVER = "never"


@dataclass(frozen=True)
class Label:
    """One text in both languages."""

    vi: str
    en: str

    def text(self, lang: str) -> str:
        """The text in a language: English for ``en``, otherwise Vietnamese."""
        return self.en if lang == "en" else self.vi


@dataclass(frozen=True)
class Field:
    """One field of a layer. ``codes`` names a list of ``codes.toml``; a localized field comes as two columns."""

    name: str
    title: Label
    type: FieldType
    unit: Label | None = None
    decimals: int = 0
    codes: str | None = None
    localized: bool = False
    hide_empty: bool = False
    """Left out of the popup when empty, where "no data" would be wrong (a remark that does not apply)."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that the SQL gives for this field."""
        return (f"{self.name}_vi", f"{self.name}_en") if self.localized else (self.name,)


@dataclass(frozen=True)
class StyleClass:
    """How one class is drawn. Colours #rrggbb or None (not drawn), lengths in screen pixels.

    ``value`` is the code of a category; ``lower <= v < upper`` bounds a graduated class (None: open; the last class
    includes its upper bound); a single class has neither.
    """

    key: str
    label: Label
    value: str | None = None
    lower: float | None = None
    upper: float | None = None
    fill: str | None = None
    stroke: str | None = None
    width: float = 1.0
    dash: str = ""
    pattern: Pattern = Pattern.NONE
    radius: float = 6.0
    ring: str | None = None
    opacity: float = 1.0


@dataclass(frozen=True)
class Mark:
    """A target line in a graduated legend."""

    at: float
    label: Label


@dataclass(frozen=True)
class Style:
    """How a layer is drawn; ``no_data`` is there for category and graduated layers."""

    kind: StyleKind
    classes: tuple[StyleClass, ...]
    field: str | None = None
    no_data: StyleClass | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Days:
    """One SELECT that gives what its twin gives as of any day, for all days at once.

    ``valid`` is the column, a daterange, of the days on which a row holds.
    """

    sql: str
    parameters: frozenset[str]


@dataclass(frozen=True)
class Level:
    """What stands for the features of a tile layer from far away: one SELECT, up to a zoom of the map."""

    name: str
    title: Label
    max_zoom: int
    sql: str = ""
    parameters: frozenset[str] = frozenset()
    days: Days | None = None


@dataclass(frozen=True)
class Layer:
    """One layer as declared by ``layers/<group>/<id>/layer.toml`` and ``layer.sql``.

    Zooms are web map zoom levels; ``marker_below_px`` is the screen size under which a polygon gets a marker.
    """

    id: str
    group: str
    title: Label
    method: Label
    access: AccessClass
    geometry: Geometry
    order: int
    views: frozenset[View]
    shown: frozenset[View]
    style: Style
    label: str
    sql: str
    path: Path
    fields: Mapping[str, Field] = field(default_factory=dict)
    tooltip: tuple[str, ...] = ()
    popup: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """Numerator and denominator of the share that is drawn, in one unit; none where there are no parts."""
    exclusive: str | None = None
    min_zoom: int = 0
    max_zoom: int = 19
    marker_below_px: int | None = None
    label_from_zoom: int | None = None
    """Names are written on the map from this zoom; None: never."""
    refresh: Refresh = Refresh.ON_CHANGE
    parameters: frozenset[str] = frozenset()
    """Bound parameters that the SQL names."""
    delivery: Delivery = Delivery.FEATURES
    days: Days | None = None
    """Tile layers only: None where what is drawn on a day must be reckoned for that day."""
    levels: tuple[Level, ...] = ()
    """From far to near; from closer up than the last one the features themselves are drawn. Tile layers only."""


@dataclass(frozen=True)
class Catalogue:
    """All layers by id, in the order of their groups, then drawing order; groups and code lists with their labels."""

    layers: Mapping[str, Layer]
    groups: Mapping[str, Label]
    codes: Mapping[str, Mapping[str, Label]]

    def of_view(self, view: View) -> tuple[Layer, ...]:
        """Layers that a page offers, in the order of the catalogue."""
        return tuple(layer for layer in self.layers.values() if view in layer.views)
