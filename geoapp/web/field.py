"""The field view for the phone: one page that works without a network, and the service worker that keeps it."""

import hashlib
import json
from pathlib import Path

from flask import Blueprint, Response, current_app, g, render_template, url_for

from geoapp.core.permissions import Permission
from geoapp.services.field_reports import FlagReason
from geoapp.web.assets import static_url
from geoapp.web.field_words import REASON_WORDS, field_words
from geoapp.web.permissions import needs

field = Blueprint("field", __name__, url_prefix="/field")
_STATIC = Path(__file__).parent / "static"
_FONTS = "vendor/be-vietnam-pro"
# What the page names itself, with the digest of each.
SHEETS = (*(f"{_FONTS}/{weight}.css" for weight in (400, 500, 600)), "vendor/leaflet/dist/leaflet.css",
          "css/base.css", "css/field.css")  # fmt: skip
SCRIPTS = ("vendor/leaflet/dist/leaflet.js", "field/field.js")
# What these load in their turn, by its bare address.
_LOADED = (
    "field/form.js", "field/ground.js", "field/list.js", "field/parks.js", "field/photos.js", "field/send.js",
    "field/store.js", "map/dom.js", "map/format.js", "map/geodesy.js",
    "vendor/geographiclib-geodesic/geographiclib-geodesic.min.js",
)  # fmt: skip


@field.get("/")
@needs(Permission.CASE_FLAG)
def show() -> str:
    """The page; it holds nothing of any case, so that it may lie on the device."""
    return render_template(
        "field.html",
        page=None,
        words=field_words(),
        reasons=[(one.value, REASON_WORDS[one]) for one in FlagReason],
        sheets=SHEETS,
    )


@field.get("/worker.js")
@needs(Permission.OPEN)
def worker() -> Response:
    """The service worker: its bytes change with those of any file that it keeps, so a new one takes over then."""
    g.is_worker = True
    shell = render_template(
        "field_worker.js", version=_version(), files=json.dumps(_kept()), page=url_for("field.show")
    )
    response = Response(shell, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _kept() -> list[str]:
    """The addresses that the page cannot do without, as it asks for them."""
    bare = [url_for("static", filename=name) for name in (*_LOADED, *_font_files())]
    return [*(static_url(name) for name in (*SHEETS, *SCRIPTS, "icon.svg")), *bare]


def _font_files() -> list[str]:
    return sorted(path.relative_to(_STATIC).as_posix() for path in (_STATIC / _FONTS / "files").glob("*.woff2"))


def _version() -> str:
    """Another one whenever a file that is kept changes, or what makes the page."""
    digest = hashlib.sha256(str(current_app.extensions["catalogue_digest"]).encode())
    for name in (*SHEETS, *SCRIPTS, *_LOADED):
        path = _STATIC / name
        digest.update(path.read_bytes() if path.is_file() else b"")
    template = Path(__file__).parent / "templates" / "field.html"
    return hashlib.sha256(digest.digest() + template.read_bytes()).hexdigest()[:12]
