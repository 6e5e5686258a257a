"""Addresses of static files that change when the file does, so that browsers may keep them."""

import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for

_STATIC = Path(__file__).parent / "static"
_YEAR = 365 * 24 * 3600
# A part of a joined script has the digest of its content in its name.
_PART = re.compile(r"built/[\w.]+-[0-9A-Z]{8}\.js")


def use_assets(app: Flask) -> None:
    """Give templates the addresses, and files their time to live."""
    app.jinja_env.globals |= {"static_url": static_url, "module_parts": module_parts}
    app.after_request(_keep)


def static_url(path: str) -> str:
    """The address of a file below ``static/``."""
    return url_for("static", filename=path, v=_digest(path))


@cache
def _parts_of(path: str) -> tuple[str, ...]:
    file = _STATIC / path
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    folder = path.rpartition("/")[0]
    return tuple(f"{folder}/{name}" for name in re.findall(r'\bfrom"\./([\w.-]+\.js)"', text))


def module_parts(path: str) -> list[str]:
    """Addresses of the parts that a joined script begins with; a page names them, to have them fetched beside it."""
    return [url_for("static", filename=part) for part in _parts_of(path)]


@cache
def _digest(path: str) -> str:
    file = _STATIC / path
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10] if file.is_file() else "0"


def _keep(response: Response) -> Response:
    """A file asked for with its digest never changes; any other one is asked for again."""
    if request.endpoint == "static":
        named = "v" in request.args or _PART.fullmatch(str((request.view_args or {}).get("filename")))
        kept = f"public, max-age={_YEAR}, immutable" if named else "no-cache"
        response.headers["Cache-Control"] = kept
    return response
