"""The work list: whose turn it is, what is overdue, what nobody has; giving cases to people; opening proposals."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from geoapp.core.permissions import Permission
from geoapp.errors import GeoAppError, InvalidRequest
from geoapp.kinds import CaseState
from geoapp.web.cases.case_params import (
    MOST_NUMBER,
    RULES,
    TABS,
    parse_after,
    parse_filters,
    parse_order,
    parse_seen,
    told_after,
)
from geoapp.web.cases.case_words import fault
from geoapp.web.cases.room import cases, my_cases, person
from geoapp.web.formats import number
from geoapp.web.languages import check_language
from geoapp.web.params import parse_day, parse_whole, today
from geoapp.web.permissions import needs

ROWS = 50


@cases.get("/cases")
@needs(Permission.CASE_READ)
def work() -> str:
    """The work list, a page at a time."""
    return _work_page(None, ())


@cases.post("/cases/assign")
@needs(Permission.CASE_ASSIGN)
def assign() -> BaseResponse | tuple[str, int]:
    """Give the ticked cases to a person; those that were changed meanwhile are told and stay ticked."""
    ticked = request.form.getlist("case")
    try:
        seen = parse_seen(ticked)
        assignee = parse_whole(request.form, "assignee_id", 1, MOST_NUMBER)
        done = my_cases().assign(seen, assignee)
    except InvalidRequest as error:
        return _work_page(error, ticked), 400
    flash(ngettext("%(num)s case was given.", "%(num)s cases were given.", done.done))
    if done.left:
        left = ", ".join(str(one) for one in done.left)
        flash(gettext("Changed meanwhile and not given: %(cases)s. Look at them once more.", cases=left))
    return redirect(_back(), 303)


@cases.post("/cases/propose")
@needs(Permission.CASE_JUDGE)
def propose() -> BaseResponse | tuple[str, int]:
    """Open proposals for the signs that the clock shows on a day."""
    try:
        as_of = parse_day(request.form, "as_of") or today()
        opened, noted = my_cases().propose(as_of, today())
    except InvalidRequest as error:
        return _work_page(error, ()), 400
    flash(
        gettext(
            "Proposals opened: %(opened)s. Signs that ended or came back, noted on their cases: %(noted)s.",
            opened=number(len(opened), 0),
            noted=number(len(noted), 0),
        )
    )
    return redirect(_back(), 303)


def _back() -> str:
    """The work list as it was asked for."""
    query = request.query_string.decode("ascii", "replace")
    return url_for("cases.work") + (f"?{query}" if query else "")


def _work_page(error: GeoAppError | None, ticked: tuple[str, ...] | list[str]) -> str:
    check_language()
    tab, filters = parse_filters(request.args, person())
    order = parse_order(request.args)
    found = my_cases().page(order, filters, parse_after(request.args), ROWS)
    return render_template(
        "cases/work.html",
        page=None,
        found=found,
        tab=tab,
        tabs_of=TABS,
        rules=RULES,
        order=order,
        states=list(CaseState),
        following=told_after(found.following) if found.following else None,
        ticked=set(ticked),
        fault=fault(error) if error else None,
        query=request.query_string.decode("ascii", "replace"),
    )
