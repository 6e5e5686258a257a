"""Sheets for tests: layers of the catalogue with rows whose places and classes are known."""

import gettext
import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import geopandas
import numpy as np
import shapely

import geoapp.web
from geoapp.catalog.load import load_catalogue
from geoapp.catalog.model import Catalogue, Geometry, Layer, StyleKind
from geoapp.core.coordinates import from_vn2000
from geoapp.maps.sheet.model import AtScale, Context, Sheet, SheetLayer
from geoapp.maps.sheet.papers import get_paper
from geoapp.resources import layers_dir

_TRANSLATIONS = Path(geoapp.web.__file__).parent / "translations"
EPSG = 9209
# Eastings and northings of the middle of what is drawn, in the zone.
EAST, NORTH = 569_700.0, 2_258_900.0
LINK = "https://ban-do.example/parks/thu?as_of=2026-10-31&lang=vi"
STATES = ("not_cleared", "cleared", "available", "reserved", "leased", "building", "operating", "shared")


@cache
def catalogue() -> Catalogue:
    """The layers of the program."""
    return load_catalogue(layers_dir())


def place(east: float, north: float) -> tuple[float, float]:
    """Metres from the middle as longitude and latitude."""
    return from_vn2000(EAST + east, NORTH + north, EPSG)


def rectangle(east: float, north: float, width: float, height: float) -> shapely.Polygon:
    """A rectangle in metres from the middle, straight in VN-2000."""
    corners = [(east, north), (east + width, north), (east + width, north + height), (east, north + height)]
    return shapely.Polygon([place(*corner) for corner in corners])


def frame(layer: Layer, shapes: Sequence[object], **columns: Sequence[object]) -> geopandas.GeoDataFrame:
    """Rows of a layer; what is not given is empty, published and surveyed."""
    count = len(shapes)
    data: dict[str, Sequence[object]] = {
        name: [None] * count for field in layer.fields.values() for name in field.columns
    }
    data |= {
        "id": [f"{layer.id}-{i}" for i in range(count)],
        "quality": ["published"] * count,
        "source": ["Nguồn thử"] * count,
        "source_key": ["test"] * count,
        "observed_on": [date(2026, 10, 31)] * count,
        "approximate": [False] * count,
    }
    return geopandas.GeoDataFrame(data | columns, geometry=list(shapes), crs="EPSG:4326")


def plots(columns: int = 24, rows: int = 20, *, states: Sequence[str] = STATES, **more: Sequence[object]) -> SheetLayer:
    """Plots of 100 by 80 m beside each other around the middle: 480 of them."""
    layer = catalogue().layers["plot_state"]
    spots = list(itertools.product(range(columns), range(rows)))
    shapes = [rectangle((i - columns / 2) * 100, (j - rows / 2) * 80, 100, 80) for i, j in spots]
    given = {
        "code": [f"{chr(65 + i % 26)}{j + 1:02d}" for i, j in spots],
        "state": [states[(i + j) % len(states)] for i, j in spots],
    }
    return SheetLayer(layer, frame(layer, shapes, **(given | more)))


def parks(places: Sequence[tuple[float, float]], side: float = 200.0) -> SheetLayer:
    """Squares on the layer of parks by status, in metres from the middle."""
    layer = catalogue().layers["park_status"]
    shapes = [rectangle(east, north, side, side) for east, north in places]
    names = [f"KCN Thử {i + 1}" for i in range(len(places))]
    return SheetLayer(layer, frame(layer, shapes, name_vi=names, name_en=names, status=["operating"] * len(places)))


def land() -> SheetLayer:
    """Land west of a coast."""
    layer = catalogue().layers["land"]
    return SheetLayer(layer, frame(layer, [rectangle(-60_000, -60_000, 64_000, 120_000)]))


def sheet(**changes: object) -> Sheet:
    """480 plots at 1:10 000 on A3, in Vietnamese."""
    made = Sheet(
        paper=get_paper("A3", landscape=True),
        title="Lô đất theo tình trạng",
        subtitle="KCN Thử, tỉnh Ninh Bình",
        layers=(land(), plots()),
        view=AtScale(*place(0, 0), 10_000),
        epsg=EPSG,
        as_of=date(2026, 10, 31),
        known_at=None,
        language="vi",
        say=vietnamese,
        sources=("Nguồn thử",),
        notes=("Ghi chú của tờ bản đồ",),
        agency="Ban Quản lý các khu kinh tế và khu công nghiệp",
        maker="Phòng Quy hoạch",
        link=LINK,
        context=Context(
            land().frame.geometry.iloc[0], shapely.MultiPoint([place(0, 0), place(9000, 9000)]), "Ninh Bình"
        ),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@cache
def _messages() -> object:
    return gettext.translation("messages", _TRANSLATIONS, languages=["vi"])


def vietnamese(message: str) -> str:
    """A message in Vietnamese."""
    return _messages().gettext(message)  # type: ignore[attr-defined,no-any-return]


def every_class(layer: Layer) -> SheetLayer:
    """A row for every class of a layer, and one for what is not known, each 300 m wide."""
    values: list[object] = []
    if layer.style.kind is StyleKind.CATEGORY:
        values = [style.value for style in layer.style.classes]
    elif layer.style.kind is StyleKind.GRADUATED:
        values = [(style.lower if style.lower is not None else style.upper - 1) for style in layer.style.classes]
    values = [*values, None] if values else [None]
    shapes = [_shape(layer.geometry, i) for i in range(len(values))]
    columns = {layer.style.field: values} if layer.style.field else {}
    return SheetLayer(layer, frame(layer, shapes, **columns))


def _shape(kind: Geometry, i: int) -> object:
    east = (i - 7) * 400.0
    if kind is Geometry.POINT:
        return shapely.Point(place(east, 0))
    if kind is Geometry.LINE:
        return shapely.LineString([place(east, 0), place(east + 300, 300)])
    return rectangle(east, 0, 300, 300)


def near(value: float, expected: float, by: float) -> bool:
    """Within a distance."""
    return bool(np.isclose(value, expected, atol=by, rtol=0))
