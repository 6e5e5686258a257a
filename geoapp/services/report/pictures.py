"""The charts and maps of a report as pictures, from the same figures and rows as its text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from sqlalchemy import Connection

from geoapp.catalog.model import Catalogue, Layer
from geoapp.core.report_model import Chart, Content, MapSheet, Picture
from geoapp.errors import N_
from geoapp.maps.report_chart import PaperChart, PaperLine, draw_chart
from geoapp.maps.sheet.draw import draw
from geoapp.maps.sheet.model import Context, Extent, Form, Paper, Sheet, SheetLayer
from geoapp.maps.sheet.papers import IN_DOCUMENTS
from geoapp.reports.fonts import find_typeface
from geoapp.reports.report_numbers import fixed, with_unit
from geoapp.store.frames import read_frame
from geoapp.store.pages import find_row, read_rows

_CHART_MM = (165.0, 68.0)
_MAP_DPI = 200
# The zone of VN-2000 of the province; Nam Định has one of its own, but the whole lies in one.
_EPSG = 5897
_AROUND = 0.02


@dataclass(frozen=True)
class _Ground:
    """What maps of one report share. ``layers``: id -> its rows, read once."""

    extent: Any
    places: Any
    land: Any
    layers: Mapping[str, SheetLayer]


def draw_pictures(
    connection: Connection, catalogue: Catalogue, content: Content, say: Callable[[str], str]
) -> dict[str, Picture]:
    """Every chart and map by its key. Args: connection - in the snapshot that the content was read from."""
    pictures = {
        chart.key: _chart(chart, content) for chart in content.charts if any(line.points for line in chart.lines)
    }
    if content.maps:
        ground = _ground(connection, catalogue, content)
        pictures |= {sheet.key: _map(sheet, ground, content, say) for sheet in content.maps}
    return pictures


def _chart(chart: Chart, content: Content) -> Picture:
    lines = [
        PaperLine(
            line.title,
            [(point.day, point.value) for point in line.points],
            with_unit(fixed(line.points[-1].value, 1, content.language), chart.unit),
        )
        for line in chart.lines
        if line.points
    ]
    width, height = _CHART_MM
    png = draw_chart(PaperChart(lines, chart.unit, chart.targets, width, height, find_typeface().regular))
    return Picture(png, width, height)


def _ground(connection: Connection, catalogue: Catalogue, content: Content) -> _Ground:
    at = {"as_of": content.as_of, "known_at": content.known_at, "park_id": None, "zone_id": None}
    wanted = dict.fromkeys(layer for sheet in content.maps for layer in sheet.layers)
    layers = {name: _rows(connection, catalogue.layers[name], at) for name in wanted}
    parks: Sequence[Any] = read_rows(connection, "report_park_places", at)
    places = shapely.union_all([shapely.from_wkb(bytes(row.place)) for row in parks if row.place])
    land = layers["land"].frame.geometry.union_all() if "land" in layers else None
    return _Ground(find_row(connection, "extent", at), places, land, layers)


def _rows(connection: Connection, layer: Layer, at: Mapping[str, object]) -> SheetLayer:
    frame = read_frame(connection, layer.sql, {name: at[name] for name in layer.parameters})
    return SheetLayer(layer, frame.sort_values("id", kind="stable"))


def _titles(layers: Sequence[SheetLayer], language: str) -> list[str]:
    """What the map is about: its layers without those of the base."""
    return [one.layer.title.text(language) for one in layers if one.layer.group != "context"]


def _map(sheet: MapSheet, ground: _Ground, content: Content, say: Callable[[str], str]) -> Picture:
    west, south, east, north = ground.places.buffer(_AROUND).bounds
    width, height = IN_DOCUMENTS["A5"]
    layers = tuple(ground.layers[name] for name in sheet.layers)
    sources = dict.fromkeys(
        str(title) for one in layers if "source" in one.frame for title in one.frame["source"].dropna().unique()
    )
    more = len(sources) - 2
    told = [*list(sources)[:2], *([say(N_("and %(count)s more sources")) % {"count": more}] if more > 0 else [])]
    drawn = Sheet(
        paper=Paper("A5", width, height),
        title=say(N_("Economic zone and industrial parks of Ninh Bình")),
        subtitle=" · ".join(_titles(layers, content.language)),
        layers=layers,
        view=Extent(west, south, east, north),
        epsg=_EPSG,
        as_of=content.as_of,
        known_at=content.known_at,
        language=content.language,
        say=say,
        sources=tuple(told),
        agency=say(N_("Management board of the economic zone and the industrial parks")),
        context=Context(land=ground.land, places=ground.places, home="Ninh Bình"),
    )
    return Picture(draw(drawn, Form.PNG, dpi=_MAP_DPI), width, height)
