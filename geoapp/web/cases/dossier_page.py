"""The dossier of a case as a file, and the page that its code opens: whether it agrees with the stored data."""

from datetime import datetime

from flask import Response, current_app, render_template, request, url_for
from flask_babel import gettext

from geoapp.core.permissions import Permission
from geoapp.errors import N_, NotFound
from geoapp.services.dossier_source import DossierAsked
from geoapp.services.dossier_text import DossierWords
from geoapp.services.dossiers import Dossiers
from geoapp.web.cases.room import cases, person
from geoapp.web.evidence import weakness_words
from geoapp.web.land_words import day_words, mark_label
from geoapp.web.languages import check_language, language
from geoapp.web.page_parts import begin
from geoapp.web.params import parse_asked, parse_whole
from geoapp.web.permissions import needs

MIMETYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_MOST_EVENT = 999_999
_PARTS = {
    "case": N_("The case and its sign"),
    "dates": N_("Dates and documents"),
    "events": N_("Events of the case"),
    "photos": N_("Photos"),
    "plots": N_("Outlines of the plots"),
    "working": N_("Working of the clock"),
    "chain": N_("End of the chain of events"),
}


@cases.get("/cases/<int:number>/dossier.pdf", defaults={"kind": "pdf"})
@cases.get("/cases/<int:number>/dossier.docx", defaults={"kind": "docx"})
@needs(Permission.EXPORT_INTERNAL)
def dossier(number: int, kind: str) -> Response:
    """The dossier as of an event (the last, where none is asked for), to download."""
    check_language()
    asked = parse_asked(request.args)
    event = parse_whole(request.args, "event", 1, _MOST_EVENT)
    wanted = DossierAsked(number, event, asked.as_of, asked.known_at)
    words = DossierWords(language(), gettext, day_words, weakness_words, mark_label)
    made = _dossiers().make(person().id, wanted, kind, words, _address)
    response = Response(made.body, mimetype=MIMETYPES[kind])
    name = f"{'ho-so' if language() == 'vi' else 'dossier'}-{made.case}-{made.event}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@cases.get("/dossiers/<int:number>/<int:event>/<sha256>")
@needs(Permission.CASE_READ)
def check_dossier(number: int, event: int, sha256: str) -> str:
    """What the code of a dossier opens."""
    begin()
    found = _dossiers().check(person().id, number, event, sha256)
    if found is None:
        raise NotFound(N_("This address belongs to another dossier: its SHA-256 was made for another case or event."))
    return render_template(
        "cases/dossier_check.html",
        page=None,
        check=found,
        case=number,
        count=sum(len(items) for items in found.then.content["parts"].values()),
        known_at=datetime.fromisoformat(found.then.content["known_at"]),
        told=_told,
    )


def _told(part: str, item: str) -> str:
    """A part of a manifest, and what of it, in words."""
    name = gettext(_PARTS[part]) if part in _PARTS else part
    return f"{name}: {item}" if item else name


def _address(case: int, event: int, sha256: str) -> str:
    return url_for("cases.check_dossier", number=case, event=event, sha256=sha256, _external=True)


def _dossiers() -> Dossiers:
    served: Dossiers = current_app.extensions["dossiers"]
    return served
