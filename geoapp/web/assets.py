"""Addresses of static files that change when the file does, so that browsers may keep them."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for

_STATIC = Path(__file__).parent / "static"
_YEAR = 365 * 24 * 3600


def use_assets(app: Flask) -> None:
    """Give templates the addresses, and files their time to live."""
    app.jinja_env.globals["static_url"] = static_url
    app.after_request(_keep)


def static_url(path: str) -> str:
    """The address of a file below ``static/``."""
    return url_for("static", filename=path, v=_digest(path))


@cache
def _digest(path: str) -> str:
    file = _STATIC / path
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10] if file.is_file() else "0"


def _keep(response: Response) -> Response:
    """A file asked for with its digest never changes; a module that another one imports is asked for again."""
    if request.endpoint == "static":
        kept = f"public, max-age={_YEAR}, immutable" if "v" in request.args else "no-cache"
        response.headers["Cache-Control"] = kept
    return response
