"""Photos for a document: upright, small enough to print, without what the camera wrote into them."""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

# 130 mm on paper at 200 dots an inch.
_LARGEST_PX = 1024
_QUALITY = 82


@dataclass(frozen=True)
class PrintedPhoto:
    """A JPEG with its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def shrink(path: Path) -> PrintedPhoto | None:
    """A photo as it is printed; None where the file is not there or cannot be read."""
    try:
        with Image.open(path) as original:
            original.draft("RGB", (_LARGEST_PX, _LARGEST_PX))
            upright = ImageOps.exif_transpose(original).convert("RGB")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
    upright.thumbnail((_LARGEST_PX, _LARGEST_PX), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    upright.save(target, "JPEG", quality=_QUALITY, exif=b"", icc_profile=None)
    return PrintedPhoto(target.getvalue(), *upright.size)
