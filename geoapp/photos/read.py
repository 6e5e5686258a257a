"""A whole photo judged and read, and its preview made; a broken one is refused with what is wrong with it."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from geoapp.errors import N_, InvalidRequest
from geoapp.photos.exif import PhotoSays, read_exif
from geoapp.photos.sniff import LEAST_BYTES, MediaType, media_type_of

_PREVIEW_PX = 1280
_PREVIEW_QUALITY = 80
_FORMATS = ("JPEG", "PNG", "WEBP")
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error, ZeroDivisionError)


@dataclass(frozen=True)
class Photo:
    """A photo that can be used: its kind, its size in pixels as stored, what it says, and a preview as JPEG bytes."""

    media_type: MediaType
    width: int
    height: int
    says: PhotoSays
    preview: bytes


def read_photo(path: Path, name: str, most_mpx: int) -> Photo:
    """Read a photo wholly: every byte of it is decoded once, so that half a photo is found out.

    Args: name - as the device calls it, for messages; most_mpx - millions of pixels that are decoded at most.
    Raises: InvalidRequest - it is no photo, is cut off or broken, or would unfold to too many pixels.
    """
    with path.open("rb") as file:
        media_type = media_type_of(file.read(LEAST_BYTES), name)
    with _refusing(name, most_mpx), Image.open(path, formats=_FORMATS) as image:
        width, height = image.size
        if width * height > most_mpx * 1_000_000:
            raise _too_many(name, most_mpx, width * height / 1_000_000)
        says = read_exif(image)
        return Photo(media_type, width, height, says, _preview(image))


@contextmanager
def _refusing(name: str, most_mpx: int) -> Iterator[None]:
    try:
        yield
    except _BOMBS as error:
        raise _too_many(name, most_mpx) from error
    except _BROKEN as error:
        raise InvalidRequest(
            N_(
                "“%(name)s” is cut off or damaged: it cannot be read to its end. Take the photo again, or send it anew."
            ),
            parameter="photo",
            name=name,
        ) from error


def _too_many(name: str, most_mpx: int, found: float | None = None) -> InvalidRequest:
    shown = f"{found:.0f}" if found else f"> {2 * most_mpx}"
    return InvalidRequest(
        N_("“%(name)s” has %(found)s million pixels; at most %(most)s are taken. Send a smaller one."),
        parameter="photo",
        name=name,
        found=shown,
        most=most_mpx,
    )


def _preview(image: Image.Image) -> bytes:
    """A small upright JPEG with nothing in it but the picture."""
    # A large JPEG is decoded at a fraction of its size; all of its bytes are read all the same.
    image.draft("RGB", (_PREVIEW_PX, _PREVIEW_PX))
    image.load()
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((_PREVIEW_PX, _PREVIEW_PX))
    # On a new ground: comments, profiles and places of the original stay behind.
    clean = Image.new("RGB", upright.size, "white")
    if upright.mode in ("RGBA", "LA", "PA", "P"):
        seen = upright.convert("RGBA")
        clean.paste(seen, mask=seen.getchannel("A"))
    else:
        clean.paste(upright.convert("RGB"))
    made = BytesIO()
    clean.save(made, "JPEG", quality=_PREVIEW_QUALITY, optimize=True)
    return made.getvalue()
