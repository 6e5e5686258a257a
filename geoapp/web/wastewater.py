"""Wastewater as a limit to leasing: the page of all parks, its file, and the section on the page of a park."""

import csv
import io
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from geoapp.core.permissions import Permission
from geoapp.services.export import DEMO_NOTICE
from geoapp.services.leasing import SORTS, LeasingPage, ParkLeasing, blocked_ha, load_share
from geoapp.services.moment import Moment
from geoapp.services.table_files import as_text
from geoapp.web.api import atlas
from geoapp.web.languages import language
from geoapp.web.page_parts import begin, code_label
from geoapp.web.params import parse_choice, query_of
from geoapp.web.permissions import needs

wastewater = Blueprint("wastewater", __name__)
# Figures of a row in the file, in their order; names are those of the query.
_FIGURES = (
    "lettable_ha", "not_free_ha", "not_ready_ha", "available_ha", "leasable_ha", "blocked_plant_ha", "blocked_roads_ha",
    "blocked_power_ha", "blocked_several_ha", "unjudged_ha", "together_ha", "operating_m3", "building_m3", "leased_m3",
    "reserved_m3", "committed_m3", "capacity_m3", "free_m3", "coming_m3", "free_if_started_m3", "norm_m3_ha_day",
    "room_ha", "pace_ha_year",
)  # fmt: skip
_DAYS = ("load_on", "coming_on", "saturated_on")


@wastewater.get("/wastewater")
@needs(Permission.READ_PUBLIC)
def show() -> str:
    """All parks: load against capacity, and the land that may be leased today."""
    asked = begin()
    sort = parse_choice(request.args, "sort", list(SORTS)) or SORTS[0]
    page = atlas().leasing(asked, sort)
    return render_template("wastewater.html", page=page, sort=sort, sorts=SORTS, keep=query_of(asked))


@wastewater.get("/wastewater.csv")
@needs(Permission.EXPORT)
def csv_file() -> Response:
    """The table of the page, for programs: a row for each park, quality and notice in each."""
    page = atlas().leasing(begin())
    response = Response(_written(page), mimetype="text/csv")
    name = f"wastewater-{page.moment.as_of.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@wastewater.app_context_processor
def leasing_parts() -> dict[str, Callable[..., Any]]:
    """What templates may ask: the limits of a park at the moment of its page, and shares of them."""
    return {"park_leasing": park_leasing, "load_share": load_share, "blocked_ha": blocked_ha, "load_bar": load_bar}


def park_leasing(park_id: int, moment: Moment) -> ParkLeasing:
    """The limits of one park."""
    return atlas().park_leasing(park_id, moment)


def load_bar(row: Any) -> dict[str, Any]:
    """Expected load by group and the capacities, as parts of a line 100 long."""
    groups = ("operating", "building", "leased", "reserved")
    amounts = [(name, getattr(row, f"{name}_m3") or 0) for name in groups]
    now, coming = row.capacity_m3 or 0, row.coming_m3 or 0
    longest = max(sum(amount for _, amount in amounts), now + coming) or 1
    parts, start = [], 0.0
    for name, amount in amounts:
        parts.append((name, round(100 * start / longest, 2), round(100 * amount / longest, 2)))
        start += amount
    return {
        "parts": parts,
        "capacity": round(100 * now / longest, 2),
        "later": round(100 * (now + coming) / longest, 2),
    }


def _written(page: LeasingPage) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    head = ["park", "name", "status", "as_of", *_FIGURES, *_DAYS]
    writer.writerow([*head, "operating_basis", "saturation", "saturation_label", "norm_assumed", "quality", "notice"])
    for row in page.parks:
        writer.writerow([_cell(value) for value in _row(row, page.moment)])
    return out.getvalue().encode("utf-8-sig")


def _row(row: Any, moment: Moment) -> list[Any]:
    name = row.name_en if language() == "en" else row.name_vi
    has_plots = row.lettable_ha is not None
    notices = [
        *([DEMO_NOTICE.text(language())] if row.worst_quality == "demo" else []),
        *([_("The norm is an assumption, without an official text behind it.")] if row.assumed else []),
        *([] if has_plots else [_("No plot of this park is on record.")]),
    ]
    figures = [getattr(row, figure) if has_plots else None for figure in _FIGURES]
    return [
        row.slug, name, code_label("park_status", row.status), moment.as_of.isoformat(),
        *[None if value is None else round(value, 4) for value in figures],
        *[day.isoformat() if (day := getattr(row, column)) else None for column in _DAYS],
        row.operating_basis, row.saturation, code_label("saturation", row.saturation) if row.saturation else None,
        row.assumed, row.worst_quality, "; ".join(notices),
    ]  # fmt: skip


def _cell(value: Any) -> Any:
    """A cell that a spreadsheet takes for what it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return as_text(value)
