"""A disk that runs full: at any step of the way a sentence that says where, and nothing is left under a name."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.pictures import write_picture

# A file that grows beyond the limit is refused by the system as on a full disk.
MAKE = """
import resource, sys
from pathlib import Path
from geoapp.errors import StoreError
from geoapp.raster.cog import make_cog
from geoapp.raster.source import Wanted
file, folder, limit = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    make_cog(file, folder / "cog.tif", folder / "work", Wanted())
except StoreError as error:
    print(error)
"""


@pytest.mark.parametrize("limit", [200_000, 1_450_000, 1_800_000, 2_000_000])
def test_a_full_disk_is_told_at_every_step(tmp_path: Path, repository: Path, limit: int) -> None:
    """The first copy, the one on the web grid, the COG, its last bytes."""
    (tmp_path / "work").mkdir()
    noise = np.random.default_rng(1).integers(1, 9999, (3, 500, 500), dtype="uint16")
    file = write_picture(tmp_path / "a.tif", noise)
    done = subprocess.run(
        [sys.executable, "-c", MAKE, str(file), str(tmp_path), str(limit)],
        cwd=repository, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert (0, True) == (done.returncode, f"cannot be written to {tmp_path}" in done.stdout), done.stderr
    assert not (tmp_path / "cog.tif").exists()
