"""The glyphs of a font that a page uses, as a TrueType file: all keep their numbers, the others are empty."""

import struct
from collections.abc import Iterable

from geoapp.maps.sheet.lettering import READING, Face

_KEPT = ("head", "hhea", "hmtx", "maxp")
_LONG_OFFSETS = 1
_FORMAT_AT = 50


def subset(face: Face, glyphs: Iterable[int]) -> bytes:
    """A TrueType file with some glyphs, what they are put together from, and the sign for missing letters."""
    with READING:
        tables: dict[str, bytes] = {tag: face.font.reader[tag] for tag in _KEPT}
        tables["glyf"], tables["loca"] = _outlines(face, _closed(face, glyphs))
    head = bytearray(tables["head"])
    struct.pack_into(">h", head, _FORMAT_AT, _LONG_OFFSETS)
    tables["head"] = bytes(head)
    return _packed(tables)


def _closed(face: Face, glyphs: Iterable[int]) -> set[int]:
    """The glyphs with all that they are put together from."""
    table, order = face.font["glyf"], face.font.getGlyphOrder()
    found: set[int] = set()
    waiting = [0, *glyphs]
    while waiting:
        number = waiting.pop()
        if number in found:
            continue
        found.add(number)
        glyph = table[order[number]]
        if glyph.isComposite():
            waiting += [face.font.getGlyphID(name) for name in glyph.getComponentNames(table)]
    return found


def _outlines(face: Face, wanted: set[int]) -> tuple[bytes, bytes]:
    """Tables ``glyf`` and ``loca``."""
    raw, places = face.font.reader["glyf"], list(face.font["loca"].locations)
    parts, offsets, position = [], [0], 0
    for number in range(len(places) - 1):
        if number in wanted:
            part = raw[places[number] : places[number + 1]]
            parts.append(part + b"\0" * (-len(part) % 4))
            position += len(parts[-1])
        offsets.append(position)
    return b"".join(parts), struct.pack(f">{len(offsets)}I", *offsets)


def _packed(tables: dict[str, bytes]) -> bytes:
    """Tables as one file, in the order of their names."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(">IHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    directory, body, position = [], [], 12 + 16 * count
    for tag in sorted(tables):
        data = tables[tag]
        padded = data + b"\0" * (-len(data) % 4)
        check = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory.append(struct.pack(">4sIII", tag.encode("ascii"), check, position, len(data)))
        body.append(padded)
        position += len(padded)
    return head + b"".join(directory) + b"".join(body)
