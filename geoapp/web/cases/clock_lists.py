"""What comes due by the clock, and whose data have gaps: lists of units of land, not of cases."""

from collections import defaultdict
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from geoapp.core.permissions import Permission
from geoapp.web.cases.room import cases, my_cases
from geoapp.web.page_parts import begin
from geoapp.web.params import parse_choice, query_of
from geoapp.web.permissions import needs

WITHIN = (30, 90, 180)


@cases.get("/cases/due")
@needs(Permission.CASE_READ)
def due() -> str:
    """Land whose next deadline comes within 30, 90 or 180 days, with the hectares."""
    asked = begin()
    within = int(parse_choice(request.args, "days", [str(days) for days in WITHIN]) or WITHIN[-1])
    moment, rows = my_cases().due(asked, WITHIN[-1])
    sums = {days: _sum([row for row in rows if row.days_left <= days]) for days in WITHIN}
    shown = [row for row in rows if row.days_left <= within]
    return render_template(
        "cases/due.html", page=None, moment=moment, rows=shown, sums=sums, within=within, keep=query_of(asked)
    )


@cases.get("/cases/gaps")
@needs(Permission.CASE_READ)
def gaps() -> str:
    """Land whose clock cannot be computed, by the department that it concerns."""
    asked = begin()
    moment, rows = my_cases().gaps(asked)
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        groups["; ".join(row.departments) or str(_("No department is held to this park"))].append(row)
    return render_template(
        "cases/gaps.html",
        page=None,
        moment=moment,
        groups=sorted(groups.items()),
        count=len(rows),
        keep=query_of(asked),
    )


def _sum(rows: list[Any]) -> tuple[int, float]:
    return len(rows), float(sum(row.area_ha or 0 for row in rows))
