"""The tasks of the plan, what is due, and the calendar of reports; one task with all that was told of it."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from geoapp.core.permissions import Permission
from geoapp.core.plan_kinds import TaskState
from geoapp.errors import Forbidden, GeoAppError, InvalidRequest
from geoapp.services.figure_entry import NOBODY
from geoapp.services.moment import Asked
from geoapp.services.tasks import TaskFilters
from geoapp.web.cases.case_words import fault
from geoapp.web.errors import status_of
from geoapp.web.page_parts import begin, kept, plain
from geoapp.web.params import parse_day
from geoapp.web.permissions import needs
from geoapp.web.targets.room import board, person, tasks

Answer = str | tuple[str, int] | BaseResponse
REMIND_DAYS = 30


@tasks.get("/tasks")
@needs(Permission.REPORT_READ)
def show() -> str:
    """Tasks of a day, who is due, and the reports that come."""
    asked = _asked()
    filters = TaskFilters(request.args.get("department") or None, overdue=request.args.get("overdue") == "1")
    found = board().tasks(person()).page(asked, filters)
    return render_template(
        "targets/tasks.html",
        page=None,
        found=found,
        filters=filters,
        nobody=NOBODY,
        soon=[one for one in found.reports if one.days_left is not None and one.days_left <= REMIND_DAYS],
        keep=kept(),
    )


@tasks.get("/tasks/<code>")
@needs(Permission.REPORT_READ)
def one(code: str) -> str:
    """One task."""
    begin()
    return _page(plain(code), None)


@tasks.post("/tasks/<code>")
@needs(Permission.FIGURE_ENTER)
def tell(code: str) -> Answer:
    """Add what was done; refused, all that was typed comes back."""
    begin()
    form = request.form
    note = form.get("note", "").replace("\0", "").replace("\r\n", "\n")
    try:
        day = parse_day({"happened_on": form.get("happened_on", "").strip()}, "happened_on")
        board().tasks(person()).tell(plain(code), day, form.get("state", ""), note)
    except (InvalidRequest, Forbidden) as error:
        return _page(plain(code), error), int(status_of(error))
    flash(_("Recorded."))
    return redirect(url_for("tasks.one", code=code), 303)


def _page(code: str, error: GeoAppError | None) -> str:
    asked = _asked()
    mine = board().tasks(person())
    found = mine.one(code, asked)
    return render_template(
        "targets/task.html",
        page=None,
        found=found,
        task=found.row,
        states=list(TaskState),
        may_tell=mine.may_tell(found.row),
        typed=request.form,
        error=fault(error) if error else None,
        field=getattr(error, "parameter", None),
        keep=kept(),
    )


def _asked() -> Asked:
    """The clocks of the request; tasks are shown as of today, not as of the newest figures of parks."""
    asked = begin()
    return replace(asked, as_of=asked.as_of or asked.today)
