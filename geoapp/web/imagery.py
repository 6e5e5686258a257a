"""Scenes for the map: their list as of a day, and their tiles as pictures."""

import base64
import json
from typing import Any

from flask import Blueprint, Response, request, url_for

from geoapp.core.permissions import Permission
from geoapp.errors import N_
from geoapp.maps.style import Plain
from geoapp.services.imagery import WEBP, tag_of
from geoapp.web.api import REVALIDATE, atlas
from geoapp.web.api_docs import check_names, documented
from geoapp.web.languages import check_language, language
from geoapp.web.page_parts import code_label
from geoapp.web.params import parse_asked
from geoapp.web.permissions import needs

imagery = Blueprint("imagery", __name__, url_prefix="/api/imagery")
_FOREVER = "private, max-age=31536000, immutable"
_WEBP_TYPE = "image/webp"
# A picture of one open pixel, where a scene says nothing.
_NOTHING = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR4AWNiAAIAAA8AA++3S+EAAAAASUVORK5CYII="
)


@imagery.get("")
@needs(Permission.READ_PUBLIC)
@documented(
    N_("The scenes that had been taken by a day, the newest first."),
    {"application/json": {"type": "object", "required": ["as_of", "scenes"]}},
    refuses=(400, 503),
)
def scenes() -> Response:
    """The scenes that had been taken by a day, the newest first, with the addresses of their tiles."""
    check_names()
    check_language()
    found = atlas().scenes(parse_asked(request.args))
    body = {"as_of": found.moment.as_of.isoformat(), "scenes": [_described(row) for row in found.scenes]}
    response = Response(json.dumps(body, ensure_ascii=False), mimetype="application/json")
    response.headers["Cache-Control"] = REVALIDATE
    response.add_etag()
    response.make_conditional(request)
    return response


@imagery.get("/<code>/tiles/<int:z>/<int:x>/<int:y>.png")
@needs(Permission.READ_PUBLIC)
@documented(
    N_("A tile of a scene: WebP where the caller takes it, else PNG; transparent where nothing was seen."),
    {"image/png": {"type": "string"}, "image/webp": {"type": "string"}},
    takes=("lang", "v"),
)
def tile(code: str, z: int, x: int, y: int) -> Response:
    """A tile of a scene: WebP where the browser says that it takes it, else PNG. The address stands for its bytes."""
    check_names()
    scene = atlas().scene(code.replace("\0", "\ufffd"))
    form = WEBP if _WEBP_TYPE in request.headers.get("Accept", "") else "png"
    tag = f"{scene.tag}-{z}-{x}-{y}-{form}"
    if tag in request.if_none_match.as_set(include_weak=True):
        return _kept(Response(status=304), tag, scene.tag)
    made = atlas().scene_tile(scene, z, x, y, form)
    return _kept(Response(made.body or _NOTHING, mimetype=f"image/{made.form}"), tag, scene.tag)


def _kept(response: Response, tag: str, drawn: str) -> Response:
    """With its tag; an address that names how the scene is drawn may be kept for ever."""
    response.headers["ETag"] = f'"{tag}"'
    response.headers["Cache-Control"] = _FOREVER if request.args.get("v") == drawn else REVALIDATE
    response.headers["Vary"] = "Accept"
    return response


def _described(row: Any) -> Plain:
    tag = tag_of(row.cog_sha256, row.shown_bands)
    first = url_for("imagery.tile", code=row.code, z=0, x=0, y=0, v=tag)
    return {
        "id": row.code,
        "title": getattr(row, f"title_{language()}"),
        "acquired_on": row.acquired_on.isoformat(),
        "quality": row.quality,
        "quality_label": code_label("quality", row.quality),
        "source": row.source_title,
        "note": row.note,
        "bounds": [row.west, row.south, row.east, row.north],
        "max_zoom": row.max_zoom,
        "pixel_size_m": row.pixel_size_m,
        "bands": list(row.band_names),
        "shown_bands": list(row.shown_bands),
        "footprint": json.loads(row.footprint),
        "tiles": first.replace("/0/0/0.png", "/{z}/{x}/{y}.png", 1),
    }
