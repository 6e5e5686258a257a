"""Small maps in the margin: where the map lies in the province, and in Viet Nam with both of its archipelagos."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely

from geoapp.errors import N_
from geoapp.maps.sheet.colours import AROUND, HERE, INK, LAND, SEA, SECOND, WATER_NAME
from geoapp.maps.sheet.geometry import cut, rings_of
from geoapp.maps.sheet.ground import Ground
from geoapp.maps.sheet.ink import Box, Circles, Ink, Look, Points, Shapes, Type
from geoapp.maps.sheet.lettering import BOLD, FOLDER
from geoapp.maps.sheet.model import Sheet

_TITLE_MM = 4.0
_NATION = 0.46
# Islands and reefs of the archipelagos, longitude and latitude: dots that stand for them at 1:60 000 000.
_HOANG_SA = ((111.61, 16.53), (112.34, 16.83), (111.74, 16.45), (112.73, 16.67), (111.20, 15.79), (112.27, 16.97))
_TRUONG_SA = (
    (111.92, 8.65), (114.33, 11.43), (114.36, 10.18), (114.33, 9.89), (114.48, 10.38), (113.69, 8.97),
    (112.92, 7.89), (115.80, 9.72), (112.35, 8.86), (114.08, 11.05), (113.84, 7.38),
)  # fmt: skip
_ARCHIPELAGOS = (
    (_HOANG_SA, (113.6, 14.9), ("Quần đảo Hoàng Sa", "(Việt Nam)")),
    (_TRUONG_SA, (113.6, 6.4), ("Quần đảo Trường Sa", "(Việt Nam)")),
)
_LEAST_FRAME_MM = 1.6
_NAME_PT, _NAME_CLEAR_MM = 3.9, 0.7
# An inset of the country narrower than this on A4 has smaller names.
_FULL_MM = 26.0
# The province fills this share of its inset; this share of the land that is known is left out at its edges.
_FILLED, _EDGE = 0.92, 0.012


@dataclass(frozen=True)
class _Nation:
    """The outline of Viet Nam and the land around it, in degrees."""

    box: tuple[float, float, float, float]
    own: Sequence[Points]
    around: Sequence[Points]


@cache
def nation() -> _Nation | None:
    """What the set-up made; None where it has not run: then there is no inset of the country."""
    path = FOLDER / "viet-nam.json"
    if not path.is_file():
        return None
    made = json.loads(path.read_text(encoding="utf-8"))
    return _Nation(
        tuple(made["box"]), [np.array(ring) for ring in made["viet_nam"]], [np.array(ring) for ring in made["around"]]
    )


def draw_insets(ink: Ink, room: Box, sheet: Sheet, ground: Ground) -> None:
    """The province on the left, the country on the right; what is not known is left out."""
    k, country = ink.symbol, nation()
    gap = 2 * k
    place = ground.bounds_4326()
    left = room
    if country is not None:
        west, south, east, north = country.box
        shape = (east - west) * math.cos(math.radians((south + north) / 2)) / (north - south)
        height = room.height - _TITLE_MM * k
        width = min(height * shape, room.width * (_NATION if sheet.context.land else 1.0))
        box = Box(room.right - width, room.y, width, min(height, width / shape))
        box = Box(box.x, room.top - _TITLE_MM * k - box.height, box.width, box.height)
        _head(ink, box, room.top, sheet.say(N_("Place in Viet Nam")))
        _draw_nation(ink, box, country, place)
        left = Box(room.x, room.y, room.width - width - gap, room.height)
    if sheet.context.land is not None:
        box = Box(left.x, left.y, left.width, left.height - _TITLE_MM * k)
        _head(ink, box, room.top, sheet.say(N_("Place in the province")))
        _draw_province(ink, box, sheet, ground)


def _head(ink: Ink, box: Box, top: float, text: str) -> None:
    style = Type(6.2 * ink.symbol, BOLD)
    share = min(1.0, box.width / style.width(text))
    ink.text((box.x, top - 2.6 * ink.symbol), text, Type(6.2 * ink.symbol * share, BOLD))


def _draw_nation(ink: Ink, box: Box, country: _Nation, place: tuple[float, float, float, float]) -> None:
    k = ink.symbol
    west, south, east, north = country.box
    scale = np.array([box.width / (east - west), box.height / (north - south)])

    def put(points: Points) -> Points:
        placed: Points = (points - (west, south)) * scale + (box.x, box.y)
        return placed

    with ink.window(box) as inner:
        inner.rectangle(box, Look(fill=SEA))
        border = Look(fill=AROUND, stroke="#ffffff", width=0.1 * k)
        inner.items.append(Shapes(border, [[put(ring)] for ring in country.around]))
        own = Look(fill="#fbfaf6", stroke=SECOND, width=0.14 * k)
        inner.items.append(Shapes(own, [[put(ring)] for ring in country.own]))
        for islands, named_at, lines in _ARCHIPELAGOS:
            inner.items.append(Circles(Look(fill=SECOND), put(np.array(islands)), 0.2 * k))
            style = Type(_NAME_PT * k * min(1.0, box.width / (_FULL_MM * k)), colour=INK)
            x, y = put(np.array([named_at]))[0].tolist()
            # The names of the archipelagos always stand whole.
            x = min(x, box.right - _NAME_CLEAR_MM * k - max(style.width(line) for line in lines) / 2)
            for i, line in enumerate(lines):
                inner.text((x, y - i * 1.8 * k), line, style, "middle")
        middle = np.array([[(place[0] + place[2]) / 2, (place[1] + place[3]) / 2]])
        inner.items.append(Circles(Look(stroke=HERE, width=0.4 * k), put(middle), 1.1 * k))
        (x, y) = put(np.array([(113.4, 12.4)]))[0].tolist()
        inner.text((x, y), "BIỂN ĐÔNG", Type(4.4 * k, colour=WATER_NAME), "middle")
    ink.rectangle(box, Look(stroke=INK, width=0.16 * k))


def _draw_province(ink: Ink, box: Box, sheet: Sheet, ground: Ground) -> None:
    k, context = ink.symbol, sheet.context
    land = ground.shapes(np.array([context.land], dtype=object))[0]
    places = ground.shapes(np.array([context.places or shapely.Point()], dtype=object))[0]
    around = shapely.union(shapely.envelope(places), shapely.box(*_corners(ground.frame)))
    west, south, east, north = shapely.intersection(shapely.envelope(around).buffer(around.length * 0.02), land).bounds
    if math.isnan(west):
        return
    share = min(box.width / (east - west), box.height / (north - south)) * _FILLED
    box, shift = _shown(box, land.bounds, ((west + east) / 2, (south + north) / 2), share)

    def put(points: Points) -> Points:
        placed: Points = points * share + shift
        return placed

    with ink.window(box) as inner:
        inner.rectangle(box, Look(fill=SEA))
        seen = cut(np.array([shapely.transform(land, put)], dtype=object), box.grown(2))
        inner.items.append(Shapes(Look(fill=LAND, stroke="#9fb1bd", width=0.12 * k), rings_of(seen)))
        dots = shapely.get_coordinates(places)
        if len(dots):
            inner.items.append(Circles(Look(fill=SECOND), put(dots), 0.35 * k))
        (x, y), (right, top) = put(np.array(_ends(ground.frame))).tolist()
        small = max(0.0, _LEAST_FRAME_MM * k - min(right - x, top - y)) / 2
        inner.rectangle(Box(x, y, right - x, top - y).grown(small), Look(stroke=HERE, width=0.45 * k))
        if context.home:
            style = Type(4.6 * k, BOLD, colour=SECOND, halo=LAND)
            inner.text((box.x + 1.2 * k, box.top - 2.6 * k), context.home, style)
    ink.rectangle(box, Look(stroke=INK, width=0.16 * k))


def _corners(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.right, box.top


def _shown(
    box: Box, known: tuple[float, float, float, float], middle: tuple[float, float], share: float
) -> tuple[Box, tuple[float, float]]:
    """The inset no larger than the land that is known, and the shift that puts the middle as near its own as it goes.

    Beyond the land that is known there would be neither land nor sea.
    """
    edge = (known[2] - known[0]) * _EDGE
    west, south, east, north = (
        one * share for one in (known[0] + edge, known[1] + edge, known[2] - edge, known[3] - edge)
    )
    width, height = min(box.width, east - west), min(box.height, north - south)
    box = Box(box.x, box.top - height, width, height)
    across = min(max(box.x + width / 2 - middle[0] * share, box.right - east), box.x - west)
    upward = min(max(box.y + height / 2 - middle[1] * share, box.top - north), box.y - south)
    return box, (across, upward)


def _ends(box: Box) -> list[tuple[float, float]]:
    return [(box.x, box.y), (box.right, box.top)]
