"""Plots of a park: blocks cut into rows of plots, land for shared use set apart, the rest for industry."""

import random
from dataclasses import dataclass, field
from itertools import count

import shapely
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from geoapp.demo.outlines import Outline
from geoapp.demo.recipe import Recipe
from geoapp.demo.streets import Block, Streets
from geoapp.kinds import PlotUse

_FAR = 50_000.0
_LEAST_PLOT_M2 = 4_000.0
_DEEPEST_ROW_M = 200.0
LETTABLE = frozenset({PlotUse.SKK, PlotUse.TMD})


@dataclass(frozen=True)
class Plot:
    """A plot in the park's own axes; ``area``: number of the clearance area it lies in; ``row``: its neighbours."""

    code: str
    block: str
    use: PlotUse
    shape: BaseGeometry
    area: int
    row: str

    @property
    def area_ha(self) -> float:
        """Area on the ellipsoid."""
        return self.shape.area / 1e4


@dataclass
class _Cut:
    """A piece of a block that is not yet a plot."""

    block: str
    row: str
    shape: BaseGeometry
    use: PlotUse | None = None


@dataclass
class _Park:
    pieces: list[_Cut]
    gate: Point
    spine: BaseGeometry
    area_m2: float
    dice: random.Random
    numbers: "dict[str, count[int]]" = field(default_factory=dict)

    def distance(self, piece: _Cut) -> float:
        return float(piece.shape.centroid.distance(self.gate))


def cut_plots(outline: Outline, streets: Streets, first_areas: int, recipe: Recipe) -> tuple[Plot, ...]:
    """All plots of a park; together they are the park, none overlaps another.

    Args: first_areas - how many areas, counted from the gate, are cleared first: works that all need stand there.
    """
    rules, shares = recipe.table("layout"), recipe.table("shares")
    dice = recipe.dice(outline.park, "plots")
    pieces = [piece for block in streets.blocks for piece in _cut_block(block, rules["plot_ha"], dice)]
    park = _Park(pieces, streets.gate, streets.spine, outline.local.area, dice)
    first = shapely.union_all(streets.areas[:first_areas]).buffer(1.0)
    _set_apart(park, shares, streets.belt.area, first)
    plots = [_named(park, piece, streets.areas) for piece in park.pieces]
    for use, shape in ((PlotUse.DKV, streets.belt), (PlotUse.DGT, streets.roads)):
        for number, area in enumerate(streets.areas):
            part = _polygons(shape.intersection(area))
            plots.append(Plot(_numbered(park, _PREFIX[use]), "", use, part, number, ""))
    return tuple(plots)


_PREFIX = {
    PlotUse.TMD: "DV",
    PlotUse.DKV: "CX",
    PlotUse.DGT: "GT",
    PlotUse.DNL: "TBA",
    PlotUse.DRA: "XLNT",
    PlotUse.MNC: "MN",
}


def _cut_block(block: Block, plot_ha: tuple[float, float], dice: random.Random) -> list[_Cut]:
    _, south, _, north = block.shape.bounds
    parts = 2 if north - south > _DEEPEST_ROW_M else 1
    height = (north - south) / parts
    pieces = []
    for i in range(parts):
        row = f"{block.name}.{i}"
        strip = block.shape.intersection(box(-_FAR, south + i * height, _FAR, south + (i + 1) * height))
        pieces += [_Cut(block.name, row, shape) for shape in _cut_row(strip, dice.uniform(*plot_ha) * 1e4, dice)]
    return pieces


def _cut_row(strip: BaseGeometry, size_m2: float, dice: random.Random) -> list[BaseGeometry]:
    parts = max(1, round(strip.area / size_m2))
    rest = strip
    shapes: list[BaseGeometry] = []
    for left in range(parts, 1, -1):
        piece, remainder = _split(rest, rest.area / left * dice.uniform(0.85, 1.15))
        if min(piece.area, remainder.area) > _LEAST_PLOT_M2:
            shapes.append(piece)
            rest = remainder
    return [*shapes, rest]


