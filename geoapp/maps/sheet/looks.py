"""From the classes of the style model to how shapes are painted on paper; pixels of the screen become millimetres."""

from geoapp.catalog.model import Layer, Pattern, StyleClass
from geoapp.maps.sheet.ink import Look
from geoapp.maps.sheet.outlines import PX_MM
from geoapp.maps.style import lines_on

# As on screen (web/static/map/style.js).
_APPROXIMATE_DASH = "6 4"
_APPROXIMATE_DOTS = "3 2"
_RING_WIDTH_PX = 2.5
CHANGED = "#c2185b"
"""What has changed is ringed in this colour."""


def area_look(style: StyleClass, *, approximate: bool, symbol: float) -> Look:
    """An area of a class."""
    return Look(
        fill=_ground(style),
        stroke=style.stroke,
        width=_mm(style.width, symbol) if style.stroke else 0.0,
        dash=_dash(style.dash or (_APPROXIMATE_DASH if approximate else ""), symbol),
        opacity=style.opacity,
        pattern=style.pattern,
        lines=lines_on(style),
    )


def line_look(style: StyleClass, *, approximate: bool, symbol: float) -> Look:
    """A line of a class."""
    dash = _dash(style.dash or (_APPROXIMATE_DASH if approximate else ""), symbol)
    return Look(stroke=style.stroke or style.fill or "#000000", width=_mm(style.width, symbol), dash=dash)


def point_look(style: StyleClass, *, approximate: bool, symbol: float) -> Look:
    """A point or a marker of a class."""
    return Look(
        fill=_ground(style),
        stroke=style.stroke or "#ffffff",
        width=_mm(max(style.width, 1.0), symbol),
        dash=_dash(style.dash or (_APPROXIMATE_DOTS if approximate else ""), symbol),
        opacity=style.opacity,
        pattern=style.pattern,
        lines=lines_on(style),
    )


def radius_mm(style: StyleClass, symbol: float) -> float:
    """The radius of points of a class."""
    return _mm(style.radius, symbol)


def ring_of(style: StyleClass, symbol: float) -> tuple[Look, float] | None:
    """The ring around points of a class and its radius; None where it has none."""
    if not style.ring:
        return None
    radius = style.radius + style.width / 2 + _RING_WIDTH_PX
    return Look(stroke=style.ring, width=_mm(_RING_WIDTH_PX, symbol)), _mm(radius, symbol)


def marker_below_mm(layer: Layer, symbol: float) -> float:
    """An area smaller than this on paper gets a marker; 0: never."""
    return _mm(layer.marker_below_px or 0, symbol)


def _ground(style: StyleClass) -> str | None:
    # A pattern without a colour lies on white, as on screen.
    return style.fill or ("#ffffff" if style.pattern is not Pattern.NONE else None)


def _mm(pixels: float, symbol: float) -> float:
    return pixels * PX_MM * symbol


def _dash(told: str, symbol: float) -> tuple[float, ...]:
    return tuple(_mm(float(part), symbol) for part in told.split())
