"""Tiles of a scene, uncached, against titiler on the same COG."""

import json
import math
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import rasterio
from rasterio.errors import NotGeoreferencedWarning
from rasterio.io import MemoryFile
from rasterio.transform import Affine

from benchmarks import peers
from benchmarks.client import Flow, Load, run_load
from benchmarks.ground import AS_OF, Ground
from benchmarks.report import BenchError, Better, Finding, Samples, Section, interleave
from benchmarks.servers import get, serving
from geoapp.ingest.imagery import Picture, add_scene
from geoapp.store.engine import Role, make_engine, reading
from geoapp.store.pages import find_row

TITLE = "Tiles of a scene, uncached, 8 connections, against titiler on the same COG"
PLOTS = 1_000
_SIZE, _PIXEL_M = 3_000, 10
_CORNER = (600_000, 2_240_000)
_REQUESTS = 128
_ROUNDS = 3
_LEVELS = {0: "its own resolution", 2: "a quarter of it"}
_NOTE = (
    "A made-up picture of 3,000 x 3,000 pixels, three bands of 16 bits. Both show the same bands with the same stretch"
    " in tiles of 256 pixels as PNG, and read the file anew for every request: our store of tiles is set to nought."
)


def run(ground: Ground) -> Section:
    """Level by level; the pixels of both are held against each other first."""
    folder = Path(tempfile.mkdtemp(prefix="geoapp-bench-scene-"))
    try:
        url = ground.database(PLOTS)
        cog, look = _register(url, folder)
        settings = {"GEOAPP_IMAGERY_DIR": str(folder / "imagery"), "GEOAPP_TILE_CACHE_MB": "0"}
        server = ground.serve(PLOTS)
        with serving(replace(server, env={**server.env, **settings})) as own, serving(peers.titiler()) as titiler:
            scene = json.loads(get(own.port, f"/api/imagery?as_of={AS_OF}")[2])["scenes"][0]
            ports = {"ours": own.port, "titiler": titiler.port}
            findings: list[Finding] = []
            for level, name in _LEVELS.items():
                tiles = _tiles(scene["bounds"], scene["max_zoom"] - level)
                paths = {
                    "ours": [scene["tiles"].format(z=z, x=x, y=y) for z, x, y in tiles],
                    "titiler": [_their_path(cog, look, place) for place in tiles],
                }
                _check_alike(ports, paths)
                findings += _against(f"{name} (z{tiles[0][0]})", ports, paths)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    version = peers.version("titiler", "titiler.core")
    return Section(f"{TITLE} (titiler.core {version})", findings)


def _register(url: str, folder: Path) -> tuple[Path, Any]:
    """The picture as the program registers it: its COG, and how it is shown."""
    engine = make_engine(url, role=Role.OWNER)
    try:
        picture = Picture(date(2026, 9, 1), title_vi="Ảnh dựng để đo", anywhere=True)
        code = add_scene(engine, folder / "imagery", _paint(folder / "picture.tif"), picture).code
        with reading(engine) as connection:
            row = find_row(connection, "imagery_scene", {"code": code})
    finally:
        engine.dispose()
    return folder / "imagery" / f"{code}.tif", row


def _paint(path: Path) -> Path:
    """Noise of several sizes, as fields, roads and grain give it; the same each time."""
    dice = np.random.default_rng(7)
    bands = np.zeros((3, _SIZE, _SIZE))
    for edge, strength in ((500, 900), (60, 500), (6, 250), (1, 60)):
        many = _SIZE // edge
        coarse = dice.normal(0, strength, (3, many, many))
        bands += np.repeat(np.repeat(coarse, edge, axis=1), edge, axis=2)
    data = np.clip(bands + 3000, 1, 10_000).astype("uint16")
    transform = Affine(_PIXEL_M, 0, _CORNER[0], 0, -_PIXEL_M, _CORNER[1])
    profile = {"driver": "GTiff", "crs": "EPSG:32648", "transform": transform, "dtype": "uint16", "count": 3}
    with rasterio.open(path, "w", width=_SIZE, height=_SIZE, **profile) as file:
        file.write(data)
    return path


def _tiles(bounds: Sequence[float], z: int) -> list[tuple[int, int, int]]:
    """Tiles of a zoom that lie wholly inside, from the north-west on."""
    west, south, east, north = bounds
    left, top = _place(west, north, z)
    right, bottom = _place(east, south, z)
    found = [(z, x, y) for y in range(top + 1, bottom) for x in range(left + 1, right)]
    if not found:
        raise BenchError(f"No tile of zoom {z} lies inside the picture.")
    return found


def _place(lon: float, lat: float, z: int) -> tuple[int, int]:
    across = (lon + 180) / 360
    down = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return math.floor(across * 2**z), math.floor(down * 2**z)


def _their_path(cog: Path, look: Any, place: tuple[int, int, int]) -> str:
    z, x, y = place
    bands = "".join(f"&bidx={band}" for band in look.shown_bands)
    ends = "".join(f"&rescale={low},{high}" for low, high in zip(look.stretch_low, look.stretch_high, strict=True))
    return f"/cog/tiles/WebMercatorQuad/{z}/{x}/{y}.png?url={quote(str(cog))}&tilesize=256{bands}{ends}"


def _check_alike(ports: dict[str, int], paths: dict[str, list[str]]) -> None:
    """Raises: BenchError - the two do not show the same picture."""
    middle = len(paths["ours"]) // 2
    pixels = []
    for name, port in ports.items():
        status, _, body = get(port, paths[name][middle])
        if status != 200:
            raise BenchError(f"{paths[name][middle]}: {status} {body[:200].decode(errors='replace')}")
        with warnings.catch_warnings():
            # A tile has no position of its own.
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with MemoryFile(body) as memory, memory.open() as file:
                pixels.append(file.read([1, 2, 3]).astype(int))
    if pixels[0].shape != pixels[1].shape or np.abs(pixels[0] - pixels[1]).mean() > 1:
        raise BenchError(f"The two show different pictures: {pixels[0].shape}, {pixels[1].shape}.")


def _against(name: str, ports: dict[str, int], paths: dict[str, list[str]]) -> list[Finding]:
    flows: dict[str, list[Flow]] = {side: [] for side in ports}

    def measure(side: str) -> float:
        asked = (paths[side] * (_REQUESTS // len(paths[side]) + 1))[:_REQUESTS]
        flow = run_load(Load(ports[side], asked, once=True))
        flows[side].append(flow)
        return flow.per_second

    rates = interleave({side: lambda side=side: measure(side) for side in ports}, _ROUNDS)
    ours_ms, theirs_ms = (Samples(tuple(flow.ms(0.99) for flow in flows[side][1:])) for side in ports)
    ours_kb, theirs_kb = (Samples((len(get(ports[side], paths[side][0])[2]) / 1000,)) for side in ports)
    peer = "titiler"
    return [
        Finding(f"{name}: requests/s", "1/s", rates["ours"], peer, rates[peer], Better.HIGHER, target=1, note=_NOTE),
        Finding(f"{name}: p99", "ms", ours_ms, peer, theirs_ms, target=1),
        Finding(f"{name}: bytes of one tile", "kB", ours_kb, peer, theirs_kb),
    ]
