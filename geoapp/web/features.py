"""Features of a layer for the map and for programs: all at once, or by pages."""

import csv
import io
import json
import re
from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Response, request
from flask_babel import gettext as _

from geoapp.core.box import Box
from geoapp.core.permissions import VISITOR, Permission, Reader
from geoapp.errors import N_, InvalidRequest
from geoapp.kinds import Quality
from geoapp.services.feature_pages import MOST, PageAnswer, PageRequest
from geoapp.services.features import FeatureRequest
from geoapp.services.table_files import as_text
from geoapp.web.api import api, atlas, collection, known_version, tagged
from geoapp.web.api_docs import CLOCKS, check_names, documented
from geoapp.web.languages import check_language, language
from geoapp.web.params import parse_asked, parse_choice, parse_slug, parse_whole
from geoapp.web.permissions import mark_export, needs, reader_of, require

_PAGED = {"bbox", "limit", "after", "f"}
_FEW = 100
_DEGREES = re.compile(r"\s*[+-]?[0-9]{1,7}(?:\.[0-9]{0,15})?\s*")
# Wider or higher is a slip: the world, or degrees that are metres.
_WIDEST_DEGREES = 30
_FEATURES: dict[str, object] = {
    "type": "object",
    "required": ["type", "layer", "as_of", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "numberMatched": {"type": "integer", "minimum": 0},
        "numberReturned": {"type": "integer", "minimum": 0},
        "features": {"type": "array", "items": {"type": "object", "required": ["id", "geometry", "properties"]}},
    },
}


@api.get("/layers/<layer_id>/features")
@needs(Permission.READ_PUBLIC)
@documented(
    N_("The features of a layer: all at once, or by pages where limit, after, bbox or f is given."),
    {"application/geo+json": _FEATURES, "text/csv": {"type": "string"}},
    takes=(*CLOCKS, "park", "zone", "bbox", "limit", "after", "f"),
)
def features(layer_id: str) -> Response:
    """The features of a layer as GeoJSON or CSV, as of a day, of all parks or one; by pages where one is asked for."""
    check_names()
    check_language()
    reader = reader_of(layer_id)
    atlas().check_layer(layer_id, reader)
    park, zone = parse_slug(request.args, "park"), parse_slug(request.args, "zone")
    asked = FeatureRequest(layer_id, parse_asked(request.args), park, zone, known_version(language()), reader)
    if request.args.keys() & _PAGED:
        _check_export(reader)
        return page_of(asked)
    answer = atlas().features(asked)
    if answer.features is None:
        response = Response(status=304)
    else:
        response = Response(collection(answer), mimetype="application/geo+json")
    return tagged(response, answer.version, language())


def _check_export(reader: Reader) -> None:
    """A page is how programs take data out: of a layer that is not public it is a download, as a named form always is.

    Raises: Forbidden - the reader may look at it, and not take it out.
    """
    if reader != VISITOR:
        require(Permission.EXPORT_INTERNAL)
    if reader != VISITOR or request.args.get("f"):
        mark_export()


def page_of(asked: FeatureRequest) -> Response:
    """A page, with the link to the next one in the head and in the body."""
    form = parse_choice(request.args, "f", ["geojson", "csv"])
    limit = parse_whole(request.args, "limit", 1, MOST) or _FEW
    box = _parse_box(request.args)
    answer = atlas().feature_page(PageRequest(asked, limit, request.args.get("after") or None, box, _filters()))
    if answer.page is None:
        return tagged(Response(status=304), answer.version, language())
    following = _following(answer) if answer.following else None
    if form == "csv":
        response = Response(_csv(answer), mimetype="text/csv")
        response.headers["Content-Disposition"] = f'attachment; filename="{answer.layer.id}-{answer.moment.as_of}.csv"'
    else:
        response = Response(_geojson(answer, following), mimetype="application/geo+json")
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return tagged(response, answer.version, language())


