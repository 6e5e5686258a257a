"""The application with a person for each role, and layers that are not public."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geoapp.core.permissions import PersonRole
from tests.staff import NEW, signed_in, staffed_app, write_secret_layers


@pytest.fixture(scope="session")
def secret_layers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The layers of the project and two that are not public."""
    return write_secret_layers(tmp_path_factory.mktemp("secret") / "layers")


@pytest.fixture(scope="session")
def site(staffed_database_url: str, secret_layers: Path) -> Flask:
    """The application; visitors read what is public."""
    return staffed_app(staffed_database_url, secret_layers)


@pytest.fixture(scope="session")
def closed_site(staffed_database_url: str, secret_layers: Path) -> Flask:
    """The application where everybody must sign in."""
    return staffed_app(staffed_database_url, secret_layers, public_reading=False)


@pytest.fixture(scope="session")
def browsers(site: Flask) -> dict[str, FlaskClient]:
    """A browser for each role, and for a newcomer."""
    return {login: signed_in(site, login) for login in [*PersonRole, NEW]}


@pytest.fixture
def visitor(site: Flask) -> FlaskClient:
    """A browser of somebody who is not signed in."""
    return site.test_client()
