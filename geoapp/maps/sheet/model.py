"""What a sheet of paper shows: handed over by the use cases, read by everything that draws."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

import geopandas
from shapely.geometry.base import BaseGeometry

from geoapp.catalog.model import Layer, Level


class Form(StrEnum):
    """Files that a sheet can be."""

    PNG = "png"
    PDF = "pdf"
    SVG = "svg"


@dataclass(frozen=True)
class Paper:
    """A sheet of paper. ``name``: A4, A3, A2 or A1 (others are refused); lengths in millimetres as it lies."""

    name: str
    width_mm: float
    height_mm: float

    @property
    def is_landscape(self) -> bool:
        """Wider than high."""
        return self.width_mm > self.height_mm


@dataclass(frozen=True)
class Extent:
    """Ground that must be on the sheet, in degrees of EPSG:4326; the next even scale that holds it is taken."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class AtScale:
    """A true scale around a place. ``lon``, ``lat``: EPSG:4326; ``scale``: the denominator, such as 5000."""

    lon: float
    lat: float
    scale: int


View = Extent | AtScale


@dataclass(frozen=True)
class SheetLayer:
    """A layer of the catalogue with its rows.

    ``frame``: the columns of ``layer.sql`` (or of the level's SQL), geometry in EPSG:4326, filters already applied;
    ``level``: what stands for the features of a tile layer from far away; ``hidden``: keys of classes not drawn.
    """

    layer: Layer
    frame: geopandas.GeoDataFrame
    level: Level | None = None
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Context:
    """What small maps in the margin are made of, in EPSG:4326.

    ``places``: points of all parks; ``home``: the name of the province.
    """

    land: BaseGeometry | None = None
    places: BaseGeometry | None = None
    home: str = ""


@dataclass(frozen=True)
class Marked:
    """Features marked as changed: ids by id of the layer, and what the mark means, for the legend."""

    ids: Mapping[str, frozenset[str]]
    label: str


@dataclass(frozen=True)
class Sheet:
    """One map on one sheet.

    ``layers``: in drawing order, the lowest first; ``epsg``: zone of VN-2000, see ``core.coordinates.ZONES``;
    ``known_at``: what was known then (None: now); ``say``: gives the English text of a message in the language of the
    sheet; ``sources``, ``notes``: lines as they are printed (quality, limits); ``link``: what the QR code opens, empty
    for none.
    """

    paper: Paper
    title: str
    subtitle: str
    layers: tuple[SheetLayer, ...]
    view: View
    epsg: int
    as_of: date
    known_at: datetime | None
    language: str
    say: Callable[[str], str]
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    agency: str = ""
    maker: str = ""
    link: str = ""
    context: Context = field(default_factory=Context)
    marked: Marked | None = None


@dataclass(frozen=True)
class Compare:
    """Two states of one place side by side at one scale.

    ``left`` gives paper, view, title, sources and all else; of ``right`` only layers, day, known_at and marks count.
    """

    left: Sheet
    right: Sheet


@dataclass(frozen=True)
class FigureRow:
    """One row of a table of figures, as it is printed. ``note``: day and quality, small."""

    label: str
    value: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class FigureTable:
    """A table under the map of a page: its title and its rows; ``columns``: heads of label, value and note."""

    title: str
    rows: tuple[FigureRow, ...]
    columns: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True)
class ParkPage:
    """A page about a park: its map, tables of figures, and paragraphs of text."""

    sheet: Sheet
    tables: tuple[FigureTable, ...] = ()
    paragraphs: tuple[str, ...] = ()


Page = Sheet | Compare | ParkPage


@dataclass(frozen=True)
class Limits:
    """What is drawn at most: pixels of a picture; least and most dots an inch; least and most denominators."""

    pixels: int = 300_000_000
    dpi: tuple[int, int] = (72, 600)
    scale: tuple[int, int] = (100, 5_000_000)


@dataclass(frozen=True)
class WorldFile:
    """Where a PNG lies: the text of the ``.pgw``, of the ``.prj``, and of the ``.png.aux.xml``.

    GDAL and QGIS take the projection from the last one; other programs from the ``.prj``.
    """

    world: str
    projection: str
    auxiliary: str
