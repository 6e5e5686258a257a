"""The map of a dossier: the land of a case among its neighbours, in the classes of the one style model."""

from collections.abc import Callable

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection

from geoapp.catalog.model import NO_DATA, Catalogue
from geoapp.errors import N_
from geoapp.maps.print import draw_map
from geoapp.maps.print_sheet import PrintedMap, PrintedPlot
from geoapp.maps.style import classes_of
from geoapp.reports.fonts import find_typeface
from geoapp.services.dossier_source import DossierSource, read_neighbours

# Zones of VN-2000 of the former provinces.
_NAM_DINH, _OTHERS = 9209, 5897
# A place without an area is shown as a disc of some 15 m.
_DISC_DEG = 0.00015


def build_map(
    connection: Connection, source: DossierSource, catalogue: Catalogue, language: str, say: Callable[[str], str]
) -> bytes:
    """The map as PNG; empty where neither the land nor the outline of its park is on record."""
    park = shapely.from_wkb(bytes(source.case.park_outline)) if source.case.park_outline else None
    land = source.land or park
    if land is None:
        return b""
    layer, frame = read_neighbours(connection, source, catalogue)
    styles = {style.value or style.key: style for style in classes_of(layer)}
    own = {plot.code for plot in source.plots}
    plots = tuple(
        PrintedPlot(row.code, row.geom, styles.get(row.state, styles[NO_DATA]), row.code in own, bool(row.approximate))
        for row in frame.itertuples()
    )
    face = find_typeface()
    return draw_map(
        PrintedMap(
            plots,
            classes_of(layer),
            _with_area(land),
            park,
            bool(source.case.park_approximate),
            _NAM_DINH if source.case.former_province == "Nam Định" else _OTHERS,
            source.as_of,
            say(N_("Demonstration data, not official figures")) if source.is_demo else "",
            language,
            say,
            face.regular,
            face.bold,
        )
    )


def _with_area(land: BaseGeometry) -> BaseGeometry:
    return land if land.area else land.buffer(_DISC_DEG)
