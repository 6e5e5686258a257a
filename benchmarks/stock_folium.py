"""The peer of our map page: stock Folium as its own examples show it, a GeoDataFrame in the page."""

from datetime import date

import folium
import geopandas

from geoapp.catalog.load import load_catalogue
from geoapp.resources import layers_dir
from geoapp.store.engine import Role, make_engine, reading
from geoapp.store.frames import read_frame

_TOLD = ["id", "state", "use", "area", "quality", "source"]


def read_plots(url: str, as_of: date) -> geopandas.GeoDataFrame:
    """The plots of a day by the same SQL as our own layer."""
    layer = load_catalogue(layers_dir()).layers["plot_state"]
    given = {"as_of": as_of, "known_at": "infinity", "park_id": None, "zone_id": None}
    engine = make_engine(url, role=Role.MAP, statement_timeout_ms=60_000)
    try:
        with reading(engine) as connection:
            frame = read_frame(connection, layer.sql, {name: given[name] for name in layer.parameters})
    finally:
        engine.dispose()
    geometry = frame.geometry.name
    return frame[[*_TOLD, geometry]]


def build_page(url: str, as_of: date) -> bytes:
    """The page of all plots, with tooltip and popup, from the database to the bytes."""
    frame = read_plots(url, as_of)
    west, south, east, north = frame.total_bounds
    screen = folium.Map(tiles=None)
    folium.GeoJson(frame, tooltip=folium.GeoJsonTooltip(_TOLD), popup=folium.GeoJsonPopup(_TOLD)).add_to(screen)
    screen.fit_bounds([[south, west], [north, east]])
    return str(screen.get_root().render()).encode()
