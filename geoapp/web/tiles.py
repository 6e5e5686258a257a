"""Vector tiles and what belongs to them: counts for the legend, and one feature for a popup."""

import json
from threading import Lock

from cachetools import LRUCache
from flask import Blueprint, Response, current_app, request

from geoapp.core.permissions import Permission
from geoapp.errors import N_
from geoapp.services.features import FeatureRequest
from geoapp.services.tiles import TileRequest
from geoapp.web.api import REVALIDATE, atlas, collection, digest, known_version
from geoapp.web.api_docs import CLOCKS, check_names, documented
from geoapp.web.compression import compress, form_of
from geoapp.web.languages import check_language
from geoapp.web.params import parse_asked, parse_slug
from geoapp.web.permissions import needs, reader_of

tiles = Blueprint("tiles", __name__, url_prefix="/api/layers")
MIMETYPE = "application/vnd.mapbox-vector-tile"
_FOREVER = "private, max-age=31536000, immutable"
# Smaller answers are not worth it.
_LEAST_BYTES = 400
_encoded: LRUCache[str, bytes] = LRUCache(32_000_000, getsizeof=len)
_lock = Lock()


@tiles.get("/<layer_id>/tiles/<int:z>/<int:x>/<int:y>.mvt")
@needs(Permission.READ_PUBLIC)
@documented(
    N_("A vector tile of a layer that has tiles; empty where nothing lies."),
    {MIMETYPE: {"type": "string", "contentEncoding": "binary"}},
    takes=("as_of", "known_at", "lang", "park", "zone", "v"),
)
def tile(layer_id: str, z: int, x: int, y: int) -> Response:
    """A tile as of a day. With ``v``, the version of the data, the address stands for these bytes for ever."""
    check_names()
    reader = reader_of(layer_id)
    park, zone = parse_slug(request.args, "park"), parse_slug(request.args, "zone")
    version = _stamp_in(request.args.get("v", ""))
    known = known_version()
    # An address that names the version is answered without a look at the database.
    # It must exist for this reader all the same.
    atlas().check_layer(layer_id, reader)
    if known is not None and (known == version or known == atlas().version()):
        return _headed(Response(status=304), known, version)
    found = atlas().tile(TileRequest(layer_id, z, x, y, parse_asked(request.args), park, zone, version, reader))
    if not found.body:
        return _headed(Response(b"", mimetype=MIMETYPE), found.version, version)
    body, encoding = _encode(found.body, found.version)
    response = Response(body, mimetype=MIMETYPE)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return _headed(response, found.version, version, encoding)


@tiles.get("/<layer_id>/summary")
@needs(Permission.READ_PUBLIC)
@documented(
    N_("How many features a layer has in each class, and the version of the data."),
    {"application/json": {"type": "object", "required": ["layer", "as_of", "version", "counts", "without_place"]}},
    takes=(*CLOCKS, "park", "zone"),
)
def summary(layer_id: str) -> Response:
    """How many features a layer has in each class, and whether any is a demonstration or approximate."""
    check_names()
    check_language()
    reader = reader_of(layer_id)
    park, zone = parse_slug(request.args, "park"), parse_slug(request.args, "zone")
    answer = atlas().summary(FeatureRequest(layer_id, parse_asked(request.args), park, zone, known_version(), reader))
    if answer.summary is None:
        return _headed(Response(status=304), answer.version, None)
    named = f"{answer.version}.{_declared()}"
    body = {"layer": answer.layer.id, "as_of": answer.moment.as_of.isoformat(), "version": named}
    told = json.dumps(body | {**vars(answer.summary), "counts": dict(answer.summary.counts)})
    return _headed(Response(told, mimetype="application/json"), answer.version, None)


@tiles.get("/<layer_id>/features/<path:feature_id>")
@needs(Permission.READ_PUBLIC)
@documented(
    N_("One feature with all its fields."), {"application/geo+json": {"type": "object", "required": ["features"]}}
)
def feature(layer_id: str, feature_id: str) -> Response:
    """One feature of a layer as GeoJSON, with all its fields."""
    check_names()
    check_language()
    asked = FeatureRequest(layer_id, parse_asked(request.args), reader=reader_of(layer_id))
    answer = atlas().feature(asked, feature_id.replace("\0", "\ufffd"))
    return _headed(Response(collection(answer), mimetype="application/geo+json"), answer.version, None)


def _declared() -> str:
    """What a tile depends on beside the data: the declarations of the layers, and the program."""
    return str(current_app.extensions["catalogue_digest"])[:8]


def _stamp_in(named: str) -> str | None:
    """The version of the data that an address names; None where it is that of other declarations."""
    stamp, _, declared = named.partition(".")
    return stamp if declared == _declared() else None


def _headed(response: Response, version: str, asked_version: str | None, encoding: str = "") -> Response:
    """With its tag; an address that names the version it stands for may be kept for ever."""
    response.headers["ETag"] = f'"{version}-{digest()}{":" + encoding if encoding else ""}"'
    response.headers["Cache-Control"] = _FOREVER if version == asked_version else REVALIDATE
    response.headers["Vary"] = "Accept-Encoding"
    return response


def _encode(body: bytes, version: str) -> tuple[bytes, str]:
    """The body in the best form that the caller takes, made once for each version, address and form."""
    encoding = form_of()
    if not encoding or len(body) < _LEAST_BYTES:
        return body, ""
    key = f"{version}-{digest()}-{encoding}"
    with _lock:
        kept = _encoded.get(key)
    if kept is None:
        kept = compress(body, encoding)
        with _lock:
            _encoded[key] = kept
    return kept, encoding
