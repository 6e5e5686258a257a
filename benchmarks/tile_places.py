"""Which tiles are asked for: those that hold plots, at a zoom, in an order that is the same each time."""

import random
from dataclasses import dataclass

from benchmarks.ground import AS_OF, Ground
from benchmarks.report import BenchError

# Points inside of plots, each to the tile it lies in; the web grid reaches 20037508.342789244 m to each side.
_TILES = """
SELECT DISTINCT floor((ST_X(p.at) + 20037508.342789244) / size)::integer AS x,
       floor((20037508.342789244 - ST_Y(p.at)) / size)::integer AS y
FROM (SELECT ST_PointOnSurface(geom_3857) AS at FROM plots_at(%s, 'infinity')) AS p,
     (SELECT 2 * 20037508.342789244 / 2 ^ %s AS size) AS grid
ORDER BY x, y
"""


@dataclass(frozen=True)
class TilePlace:
    """A tile of the web grid."""

    z: int
    x: int
    y: int


def places(ground: Ground, plots: int, z: int) -> list[TilePlace]:
    """All tiles of a zoom with a plot in them, shuffled."""
    found = [TilePlace(z, int(str(x)), int(str(y))) for x, y in ground.rows(plots, _TILES, (AS_OF, z))]
    if not found:
        raise BenchError(f"No tile of zoom {z} holds a plot.")
    random.Random(z).shuffle(found)  # noqa: S311 - an order, not a secret
    return found
