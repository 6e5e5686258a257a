"""Real photos for tests: made by Pillow, with a real EXIF block."""

from io import BytesIO

from PIL import ExifTags, Image, ImageDraw
from PIL.TiffImagePlugin import IFDRational

_BASE, _GPS = ExifTags.Base, ExifTags.GPS


def degrees(value: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    """An angle as EXIF holds it: degrees, minutes, seconds."""
    seconds = round(abs(value) * 3600 * 1000)
    whole, rest = divmod(seconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return IFDRational(whole), IFDRational(minutes), IFDRational(rest, 1000)


def gps(longitude: float, latitude: float, heading: float | None = None) -> dict[int, object]:
    """The GPS part of an EXIF block."""
    told: dict[int, object] = {
        _GPS.GPSLongitude: degrees(longitude),
        _GPS.GPSLongitudeRef: "E" if longitude >= 0 else "W",
        _GPS.GPSLatitude: degrees(latitude),
        _GPS.GPSLatitudeRef: "N" if latitude >= 0 else "S",
        _GPS.GPSHPositioningError: IFDRational(47, 10),
    }
    if heading is not None:
        told |= {_GPS.GPSImgDirection: IFDRational(round(heading * 100), 100), _GPS.GPSImgDirectionRef: "T"}
    return told


def photo(
    *,
    place: dict[int, object] | None = None,
    taken: str | None = "2026:10:20 09:30:00",
    zone: str | None = "+07:00",
    size: tuple[int, int] = (640, 480),
    form: str = "JPEG",
    mark: str = "",
) -> bytes:
    """A photo as bytes. Args: place - what ``gps`` gives; mark - drawn into it, so that photos differ."""
    image = Image.new("RGB", size, "#8aa37b")
    draw = ImageDraw.Draw(image)
    for x in range(0, size[0], 16):
        draw.line([(x, 0), (size[0] - x, size[1])], fill=(x % 256, 90, 120), width=3)
    draw.text((10, 10), mark, fill="white")
    exif = Image.Exif()
    exif[_BASE.Make], exif[_BASE.Model] = "Nokia", "X20"
    detail = exif.get_ifd(ExifTags.IFD.Exif)
    if taken:
        detail[_BASE.DateTimeOriginal] = taken
    if taken and zone:
        detail[_BASE.OffsetTimeOriginal] = zone
    if place:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(place)
    made = BytesIO()
    image.save(made, form, exif=exif)
    return made.getvalue()


def stripped(size: tuple[int, int] = (640, 480)) -> bytes:
    """A photo of which a messenger has left nothing but the picture."""
    made = BytesIO()
    Image.new("RGB", size, "#557799").save(made, "JPEG")
    return made.getvalue()
