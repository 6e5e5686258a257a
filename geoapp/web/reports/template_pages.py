"""Word templates of reports: bring one, see what is wrong with it, take one into use."""

from collections.abc import Sequence
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from geoapp.core.permissions import Permission
from geoapp.errors import N_, GeoAppError, InvalidRequest
from geoapp.services.report.files import MEDIA_TYPES
from geoapp.services.report.templates import MOST_BYTES, NewTemplate, TemplateFaulty
from geoapp.web.errors import status_of
from geoapp.web.languages import LANGUAGES, check_language
from geoapp.web.params import parse_choice
from geoapp.web.permissions import needs
from geoapp.web.reports import report_words
from geoapp.web.reports.report_pages import MOST_NUMBER
from geoapp.web.reports.room import my_templates, reports

_LONGEST_NAME = 200


@reports.get("/reports/templates")
@needs(Permission.REPORT_READ)
def templates() -> str:
    """All templates, and the form to bring one."""
    check_language()
    return _page(None)


@reports.post("/reports/templates")
@needs(Permission.REPORT_WRITE)
def add_template() -> BaseResponse | tuple[str, int]:
    """Keep a template and take it into use, where it has no faults."""
    check_language()
    try:
        spoken = parse_choice(request.form, "language", list(LANGUAGES)) or "vi"
        sent = request.files.get("file")
        if sent is None or not sent.filename:
            raise InvalidRequest(N_("Choose the Word file of the template."), parameter="file")
        name = sent.filename.replace("\0", "").strip()[:_LONGEST_NAME]
        my_templates().add(NewTemplate(name, spoken, sent.stream.read(MOST_BYTES + 1)))
    except GeoAppError as error:
        if int(status_of(error)) >= 500:
            raise
        return _page(error), int(status_of(error))
    flash(gettext("The template is kept. New reports are laid out by it."))
    return redirect(url_for("reports.templates"), 303)


@reports.post("/reports/templates/<int:number>")
@needs(Permission.REPORT_WRITE)
def choose_template(number: int) -> BaseResponse:
    """Take a template into use that is there already."""
    my_templates().choose(min(number, MOST_NUMBER))
    flash(gettext("New reports are laid out by this template."))
    return redirect(url_for("reports.templates"), 303)


@reports.get("/reports/templates/<int:number>.docx")
@needs(Permission.REPORT_READ)
def template_file(number: int) -> Response:
    """A template, byte for byte."""
    row = my_templates().get(min(number, MOST_NUMBER))
    return _word(bytes(row.body), f"mau-bao-cao-{row.id}")


@reports.get("/reports/templates/builtin-<any(vi, en):spoken>.docx")
@needs(Permission.REPORT_READ)
def builtin_template(spoken: str) -> Response:
    """The template that comes with the program, to begin from."""
    return _word(my_templates().builtin(spoken), f"mau-bao-cao-{spoken}")


def _word(body: bytes, name: str) -> Response:
    response = Response(body, mimetype=MEDIA_TYPES["docx"])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return response


def _page(error: GeoAppError | None) -> str:
    faults: Sequence[Any] = error.template_faults if isinstance(error, TemplateFaulty) else ()
    return render_template(
        "reports/templates.html",
        page=None,
        rows=my_templates().list(),
        fault=report_words.fault(error) if error else None,
        faults=faults,
        languages=LANGUAGES,
    )
