"""One figure of a report: what makes it up, row by row, and the page that shows it as of then."""

from flask import render_template

from geoapp.core.permissions import Permission
from geoapp.errors import N_, NotFound
from geoapp.services.report.rows import ReportRow
from geoapp.web.languages import check_language
from geoapp.web.params import told_moment
from geoapp.web.permissions import needs
from geoapp.web.reports.report_pages import MOST_NUMBER
from geoapp.web.reports.room import person_id, reports, tools


@reports.get("/reports/<int:number>/figures/<ref>")
@needs(Permission.REPORT_READ)
def figure(number: int, ref: str) -> str:
    """A figure of a report with its rows, its source, and the map as of then."""
    check_language()
    if number > MOST_NUMBER:
        raise NotFound(N_("There is no report %(number)s. The list of reports is at /reports."), number=number)
    found = tools().figure(person_id(), number, ref)
    content = found.report.content
    clocks = f"as_of={content.as_of.isoformat()}&known_at={told_moment(content.known_at)}"

    def page_of(row: ReportRow) -> str | None:
        """The page of a row as of the clocks of the report."""
        return f"{row.path}?{clocks}" if row.path else None

    return render_template(
        "reports/figure.html",
        page=None,
        found=found,
        figure=found.figure,
        content=content,
        page_of=page_of,
        clocks=clocks,
    )
