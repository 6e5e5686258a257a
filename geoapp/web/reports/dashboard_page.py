"""One page for the head of the board, as of any day; it prints on one sheet."""

from flask import Blueprint, Flask, current_app, render_template

from geoapp.core.permissions import Permission
from geoapp.core.plan_kinds import TargetStanding
from geoapp.services.dashboard import Dashboards
from geoapp.web.page_parts import begin
from geoapp.web.params import query_of
from geoapp.web.permissions import current_person, needs

dashboard = Blueprint("dashboard", __name__)


def use_dashboard(app: Flask, dashboards: Dashboards) -> None:
    """Add the page."""
    app.extensions["dashboards"] = dashboards
    app.register_blueprint(dashboard)


@dashboard.get("/dashboard")
@needs(Permission.REPORT_READ)
def show() -> str:
    """The few figures that matter, as of a day and as known at a moment."""
    asked = begin()
    person = current_person()
    assert person is not None  # noqa: S101 - the guard has seen to it
    dashboards: Dashboards = current_app.extensions["dashboards"]
    found = dashboards.build(person, asked)
    return render_template(
        "reports/dashboard.html",
        page=None,
        found=found,
        moment=found.moment,
        keep=query_of(asked),
        standings=TargetStanding,
    )
