"""What pages may load from other hosts: nothing, or the pictures of the base maps that are allowed."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from geoapp.app import create_app
from geoapp.errors import ConfigError
from geoapp.settings import Settings
from tests.maps.test_base_maps import written
from tests.web.test_headers import policy

ALONE = "'self' data: blob:"


def test_without_base_maps_only_our_own_pictures_are_loaded(client: FlaskClient) -> None:
    """The policy names no host."""
    assert ALONE == policy(client.get("/").headers["Content-Security-Policy"])["img-src"]


def test_with_base_maps_just_their_hosts_are_added(map_engine: Engine, tmp_path: Path) -> None:
    """For pictures, and for nothing else; the page carries title, attribution and note in its language."""
    site = create_app(Settings(base_maps=written(tmp_path)), engine=map_engine)
    answer = site.test_client().get("/?lang=en")
    told = policy(answer.headers["Content-Security-Policy"])
    assert f"{ALONE} https://tiles.example:8443" == told.pop("img-src")
    assert "tiles.example" not in str(told)
    assert all(word in answer.text for word in ("Streets", "Somebody", "Names may differ."))


def test_a_wrong_file_stops_the_start(map_engine: Engine, tmp_path: Path) -> None:
    """Nobody finds out by a map that stays empty."""
    with pytest.raises(ConfigError, match="GEOAPP_BASE_MAPS"):
        create_app(Settings(base_maps=tmp_path / "missing.toml"), engine=map_engine)


def test_the_place_of_the_reader_is_asked_by_us_only(client: FlaskClient) -> None:
    """For "my place"; camera and the like stay off."""
    told = client.get("/").headers["Permissions-Policy"]
    assert "geolocation=(self)" in told
    assert "camera=()" in told
