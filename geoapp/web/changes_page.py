"""What changed between two moments: the page, its map, and its files."""

import json

from flask import Blueprint, Response, render_template, request

from geoapp.catalog.model import View
from geoapp.core.permissions import Permission
from geoapp.errors import N_, InvalidRequest
from geoapp.services.changes import STEPS, ChangesRequest, RowKey
from geoapp.services.changes_figures import DEFAULT_FIGURE, FIGURES, REASONS, SHARE_FIGURES
from geoapp.services.changes_moments import Pair
from geoapp.services.snapshot.own_changes import query_of_changes
from geoapp.web.api import atlas, conditional
from geoapp.web.api_docs import check_names, documented
from geoapp.web.change_rows import RowWords
from geoapp.web.change_words import SHARE_TITLES, SHARES_GROUP, is_share
from geoapp.web.changes_map import layer_of_changes, own_layers
from geoapp.web.changes_table import changes_table, share_table
from geoapp.web.file_answers import answer_file
from geoapp.web.languages import check_language, language
from geoapp.web.own_layers import describe_own
from geoapp.web.page_parts import address, begin, kept, page_map
from geoapp.web.params import parse_choice, parse_pair, parse_slug, told_moment
from geoapp.web.permissions import may, needs

changes = Blueprint("changes", __name__)
_KEY_PARTS = 3


@changes.get("/changes")
@needs(Permission.READ_PUBLIC)
def show() -> str:
    """The difference of a figure, explained row by row and on a map."""
    begin()
    asked = read_request()
    page = atlas().share_changes(asked) if is_share(asked.figure) else atlas().changes(asked)
    things = SHARE_FIGURES.get(asked.figure, asked.figure)
    pair, place = page.changes.pair, page.changes.place
    about = {name: value for name, value in (("park", asked.park), ("zone", asked.zone)) if value}
    view = View.PARK if asked.park else View.ZONE if asked.zone else View.PROVINCE
    clocks = query_of_pair(pair)
    taken = query_of_changes(asked, pair)
    sheets = address("sheets.changes_form", **taken) if may(Permission.EXPORT) else None
    own = own_layers(atlas().catalogue, {"figure": things, **clocks, **about}, sheets)
    # Links lead to the second day, where it was asked for.
    asks = kept() or asked.pair.to_day or asked.pair.to_known
    keep = {name: value for name, value in clocks.items() if name in {"as_of", "known_at"}} if asks else {}
    screen = page_map(view, pair.moment, page.frame, about, own=own)
    return render_template(
        "changes_share.html" if is_share(asked.figure) else "changes.html",
        page=page,
        found=page.changes,
        place=place,
        screen=screen,
        asked=asked,
        choices=figure_choices(),
        things=things,
        told_key=told_key,
        words=RowWords(FIGURES[things], keep),
        keep=keep,
    )


@changes.get("/changes.csv")
@needs(Permission.EXPORT)
def csv_file() -> Response:
    """All parts of the difference, for programs."""
    return _file("csv")


@changes.get("/changes.xlsx")
@needs(Permission.EXPORT)
def xlsx_file() -> Response:
    """All parts of the difference, for a spreadsheet."""
    return _file("xlsx")


@changes.get("/api/changes/layers")
@needs(Permission.READ_PUBLIC)
@documented(
    N_("How the map of what changed is drawn, in the form of /api/layers."),
    {"application/json": {"type": "object"}},
    takes=("lang", "figure"),
    refuses=(400,),
)
def layers() -> Response:
    """How the map of what changed is drawn, in the form of /api/layers."""
    check_names()
    check_language()
    figure = parse_choice(request.args, "figure", list(FIGURES)) or DEFAULT_FIGURE
    body = describe_own(atlas().catalogue, layer_of_changes(FIGURES[figure]))
    return conditional(json.dumps(body, ensure_ascii=False), "application/json")


@changes.get("/api/changes/features")
@needs(Permission.READ_PUBLIC)
@documented(
    N_("What changed between two moments, one feature for each thing."),
    {"application/geo+json": {"type": "object", "required": ["type", "features"]}},
    takes=("lang", "figure", "from", "to", "known_from", "known_to", "place", "park", "zone", "step", "reason"),
)
def features() -> Response:
    """What changed as GeoJSON, one feature for each thing."""
    check_names()
    check_language()
    asked = read_request(only_things=True)
    found = atlas().changed(asked)
    head = {"type": "FeatureCollection", "count": found.count, "without_place": found.without_place}
    return conditional(f'{json.dumps(head)[:-1]}, "features": [{found.text}]}}', "application/geo+json")


def _file(kind: str) -> Response:
    begin()
    asked = read_request()
    if is_share(asked.figure):
        table = share_table(atlas().share_changes(asked).changes)
    else:
        table = changes_table(atlas().all_changes(asked))
    return answer_file(table, kind, "thay-doi" if language() == "vi" else "changes")


def read_request(*, only_things: bool = False) -> ChangesRequest:
    """What is asked, from the query string. Raises: InvalidRequest."""
    figures = list(FIGURES) if only_things else [*FIGURES, *SHARE_FIGURES]
    # The form has one choice of place; links name a park or a zone.
    kind, _, slug = request.args.get("place", "").partition(":")
    chosen = parse_choice({"place": kind}, "place", ["park", "zone"])
    place = {**({chosen: slug} if chosen else {}), **{n: v for n, v in request.args.items() if v}}
    return ChangesRequest(
        parse_choice(request.args, "figure", figures) or DEFAULT_FIGURE,
        parse_pair(request.args),
        parse_slug(place, "park"),
        parse_slug(place, "zone"),
        parse_choice(request.args, "step", list(STEPS)),
        parse_choice(request.args, "reason", list(REASONS)),
        _parse_key(request.args.get("after")),
    )


def told_key(key: RowKey) -> str:
    """The place of a row as it stands in an address."""
    return f"{key.park}|{key.place}|{key.code}"


def query_of_pair(pair: Pair) -> dict[str, str]:
    """Two moments as they stand in an address; the second one also as the clocks of every layer."""
    query = {"from": pair.from_day.isoformat(), "to": pair.to_day.isoformat(), "as_of": pair.to_day.isoformat()}
    if pair.from_known:
        query["known_from"] = told_moment(pair.from_known)
    if pair.to_known:
        query |= {"known_to": told_moment(pair.to_known), "known_at": told_moment(pair.to_known)}
    return query


def figure_choices() -> dict[str, list[tuple[str, str]]]:
    """Group -> codes and titles of the figures that can be chosen, as messages to translate."""
    choices: dict[str, list[tuple[str, str]]] = {}
    for figure in FIGURES.values():
        choices.setdefault(figure.group, []).append((figure.code, figure.title))
    choices[SHARES_GROUP] = list(SHARE_TITLES.items())
    return choices


def _parse_key(value: str | None) -> RowKey | None:
    if not value:
        return None
    park, *rest = value.replace("\0", "\ufffd").split("|", _KEY_PARTS - 1)
    if len(rest) != _KEY_PARTS - 1 or not rest[0].isascii() or not rest[0].isdecimal() or len(rest[0]) > 2:
        raise InvalidRequest(
            N_("%(parameter)s: expected the place of a row, as the link to the next rows has it, found “%(found)s”."),
            parameter="after",
            found=value[:40],
        )
    return RowKey(park, rest[1], int(rest[0]))
