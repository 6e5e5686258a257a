"""Addresses for tests: every route of the application with something in its places."""

import re
from collections.abc import Iterator

from flask import Flask

KNOWN = {
    "slug": "khanh-phu", "code": "A1-01", "group": "parks", "what": "plots", "kind": "park", "name": "khanh-phu",
    "indicator": "occupancy", "layer_id": "plot_state", "feature_id": "khanh-phu/A1-01",
    "z": "9", "x": "406", "y": "226",
    "view": "park", "form": "svg",
    "spoken": "vi", "filename": "css/base.css", "login": "viewer",
    "report": "00000000-0000-4000-8000-000000000009", "sha256": "0" * 64,
}  # fmt: skip
OTHERWISE = {
    "/api/outlines/<any(plot, project):what>": "/api/outlines/plot",
    "/sheets/all/<any(atlas, batch):what>": "/sheets/all/atlas",
}
# What a plain question lacks, by the route.
QUERIES = {"/api/search": "?q=a", "/api/outlines/<any(plot, project):what>": "?park=khanh-phu&code=A1-01"}
_PLACE = re.compile(r"<(?:[^<>]*:)?(\w+)>")


def routes(app: Flask) -> Iterator[tuple[str, str, str, str]]:
    """(endpoint, method, route, address) of every route and method; a place of a room to come is filled with 1."""
    for rule in app.url_map.iter_rules():
        path = OTHERWISE.get(rule.rule) or _PLACE.sub(lambda place: KNOWN.get(place[1], "1"), rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method, rule.rule, path
