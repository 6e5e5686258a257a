"""The file of online base maps: read whole, or refused with every fault."""

from pathlib import Path

import pytest

from geoapp.errors import ConfigError
from geoapp.maps.base_maps import load_base_maps

GOOD = {
    "id": '"streets"',
    "title": '{ vi = "Đường phố", en = "Streets" }',
    "url": '"https://tiles.example:8443/{z}/{x}/{y}.png?key=1"',
    "attribution": '{ vi = "© Ai đó", en = "© Somebody" }',
    "note": '{ vi = "Tên gọi có thể khác.", en = "Names may differ." }',
}


def written(folder: Path, **changes: str | None) -> Path:
    """A file with one base map; None leaves a key out."""
    keys = {key: value for key, value in {**GOOD, **changes}.items() if value is not None}
    path = folder / "base.toml"
    path.write_text("[[maps]]\n" + "\n".join(f"{key} = {value}" for key, value in keys.items()), encoding="utf-8")
    return path


def test_without_a_file_there_is_none() -> None:
    """Online base maps are off by default."""
    assert () == load_base_maps(None)


def test_a_file_is_read(tmp_path: Path) -> None:
    """With what is left out as the docs say, and the one origin that its tiles come from."""
    (one,) = load_base_maps(written(tmp_path))
    assert ("streets", 19, False, "https://tiles.example:8443") == (one.id, one.max_zoom, one.referrer, one.origin)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"url": '"http://tiles.example/{z}/{x}/{y}.png"'}, "maps[0].url: expected an address https://host/"),
        ({"url": '"https://tiles.example/{z}/{x}.png"'}, "maps[0].url: expected {z}, {x} and {y}"),
        ({"url": '"https://{s}.tiles.example/{z}/{x}/{y}.png"'}, "no other place"),
        ({"url": '"https://tiles.example;script-src\'/{z}/{x}/{y}.png"'}, "expected an address https://host/"),
        ({"url": '"https://me:secret@tiles.example/{z}/{x}/{y}.png"'}, "without user name"),
        ({"attribution": None}, "maps[0].attribution: expected texts"),
        ({"note": None}, "maps[0].note: expected texts"),
        ({"id": None}, "maps[0].id: expected a name"),
        ({"max_zoom": "40"}, "maps[0].max_zoom: expected a whole number from 0 to 22"),
        ({"colour": '"red"'}, "maps[0].colour: expected a known key"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_key(tmp_path: Path, changes: dict[str, str | None], told: str) -> None:
    """The start stops, and the operator reads setting, file, key and what was expected."""
    with pytest.raises(ConfigError) as refused:
        load_base_maps(written(tmp_path, **changes))
    assert "GEOAPP_BASE_MAPS" in str(refused.value)
    assert told in str(refused.value)


@pytest.mark.parametrize("text", ["maps = ", "", "[[maps]]\nid = 'a'\n[[maps]]\nid = 'a'"])
def test_a_broken_empty_or_double_file_is_refused(tmp_path: Path, text: str) -> None:
    """Not TOML, nothing in it, or two of one name."""
    path = tmp_path / "base.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="base.toml"):
        load_base_maps(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """With its name."""
    with pytest.raises(ConfigError, match="missing.toml"):
        load_base_maps(tmp_path / "missing.toml")
