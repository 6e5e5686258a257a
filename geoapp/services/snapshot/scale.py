"""At which scale a map comes out, and what its layers show at it: as on the screen, where the scale is a zoom."""

import math
from enum import Enum

from geoapp.catalog.model import Layer, Level
from geoapp.maps.sheet.draw import LIMITS
from geoapp.maps.sheet.ground import Ground, ground_of
from geoapp.maps.sheet.model import Paper
from geoapp.maps.sheet.model import View as SheetView
from geoapp.maps.sheet.plan import Plan, plan_compare, plan_park, plan_sheet
from geoapp.services.snapshot.request import SheetContent, SnapshotRequest

# Web mercator: metres of a pixel at the equator at zoom 0; a pixel of a style sheet is 1/96 inch.
_METRES_PER_PIXEL = 156_543.03392
_PIXELS_PER_METRE = 96 / 0.0254
# Paper shows more than a screen of the same size, and the frame of the map is smaller than a window.
_FINER = 1.25
_NEAREST = 19


class Shown(Enum):
    """What a layer shows where it is no level."""

    FEATURES = "features"
    NOTHING = "nothing"


def ground_shown(request: SnapshotRequest, paper: Paper, view: SheetView, epsg: int) -> Ground:
    """The ground in the frame of the map. Raises: InvalidRequest - it cannot be drawn."""
    return ground_of(view, _plan(request, paper).maps[0], epsg, LIMITS)


def shown_at(layer: Layer, zoom: float) -> Level | Shown:
    """What stands for a layer on paper at the zoom that its scale is on a screen."""
    finer = zoom + _FINER
    # Layers without an upper bound say the nearest zoom of the map.
    if finer < layer.min_zoom or (layer.max_zoom < _NEAREST and zoom > layer.max_zoom + 1):
        return Shown.NOTHING
    return next((level for level in layer.levels if finer < level.max_zoom + 1), Shown.FEATURES)


def zoom_of(scale: float, lat: float) -> float:
    """The zoom of a web map at which a length on a screen is as long as on paper at a scale."""
    return math.log2(_METRES_PER_PIXEL * math.cos(math.radians(lat)) * _PIXELS_PER_METRE / scale)


def _plan(request: SnapshotRequest, paper: Paper) -> Plan:
    if request.earlier.base:
        return plan_compare(paper)
    return plan_park(paper) if request.content is SheetContent.PAGE else plan_sheet(paper)
