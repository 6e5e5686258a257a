"""A small folder of layers that is sound, for tests to break."""

from pathlib import Path

import pytest

from tests.catalog.layer_files import CODES, GRADUATED, GROUPS, LAYER, add_layer


@pytest.fixture
def layers(tmp_path: Path) -> Path:
    """A folder with one graduated layer ``parks/first``."""
    folder = tmp_path / "layers"
    folder.mkdir()
    (folder / "groups.toml").write_text(GROUPS, encoding="utf-8")
    (folder / "codes.toml").write_text(CODES, encoding="utf-8")
    add_layer(folder, "parks/first", LAYER + GRADUATED)
    return folder
