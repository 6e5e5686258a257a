"""The application over the loaded database, and what of it makes maps."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from geoapp.app import create_app
from geoapp.services.snapshot.snapshots import Snapshots
from geoapp.settings import Settings

SITE = "https://ban-do.example.vn"
DAY = "2026-10-31"


@pytest.fixture(scope="session")
def map_site(map_engine: Engine) -> Flask:
    """The application with an address, as a board has it."""
    site = create_app(Settings(address=SITE, log_level="warning"), engine=map_engine)
    site.testing = False
    return site


@pytest.fixture
def visitor(map_site: Flask) -> Iterator[FlaskClient]:
    """A browser of somebody who is not signed in."""
    with map_site.test_client() as browser:
        yield browser


@pytest.fixture(scope="session")
def snapshots(map_site: Flask) -> Snapshots:
    """Maps taken away, of the loaded database."""
    found: Snapshots = map_site.extensions["snapshots"]
    return found