def _geojson(answer: PageAnswer, following: str | None) -> str:
    links = [{"rel": "next", "type": "application/geo+json", "href": following}] if following else []
    head = {
        "type": "FeatureCollection",
        "layer": answer.layer.id,
        "as_of": answer.moment.as_of.isoformat(),
        "numberMatched": answer.matched,
        "numberReturned": answer.page.count if answer.page else 0,
        "links": links,
    }
    return f'{json.dumps(head)[:-1]}, "features": [{answer.page.text if answer.page else ""}]}}'


def _csv(answer: PageAnswer) -> str:
    """For spreadsheets: UTF-8 with a mark; a notice in every row that is demonstration or approximate."""
    rows = json.loads(f"[{answer.page.text}]") if answer.page else []
    fields = [column for field in answer.layer.fields.values() for column in field.columns]
    trust = ["quality", "source", "source_key", "observed_on", "approximate"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["id", *fields, *trust, "as_of", "lon", "lat", "notice"])
    for row in rows:
        told = row["properties"]
        lon, lat = _inside(row["geometry"])
        values = [as_text(told[name]) for name in (*fields, *trust)]
        writer.writerow([as_text(row["id"]), *values, answer.moment.as_of.isoformat(), lon, lat, _notice(told)])
    return "\ufeff" + out.getvalue()


def _notice(told: Mapping[str, object]) -> str:
    notices = [
        _("Demonstration data, not official figures") if told["quality"] == Quality.DEMO else "",
        _("Approximate outline, not surveyed") if told["approximate"] else "",
    ]
    return "; ".join(filter(None, notices))


def _inside(geometry: Mapping[str, object] | None) -> tuple[object, object]:
    """The middle of the box around a geometry; blanks where there is none."""
    if geometry is None:
        return "", ""
    numbers = list(_positions(geometry["coordinates"]))
    middles = [(min(axis) + max(axis)) / 2 for axis in zip(*numbers, strict=True)]
    return round(middles[0], 6), round(middles[1], 6)


def _positions(coordinates: object) -> list[tuple[float, float]]:
    if isinstance(coordinates, list) and coordinates and isinstance(coordinates[0], list):
        return [position for part in coordinates for position in _positions(part)]
    assert isinstance(coordinates, list)  # noqa: S101 - GeoJSON that the database made
    return [(coordinates[0], coordinates[1])]


def _filters() -> str:
    """What the list of a cursor is chosen by, beside its layer and its day."""
    return urlencode([(name, request.args.get(name, "")) for name in ("known_at", "park", "zone", "bbox")])


def _following(answer: PageAnswer) -> str:
    """The address of the next page; it names the day, so that a reading ends as of the day it began with.

    Without the host: what a caller or a proxy says of that is not to be trusted with the next question.
    """
    query = {**request.args.to_dict(), "as_of": answer.moment.as_of.isoformat(), "after": answer.following}
    return f"{request.script_root}{request.path}?{urlencode(query)}"


def _parse_box(args: Mapping[str, str]) -> Box | None:
    """The box that is asked for. Raises: InvalidRequest - no box, the wrong way round, or across the world."""
    value = args.get("bbox")
    if not value:
        return None
    try:
        # float() takes more than an address should hold: digits of any script, "1_0", "nan".
        west, south, east, north = (float(part if _DEGREES.fullmatch(part) else "") for part in value.split(","))
    except ValueError:
        raise _refused(value, N_("four numbers: west, south, east, north")) from None
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
        raise _refused(value, N_("degrees: longitudes to 180, latitudes to 90, longitude first"))
    if west >= east or south >= north:
        raise _refused(value, N_("west before east and south before north"))
    if east - west > _WIDEST_DEGREES or north - south > _WIDEST_DEGREES:
        raise _refused(value, N_("a box of at most 30 degrees"))
    return Box(west, south, east, north)


def _refused(value: str, expected: str) -> InvalidRequest:
    return InvalidRequest(
        N_("bbox: expected %(expected)s, found “%(found)s”."), parameter="bbox", expected=_(expected), found=value[:60]
    )
