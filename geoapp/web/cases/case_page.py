"""One case on a page: its map, its clock, what happened, what may come next; and the map of all open cases."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from geoapp.catalog.model import View
from geoapp.core.permissions import Permission
from geoapp.errors import Conflict, Forbidden, GeoAppError, InvalidRequest
from geoapp.web.cases.case_map import own_layers
from geoapp.web.cases.case_params import parse_step
from geoapp.web.cases.case_words import fault
from geoapp.web.cases.room import cases, my_cases
from geoapp.web.errors import status_of
from geoapp.web.languages import check_language
from geoapp.web.page_parts import begin, page_map
from geoapp.web.params import parse_asked, query_of, today
from geoapp.web.permissions import needs

_TYPED = ("step", "happened_on", "document_no", "document_on", "months", "reason", "note", "assignee_id")


@cases.get("/cases/<int:number>")
@needs(Permission.CASE_READ)
def one(number: int) -> str:
    """A case."""
    begin()
    return _case_page(number, {})


@cases.post("/cases/<int:number>")
@needs(Permission.CASE_READ)
def step(number: int) -> BaseResponse | tuple[str, int]:
    """A step of a case. Refused, the page comes back with all that was typed, and with what happened meanwhile."""
    check_language()
    typed = {name: request.form.get(name, "").replace("\0", "") for name in _TYPED}
    try:
        wanted = parse_step(request.form)
        my_cases().take_step(number, wanted)
    except (InvalidRequest, Conflict, Forbidden) as error:
        return _case_page(number, typed, error), int(status_of(error))
    flash(gettext("Recorded."))
    return redirect(url_for("cases.one", number=number), 303)


@cases.get("/cases/map")
@needs(Permission.CASE_READ)
def overview() -> str:
    """All open cases on a map, with sums by state."""
    asked = begin()
    moment, frame, states = my_cases().overview(asked)
    screen = page_map(View.PROVINCE, moment, frame, {}, own=own_layers(None, query_of(asked), moment))
    return render_template("cases/map.html", page=None, screen=screen, states=states, keep=query_of(asked))


def _case_page(number: int, typed: Mapping[str, str], error: GeoAppError | None = None) -> str:
    asked = parse_asked(request.args)
    found = my_cases().case(number, asked)
    seen = request.form.get("last_event", "")
    meanwhile = [row for row in found.events if isinstance(error, Conflict) and row.number > int(seen or 0)]
    own = own_layers(number, query_of(asked), found.moment)
    screen = page_map(View.PARK, found.moment, found.frame, _about(found.row), own=own)
    return render_template(
        "cases/case.html",
        page=None,
        found=found,
        case=found.row,
        land=found.clock.land if found.clock else None,
        screen=screen,
        typed=typed,
        today=today(),
        fault=fault(error) if error else None,
        field=getattr(error, "parameter", None),
        meanwhile=meanwhile,
        keep=query_of(asked),
    )


def _about(row: Any) -> dict[str, str]:
    return {"park": row.park} if row.park else {}
