"""The manifest of the data folder."""

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

# The manifest cannot hold its own checksum; the page about the folder is no data.
NOT_LISTED = {"manifest.toml", "README.md"}


@pytest.fixture(scope="session")
def manifest(data_folder: Path) -> dict[str, dict[str, Any]]:
    """The entries by path."""
    document = tomllib.loads((data_folder / "manifest.toml").read_text(encoding="utf-8"))
    return {entry["path"]: entry for entry in document["file"]}


def test_every_file_is_in_the_manifest_and_nothing_else(data_folder: Path, manifest: dict[str, dict[str, Any]]) -> None:
    """No file comes along without its source, and no entry outlives its file."""
    files = {path.relative_to(data_folder).as_posix() for path in data_folder.rglob("*") if path.is_file()}
    assert files - NOT_LISTED == set(manifest)


def test_files_have_the_checksums_of_the_manifest(data_folder: Path, manifest: dict[str, dict[str, Any]]) -> None:
    """A file that changed must be looked at, and its entry with it."""
    found = {path: hashlib.sha256((data_folder / path).read_bytes()).hexdigest() for path in manifest}
    assert {path: entry["sha256"] for path, entry in manifest.items()} == found


def test_every_entry_names_source_licence_and_date(manifest: dict[str, dict[str, Any]]) -> None:
    """What a reader needs before using a file elsewhere."""
    bare = [path for path, entry in manifest.items() if not all(entry.get(k) for k in ("source", "licence", "date"))]
    assert [] == bare


def test_files_with_geometry_and_no_others_name_a_coordinate_system(manifest: dict[str, dict[str, Any]]) -> None:
    """All geometry of the folder is WGS 84."""
    assert {path: "EPSG:4326" for path in manifest if path.endswith(".geojson")} == {
        path: entry["crs"] for path, entry in manifest.items() if "crs" in entry
    }


def test_geojson_has_one_feature_a_line(data_folder: Path) -> None:
    """A change of one feature is a change of one line."""
    for path in sorted(data_folder.rglob("*.geojson")):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()[1:-1]
        assert len(json.loads(text)["features"]) == len(lines), path.name
        assert all(json.loads(line.rstrip(","))["type"] == "Feature" for line in lines), path.name
