"""Data for programs and for our own maps: the catalogue and the features of its layers."""

import json
from hashlib import blake2b

from flask import Blueprint, Response, current_app, g, request

from geoapp.catalog.model import View
from geoapp.core.permissions import Permission
from geoapp.errors import N_
from geoapp.maps.style import Plain, describe_catalogue
from geoapp.services.atlas import Atlas
from geoapp.services.features import FeatureAnswer
from geoapp.web.api_docs import build_openapi, check_names, documented
from geoapp.web.languages import check_language, language
from geoapp.web.params import parse_choice
from geoapp.web.permissions import current_reader, needs

api = Blueprint("api", __name__, url_prefix="/api")
REVALIDATE = "private, max-age=0, must-revalidate"


def atlas() -> Atlas:
    """What this application serves."""
    found = current_app.extensions["atlas"]
    assert isinstance(found, Atlas)  # noqa: S101 - put there by the factory
    return found


@api.get("/openapi.json")
@needs(Permission.READ_PUBLIC)
@documented(N_("This description."), {"application/json": {"type": "object"}}, takes=("lang",), refuses=(400,))
def openapi() -> Response:
    """The description of the API by OpenAPI 3.1."""
    check_names()
    check_language()
    return conditional(json.dumps(build_openapi(current_app)), "application/json")


@api.get("/layers")
@needs(Permission.READ_PUBLIC)
@documented(
    N_("The layers with all that is needed to draw them."),
    {"application/json": {"type": "object", "required": ["groups", "layers", "quality"]}},
    takes=("view", "lang"),
    refuses=(400,),
)
def layers() -> Response:
    """The layers that a page offers (``view``), or all, with all that is needed to draw them."""
    check_names()
    check_language()
    name = parse_choice(request.args, "view", [str(view) for view in View])
    body = describe_catalogue(atlas().catalogue, View(name) if name else None, language(), current_reader())
    return conditional(json.dumps(body, ensure_ascii=False), "application/json")


def tagged(response: Response, version: str, *more: str) -> Response:
    """An answer with its tag, to be asked for again each time. Args: more - see ``digest``."""
    response.headers["ETag"] = f'"{version}-{digest(*more)}"'
    response.headers["Cache-Control"] = REVALIDATE
    return response


def collection(answer: FeatureAnswer) -> str:
    """Features as the text of a GeoJSON collection, with the day and the counts they go with."""
    head: Plain = {
        "type": "FeatureCollection",
        "layer": answer.layer.id,
        "as_of": answer.moment.as_of.isoformat(),
        "count": answer.features.count if answer.features else 0,
        "without_place": answer.features.without_place if answer.features else 0,
    }
    text = answer.features.text if answer.features else ""
    return f'{json.dumps(head)[:-1]}, "features": [{text}]}}'


def digest(*more: str) -> str:
    """What an answer depends on beside the data: the address, how the layers are declared, and what else is told."""
    declared = current_app.extensions["catalogue_digest"]
    # What is not for everybody goes by who reads it, and by the rights that he has at the moment.
    reader = current_reader() if g.get("is_confidential") else ""
    return blake2b(f"{declared} {reader} {request.full_path} {' '.join(more)}".encode(), digest_size=9).hexdigest()


def known_version(*more: str) -> str | None:
    """The version of the data that the caller has of this very address."""
    if "If-None-Match" not in request.headers:
        return None
    wanted = digest(*more)
    for tag in request.if_none_match.as_set(include_weak=True):
        # What follows a colon tells of the encoding only.
        version, _, known = tag.partition(":")[0].partition("-")
        if known == wanted:
            return version
    return None


def conditional(text: str, mimetype: str) -> Response:
    """An answer that is not sent again to those who have it."""
    response = Response(text, mimetype=mimetype)
    response.headers["Cache-Control"] = REVALIDATE
    response.add_etag()
    response.make_conditional(request)
    return response
