"""Lines and dots of a pattern within shapes, against areas that can be worked out on paper."""

import math

import numpy as np
import pytest
import shapely

from geoapp.catalog.model import Pattern
from geoapp.maps.sheet.hatching import dots_in, lines_in
from geoapp.maps.sheet.outlines import PX_MM, TILE_PX

TILE = TILE_PX * PX_MM
SQUARE = np.array([(10.0, 10.0), (50.0, 10.0), (50.0, 50.0), (10.0, 50.0)])
HOLE = np.array([(20.0, 20.0), (40.0, 20.0), (40.0, 40.0), (20.0, 40.0)])


def length_of(lines: np.ndarray) -> float:
    """Of all lines together, in millimetres."""
    return float(np.hypot(*(lines[:, 1] - lines[:, 0]).T).sum())


def test_lines_fill_a_square_with_their_spacing() -> None:
    """Area by spacing: 1 600 mm² by a tile over the root of two."""
    expected = 1600 / (TILE / math.sqrt(2))
    assert expected == pytest.approx(length_of(lines_in([[SQUARE]], Pattern.HATCH, 1.0)), rel=0.01)


def test_a_cross_has_twice_the_lines() -> None:
    """Both ways."""
    once, twice = (length_of(lines_in([[SQUARE]], pattern, 1.0)) for pattern in (Pattern.HATCH, Pattern.CROSS))
    assert 2 * once == pytest.approx(twice, rel=0.01)


def test_holes_stay_free() -> None:
    """No line within the hole, by another library."""
    lines = shapely.linestrings(lines_in([[SQUARE, HOLE]], Pattern.HATCH, 1.0))
    inside = shapely.intersection(lines, shapely.Polygon(HOLE))
    assert 0 == pytest.approx(shapely.length(inside).sum(), abs=1e-6)


def test_lines_of_neighbours_join() -> None:
    """Two halves of a square have the lines of the whole."""
    left, right = SQUARE * (0.5, 1) + (5, 0), SQUARE * (0.5, 1) + (25, 0)
    halves = length_of(lines_in([[left], [right]], Pattern.HATCH, 1.0))
    assert length_of(lines_in([[SQUARE]], Pattern.HATCH, 1.0)) == pytest.approx(halves)


def test_two_dots_stand_on_every_tile() -> None:
    """1 600 mm² by the area of a tile, twice."""
    assert 2 * 1600 / TILE**2 == pytest.approx(len(dots_in([[SQUARE]], 1.0)), rel=0.05)
