"""The pages under "Reports" in the head of every page, in the order of their tabs."""

from flask import Flask, current_app
from flask_babel import gettext

from geoapp.errors import N_
from geoapp.web.permissions import may

# Endpoint -> title and the permission without which the tab is not offered.
_TABS = {
    "dashboard.show": (N_("Overview"), "report_read"),
    "targets.show": (N_("Targets"), "report_read"),
    "figure_entry.show": (N_("Monthly figures"), "figure_enter"),
    "tasks.show": (N_("Tasks"), "report_read"),
    "reports.show": (N_("Reports"), "report_read"),
    "jobs.show": (N_("Long work"), "job_run"),
}


def use_report_tabs(app: Flask) -> None:
    """Make the tabs known to templates."""
    app.jinja_env.globals |= {"report_tabs": report_tabs, "report_tab_title": report_tab_title}


def report_tabs() -> list[str]:
    """The endpoints that the reader may open."""
    known = current_app.view_functions
    return [endpoint for endpoint, (_, permission) in _TABS.items() if endpoint in known and may(permission)]


def report_tab_title(endpoint: str) -> str:
    """The title of a tab in the language of the page."""
    title: str = gettext(_TABS[endpoint][0])
    return title
