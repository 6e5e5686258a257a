"""What a file is by its first bytes, whatever its name says."""

from enum import StrEnum

from geoapp.errors import N_, InvalidRequest

LEAST_BYTES = 16
"""So many bytes tell what a file is."""


class MediaType(StrEnum):
    """What is taken."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"


_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1", b"avif", b"avis")
_OTHERS = {
    b"%PDF": "PDF",
    b"GIF8": "GIF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"PK\x03\x04": "ZIP",
    b"\x7fELF": "ELF",
    b"MZ": "EXE",
    b"BM": "BMP",
    b"<svg": "SVG",
    b"<?xm": "XML",
    b"<!DO": "HTML",
    b"<htm": "HTML",
}


def media_type_of(start: bytes, name: str) -> MediaType:
    """The kind of a photo from its first bytes.

    Args: start - at least ``LEAST_BYTES``, or the whole file; name - as the device calls it, for the message.
    Raises: InvalidRequest - it is no photo that can be read here; the message says what it is and what to do.
    """
    if start.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return MediaType.WEBP
    if start[4:8] == b"ftyp" and start[8:12] in _HEIF_BRANDS:
        raise InvalidRequest(
            N_(
                "“%(name)s” is a HEIC or AVIF picture, which cannot be read here. On an iPhone choose Settings, "
                "Camera, Formats, Most Compatible, or send the photo as JPEG."
            ),
            parameter="photo",
            name=name,
        )
    found = next((kind for mark, kind in _OTHERS.items() if start.startswith(mark)), None)
    if found:
        raise InvalidRequest(
            N_("“%(name)s” is a %(found)s file, not a photo. Choose a JPEG, PNG or WebP picture."),
            parameter="photo",
            name=name,
            found=found,
        )
    raise InvalidRequest(
        N_("“%(name)s” is not a photo that can be read here. Choose a JPEG, PNG or WebP picture."),
        parameter="photo",
        name=name,
    )
