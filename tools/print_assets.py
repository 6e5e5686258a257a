"""What maps on paper need: a typeface as TrueType, and the outline of Viet Nam; made once from the npm packages.

Be Vietnam Pro comes for browsers, a file for each script; here the scripts of one weight become one font. The outline
is Natural Earth 1:10m (public domain) as the package world-atlas has it, simplified for an inset some centimetres high.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.steps import ROOT

BUILT = ROOT / "geoapp" / "maps" / "built"
WEIGHTS = (400, 600)
_MODULES = ROOT / "node_modules"
_SCRIPTS = ("latin", "latin-ext", "vietnamese")
_FONT = "@fontsource/be-vietnam-pro/files/be-vietnam-pro-{script}-{weight}-normal.woff2"
_COUNTRIES = "world-atlas/countries-10m.json"
_LICENCES = (
    ("@fontsource/be-vietnam-pro/LICENSE", "LICENSE-be-vietnam-pro"),
    ("world-atlas/LICENSE", "LICENSE-world-atlas"),
)
# Layout rules and hints are not used on paper.
_LEFT_OUT = ("GSUB", "GPOS", "GDEF", "fpgm", "prep", "cvt ", "gasp")
# West, south, east, north that the inset of Viet Nam shows; the law asks for 102-118 E, 4.5-23.5 N.
_INSET = (100.6, 4.2, 118.4, 24.4)
# Boxes around the two archipelagos: there the inset draws its own islands, with their names.
_ARCHIPELAGOS = ((110.8, 15.3, 113.2, 17.6), (110.8, 6.3, 118.0, 12.5))
_SIMPLIFIED_DEG = 0.02
# Smaller islands cannot be seen in the inset.
_LEAST_DEG2 = 0.0006
# A ring of fewer has no area.
_LEAST_POINTS = 4


def stands() -> bool:
    """Everything was made from what the lock file names now."""
    made = BUILT / "made-from.txt"
    return made.exists() and made.read_text(encoding="utf-8") == made_from()


def can_build() -> bool:
    """The packages are there."""
    return all((_MODULES / name).exists() for name in [_COUNTRIES, *_font_names(WEIGHTS[0])])


def made_from() -> str:
    """What the files depend on: the lock and this module."""
    return hashlib.sha256((ROOT / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()


def build() -> None:
    """Make the files. Needs fontTools, brotli and shapely, which are packages of the program itself."""
    BUILT.mkdir(exist_ok=True)
    for weight in WEIGHTS:
        (BUILT / f"BeVietnamPro-{weight}.ttf").write_bytes(_join_font(_font_names(weight)))
    (BUILT / "viet-nam.json").write_text(json.dumps(_outlines(), separators=(",", ":")), encoding="utf-8")
    for source, target in _LICENCES:
        (BUILT / target).write_bytes((_MODULES / source).read_bytes())
    (BUILT / "made-from.txt").write_text(made_from(), encoding="utf-8")


def _font_names(weight: int) -> list[str]:
    return [_FONT.format(script=script, weight=weight) for script in _SCRIPTS]


def _join_font(names: Sequence[str]) -> bytes:
    """One TrueType font of several files."""
    from fontTools.merge import Merger  # noqa: PLC0415 - the set-up looks for work before the packages are there
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    parts, stamp = [], 0
    for name in names:
        font = TTFont(_MODULES / name, recalcTimestamp=False)
        for tag in _LEFT_OUT:
            if tag in font:
                del font[tag]
        for glyph in font["glyf"].glyphs.values():
            glyph.expand(font["glyf"])
            glyph.removeHinting()
        font.flavor = None
        stamp = font["head"].modified
        part = io.BytesIO()
        font.save(part)
        part.seek(0)
        parts.append(part)
    joined = Merger().merge(parts)
    joined.recalcTimestamp = False
    joined["head"].created = joined["head"].modified = stamp
    target = io.BytesIO()
    joined.save(target)
    return target.getvalue()


def _outlines() -> dict[str, object]:
    """Rings of Viet Nam and of the land around it, longitude and latitude with two decimals."""
    import shapely  # noqa: PLC0415

    topology = json.loads((_MODULES / _COUNTRIES).read_text(encoding="utf-8"))
    arcs = _arcs(topology)
    own: list[Any] = []
    others: list[Any] = []
    for country in topology["objects"]["countries"]["geometries"]:
        shape = _shape(country, arcs)
        if shape is None or not shape.intersects(shapely.box(*_INSET)):
            continue
        (own if country["properties"]["name"] == "Vietnam" else others).append(shape)
    viet_nam, around = shapely.union_all(own), shapely.union_all(others)
    for box in _ARCHIPELAGOS:
        around = shapely.difference(around, shapely.box(*box))
        viet_nam = shapely.difference(viet_nam, shapely.box(*box))
    return {"box": _INSET, "viet_nam": _rings(viet_nam), "around": _rings(around)}


def _arcs(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """The lines of a TopoJSON: each point is told as the step from the one before."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        lines.append(line)
    return lines


def _shape(country: dict[str, Any], arcs: list[list[tuple[float, float]]]) -> Any:
    """A country as a shape; arcs with a negative number run backwards."""
    import shapely  # noqa: PLC0415

    def ring(numbers: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for number in numbers:
            line = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += line[1:] if points else line
        return points

    if "arcs" not in country:
        return None
    parts = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    rings = [[points for numbers in part if len(points := ring(numbers)) >= _LEAST_POINTS] for part in parts]
    polygons = [shapely.Polygon(part[0], part[1:]) for part in rings if part]
    return shapely.make_valid(shapely.union_all(shapely.make_valid(polygons)))


def _rings(shape: Any) -> list[list[tuple[float, float]]]:
    import shapely  # noqa: PLC0415

    seen = shapely.intersection(shapely.simplify(shape, _SIMPLIFIED_DEG), shapely.box(*_INSET))
    parts = [part for part in shapely.get_parts(seen) if isinstance(part, shapely.Polygon) and part.area > _LEAST_DEG2]
    return [[(round(x, 2), round(y, 2)) for x, y in part.exterior.coords] for part in parts]


if __name__ == "__main__":
    build()
