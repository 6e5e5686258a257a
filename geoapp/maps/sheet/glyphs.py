"""Outlines of letters, for pictures."""

from functools import cache
from typing import Any

import numpy as np
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path as Outline
from matplotlib.transforms import Affine2D

from geoapp.maps.sheet.ink import Text
from geoapp.maps.sheet.lettering import MM_PER_PT, READING, Face, runs

_SIZE = 100


def outline_of(text: Text) -> Outline | None:
    """A line of text as one outline in its place, in millimetres; None where nothing of it is to be seen."""
    size = text.size_pt * MM_PER_PT
    points, codes, x = [], [], 0.0
    for run in runs(text.text, text.weight):
        for glyph in run.glyphs:
            vertices, kinds = _glyph(run.face, glyph)
            if len(kinds):
                points.append(vertices * size + (x, 0.0))
                codes.append(kinds)
            x += run.face.advances[glyph] * size
    if not points:
        return None
    outline = Outline(np.concatenate(points), np.concatenate(codes))
    return outline.transformed(Affine2D().rotate_deg(text.angle).translate(text.x, text.y))


@cache
def _glyph(face: Face, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Points and kinds of the outline of a letter of size 1."""
    with READING:
        font = _font(face)
        font.load_glyph(number, flags=LoadFlags.NO_HINTING)
        vertices, codes = font.get_path()
    return vertices / _SIZE, codes


@cache
def _font(face: Face) -> Any:
    font = FT2Font(str(face.path))
    font.set_size(_SIZE, 72)
    return font
