"""Screen, legend and print draw the same classes in the same colours and order, for every layer."""

from datetime import date

import geopandas
import pytest
import shapely

from geoapp.catalog.load import load_catalogue
from geoapp.catalog.model import Geometry, Layer, StyleClass
from geoapp.core.coordinates import ZONES
from geoapp.maps.sheet.compose import compose
from geoapp.maps.sheet.draw import LIMITS, draw
from geoapp.maps.sheet.legend import legend_blocks
from geoapp.maps.sheet.model import Extent, Form, Sheet, SheetLayer
from geoapp.maps.sheet.papers import get_paper
from geoapp.maps.style import classes_of, describe_layer
from geoapp.resources import layers_dir
from geoapp.services.spoken import speaker

CATALOGUE = load_catalogue(layers_dir())
LAYERS = list(CATALOGUE.layers.values())
_STEP = 0.01


def sample_of(style: StyleClass) -> object:
    """A value of a class; None for "no data"."""
    if style.value is not None:
        return style.value
    if style.lower is not None:
        return style.lower
    return None if style.upper is None else style.upper - 1


def shape_of(layer: Layer, place: int) -> shapely.Geometry:
    """A thing of the kind that a layer draws, each at a place of its own."""
    west, south = 105.9 + place * _STEP, 20.2
    if layer.geometry is Geometry.POINT:
        return shapely.Point(west, south)
    if layer.geometry is Geometry.LINE:
        return shapely.LineString([(west, south), (west + 0.006, south + 0.006)])
    return shapely.box(west, south, west + 0.008, south + 0.008)


def sheet_of_all_classes(layer: Layer) -> Sheet:
    """A map on which each class of a layer is once."""
    styles = classes_of(layer)
    rows = {column: [None] * len(styles) for field in layer.fields.values() for column in field.columns}
    if layer.style.field:
        rows[layer.style.field] = [sample_of(style) for style in styles]
    names = layer.fields[layer.label].columns
    rows |= {column: [f"{place}" for place in range(len(styles))] for column in names}
    rows |= {"id": [f"{place}" for place in range(len(styles))], "quality": ["official"] * len(styles)}
    rows |= {"approximate": [False] * len(styles), "source": ["x"] * len(styles)}
    frame = geopandas.GeoDataFrame(
        rows, geometry=[shape_of(layer, place) for place in range(len(styles))], crs="EPSG:4326"
    )
    return Sheet(
        get_paper("A3", landscape=True), "x", "", (SheetLayer(layer, frame),), Extent(105.88, 20.1, 106.05, 20.3),
        next(iter(ZONES)), date(2026, 10, 31), None, "vi", speaker("vi"),
    )  # fmt: skip


@pytest.mark.parametrize("layer", LAYERS, ids=[layer.id for layer in LAYERS])
def test_screen_legend_and_print_agree(layer: Layer) -> None:
    """What the screen is told of a layer is what the legend on paper lists: classes, order, labels."""
    screen = describe_layer(layer, CATALOGUE, "vi")["style"]["classes"]  # type: ignore[index]
    sheet = sheet_of_all_classes(layer)
    legend = [row for block in legend_blocks(sheet, compose(sheet, LIMITS).layers) for row in block.rows]
    printed = [(row.style.key, row.text.lower()) for row in legend if row.style and not row.as_point]
    labels = [layer.title.vi if layer.style.kind == "single" and not one["label"] else one["label"] for one in screen]
    assert [(one["key"], label.lower()) for one, label in zip(screen, labels, strict=True)] == printed


@pytest.mark.parametrize("layer", LAYERS, ids=[layer.id for layer in LAYERS])
def test_the_colours_of_the_screen_are_on_paper(layer: Layer) -> None:
    """Each fill, stroke and ring that the screen is told of stands in the drawing."""
    screen = describe_layer(layer, CATALOGUE, "vi")["style"]["classes"]  # type: ignore[index]
    drawing = draw(sheet_of_all_classes(layer), Form.SVG).decode().lower()
    # Lines have no area to fill.
    parts = ("stroke",) if layer.geometry is Geometry.LINE else ("fill", "stroke", "ring")
    wanted = {colour for one in screen for part in parts if (colour := one.get(part))}
    assert [] == sorted(colour for colour in wanted if colour.lower() not in drawing)
