"""``geoapp imagery`` as an operator runs it: sentences, exit codes, what is left on disk, also when it is killed."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text

from geoapp.store.engine import Role, make_engine, reading
from tests.pictures import LANDSAT, ramp, write_picture

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]
DAY = ("--date", "2026-09-15")


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    """A migrated database and folders of this test's own."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("GEOAPP_")}
    return own | {"GEOAPP_VAR_DIR": str(tmp_path / "var"), "DATABASE_URL": database_url}


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    """Runs ``geoapp imagery ...``."""

    def run(*arguments: object, **options: object) -> Done:
        return subprocess.run(
            [sys.executable, "-m", "geoapp", "imagery", *map(str, arguments)],
            env=environment, capture_output=True, text=True, check=False, timeout=120, **options,
        )  # fmt: skip

    return run


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where scenes are kept."""
    return tmp_path / "var/imagery"


def count(url: str) -> int:
    """Scenes that are known now."""
    engine = make_engine(url, role=Role.OWNER)
    with reading(engine) as connection:
        found = connection.execute(text("SELECT count(*) FROM imagery_scene_versions WHERE upper_inf(recorded)"))
        number = int(found.scalar_one())
    engine.dispose()
    return number


def test_a_picture_is_added_listed_checked_and_taken_off(run: Run, tmp_path: Path, pictures: Path) -> None:
    """The usual way, and the same file a second time."""
    file = write_picture(tmp_path / "anh.tif", ramp(4), nodata=0)
    added = run("add", file, *DAY, "--title-vi", "Ảnh thử", "--source", "Bên cấp ảnh", "--bands", "3,2,1")
    assert (0, "") == (added.returncode, added.stderr)
    code = added.stdout.split("Registered as ")[1].split(":")[0]
    assert f"{code}.tif" in [path.name for path in pictures.iterdir()]
    assert "bands 3, 2, 1 of 4" in added.stdout
    again = run("add", file, *DAY)
    assert (0, True) == (again.returncode, f"registered already, as {code}; nothing was stored" in again.stdout)
    listed = run("list").stdout
    assert all(word in listed for word in (code, "Ảnh thử", "anh.tif", "EPSG:32648", "Bên cấp ảnh"))
    assert "1 scenes, all with their files." in run("check").stdout
    assert 0 == run("remove", code).returncode
    assert ("No scene is registered.\n", True) == (run("list").stdout, (pictures / f"{code}.tif").exists())
    assert 1 == run("remove", code).returncode


def test_a_picture_that_was_taken_off_can_be_added_again(run: Run, tmp_path: Path, database_url: str) -> None:
    """It gets the same name, for it is the same."""
    file = write_picture(tmp_path / "anh.tif", ramp())
    code = run("add", file, *DAY).stdout.split("Registered as ")[1].split(":")[0]
    run("remove", code)
    assert f"Registered as {code}" in run("add", file, *DAY).stdout
    assert 1 == count(database_url)


def test_a_refused_picture_leaves_nothing(run: Run, tmp_path: Path, pictures: Path, database_url: str) -> None:
    """No CRS: a sentence, exit code 1, no file, no row."""
    done = run("add", write_picture(tmp_path / "a.tif", ramp(), crs=None), *DAY)
    assert (1, "") == (done.returncode, done.stdout)
    assert "does not say its coordinate system (CRS), and that is never guessed" in done.stderr
    assert "Traceback" not in done.stderr
    assert ([], 0) == (list(pictures.iterdir()), count(database_url))


def test_a_pipe_is_not_waited_for(run: Run, tmp_path: Path) -> None:
    """What is no file with an end would be read for ever."""
    os.mkfifo(tmp_path / "pipe.tif")
    done = run("add", tmp_path / "pipe.tif", *DAY)
    assert (1, True) == (done.returncode, "no ordinary file" in done.stderr)


def test_a_picture_from_elsewhere_wants_a_word(run: Run, database_url: str) -> None:
    """The real scene lies in Brazil: refused with where it lies; taken with --anywhere."""
    done = run("add", LANDSAT, "--date", "2000-06-01")
    assert (1, True) == (done.returncode, "off the map of the province" in done.stderr and "--anywhere" in done.stderr)
    assert 0 == count(database_url)
    assert 0 == run("add", LANDSAT, "--date", "2000-06-01", "--anywhere").returncode
    assert 1 == count(database_url)


def test_a_day_that_cannot_be_is_refused(run: Run, tmp_path: Path) -> None:
    """No such day, and one to come."""
    file = write_picture(tmp_path / "a.tif", ramp())
    assert (2, True) == ((done := run("add", file, "--date", "2026-02-30")).returncode, "2026-02-30" in done.stderr)
    done = run("add", file, "--date", f"{datetime.now(UTC).year + 1}-01-01")
    assert (2, True) == (done.returncode, "yet to come" in done.stderr)


def test_check_tells_what_is_gone_changed_and_stray(run: Run, tmp_path: Path, pictures: Path) -> None:
    """Exit code 1 where a scene cannot be shown."""
    for number in range(2):
        run("add", write_picture(tmp_path / f"{number}.tif", ramp(number + 1)), *DAY)
    first, second = sorted(pictures.glob("*.tif"))
    first.unlink()
    second.write_bytes(second.read_bytes() + b"x")
    shutil.copy(second, pictures / "stray.tif")
    done = run("check")
    assert 1 == done.returncode
    assert "2 of 2 scenes cannot be shown" in done.stderr
    assert f"{first.name}: the file is gone" in done.stderr
    assert f"{second.name}: the file has changed" in done.stderr
    assert "stray.tif: belongs to no scene" in done.stdout


def test_a_lost_file_comes_back_with_its_picture(run: Run, tmp_path: Path, pictures: Path) -> None:
    """Adding the same picture again heals a scene whose file is gone."""
    file = write_picture(tmp_path / "a.tif", ramp())
    run("add", file, *DAY)
    (cog,) = pictures.glob("*.tif")
    cog.unlink()
    assert 0 == run("add", file, *DAY).returncode
    assert 0 == run("check").returncode


def _little_room() -> None:
    # A file that grows beyond this is refused by the system as on a full disk.
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


def test_a_full_disk_is_told_and_leaves_nothing(run: Run, tmp_path: Path, pictures: Path, database_url: str) -> None:
    """The picture cannot be written: which folder, and that nothing was stored."""
    noise = np.random.default_rng(1).integers(1, 9999, (3, 500, 500), dtype="uint16")
    done = run("add", write_picture(tmp_path / "a.tif", noise), *DAY, preexec_fn=_little_room)
    assert 1 == done.returncode
    assert f"cannot be written to {pictures}: " in done.stderr
    assert "nothing was stored" in done.stderr
    assert ([], 0) == (list(pictures.iterdir()), count(database_url))


def test_killed_in_the_midst_nothing_half_is_left(
    run: Run, environment: dict[str, str], tmp_path: Path, pictures: Path, database_url: str
) -> None:
    """Kill -9 while it is made: no scene, no file under a name of one; the next one tidies up what was begun."""
    noise = np.random.default_rng(1).integers(1, 9999, (4, 2000, 2000), dtype="uint16")
    file = write_picture(tmp_path / "a.tif", noise)
    started = subprocess.Popen(
        [sys.executable, "-m", "geoapp", "imagery", "add", str(file), *DAY],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(600):
        if list(pictures.glob(".making-*/copies/*")) or started.poll() is not None:
            break
        time.sleep(0.05)
    started.send_signal(signal.SIGKILL)
    started.wait()
    assert -signal.SIGKILL == started.returncode
    assert ([], 0) == (list(pictures.glob("*.tif")), count(database_url))
    assert [] != list(pictures.glob(".making-*"))
    assert 0 == run("add", write_picture(tmp_path / "b.tif", ramp()), *DAY).returncode
    assert [] == list(pictures.glob(".making-*"))
