"""The web application over the loaded database, without a server."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from geoapp.app import create_app
from geoapp.settings import Settings


@pytest.fixture(scope="session")
def app(map_engine: Engine) -> Flask:
    """The application as it is served; it only reads."""
    site = create_app(Settings(), engine=map_engine)
    site.testing = False
    return site


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    """A browser without scripts, and without cookies from another test."""
    with app.test_client() as browser:
        yield browser
