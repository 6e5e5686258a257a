"""The state of a map as it stands in an address, and back: sheets, jobs, commands and the code on paper share it.

    layers=coast,land&hide=park_occupancy:c1,no_data;plots:x&opacity=land:40&parks=khanh-phu,xuan-kien
    bbox=105.9,20.1,106.2,20.4   or   at=105.975,20.25&scale=5000
    base=2025-10-31 (a second map beside it)   since=2025-10-31 (changes are marked)   content=page (of a park)
    paper=a3&orientation=portrait&dpi=300&title=…&maker=…&as_of=2026-10-31&known_at=…&language=vi

``layers``, ``hide`` and ``opacity`` are those of the address of a view (docs/controls.md).
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, unquote

from geoapp.catalog.model import View
from geoapp.core.box import Box
from geoapp.core.parsing import SHOWN, parse_choice, parse_day, parse_known, parse_whole, today, told_moment
from geoapp.core.permissions import VISITOR, Reader
from geoapp.errors import N_, InvalidRequest
from geoapp.services.moment import Asked
from geoapp.services.snapshot.request import (
    LEAST_DPI,
    LEAST_SCALE,
    MOST_DPI,
    MOST_SCALE,
    MOST_TEXT,
    USUAL_DPI,
    Earlier,
    Ground,
    Look,
    Orientation,
    PaperAsked,
    PaperName,
    SheetContent,
    SheetPlace,
    SnapshotRequest,
)

_LAYER = re.compile(r"[a-z][a-z0-9_]{0,60}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMBER = re.compile(r"\s*[+-]?[0-9]{1,9}(?:\.[0-9]{0,15})?\s*")
_MOST_LAYERS, _MOST_CLASSES, _MOST_PARKS = 60, 60, 300
# Where a map of Viet Nam can be about, with some sea around it.
_COUNTRY = Box(100.0, 5.0, 120.0, 25.0)
_LEAST_DEGREES = 0.0001


def parse_snapshot(
    args: Mapping[str, str], place: SheetPlace, *, language: str, reader: Reader = VISITOR, site: str = ""
) -> SnapshotRequest:
    """A sheet from an address. Args: language - where the address names none.

    Raises: InvalidRequest - the first parameter that cannot be used.
    """
    return SnapshotRequest(
        place,
        Asked(parse_day(args, "as_of"), parse_known(args, "known_at"), today()),
        parse_choice(args, "language", ["vi", "en"]) or language,
        parse_look(args),
        _parse_ground(args),
        _parse_paper(args),
        reader,
        site,
        _parse_content(args, place),
        _parse_earlier(args),
    )


def parse_look(args: Mapping[str, str]) -> Look:
    """Layers, hidden classes, opacities and parks. Raises: InvalidRequest."""
    layers = None
    if "layers" in args:
        layers = tuple(dict.fromkeys(_names(args, "layers", _LAYER, _MOST_LAYERS, N_("names of layers with commas"))))
    parks = _names(args, "parks", _SLUG, _MOST_PARKS, N_("names of parks such as khanh-phu, with commas"))
    return Look(layers, _parse_hidden(args), _parse_opacity(args), frozenset(parks) if parks else None)


def query_of_snapshot(request: SnapshotRequest) -> dict[str, str]:
    """A sheet as it stands in an address; what is as usual is left out."""
    own = request.own.page if request.own else None
    query = {
        **(own.query if own else {}),
        **query_of_look(request.look),
        **_query_of_ground(request.ground),
        **_query_of_paper(request.paper),
        **_query_of_kind(request),
    }
    if own is None or not own.has_days:
        query |= _query_of_clocks(request.asked)
    return query | {"language": request.language}


def _query_of_clocks(asked: Asked) -> dict[str, str]:
    query = {"as_of": asked.as_of.isoformat()} if asked.as_of else {}
    return query | ({"known_at": told_moment(asked.known_at)} if asked.known_at else {})


def query_of_look(look: Look) -> dict[str, str]:
    """What ``parse_look`` reads."""
    query = {}
    if look.layers is not None:
        query["layers"] = ",".join(sorted(look.layers))
    if look.hidden:
        query["hide"] = _per_layer(look.hidden, lambda keys: ",".join(quote(key, safe="") for key in sorted(keys)))
    if look.opacity:
        query["opacity"] = _per_layer(look.opacity, lambda value: str(round(value * 100)))
    if look.parks:
        query["parks"] = ",".join(sorted(look.parks))
    return query


def _query_of_kind(request: SnapshotRequest) -> dict[str, str]:
    query = {} if request.content is SheetContent.MAP else {"content": str(request.content)}
    days = {"base": request.earlier.base, "since": request.earlier.since}
    return query | {name: day.isoformat() for name, day in days.items() if day}


def _per_layer(values: Mapping[str, Any], write: Callable[[Any], str]) -> str:
    return ";".join(f"{layer}:{write(value)}" for layer, value in sorted(values.items()))


def _query_of_ground(ground: Ground) -> dict[str, str]:
    query = {}
    if ground.box:
        box = ground.box
        query["bbox"] = ",".join(f"{value:.6f}" for value in (box.west, box.south, box.east, box.north))
    if ground.at:
        query["at"] = ",".join(f"{value:.6f}" for value in ground.at)
    if ground.scale:
        query["scale"] = str(ground.scale)
    return query


def _query_of_paper(paper: PaperAsked) -> dict[str, str]:
    query = {"paper": str(paper.name), "orientation": str(paper.orientation)}
    if paper.dpi != USUAL_DPI:
        query["dpi"] = str(paper.dpi)
    return query | {name: value for name in ("title", "maker") if (value := getattr(paper, name))}


def _parse_ground(args: Mapping[str, str]) -> Ground:
    scale = parse_whole(args, "scale", LEAST_SCALE, MOST_SCALE)
    if scale and scale % 1000:
        raise InvalidRequest(
            N_("%(parameter)s: expected whole thousands such as 5000, found “%(found)s”."),
            parameter="scale",
            found=str(scale),
        )
    return Ground(_parse_box(args), _parse_place(args), scale)


def _parse_box(args: Mapping[str, str]) -> Box | None:
    numbers = _numbers(args, "bbox", 4, N_("four numbers in degrees: west, south, east, north"))
    if numbers is None:
        return None
    box = Box(*numbers)
    if box.east - box.west < _LEAST_DEGREES or box.north - box.south < _LEAST_DEGREES:
        raise _refused("bbox", args["bbox"], N_("west before east and south before north"))
    for lon, lat in ((box.west, box.south), (box.east, box.north)):
        _check_in_country("bbox", args["bbox"], lon, lat)
    return box


def _parse_place(args: Mapping[str, str]) -> tuple[float, float] | None:
    numbers = _numbers(args, "at", 2, N_("two numbers in degrees: longitude, latitude"))
    if numbers is None:
        return None
    lon, lat = numbers
    _check_in_country("at", args["at"], lon, lat)
    return lon, lat


def _check_in_country(name: str, found: str, lon: float, lat: float) -> None:
    """Raises: InvalidRequest - on another continent, or latitude first."""
    if not (_COUNTRY.west <= lon <= _COUNTRY.east and _COUNTRY.south <= lat <= _COUNTRY.north):
        raise _refused(name, found, N_("a place in Viet Nam, longitude first (100 to 120), then latitude (5 to 25)"))


def _parse_paper(args: Mapping[str, str]) -> PaperAsked:
    name = parse_choice(args, "paper", [str(one) for one in PaperName])
    orientation = parse_choice(args, "orientation", [str(one) for one in Orientation])
    dpi = parse_whole(args, "dpi", LEAST_DPI, MOST_DPI)
    return PaperAsked(
        PaperName(name) if name else PaperName.A4,
        Orientation(orientation) if orientation else Orientation.LANDSCAPE,
        dpi or USUAL_DPI,
        _text(args, "title"),
        _text(args, "maker"),
    )


def _parse_content(args: Mapping[str, str], place: SheetPlace) -> SheetContent:
    """Raises: InvalidRequest - a page of figures of what is no park, or of one held against another day."""
    content = SheetContent(parse_choice(args, "content", [str(one) for one in SheetContent]) or SheetContent.MAP)
    if content is SheetContent.PAGE and (place.view is not View.PARK or args.get("base")):
        raise InvalidRequest(
            N_("%(parameter)s: a page with figures is made of one park on one day. Choose the map instead."),
            parameter="content",
        )
    return content


def _parse_earlier(args: Mapping[str, str]) -> Earlier:
    """Raises: InvalidRequest - a day that is not before the day of the map."""
    day = parse_day(args, "as_of")
    earlier = Earlier(parse_day(args, "base"), parse_day(args, "since"))
    for name, other in (("base", earlier.base), ("since", earlier.since)):
        if day and other and other >= day:
            raise InvalidRequest(
                N_("%(parameter)s: expected a day before %(day)s, found %(found)s."),
                parameter=name,
                day=day,
                found=other,
            )
    return earlier


def _text(args: Mapping[str, str], name: str) -> str | None:
    """A line as it is typed, without signs that are not printed. Raises: InvalidRequest - longer than fits."""
    value = " ".join("".join(sign if sign.isprintable() else " " for sign in args.get(name, "")).split())
    if len(value) > MOST_TEXT:
        raise InvalidRequest(
            N_("%(parameter)s: expected at most %(most)s signs, found %(found)s."),
            parameter=name,
            most=MOST_TEXT,
            found=len(value),
        )
    return value or None


def _names(args: Mapping[str, str], name: str, form: re.Pattern[str], most: int, expected: str) -> list[str]:
    names = [one for one in args.get(name, "").split(",") if one]
    wrong = next((one for one in names if not form.fullmatch(one)), None)
    if wrong is not None:
        raise _refused(name, wrong, expected)
    if len(names) > most:
        raise _refused(name, args[name], expected)
    return names


def _parse_hidden(args: Mapping[str, str]) -> dict[str, frozenset[str]]:
    hidden = {}
    for layer, value in _pairs(args, "hide", N_("layer:class,class;layer:class")):
        keys = frozenset(unquote(key) for key in value.split(",") if key)
        if len(keys) > _MOST_CLASSES:
            raise _refused("hide", value, N_("layer:class,class;layer:class"))
        if keys:
            hidden[layer] = keys
    return hidden


def _parse_opacity(args: Mapping[str, str]) -> dict[str, float]:
    expected = N_("layer:percent;layer:percent, from 10 to 100")
    opacity = {}
    for layer, value in _pairs(args, "opacity", expected):
        if not re.fullmatch(r"[0-9]{1,3}", value) or not 10 <= int(value) <= 100:
            raise _refused("opacity", value, expected)
        opacity[layer] = int(value) / 100
    return opacity


def _pairs(args: Mapping[str, str], name: str, expected: str) -> list[tuple[str, str]]:
    parts = [part for part in args.get(name, "").split(";") if part]
    pairs = []
    for part in parts:
        layer, colon, value = part.partition(":")
        if not colon or not _LAYER.fullmatch(layer) or len(parts) > _MOST_LAYERS:
            raise _refused(name, part, expected)
        pairs.append((layer, value))
    return pairs


def _numbers(args: Mapping[str, str], name: str, count: int, expected: str) -> list[float] | None:
    value = args.get(name)
    if not value:
        return None
    parts = value.split(",")
    # float() takes more than an address should hold: digits of any script, "1_0", "nan".
    if len(parts) != count or not all(_NUMBER.fullmatch(part) for part in parts):
        raise _refused(name, value, expected)
    return [float(part) for part in parts]


def _refused(name: str, found: str, expected: str) -> InvalidRequest:
    return InvalidRequest(
        N_("%(parameter)s: expected %(expected)s, found “%(found)s”."),
        parameter=name,
        expected=expected,
        found=found[: SHOWN * 2],
    )
