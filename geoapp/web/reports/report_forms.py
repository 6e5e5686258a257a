"""What people send about a report: texts, comments, steps. Refused, the page comes back with all that was typed."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from geoapp.core.permissions import Permission
from geoapp.errors import N_, Conflict, Forbidden, InvalidRequest
from geoapp.services.report.reports import LONGEST_COMMENT, LONGEST_TEXT, ReportStep, SavedText
from geoapp.web.errors import status_of
from geoapp.web.languages import check_language
from geoapp.web.params import parse_choice, parse_day, parse_whole, today
from geoapp.web.permissions import needs
from geoapp.web.reports.report_pages import MOST_NUMBER, Refused, report_page
from geoapp.web.reports.room import my_reports, reports

_LONGEST_FIELD = 200
Answer = BaseResponse | tuple[str, int]


@reports.post("/reports/<int:number>/texts/<block>")
@needs(Permission.REPORT_WRITE)
def save_text(number: int, block: str) -> Answer:
    """A text of a report; where somebody wrote meanwhile both stand on the page that comes back."""
    typed = {"body": _words("body"), "seen": request.form.get("seen", "")}

    def save() -> str:
        body = _checked("body", typed["body"], LONGEST_TEXT)
        my_reports().save_text(number, SavedText(block, _seen("seen"), body))
        return str(gettext("Saved."))

    return _sent(number, f"text-{block}", typed, save)


@reports.get("/reports/<int:number>/texts/<block>")
@needs(Permission.REPORT_READ)
def text_history(number: int, block: str) -> str:
    """All that a text ever said."""
    check_language()
    page = my_reports().page(min(number, MOST_NUMBER))
    blank = next((one for one in page.content.blanks if one.key == block), None)
    rows = my_reports().revisions(number, block[:80].replace("\0", "")) if blank else ()
    return render_template("reports/text_history.html", page=None, report=page, blank=blank, rows=rows)


@reports.post("/reports/<int:number>/comments")
@needs(Permission.REPORT_WRITE)
def comment(number: int) -> Answer:
    """A comment on a section."""
    place, typed = request.form.get("place", "")[:80].replace("\0", ""), {"body": _words("body")}

    def save() -> str:
        body = _checked("body", typed["body"], LONGEST_COMMENT)
        if not body:
            raise InvalidRequest(N_("Write the comment."), parameter="body")
        my_reports().comment(number, place, body)
        return str(gettext("The comment is kept."))

    return _sent(number, f"comment-{place}", typed, save)


@reports.post("/reports/<int:number>/comments/<int:one>")
@needs(Permission.REPORT_WRITE)
def settle(number: int, one: int) -> Answer:
    """Settle a comment."""
    typed = {"body": _words("body")}

    def save() -> str:
        my_reports().settle(number, one, _checked("body", typed["body"], LONGEST_COMMENT))
        return str(gettext("The comment is settled."))

    return _sent(number, f"settle-{one}", typed, save)


@reports.post("/reports/<int:number>/refresh")
@needs(Permission.REPORT_WRITE)
def refresh(number: int) -> Answer:
    """Make the figures anew of what is known now."""

    def save() -> str:
        my_reports().refresh(number, _seen("last_event"), today())
        return str(gettext("The figures are those that are known now."))

    return _sent(number, "life", {}, save)


@reports.post("/reports/<int:number>/steps")
@needs(Permission.REPORT_WRITE)
def step(number: int) -> Answer:
    """Send out for comment, take back, approve, return to draft."""

    def save() -> str:
        wanted = parse_choice(request.form, "step", ["submit", "withdraw", "approve", "return"])
        if wanted is None:
            raise InvalidRequest(N_("%(parameter)s: expected, and not given."), parameter="step")
        note = _checked("note", _words("note"), LONGEST_COMMENT)
        my_reports().step(ReportStep(number, _seen("last_event") + 1, wanted, note=note or None))
        return str(gettext("Recorded."))

    return _sent(number, "life", {"note": _words("note")}, save)


@reports.post("/reports/<int:number>/signature")
@needs(Permission.REPORT_APPROVE)
def sign(number: int) -> Answer:
    """Record number, day and signer; from then on nothing of the report can be changed."""
    typed = {name: _words(name) for name in ("document_no", "signed_on", "signer")}

    def save() -> str:
        wanted = ReportStep(
            number,
            _seen("last_event") + 1,
            "sign",
            _checked("document_no", typed["document_no"], _LONGEST_FIELD) or None,
            parse_day(typed, "signed_on"),
            _checked("signer", typed["signer"], _LONGEST_FIELD) or None,
        )
        my_reports().step(wanted)
        return str(gettext("Signed. Content, figures, texts and files are frozen."))

    return _sent(number, "life", typed, save)


def _sent(number: int, about: str, typed: dict[str, str], save: Callable[[], str]) -> Answer:
    check_language()
    number = min(number, MOST_NUMBER)
    try:
        said = save()
    except (InvalidRequest, Conflict, Forbidden) as error:
        return report_page(number, Refused(error, about, typed)), int(status_of(error))
    flash(said)
    return redirect(url_for("reports.one", number=number, _anchor=about), 303)


def _words(name: str) -> str:
    return request.form.get(name, "").replace("\0", "").replace("\r\n", "\n").strip()


def _checked(name: str, value: str, most: int) -> str:
    if len(value) > most:
        raise InvalidRequest(
            N_("%(parameter)s: expected at most %(most)s characters, found %(found)s."),
            parameter=name,
            most=most,
            found=len(value),
        )
    return value


def _seen(name: str) -> int:
    seen = parse_whole(request.form, name, 0, MOST_NUMBER)
    if seen is None:
        raise InvalidRequest(N_("%(parameter)s: expected, and not given."), parameter=name)
    return seen
