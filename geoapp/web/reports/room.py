"""The group of addresses of reports, and reports as who is signed in works on them."""

from flask import Blueprint, Flask, current_app

from geoapp.services.dashboard import Dashboards
from geoapp.services.report.reports import Reports
from geoapp.services.report.templates import ReportTemplates
from geoapp.services.report.tools import ReportTools
from geoapp.web.permissions import current_person
from geoapp.web.reports import report_words
from geoapp.web.reports.dashboard_page import use_dashboard

reports = Blueprint("reports", __name__)


def use_reports(app: Flask, tools: ReportTools) -> None:
    """Add the addresses of reports, and what their templates may ask."""
    from geoapp.web.reports import figure_page, file_pages, report_forms, report_pages, template_pages  # noqa: F401, PLC0415 - they add addresses

    app.extensions["reports"] = tools
    app.jinja_env.globals |= {"report_words": report_words}
    app.register_blueprint(reports)
    use_dashboard(app, Dashboards(tools.engine))


def tools() -> ReportTools:
    """The reports of this application."""
    found: ReportTools = current_app.extensions["reports"]
    return found


def person_id() -> int:
    """The number of who is signed in; the guard has seen to it that somebody is."""
    person = current_person()
    assert person is not None  # noqa: S101 - no view of reports is open to visitors
    return person.id


def my_reports() -> Reports:
    """The reports, as who is signed in may see and change them."""
    return tools().reports(person_id())


def my_templates() -> ReportTemplates:
    """The templates, as who is signed in may change them."""
    return tools().templates(person_id())
