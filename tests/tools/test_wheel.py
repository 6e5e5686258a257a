"""The wheel: built from the repo, it holds all that the program needs elsewhere."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def below(folder: Path) -> set[str]:
    """Files of a folder of the checkout, by their path in it."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("layers", "geoapp/bundled/layers"),
        ("data", "geoapp/bundled/data"),
        ("geoapp/store/migrations", "geoapp/store/migrations"),
        ("geoapp/web/static", "geoapp/web/static"),
        ("geoapp/web/templates", "geoapp/web/templates"),
        ("geoapp/web/translations", "geoapp/web/translations"),
    ],
)
def test_it_holds_every_file_of(wheel: Path, source: str, target: str) -> None:
    """Layers, data, migrations, pages with their browser assets, compiled translations."""
    names = zipfile.ZipFile(wheel).namelist()
    packed = {name.removeprefix(f"{target}/") for name in names if name.startswith(f"{target}/")}
    assert below(ROOT / source) == packed


def test_it_holds_compiled_translations(wheel: Path) -> None:
    """A language without its .mo would silently be shown in the other one."""
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith(".mo") for name in names)


def test_it_works_elsewhere(wheel: Path, tmp_path: Path) -> None:
    """Unpacked in another folder, the program finds its layers and data inside itself."""
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    script = (
        "from geoapp.catalog.load import load_catalogue; from geoapp.resources import data_dir, layers_dir;"
        "load_catalogue(layers_dir()); print(layers_dir()); print(data_dir())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    inside = tmp_path / "site" / "geoapp" / "bundled"
    assert [str(inside / "layers"), str(inside / "data")] == done.stdout.split()


def test_without_browser_assets_no_wheel_is_made(tmp_path: Path) -> None:
    """A sentence says what to run first."""
    for name in ("pyproject.toml", "README.md", "tools", "layers", "data", "geoapp/__init__.py"):
        target = tmp_path / "checkout" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(ROOT / name)
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")],
        cwd=tmp_path / "checkout",
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 != done.returncode
    assert "Run `make assets` first" in done.stdout + done.stderr
    assert not list((tmp_path / "dist").glob("*.whl"))
