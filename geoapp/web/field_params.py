"""What a device sends, checked field by field: from JSON to an announcement; what cannot be used is refused by name."""

import json
import math
import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext

from geoapp.errors import N_, InvalidRequest, TooLarge
from geoapp.services.field_reports import AnnouncedPhoto, Announcement, DevicePlace, FlagReason

_MOST_BYTES = 200_000
_MOST_PLOTS = 200
_MOST_CORNERS = 500
_MOST_CASES = 2**31 - 1
_LONGEST_NOTE = 2000
_LONGEST_NAME = 120
_HASH = re.compile(r"[0-9a-f]{64}")
_SHOWN = 40
Plain = dict[str, Any]


def read_announcement() -> Announcement:
    """The report that this request announces. Raises: InvalidRequest, TooLarge."""
    if (request.content_length or 0) > _MOST_BYTES:
        raise TooLarge(N_("The report is too long. Draw with fewer corners, or write less."), parameter="report")
    told = request.get_json(silent=True)
    if not isinstance(told, dict):
        raise InvalidRequest(N_("A report as JSON was expected."), parameter="report")
    note = _text(told, "note", _LONGEST_NOTE)
    case = _case(told)
    photos = _list(told, "photos")
    return Announcement(
        id=_uuid(told),
        park=None if case else _text(told, "park", _SHOWN * 2) or None,
        plots=() if case else _plots(told),
        geometry=None if case else _geometry(told.get("geometry")),
        reason=None if case else _reason(told),
        note=note,
        observed_on=_day(told),
        photos=tuple(_photo(one) for one in _distinct(photos)),
        case=case,
    )


def _uuid(told: Plain) -> UUID:
    try:
        return UUID(str(told.get("id", "")))
    except ValueError:
        raise _refused("id", N_("a number of the form 8-4-4-4-12"), told.get("id")) from None


def _text(told: Plain, name: str, most: int) -> str:
    value = told.get(name) or ""
    if not isinstance(value, str) or "\0" in value:
        raise _refused(name, N_("a text"), value)
    if len(value) > most:
        raise InvalidRequest(
            N_("%(parameter)s: at most %(most)s characters, found %(found)s. Write less."),
            parameter=name,
            most=most,
            found=len(value),
        )
    return value


def _list(told: Plain, name: str) -> list[Any]:
    value = told.get(name) or []
    if not isinstance(value, list):
        raise _refused(name, N_("a list"), value)
    return value


def _plots(told: Plain) -> tuple[str, ...]:
    codes = _list(told, "plots")
    if len(codes) > _MOST_PLOTS or any(not isinstance(one, str) or not 0 < len(one) <= _SHOWN * 2 for one in codes):
        raise _refused("plots", N_("codes of plots, at most 200"), f"{len(codes)}")
    return tuple(dict.fromkeys(one.replace("\0", "\ufffd") for one in codes))


def _case(told: Plain) -> int | None:
    """The case that photos are added to; what else says which land is meant is then left out."""
    value = told.get("case")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _MOST_CASES:
        raise _refused("case", N_("the number of a case"), value)
    return value


def _reason(told: Plain) -> FlagReason:
    try:
        return FlagReason(str(told.get("reason") or ""))
    except ValueError:
        raise InvalidRequest(N_("Choose a reason from the list."), parameter="reason") from None


def _day(told: Plain) -> date:
    value = told.get("observed_on")
    try:
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError
        day = date.fromisoformat(value)
    except ValueError:
        raise _refused("observed_on", N_("a day such as 2026-10-31"), value) from None
    if day.year < 2000:
        raise _refused("observed_on", N_("a day from the year 2000 on"), value)
    return day


def _geometry(value: object) -> str | None:
    """A point or an outline as GeoJSON text with its coordinates only."""
    if value is None:
        return None
    kind = value.get("type") if isinstance(value, dict) else None
    places = value.get("coordinates") if isinstance(value, dict) else None
    if kind == "Point":
        return json.dumps({"type": "Point", "coordinates": _place(places)})
    if kind != "Polygon" or not isinstance(places, list) or len(places) != 1 or not isinstance(places[0], list):
        raise _refused("geometry", N_("a GeoJSON point, or a polygon of one outline"), kind)
    ring = [_place(one) for one in places[0][: _MOST_CORNERS + 1]]
    if not 4 <= len(ring) <= _MOST_CORNERS or ring[0] != ring[-1]:
        raise _refused("geometry", N_("an outline of 3 to 499 corners that ends where it begins"), len(places[0]))
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def _place(value: object) -> list[float]:
    if not isinstance(value, list) or len(value) != 2:
        raise _refused("geometry", N_("longitude and latitude in degrees"), value)
    return [_number(value[0], "geometry", 180), _number(value[1], "geometry", 90)]


def _number(value: object, name: str, most: float, least: float | None = None) -> float:
    least = -most if least is None else least
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not math.isfinite(value)
        or not least <= value <= most
    ):
        raise _refused(name, N_("longitude and latitude in degrees"), value)
    return float(value)


def _distinct(photos: list[Any]) -> list[Any]:
    hashes = [one.get("sha256") for one in photos if isinstance(one, dict)]
    if len(set(map(str, hashes))) < len(photos):
        raise InvalidRequest(N_("The same photo is there twice. Take one of them away."), parameter="photos")
    return photos


def _photo(told: Plain) -> AnnouncedPhoto:
    sha256, size = told.get("sha256"), told.get("bytes")
    if not isinstance(sha256, str) or not _HASH.fullmatch(sha256):
        raise _refused("photos", N_("the SHA-256 of each photo in hexadecimal"), sha256)
    if isinstance(size, bool) or not isinstance(size, int) or size < 1:
        raise _refused("photos", N_("the size of each photo in bytes"), size)
    return AnnouncedPhoto(sha256, size, clean_name(told.get("name")), _device(told.get("device")))


def clean_name(value: object) -> str:
    """What a device calls a photo, without folders and signs that cannot be seen; it is only ever shown."""
    last = re.split(r"[/\\]", str(value or ""))[-1]
    return "".join(one for one in last if one.isprintable()).strip(". ")[:_LONGEST_NAME] or "photo"


def _device(told: object) -> DevicePlace | None:
    if not isinstance(told, dict):
        return None
    accuracy = told.get("accuracy_m")
    return DevicePlace(
        _number(told.get("longitude"), "photos", 180),
        _number(told.get("latitude"), "photos", 90),
        None if accuracy is None else _number(accuracy, "photos", 1e7, 0),
        _moment(told.get("at")),
    )


def _moment(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not 1990 <= moment.year <= 2200:
        raise _refused("photos", N_("a moment such as 2026-10-31T08:00:00Z"), value)
    return moment


def _refused(name: str, expected: str, found: object) -> InvalidRequest:
    return InvalidRequest(
        N_("%(parameter)s: expected %(expected)s, found “%(found)s”."),
        parameter=name,
        expected=gettext(expected),
        found=str(found)[:_SHOWN],
    )
