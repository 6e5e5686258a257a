"""``geoapp snapshot``: the options and the bytes of the dialog."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from geoapp.cli.snapshot import snapshot
from geoapp.errors import InvalidRequest
from tests.snapshot.conftest import DAY, SITE

OPTIONS = {"as_of": DAY, "layers": "land,park_outline,plot_state", "scale": "5000", "paper": "a3", "language": "vi"}


def run(url: str, *arguments: str) -> None:
    """Run the command on a database; what it raises comes through."""
    CliRunner().invoke(snapshot, arguments, env={"DATABASE_URL": url}, catch_exceptions=False, standalone_mode=False)


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_the_command_gives_the_bytes_of_the_web(
    loaded_database_url: str, visitor: FlaskClient, tmp_path: Path, form: str
) -> None:
    """The same options, the same file."""
    file = tmp_path / f"map.{form}"
    options = [part for name, value in OPTIONS.items() for part in (f"--{name.replace('_', '-')}", value)]
    run(loaded_database_url, "map", "park/khanh-phu", str(file), *options, "--address", SITE)
    assert visitor.get(f"/sheets/park/khanh-phu/map.{form}", query_string=OPTIONS).get_data() == file.read_bytes()


def test_a_wrong_option_leaves_no_file(loaded_database_url: str, tmp_path: Path) -> None:
    """It is refused by name, and what was there before stays."""
    file = tmp_path / "map.pdf"
    file.write_bytes(b"before")
    with pytest.raises(InvalidRequest, match=r"dpi.*10000"):
        run(loaded_database_url, "map", "province", str(file), "--dpi", "10000")
    assert [(file, b"before")] == [(one, one.read_bytes()) for one in tmp_path.iterdir()]


@pytest.mark.parametrize(("place", "file"), [("planet", "map.pdf"), ("park", "map.pdf"), ("province", "map.doc")])
def test_what_is_no_place_or_file_is_told(loaded_database_url: str, tmp_path: Path, place: str, file: str) -> None:
    """With what would have been right."""
    with pytest.raises(InvalidRequest, match=r"province, zone/|\.pdf"):
        run(loaded_database_url, "map", place, str(tmp_path / file))
