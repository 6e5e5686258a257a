"""The parks side by side: the page and its files."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from geoapp.core.permissions import Permission
from geoapp.errors import N_, InvalidRequest
from geoapp.kinds import ParkStatus
from geoapp.services.compare import CompareRequest, theme_layers
from geoapp.services.compare_columns import COLUMNS
from geoapp.services.themes import TARGETS
from geoapp.web.api import atlas
from geoapp.web.compare_table import comparison_table
from geoapp.web.file_answers import answer_file
from geoapp.web.languages import language
from geoapp.web.page_parts import begin, kept
from geoapp.web.params import parse_choice, parse_day, parse_slug
from geoapp.web.permissions import needs

compare = Blueprint("compare", __name__)
_MOST_PARKS = 200
_MOST_TEXT = 80


@compare.get("/compare")
@needs(Permission.READ_PUBLIC)
def show() -> str | BaseResponse:
    """All parks, or those chosen, with every figure beside the other."""
    asked = read_request()
    if len(request.args.getlist("parks")) > 1:
        # Boxes of the form come one by one; the address that is shared has them in one.
        return redirect("?" + urlencode({**request.args.to_dict(), "parks": ",".join(asked.parks)}))
    found = atlas().compare(asked)
    return render_template(
        "compare.html",
        page=found,
        found=found,
        asked=asked,
        columns=COLUMNS.values(),
        groups=_groups(),
        classes=_classes(),
        statuses=list(ParkStatus),
        targets=TARGETS,
        keep=kept(),
    )


@compare.get("/compare.csv")
@needs(Permission.EXPORT)
def csv_file() -> Response:
    """What the page shows, for programs."""
    return _file("csv")


@compare.get("/compare.xlsx")
@needs(Permission.EXPORT)
def xlsx_file() -> Response:
    """What the page shows, for a spreadsheet."""
    return _file("xlsx")


def read_request() -> CompareRequest:
    """What is asked, from the query string. Raises: InvalidRequest."""
    asked = begin()
    sort = request.args.get("sort", "")
    columns = ["name", *COLUMNS]
    column = parse_choice({"sort": sort.removeprefix("-")}, "sort", columns) or "name"
    return CompareRequest(
        asked,
        parse_day(request.args, "base"),
        _parse_parks(),
        request.args.get("province") or None,
        parse_choice(request.args, "status", [str(status) for status in ParkStatus]),
        _parse_class(),
        request.args.get("q", "").strip()[:_MOST_TEXT],
        column,
        sort.startswith("-"),
    )


def _file(kind: str) -> Response:
    asked = read_request()
    found = atlas().compare(asked)
    name = f"so-sanh-{found.moment.as_of}" if language() == "vi" else f"compare-{found.moment.as_of}"
    return answer_file(comparison_table(found), kind, name)


def _parse_parks() -> tuple[str, ...]:
    """Names of parks: parks=a,b,c, or the parameter several times. Raises: InvalidRequest."""
    names = [name for value in request.args.getlist("parks") for name in value.split(",") if name]
    if len(names) > _MOST_PARKS:
        raise InvalidRequest(
            N_("%(parameter)s: expected at most %(most)s parks, found %(found)s."),
            parameter="parks",
            most=_MOST_PARKS,
            found=len(names),
        )
    return tuple(dict.fromkeys(slug for name in names if (slug := parse_slug({"parks": name}, "parks"))))


def _parse_class() -> tuple[str, str] | None:
    """The class of a theme: layer and key. Raises: InvalidRequest."""
    choices = [f"{layer}.{key}" for layer, (_, keys) in _classes().items() for key in keys]
    value = parse_choice(request.args, "class", choices)
    return None if value is None else (value.split(".")[0], value.split(".")[1])


def _classes() -> Mapping[str, tuple[str, dict[str, str]]]:
    """Layer of a theme -> its title as a message, and its classes with their labels."""
    found = {}
    for column, layer in theme_layers(atlas().catalogue):
        no_data = (layer.style.no_data,) if layer.style.no_data else ()
        classes = (*layer.style.classes, *no_data)
        found[layer.id] = (column.title, {one.key: one.label.text(language()) for one in classes})
    return found


def _groups() -> list[tuple[str, int]]:
    """Headings over neighbouring columns, with how many they cover."""
    groups: list[tuple[str, int]] = []
    for column in COLUMNS.values():
        if groups and groups[-1][0] == column.group:
            groups[-1] = (column.group, groups[-1][1] + 1)
        else:
            groups.append((column.group, 1))
    return groups
