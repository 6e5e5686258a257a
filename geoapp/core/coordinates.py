"""Coordinates as people write them, in WGS 84 and VN-2000, and from one into the other.

VN-2000 here always means the official seven parameters of Decision 05/2007/QD-BTNMT, spelt out: libraries may know
others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer

_SHIFT = "-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278"
# Central meridians of the three-degree zones (k0 = 0.9999) of the former provinces, and of their neighbours.
ZONES: dict[int, float] = {5897: 105.0, 9209: 105.5, 9208: 104.75, 9210: 105.75}
OWN_ZONES = (5897, 9209)
"""EPSG codes of the zones of Hà Nam and Ninh Bình (105°00'), and of Nam Định (105°30')."""
# West, south, east, north of Viet Nam with its seas, in degrees.
_VIET_NAM = (102.0, 6.0, 118.0, 24.0)
# False easting 500 km, three degrees wide; northings of Viet Nam.
_EASTINGS = (300_000.0, 700_000.0)
_NORTHINGS = (600_000.0, 2_700_000.0)
_NUMBER = re.compile(r"[-+]?\d[\d.,\u00a0\u202f']*")
_DEGREES = re.compile(
    r"(\d{1,3})\s*[°º]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*[\"″”]\s*)?\s*([NSEWBĐ])?",
    re.IGNORECASE,
)
_SIGN = {"N": "lat", "B": "lat", "S": "lat", "E": "lon", "Đ": "lon", "W": "lon"}


@dataclass(frozen=True)
class Point:
    """A place that a text may mean: longitude and latitude in degrees, EPSG:4326, and how the text was read.

    ``epsg``: the system of the text; ``swapped``: the pair stood the other way round than usual.
    """

    lon: float
    lat: float
    epsg: int
    swapped: bool = False


def read_coordinates(text: str) -> list[Point]:
    """The places in Viet Nam that a text may mean, the likeliest first; none where it is no pair of coordinates.

    Args: text - "20.25, 105.975", "20,25; 105,975", 20°15'00"N 105°58'30"E, or a pair of VN-2000 such as
    "569723.883 2258888.931" or "2.258.888,931 569.723,883". A pair of VN-2000 does not tell its zone: the places that
    it is in each zone of the province are given.
    """
    sexagesimal = _read_degrees(text)
    if sexagesimal:
        return sexagesimal
    pairs = list(dict.fromkeys(_pairs(text)))
    return list(dict.fromkeys([*_geographic(pairs), *_projected(pairs)]))


def to_vn2000(lon: float, lat: float, epsg: int) -> tuple[float, float]:
    """Easting and northing in metres of a place in WGS 84. Args: epsg - one of ``ZONES``."""
    east, north = _transformer(epsg).transform(lon, lat, direction="INVERSE")
    return float(east), float(north)


def points_to_vn2000(points: NDArray[np.float64], epsg: int) -> NDArray[np.float64]:
    """Eastings and northings in metres of many places in WGS 84. Args: points - (n, 2), longitude and latitude."""
    east, north = _transformer(epsg).transform(points[:, 0], points[:, 1], direction="INVERSE")
    return np.column_stack([east, north])


def vn2000_degrees(east: float, north: float, epsg: int) -> tuple[float, float]:
    """Longitude and latitude in the datum of VN-2000 itself of a pair of VN-2000, in metres."""
    lon, lat = _degrees(epsg).transform(east, north)
    return float(lon), float(lat)


def vn2000_wkt(epsg: int) -> str:
    """A zone of VN-2000 as WKT 1, with the official seven parameters, as programs for maps read it."""
    meridian = ZONES[epsg]
    name = f"VN-2000 / TM-3 {int(meridian)}-{round(meridian % 1 * 60):02d}"
    datum = f'DATUM["Vietnam_2000",SPHEROID["WGS 84",6378137,298.257223563],TOWGS84[{_SHIFT}]]'
    degrees = f'GEOGCS["VN-2000",{datum},PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'
    values = {
        "latitude_of_origin": 0, "central_meridian": meridian, "scale_factor": 0.9999,
        "false_easting": 500000, "false_northing": 0,
    }  # fmt: skip
    told = ",".join(f'PARAMETER["{key}",{value:g}]' for key, value in values.items())
    return f'PROJCS["{name}",{degrees},PROJECTION["Transverse_Mercator"],{told},UNIT["metre",1]]'


def from_vn2000(east: float, north: float, epsg: int) -> tuple[float, float]:
    """Longitude and latitude in WGS 84 of a pair of VN-2000, in metres. Args: epsg - one of ``ZONES``."""
    lon, lat = _transformer(epsg).transform(east, north)
    return float(lon), float(lat)


@cache
def _transformer(epsg: int) -> Transformer:
    return Transformer.from_crs(_definition(epsg), "EPSG:4326", always_xy=True)


@cache
def _degrees(epsg: int) -> Transformer:
    projection = CRS.from_wkt(vn2000_wkt(epsg))
    return Transformer.from_crs(projection.source_crs, projection.geodetic_crs, always_xy=True)


def _definition(epsg: int) -> str:
    return (
        f"+proj=tmerc +lat_0=0 +lon_0={ZONES[epsg]} +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 +towgs84={_SHIFT}"
        " +units=m +no_defs +type=crs"
    )


def _read_degrees(text: str) -> list[Point]:
    """A pair with signs of degrees; the letters N, E (B, Đ) say which is which, else the order latitude, longitude."""
    found = list(_DEGREES.finditer(text))
    if len(found) != 2:
        return []
    values = [_decimal_degrees(match) for match in found]
    kinds = [_SIGN.get((match[4] or "").upper()) for match in found]
    lat_first = kinds[0] != "lon" and kinds[1] != "lat"
    if kinds == [None, None]:
        return _geographic([(values[0], values[1])])
    lat, lon = values if lat_first else values[::-1]
    return [Point(lon, lat, 4326, swapped=not lat_first)] if _in_viet_nam(lon, lat) else []


def _decimal_degrees(match: re.Match[str]) -> float:
    degrees, minutes, seconds = (float((match[i] or "0").replace(",", ".")) for i in (1, 2, 3))
    return degrees + minutes / 60 + seconds / 3600


def _geographic(pairs: list[tuple[float, float]]) -> list[Point]:
    """Latitude stands first among people, longitude among programs; in Viet Nam the two cannot be mistaken."""
    straight = [Point(b, a, 4326) for a, b in pairs if _in_viet_nam(b, a)]
    return straight or [Point(a, b, 4326, swapped=True) for a, b in pairs if _in_viet_nam(a, b)]


def _projected(pairs: list[tuple[float, float]]) -> list[Point]:
    """In surveys X is the northing; programs put the easting first. The sizes tell which is which."""
    found = []
    for a, b in pairs:
        for east, north, swapped in ((a, b, False), (b, a, True)):
            if _EASTINGS[0] <= east <= _EASTINGS[1] and _NORTHINGS[0] <= north <= _NORTHINGS[1]:
                found += [Point(*from_vn2000(east, north, epsg), epsg, swapped) for epsg in OWN_ZONES]
    return found


def _pairs(text: str) -> Iterator[tuple[float, float]]:
    """Every way in which a text can be read as two numbers, with a point or a comma before the decimals."""
    words = [word.strip(".,") for word in _NUMBER.findall(re.sub(r"[;|/]|,\s", " ", text))]
    rest = _NUMBER.sub(" ", text)
    if len(words) == 1 and words[0].count(",") == 1 and "." in words[0]:
        words = words[0].split(",")
    if len(words) != 2 or re.search(r"[^\W\d_]{3,}", rest.replace("VN-2000", "").replace("WGS", "")):
        return
    for point, group in ((".", ","), (",", ".")):
        try:
            first, second = (float(_plain(word, point, group)) for word in words)
        except ValueError:
            continue
        yield first, second


def _plain(word: str, point: str, group: str) -> str:
    """A number with a point and no groups. Raises: ValueError - its groups are not of three digits."""
    whole, _, decimals = re.sub(r"[\u00a0\u202f']", "", word).partition(point)
    groups = whole.split(group)
    if group in decimals or any(len(part) != 3 for part in groups[1:]):
        raise ValueError(word)
    return f"{''.join(groups)}.{decimals or 0}"


def _in_viet_nam(lon: float, lat: float) -> bool:
    west, south, east, north = _VIET_NAM
    return west <= lon <= east and south <= lat <= north
