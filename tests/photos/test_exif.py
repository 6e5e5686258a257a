"""Time, place and heading come from the EXIF block as cameras write it; nonsense is nothing."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import ExifTags, Image

from geoapp.photos.exif import PhotoSays, read_exif
from tests.photos.photo_files import gps, photo, stripped

_GPS = ExifTags.GPS


def says(body: bytes) -> PhotoSays:
    """What a photo says."""
    with Image.open(BytesIO(body)) as image:
        return read_exif(image)


def test_place_heading_and_time_are_read() -> None:
    """Degrees, minutes and seconds become degrees within a hundredth of a second of arc."""
    told = says(photo(place=gps(106.123456, 20.223344, 271.5)))
    assert (106.123456, 20.223344) == pytest.approx((told.longitude, told.latitude), abs=3e-7)
    assert (271.5, False, 4.7) == (told.heading_deg, told.heading_magnetic, told.accuracy_m)
    assert datetime(2026, 10, 20, 2, 30, tzinfo=UTC) == told.taken_at
    assert (True, "Nokia X20") == (told.zone_known, told.camera)


def test_the_other_hemisphere_is_negative() -> None:
    """South and west."""
    told = says(photo(place=gps(-58.38, -34.6)))
    assert (-58.38, -34.6) == pytest.approx((told.longitude, told.latitude), abs=3e-7)


def test_without_a_zone_the_time_is_that_of_viet_nam_and_says_so() -> None:
    """09:30 in Viet Nam is 02:30 UTC; that it was taken so is told."""
    told = says(photo(zone=None))
    assert (datetime(2026, 10, 20, 2, 30, tzinfo=UTC), False) == (told.taken_at, told.zone_known)


def test_the_clock_of_the_satellites_has_a_zone() -> None:
    """Where the camera names no zone, the time of the satellites is UTC."""
    place = gps(106.1, 20.2) | {_GPS.GPSDateStamp: "2026:10:20", _GPS.GPSTimeStamp: (2.0, 31.0, 5.0)}
    told = says(photo(place=place, zone=None))
    assert (datetime(2026, 10, 20, 2, 31, 5, tzinfo=UTC), True) == (told.taken_at, told.zone_known)


def test_a_stripped_photo_says_nothing() -> None:
    """No place, no time, no camera."""
    assert PhotoSays() == says(stripped())


@pytest.mark.parametrize(
    "place",
    [
        {_GPS.GPSLongitude: (0.0, 0.0, 0.0), _GPS.GPSLongitudeRef: "E", _GPS.GPSLatitude: (0.0, 0.0, 0.0),
         _GPS.GPSLatitudeRef: "N"},
        gps(106.1, 20.2) | {_GPS.GPSLatitude: (120.0, 0.0, 0.0)},
        gps(106.1, 20.2) | {_GPS.GPSLongitudeRef: "?"},
        {_GPS.GPSLongitude: (106.0, 6.0, 0.0), _GPS.GPSLongitudeRef: "E"},
    ],
    ids=["zeros of a camera without a fix", "latitude of 120 degrees", "no side", "half a place"],
)  # fmt: skip
def test_a_senseless_place_is_no_place(place: dict[int, object]) -> None:
    """Neither zeros nor impossible angles are a place."""
    assert says(photo(place=place)).longitude is None


def test_a_broken_block_says_nothing() -> None:
    """A cut block is not a reason to lose the photo."""
    body = photo(place=gps(106.1, 20.2))
    at = body.index(b"Exif\0\0")
    assert says(body[: at + 8] + b"\xff" * 60 + body[at + 68 :]).longitude is None


def test_an_impossible_time_is_no_time() -> None:
    """Cameras without a clock write zeros."""
    assert says(photo(taken="0000:00:00 00:00:00")).taken_at is None
