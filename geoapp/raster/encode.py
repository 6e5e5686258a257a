"""From pixels to the bytes of a picture: PNG by ourselves, because it is quicker than by GDAL, and WebP by GDAL."""

import struct
import zlib

import numpy as np
from rasterio.io import MemoryFile
from rasterio.transform import from_origin

_SIGN = b"\x89PNG\r\n\x1a\n"
# Grey, grey with alpha, red green blue, and with alpha.
_COLOUR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}
_UP = 2
_WEBP_QUALITY = 82
# The quickest of 0 to 6.
_WEBP_METHOD = 0
# WebP keeps no position. One is given all the same: without, rasterio warns, and warnings are turned off for all
# threads of a process at once or not at all.
_ANYWHERE = from_origin(1, 1, 2, 2)


def to_png(pixels: np.ndarray) -> bytes:
    """PNG of (bands, rows, columns) bytes with 1 to 4 bands. The same bytes always.

    Rows are stored as differences from the row above. Of zlib's ways at level 1 the run-length one takes half the time
    of the usual one on pictures from space, and its files are no larger.
    """
    count, height, width = pixels.shape
    lines = np.moveaxis(pixels, 0, -1).reshape(height, width * count)
    packed = np.empty((height, width * count + 1), dtype=np.uint8)
    packed[:, 0] = _UP
    packed[0, 1:] = lines[0]
    np.subtract(lines[1:], lines[:-1], out=packed[1:, 1:])
    squeeze = zlib.compressobj(1, zlib.DEFLATED, 15, 9, zlib.Z_RLE)
    body = squeeze.compress(packed.tobytes()) + squeeze.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, _COLOUR_TYPES[count], 0, 0, 0)
    return _SIGN + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def to_webp(pixels: np.ndarray) -> bytes:
    """WebP of (bands, rows, columns) bytes with 3 or 4 bands, at a quality at which no loss is seen."""
    count, height, width = pixels.shape
    options = {"quality": _WEBP_QUALITY, "method": _WEBP_METHOD, "transform": _ANYWHERE}
    with MemoryFile() as memory:
        with memory.open(driver="WEBP", width=width, height=height, count=count, dtype="uint8", **options) as file:
            file.write(pixels)
        return bytes(memory.getbuffer())


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
