"""Photos for paper: upright, small enough to print, without what the camera wrote into them."""

import io
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

# 130 mm on paper at 200 dots an inch.
_LARGEST_PX = 1024
_QUALITY = 82


class Shrunk(NamedTuple):
    """A JPEG with its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def shrink(path: Path) -> Shrunk | None:
    """A photo as it is printed; None where the file is not there or cannot be read. The same file, the same bytes."""
    try:
        with Image.open(path) as original:
            original.draft("RGB", (_LARGEST_PX, _LARGEST_PX))
            upright = ImageOps.exif_transpose(original).convert("RGB")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
    upright.thumbnail((_LARGEST_PX, _LARGEST_PX), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    upright.save(target, "JPEG", quality=_QUALITY, exif=b"", icc_profile=None)
    return Shrunk(target.getvalue(), *upright.size)
