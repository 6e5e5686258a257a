"""From the state of a map page to a sheet that can be drawn: its layers with their rows, and all that stands around."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

import geopandas
import shapely
from sqlalchemy import Connection

from geoapp.catalog.model import Layer, Level, View
from geoapp.core.parsing import told_moment
from geoapp.errors import N_
from geoapp.maps.sheet.ground import Ground
from geoapp.maps.sheet.model import AtScale, Context, Extent, Marked, Paper, Sheet, SheetLayer
from geoapp.maps.sheet.model import View as SheetView
from geoapp.maps.sheet.papers import get_paper
from geoapp.reports.speech import Speech
from geoapp.services.moment import Moment, choose_moment
from geoapp.services.snapshot.changes import LayerChanges, changes_between
from geoapp.services.snapshot.layers import ChosenLayers
from geoapp.services.snapshot.notes import (
    ACCESS_WORDS,
    AGENCY,
    RowsTold,
    filter_lines,
    out_of_scale_lines,
    source_lines,
    told_of,
)
from geoapp.services.snapshot.own import OwnMap
from geoapp.services.snapshot.query import query_of_look
from geoapp.services.snapshot.reading import PlaceRead, SnapshotReading, bound, check_count
from geoapp.services.snapshot.request import Ground as GroundAsked
from geoapp.services.snapshot.request import Look, Orientation, PaperAsked, SheetPlace, SnapshotRequest
from geoapp.services.snapshot.scale import Shown, ground_shown, shown_at, zoom_of
from geoapp.services.spoken import speaker
from geoapp.services.themes import EXCLUSIVE
from geoapp.store.frames import read_frame, read_level_frame
from geoapp.store.pages import find_row

# Zones of VN-2000 of the former provinces.
_NAM_DINH, _OTHERS = 9209, 5897
_HOME = "Ninh Bình"
_USUAL_SCALE = 10_000
LayersChanged = Mapping[str, LayerChanges]
_PATHS = {View.PROVINCE: "/", View.ZONE: "/zones/", View.PARK: "/parks/"}


def read_layers(read: SnapshotReading, zoom: float) -> tuple[tuple[SheetLayer, ...], tuple[RowsTold, ...]]:
    """The layers with their rows, and what these tell of themselves. Args: zoom - see ``snapshot_scale``.

    A layer that is not shown at the scale of the map has no rows. Raises: InvalidRequest, NotFound.
    """
    parameters, look = read.parameters(), read.request.look
    drawn, told = [], []
    for layer in read.chosen.layers:
        shown = shown_at(layer, zoom)
        if shown is Shown.NOTHING:
            continue
        level = shown if isinstance(shown, Level) else None
        frame = _read_rows(read, layer, level, parameters)
        check_count(layer, len(frame), read.most)
        frame = _kept(frame, layer, look).sort_values("id", kind="stable")
        sources = frame["source"] if "source" in frame else [None] * len(frame)
        told.append(told_of(layer, zip(sources, frame["quality"], frame["approximate"], strict=True)))
        hidden = look.hidden.get(layer.id, frozenset())
        drawn.append(SheetLayer(faded(layer, look), frame, level=level, hidden=hidden))
    return tuple(drawn), tuple(told)


def _read_rows(
    read: SnapshotReading, layer: Layer, level: Level | None, parameters: Mapping[str, object]
) -> geopandas.GeoDataFrame:
    own = read.request.own
    if own and layer is own.page.layer:
        return own.read_rows(read.connection, read.most)
    if level is None:
        return read_frame(read.connection, layer.sql, bound(layer, parameters))
    # A level binds what it names, and the box.
    named = {name: value for name, value in parameters.items() if name in level.parameters}
    return read_level_frame(read.connection, level.sql, named)


def build_sheet(read: SnapshotReading) -> Sheet:
    """A sheet of a map page; what changed is marked where that is asked for. Raises: InvalidRequest, NotFound."""
    return build_marked_sheet(read)[0]


def build_marked_sheet(read: SnapshotReading) -> tuple[Sheet, LayersChanged]:
    """A sheet, and what is marked on it. Raises: InvalidRequest, NotFound."""
    request, place, moment = read.request, read.place, read.moment
    language, paper = request.language, request.paper
    say = speaker(language)
    zoom = zoom_on(request, place)
    layers, told = read_layers(read, zoom)
    own = place.own
    # What is a demonstration, approximate or hidden the sheet finds out by itself.
    notes = (
        *(note.text(language) for note in (own.notes if own else ())),
        say(ACCESS_WORDS[read.access]),
        *filter_lines(request.look, say),
        *out_of_scale_lines(
            [layer for layer in read.chosen.layers if shown_at(layer, zoom) is Shown.NOTHING], language, say
        ),
    )
    changed = _changes_of(read, layers, zoom)
    sheet = Sheet(
        paper=paper_of(paper),
        title=paper.title or place.name.text(language),
        subtitle=own.subtitle.text(language) if own else theme_line(read.chosen, language),
        layers=layers,
        view=sheet_view(request.ground, place),
        epsg=epsg_of(place),
        as_of=moment.as_of,
        known_at=moment.known_at,
        language=language,
        say=say,
        sources=source_lines(told, say),
        notes=notes,
        agency=say(AGENCY),
        maker=paper.maker or "",
        link=_link_of(read) if request.site else "",
        context=read_context(read.connection, moment),
        marked=_marked(read, changed),
    )
    return sheet, changed


def epsg_of(place: PlaceRead) -> int:
    """The zone of VN-2000 of a map: that of the former province in which it lies."""
    return _NAM_DINH if place.frame.former_province == "Nam Định" else _OTHERS


def paper_of(paper: PaperAsked) -> Paper:
    """The paper as it lies."""
    return get_paper(paper.name.upper(), landscape=paper.orientation is Orientation.LANDSCAPE)


def ground_on(request: SnapshotRequest, place: PlaceRead) -> Ground:
    """The ground in the frame of a map. Raises: InvalidRequest - it cannot be drawn."""
    view = sheet_view(request.ground, place)
    return ground_shown(request, paper_of(request.paper), view, epsg_of(place))


def zoom_on(request: SnapshotRequest, place: PlaceRead) -> float:
    """The zoom that the scale of a map is on a screen. Raises: InvalidRequest - it cannot be drawn."""
    ground = ground_on(request, place)
    return zoom_of(ground.scale, ground.bounds_4326()[1])


def _changes_of(read: SnapshotReading, layers: tuple[SheetLayer, ...], zoom: float) -> LayersChanged:
    """What is drawn otherwise than on the earlier day. Raises: InvalidRequest - a day without figures."""
    since = read.request.earlier.since
    if since is None:
        return {}
    earlier = choose_moment(read.connection, replace(read.request.asked, as_of=since), parameter="since")
    before, _ = read_layers(replace(read, moment=earlier), zoom)
    return changes_between(before, layers)


def _marked(read: SnapshotReading, changed: LayersChanged) -> Marked | None:
    since = read.request.earlier.since
    if since is None:
        return None
    speech = Speech(read.request.language, speaker(read.request.language))
    ids = {name: one.ids for name, one in changed.items()}
    return Marked(ids, speech.told(N_("Changed since %(day)s"), day=speech.day(since)))


def theme_line(chosen: ChosenLayers, language: str) -> str:
    """What the map tells of: the titles of layers of which one is shown at a time, and of those above them."""
    return " · ".join(layer.title.text(language) for layer in chosen.layers if layer.exclusive)


def sheet_view(ground: GroundAsked, place: PlaceRead) -> SheetView:
    """What lies in the frame of the map: what was asked, else what the page shows."""
    west, south, east, north = place.frame.bounds
    if ground.box:
        west, south, east, north = ground.box.west, ground.box.south, ground.box.east, ground.box.north
    lon, lat = ground.at or ((west + east) / 2, (south + north) / 2)
    return AtScale(lon, lat, ground.scale) if ground.scale else Extent(west, south, east, north)


def read_context(connection: Connection, moment: Moment) -> Context:
    """What the small maps in the margin are made of."""
    row: Any = find_row(connection, "sheet_context", moment.parameters)
    land = shapely.from_wkb(bytes(row.land)) if row.land else None
    places = shapely.from_wkb(bytes(row.places)) if row.places else None
    return Context(land, places, _HOME)


def _link_of(read: SnapshotReading) -> str:
    """The address that the code on the sheet opens: the same map, as of the same day."""
    request, own = read.request, read.place.own
    query = {"as_of": read.moment.as_of.isoformat(), "lang": request.language}
    if request.asked.known_at:
        query["known_at"] = told_moment(request.asked.known_at)
    if own:
        query = {**own.query, "lang": request.language}
    hash_ = "&".join(f"{name}={value}" for name, value in _view_parts(request).items())
    address = f"{request.site.rstrip('/')}{path_of(request.place, request.own)}?{urlencode(query)}"
    return address + (f"#{hash_}" if hash_ else "")


def path_of(place: SheetPlace, own: OwnMap | None = None) -> str:
    """The address of the page of a map."""
    return own.page.path if own else _PATHS[place.view] + quote(place.slug or "")


def _view_parts(request: SnapshotRequest) -> dict[str, str]:
    """What stands behind the # of the address of a view: see docs/controls.md."""
    parts = query_of_look(request.look)
    box, at = request.ground.box, request.ground.at
    if box:
        parts = {"box": ",".join(f"{value:.5f}" for value in (box.west, box.south, box.east, box.north)), **parts}
    elif at:
        zoom = zoom_of(request.ground.scale or _USUAL_SCALE, at[1])
        parts = {"map": f"{zoom:.2f}/{at[1]:.6f}/{at[0]:.6f}", **parts}
    return parts


def _kept(frame: geopandas.GeoDataFrame, layer: Layer, look: Look) -> geopandas.GeoDataFrame:
    """The rows of the parks that the list was filtered to; only themes follow the list."""
    if look.parks is None or layer.exclusive != EXCLUSIVE or "park_slug" not in frame:
        return frame
    return frame[frame["park_slug"].isin(look.parks)]


def faded(layer: Layer, look: Look) -> Layer:
    """A layer as strongly drawn as on the screen."""
    share = look.opacity.get(layer.id, 1.0)
    if share == 1.0:
        return layer
    style = layer.style
    classes = tuple(replace(one, opacity=one.opacity * share) for one in style.classes)
    no_data = replace(style.no_data, opacity=style.no_data.opacity * share) if style.no_data else None
    return replace(layer, style=replace(style, classes=classes, no_data=no_data))
