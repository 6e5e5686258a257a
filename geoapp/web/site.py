"""The web application put together from its parts."""

import logging
import time

from flask import Flask, Response, g, request

from geoapp.services.atlas import Atlas
from geoapp.web import features  # noqa: F401 - adds its address to the API
from geoapp.web.api import api, atlas
from geoapp.web.assets import use_assets
from geoapp.web.compression import use_compression
from geoapp.web.errors import use_errors
from geoapp.web.formats import use_formats
from geoapp.web.headers import use_headers
from geoapp.web.health import health
from geoapp.web.languages import use_languages
from geoapp.web.page_parts import use_page_parts
from geoapp.web.pages import pages
from geoapp.web.search import search
from geoapp.web.tiles import tiles

_LOG = logging.getLogger("geoapp.request")


def build_site(served: Atlas, *, language: str, catalogue_digest: str) -> Flask:
    """The application over an atlas.

    Args: language - of a first visit; catalogue_digest - changes whenever a layer is declared otherwise.
    """
    app = Flask("geoapp.web")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the default provider has it
    app.jinja_options = {**app.jinja_options, "trim_blocks": True, "lstrip_blocks": True}
    app.extensions |= {"atlas": served, "catalogue_digest": catalogue_digest}
    app.before_request(_begin)
    app.after_request(_tell)
    use_assets(app)
    use_languages(app, language)
    use_formats(app)
    use_headers(app)
    use_errors(app)
    use_page_parts(app)
    app.register_blueprint(pages)
    app.register_blueprint(api)
    app.register_blueprint(tiles)
    app.register_blueprint(search)
    app.register_blueprint(health)
    # Last, so that it is the first to see an answer go: what others add to it stands on the compressed one.
    use_compression(app)
    return app


def _begin() -> None:
    g.began = time.perf_counter()
    atlas().begin_request()


def _tell(response: Response) -> Response:
    """One line for each request: what was asked, what came of it, how long, and how many statements it took."""
    if request.endpoint != "static":
        began = g.get("began")
        ms = (time.perf_counter() - began) * 1000 if began else 0.0
        path = request.full_path.rstrip("?")
        _LOG.info("%s %s %s %.0f ms %d sql", request.method, path, response.status_code, ms, atlas().statements())
    return response
