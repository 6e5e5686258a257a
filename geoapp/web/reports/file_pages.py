"""The files of a report: made as long work, taken out, and the signed paper kept beside it."""

from flask import Response, current_app, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from geoapp.core.permissions import Permission
from geoapp.errors import N_, Conflict, Forbidden, InvalidRequest, NotFound, TooLarge, TooOften
from geoapp.services.jobs import JobDesk
from geoapp.services.report.files import KINDS, MEDIA_TYPES, file_name
from geoapp.services.report.jobs import FILES, REMAKE
from geoapp.services.report.reports import ReportStep
from geoapp.web.errors import status_of
from geoapp.web.languages import check_language, language
from geoapp.web.params import parse_whole
from geoapp.web.permissions import current_person, needs
from geoapp.web.reports.report_pages import MOST_NUMBER, Refused, report_page
from geoapp.web.reports.room import my_reports, reports

_MOST_PAPER = 50_000_000
_LONGEST_NAME = 200


@reports.post("/reports/<int:number>/files")
@needs(Permission.REPORT_WRITE)
def make_files(number: int) -> BaseResponse | tuple[str, int]:
    """Start making Word, PDF and Excel; the page of the report shows how far it is."""
    check_language()
    number = min(number, MOST_NUMBER)
    page = my_reports().page(number)
    if page.row.state == "signed":
        error = Conflict(N_("The report is signed: its files are those that were signed."))
        return report_page(number, Refused(error, "files")), int(status_of(error))
    person = current_person()
    assert person is not None  # noqa: S101 - the guard has seen to it
    desk: JobDesk = current_app.extensions["jobs"]
    # The address of one figure, with a place for its reference.
    one = url_for("reports.figure", number=number, ref="REF", _external=True).replace("REF", "{ref}")
    try:
        job = desk.of(person).start(FILES, {"report": number, "address": one}, language())
    except TooOften as error:
        return report_page(number, Refused(error, "files")), int(status_of(error))
    return redirect(url_for("reports.one", number=number, job=job, _anchor="files"), 303)


@reports.post("/reports/<int:number>/remake")
@needs(Permission.EXPORT_INTERNAL)
def remake_files(number: int) -> BaseResponse:
    """Start making the files again, to be compared byte by byte; the page of the comparison shows how far it is."""
    check_language()
    number = min(number, MOST_NUMBER)
    my_reports().page(number)
    person = current_person()
    assert person is not None  # noqa: S101 - the guard has seen to it
    desk: JobDesk = current_app.extensions["jobs"]
    job = desk.of(person).start(REMAKE, {"report": number}, language())
    return redirect(url_for("reports.remake", number=number, job=job), 303)


@reports.get("/reports/<int:number>/files/<kind>")
@needs(Permission.EXPORT_INTERNAL)
def file(number: int, kind: str) -> Response:
    """A file of what the report says; of a signed one byte for byte what was signed."""
    check_language()
    if kind not in KINDS:
        raise NotFound(
            N_("A report has no file “%(kind)s”. It has: %(known)s."), kind=kind[:20], known=", ".join(KINDS)
        )
    page = my_reports().page(min(number, MOST_NUMBER))
    if kind not in page.files:
        raise NotFound(N_("The files of report %(number)s are not made yet. Its page makes them."), number=number)
    row = my_reports().file(number, kind)
    response = Response(bytes(row.body), mimetype=MEDIA_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(page.content, kind)}"'
    response.headers["X-Content-SHA256"] = row.sha256
    return response


@reports.post("/reports/<int:number>/papers")
@needs(Permission.REPORT_APPROVE)
def attach(number: int) -> BaseResponse | tuple[str, int]:
    """Keep the paper with signature and seal, as a PDF."""
    check_language()
    number = min(number, MOST_NUMBER)
    try:
        seen = parse_whole(request.form, "last_event", 0, MOST_NUMBER) or 0
        name, body = _sent_pdf()
        my_reports().attach(ReportStep(number, seen + 1, "attach"), name, body)
    except (InvalidRequest, Conflict, Forbidden) as error:
        return report_page(number, Refused(error, "papers")), int(status_of(error))
    flash(gettext("The signed paper is kept."))
    return redirect(url_for("reports.one", number=number, _anchor="papers"), 303)


@reports.get("/reports/<int:number>/papers/<int:paper>")
@needs(Permission.EXPORT_INTERNAL)
def paper(number: int, paper: int) -> Response:
    """A signed paper, byte for byte as it was brought."""
    row = my_reports().paper(min(number, MOST_NUMBER), min(paper, MOST_NUMBER))
    if row is None:
        raise NotFound(N_("Report %(number)s has no signed paper %(paper)s."), number=number, paper=paper)
    response = Response(bytes(row.body), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="bao-cao-{number}-da-ky-{paper}.pdf"'
    response.headers["X-Content-SHA256"] = row.sha256
    return response


def _sent_pdf() -> tuple[str, bytes]:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise InvalidRequest(N_("Choose the PDF of the signed paper."), parameter="file")
    body = sent.stream.read(_MOST_PAPER + 1)
    if len(body) > _MOST_PAPER:
        raise TooLarge(N_("The file is larger than %(most)s MB."), parameter="file", most=_MOST_PAPER // 1_000_000)
    if not body.startswith(b"%PDF-"):
        raise InvalidRequest(
            N_("“%(name)s” is no PDF. Scan the signed paper as a PDF and bring that."),
            parameter="file",
            name=sent.filename[:80],
        )
    return sent.filename.replace("\0", "")[:_LONGEST_NAME], body
