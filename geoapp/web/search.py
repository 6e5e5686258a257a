"""Search: as a page of its own, and as data for the box in the head of every page."""

from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, jsonify, render_template, request
from flask_babel import gettext as _

from geoapp.core.coordinates import ZONES, Point, to_vn2000
from geoapp.core.permissions import Permission
from geoapp.errors import N_
from geoapp.services.search import FEW, MOST, Found
from geoapp.web.api import atlas
from geoapp.web.api_docs import CLOCKS, check_names, documented
from geoapp.web.formats import number
from geoapp.web.languages import check_language, language
from geoapp.web.page_parts import address, begin, kept
from geoapp.web.params import parse_asked, parse_whole, query_of
from geoapp.web.permissions import needs

search = Blueprint("search", __name__)
KINDS = {
    "park": N_("Industrial parks"),
    "zone": N_("Economic zones"),
    "area": N_("Functional areas"),
    "plot": N_("Plots"),
    "project": N_("Investment projects"),
    "investor": N_("Investors"),
    "commune": N_("Communes"),
}


@search.get("/search")
@needs(Permission.READ_PUBLIC)
def show() -> str:
    """What is found, by kind; and the places that coordinates stand for."""
    asked = begin()
    text = request.args.get("q", "").strip()
    found = atlas().search(text, asked, MOST) if text else None
    answer = describe(found) if found else None
    return render_template("search.html", text=text, answer=answer, keep=query_of(asked), page=None)


@search.get("/api/search")
@needs(Permission.READ_PUBLIC)
@documented(
    N_("Things and places that fit a text, the best first."),
    {"application/json": {"type": "object", "required": ["query", "as_of", "alike", "points", "groups"]}},
    takes=(*CLOCKS, "q", "limit_finds"),
    refuses=(400, 503),
)
def data() -> Response:
    """Finds for ``q``, at most ``limit`` of each kind (6, up to 50)."""
    check_names()
    check_language()
    most = parse_whole(request.args, "limit", 1, MOST) or FEW
    return jsonify(describe(atlas().search(request.args.get("q", ""), parse_asked(request.args), most)))


def describe(found: Found) -> dict[str, Any]:
    """What was found, in the language of the request, with addresses."""
    return {
        "query": found.text,
        "as_of": found.moment.as_of.isoformat(),
        "alike": found.alike,
        "points": [_point(point) for point in found.points],
        "groups": [
            {
                "kind": group.kind,
                "title": _(KINDS[group.kind]),
                "count": group.of_all,
                "finds": [_find(row) for row in group.finds],
            }
            for group in found.groups
        ],
    }


def _find(row: Any) -> dict[str, Any]:
    spoken = language()
    about = getattr(row, f"about_{spoken}")
    if row.kind == "investor":
        about = _("%(count)s projects", count=about)
    name = getattr(row, f"name_{spoken}")
    box = None if row.west is None else [row.west, row.south, row.east, row.north]
    return {
        "id": row.id,
        "name": name,
        "about": about,
        "matched": row.matched if row.matched and row.matched not in name else None,
        "quality": row.quality,
        "bbox": box,
        "url": _address(row, box),
    }


def _address(row: Any, box: list[float] | None) -> str:
    """Where a find leads: its page, the map with a pin, or the projects of an investor."""
    keep = kept()
    if row.kind == "park":
        return address("pages.park", slug=row.id, **keep)
    if row.kind in {"zone", "area"}:
        return address("pages.zone", slug=row.place, **keep)
    if row.kind == "investor":
        return address("search.show", q=row.id, **keep)
    if row.kind == "commune" and box:
        return address("pages.province", pin=f"{box[1]:.5f},{box[0]:.5f}", **keep)
    if row.kind == "plot":
        path = f"/parks/{quote(row.place)}/plots/{quote(row.name_vi, safe='')}"
    else:
        path = f"/projects/{quote(row.id)}"
    return f"{path}?{urlencode(keep)}" if keep else path


def _point(point: Point) -> dict[str, Any]:
    """A place with its name in both systems, how the text was read, and the map that shows it."""
    if point.epsg in ZONES:
        told = _("VN-2000, meridian %(meridian)s°", meridian=number(ZONES[point.epsg], 2))
    else:
        told = _("WGS 84")
    pairs = {epsg: to_vn2000(point.lon, point.lat, epsg) for epsg in (5897, 9209)}
    return {
        "lon": round(point.lon, 7),
        "lat": round(point.lat, 7),
        "read_as": told + (f" · {_('read the other way round')}" if point.swapped else ""),
        "wgs84": f"{point.lat:.6f}, {point.lon:.6f}",
        "vn2000": [
            {"epsg": epsg, "meridian": ZONES[epsg], "east": round(east, 3), "north": round(north, 3)}
            for epsg, (east, north) in pairs.items()
        ],
        "url": address("pages.province", pin=f"{point.lat:.7f},{point.lon:.7f}", **kept()),
    }
