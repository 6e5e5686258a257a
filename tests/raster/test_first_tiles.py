"""Tiles of pictures, where reading them is more than reading."""

import subprocess
import sys
from pathlib import Path

from geoapp.raster.cog import make_cog
from geoapp.raster.source import Wanted
from tests.pictures import CORNER, checkerboard

FIRST_TILES = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from geoapp.raster.tiles import Look, TileReader

z, x, y = map(int, sys.argv[2:])
reader, look = TileReader(), Look((1,), ((0, 255),))
with ThreadPoolExecutor(4) as threads:
    for found in threads.map(lambda _: reader.read(Path(sys.argv[1]), look, (z, x, y)), range(8)):
        print(found.stacked.shape)
"""


def test_the_first_tiles_of_a_process_may_come_at_once(tmp_path: Path, repository: Path) -> None:
    """Several threads need what is imported late, all of them get their tile."""
    (tmp_path / "work").mkdir()
    cog = tmp_path / "board.tif"
    make_cog(checkerboard(tmp_path / "a.tif"), cog, tmp_path / "work", Wanted())
    # Nearer than the file goes: between its pixels.
    z, x, y = CORNER[0] + 2, CORNER[1] * 4, CORNER[2] * 4
    command = [sys.executable, "-c", FIRST_TILES, str(cog), str(z), str(x), str(y)]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    assert (["(1, 256, 256)"] * 8, "") == (done.stdout.splitlines(), done.stderr)
