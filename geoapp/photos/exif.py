"""Time, place and heading in the EXIF block of a photo; what is missing or senseless is None, never guessed."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from PIL import ExifTags, Image

_VIETNAM = timezone(timedelta(hours=7))
_YEARS = range(1990, 2201)
_LONGEST = 120
_BASE, _GPS = ExifTags.Base, ExifTags.GPS


@dataclass(frozen=True)
class PhotoSays:
    """What a photo says of itself.

    ``taken_at``: with time zone; that of Viet Nam where the photo names none (``zone_known`` is then False).
    ``longitude``, ``latitude``: WGS 84, degrees; both or neither. ``accuracy_m``: metres. ``heading_deg``: clockwise
    from north, 0 to below 360; ``heading_magnetic``: from magnetic north.
    """

    taken_at: datetime | None = None
    zone_known: bool | None = None
    longitude: float | None = None
    latitude: float | None = None
    accuracy_m: float | None = None
    heading_deg: float | None = None
    heading_magnetic: bool | None = None
    camera: str | None = None


def read_exif(image: Image.Image) -> PhotoSays:
    """What the EXIF block of an opened picture says; a broken block says nothing."""
    try:
        exif = image.getexif()
        detail, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
        main = dict(exif)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, ZeroDivisionError):
        return PhotoSays()
    taken_at, zone_known = _time(main, detail, gps)
    longitude, latitude = _place(gps)
    heading = _number(gps.get(_GPS.GPSImgDirection))
    if heading is not None and not 0 <= heading <= 360:
        heading = None
    accuracy = _number(gps.get(_GPS.GPSHPositioningError)) if longitude is not None else None
    return PhotoSays(
        taken_at=taken_at,
        zone_known=zone_known,
        longitude=longitude,
        latitude=latitude,
        accuracy_m=accuracy if accuracy is not None and accuracy >= 0 else None,
        heading_deg=None if heading is None else heading % 360,
        heading_magnetic=None if heading is None else _text(gps.get(_GPS.GPSImgDirectionRef)) == "M",
        camera=_camera(main),
    )


def _time(main: dict[int, Any], detail: dict[int, Any], gps: dict[int, Any]) -> tuple[datetime | None, bool | None]:
    """When it was taken: the clock of the camera with its zone, else that of the satellites, else without a zone."""
    stamp = _stamp(detail.get(_BASE.DateTimeOriginal)) or _stamp(detail.get(_BASE.DateTimeDigitized))
    zone = _zone(detail.get(_BASE.OffsetTimeOriginal)) or _zone(detail.get(_BASE.OffsetTime))
    if stamp and zone:
        return stamp.replace(tzinfo=zone), True
    satellites = _satellite_time(gps)
    if satellites:
        return satellites, True
    # The time of the last change is the time of taking only where nothing else is there; cameras write both alike.
    stamp = stamp or _stamp(main.get(_BASE.DateTime))
    return (stamp.replace(tzinfo=_VIETNAM), False) if stamp else (None, None)


def _stamp(value: object) -> datetime | None:
    try:
        stamp = datetime.strptime(_text(value)[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the zone is another field
    except ValueError:
        return None
    return stamp if stamp.year in _YEARS else None


def _zone(value: object) -> timezone | None:
    try:
        return datetime.strptime(_text(value), "%z").tzinfo  # type: ignore[return-value]  # %z gives a timezone
    except ValueError:
        return None


def _satellite_time(gps: dict[int, Any]) -> datetime | None:
    clock = _triple(gps.get(_GPS.GPSTimeStamp))
    try:
        day = datetime.strptime(_text(gps.get(_GPS.GPSDateStamp)), "%Y:%m:%d").replace(tzinfo=UTC)
    except ValueError:
        return None
    if clock is None or day.year not in _YEARS or not 0 <= clock[0] < 24:
        return None
    return day + timedelta(hours=clock[0], minutes=clock[1], seconds=clock[2])


def _place(gps: dict[int, Any]) -> tuple[float | None, float | None]:
    longitude = _angle(gps.get(_GPS.GPSLongitude), _text(gps.get(_GPS.GPSLongitudeRef)), "EW", 180)
    latitude = _angle(gps.get(_GPS.GPSLatitude), _text(gps.get(_GPS.GPSLatitudeRef)), "NS", 90)
    # Cameras without a fix write zeros; nobody stands there.
    if longitude is None or latitude is None or (longitude == 0 and latitude == 0):
        return None, None
    return longitude, latitude


def _angle(value: object, side: str, sides: str, most: float) -> float | None:
    parts = _triple(value)
    if parts is None or side not in tuple(sides):
        return None
    angle = parts[0] + parts[1] / 60 + parts[2] / 3600
    return (angle if side == sides[0] else -angle) if 0 <= angle <= most else None


def _triple(value: object) -> tuple[float, float, float] | None:
    if not isinstance(value, tuple | list) or len(value) != 3:
        return None
    first, second, third = (_number(one) for one in value)
    return None if first is None or second is None or third is None else (first, second, third)


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    return "".join(one for one in str(value or "") if one.isprintable()).strip()


def _camera(main: dict[int, Any]) -> str | None:
    maker, model = _text(main.get(_BASE.Make)), _text(main.get(_BASE.Model))
    told = model if model.lower().startswith(maker.lower()) else f"{maker} {model}"
    return told.strip()[:_LONGEST] or None