def _split(shape: BaseGeometry, area_m2: float) -> tuple[BaseGeometry, BaseGeometry]:
    """A shape cut across its long axis so that the left part has an area; blocks are convex, so both stay whole."""
    west, south, east, north = shape.bounds
    low, high, below, above = west, east, 0.0, shape.area
    while above - below > 0.1:
        # Where the cut would be if the width were even, kept off the ends so that both come nearer.
        share = min(max((area_m2 - below) / (above - below), 0.02), 0.98)
        middle = low + share * (high - low)
        left = shapely.clip_by_rect(shape, west - 1, south - 1, middle, north + 1).area
        if left > area_m2:
            high, above = middle, left
        else:
            low, below = middle, left
        if abs(left - area_m2) < 0.1:
            break
    return (
        shapely.clip_by_rect(shape, west - 1, south - 1, middle, north + 1),
        shapely.clip_by_rect(shape, middle, south - 1, east + 1, north + 1),
    )


def _set_apart(park: _Park, shares: dict[str, float], belt_m2: float, first: BaseGeometry) -> None:
    """Take land for shared use and services; what is left is for industry."""
    everywhere = park.area_m2
    _, south, _, north = shapely.union_all([piece.shape for piece in park.pieces]).bounds
    near = sorted((piece for piece in park.pieces if first.covers(piece.shape)), key=park.distance)
    far = near[::-1]
    plant_m2 = max(8_000.0, shares["wastewater"] * everywhere)
    power_m2 = max(6_000.0, shares["power"] * everywhere)
    _take(park, _whole_first(far, plant_m2), PlotUse.DRA, plant_m2)
    _take(park, _whole_first(near[2:] or near, power_m2), PlotUse.DNL, power_m2)
    by_spine = sorted(park.pieces, key=lambda piece: (piece.shape.distance(park.spine) > 60, park.distance(piece)))
    _take(park, by_spine, PlotUse.TMD, shares["service"] * everywhere)
    middle = park.spine.interpolate(0.5, normalized=True)
    central = sorted(park.pieces, key=lambda piece: abs(piece.shape.centroid.distance(middle) - (north - south) / 4))
    _take(park, central, PlotUse.MNC, shares["water"] * everywhere)
    spread = sorted(park.pieces, key=lambda piece: piece.shape.bounds)
    park.dice.shuffle(spread)
    _take(park, spread, PlotUse.DKV, max(0.0, shares["green"] * everywhere - belt_m2), largest_m2=40_000.0)


def _whole_first(pieces: list[_Cut], wanted_m2: float) -> list[_Cut]:
    """The same order, but pieces that are large enough by themselves come first."""
    return sorted(pieces, key=lambda piece: piece.shape.area < wanted_m2)


def _take(park: _Park, order: list[_Cut], use: PlotUse, wanted_m2: float, largest_m2: float = 90_000.0) -> None:
    """Give pieces to a use in an order until it has what it wants; what would be too small to use stays as it is."""
    for piece in order:
        if wanted_m2 < _LEAST_PLOT_M2:
            return
        if piece.use is not None:
            continue
        share = min(wanted_m2, largest_m2)
        if piece.shape.area - share > _LEAST_PLOT_M2:
            piece.shape, rest = _split(piece.shape, share)
            park.pieces.append(_Cut(piece.block, piece.row, rest))
        piece.use = use
        wanted_m2 -= piece.shape.area


def _named(park: _Park, piece: _Cut, areas: tuple[BaseGeometry, ...]) -> Plot:
    use = piece.use or PlotUse.SKK
    middle = piece.shape.representative_point()
    number = min(range(len(areas)), key=lambda i: areas[i].distance(middle))
    prefix = f"{piece.block}" if use is PlotUse.SKK else _PREFIX[use]
    return Plot(_numbered(park, prefix), piece.block, use, piece.shape, number, piece.row)


def _numbered(park: _Park, prefix: str) -> str:
    return f"{prefix}-{next(park.numbers.setdefault(prefix, count(1))):02d}"


def _polygons(geometry: BaseGeometry) -> BaseGeometry:
    """The polygons of an intersection, without lines and points where shapes only touch."""
    return shapely.union_all([part for part in shapely.get_parts(geometry).tolist() if part.geom_type == "Polygon"])
