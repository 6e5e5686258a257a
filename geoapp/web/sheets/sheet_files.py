"""Maps as files: the same address gives the same bytes as long as the data stand."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from flask import Response, make_response

from geoapp.core.parsing import parse_choice
from geoapp.core.permissions import Permission
from geoapp.errors import N_, Busy
from geoapp.kinds import AccessClass
from geoapp.services.snapshot.layers import choose_layers
from geoapp.services.snapshot.request import SheetFile, SnapshotRequest
from geoapp.web.api import known_version, tagged
from geoapp.web.languages import check_language, language
from geoapp.web.permissions import needs
from geoapp.web.sheets.room import (
    Subject,
    args_of_request,
    read_request,
    sheets,
    site_address,
    snapshots,
    subject_of,
)

_FORMS = ", ".join(SheetFile)
# A sheet of A1 takes some hundred megabytes while it is drawn.
_DRAWING = BoundedSemaphore(2)
_WAIT_S = 20.0


@sheets.get(f"/sheets/province/map.<any({_FORMS}):form>", defaults={"view": "province", "slug": None})
@sheets.get(f"/sheets/<any(zone, park):view>/<slug>/map.<any({_FORMS}):form>")
@needs(Permission.EXPORT)
def file(view: str, slug: str | None, form: str) -> Response:
    """The map of a page as a file, to download."""
    return answer_sheet(subject_of(view, slug), SheetFile(form))


@sheets.get("/sheets/province/preview.png", defaults={"view": "province", "slug": None})
@sheets.get("/sheets/<any(zone, park):view>/<slug>/preview.png")
@needs(Permission.EXPORT)
def preview(view: str, slug: str | None) -> Response:
    """The same sheet, small, to be looked at before it is taken."""
    return answer_preview(subject_of(view, slug))


def answer_sheet(subject: Subject, form: SheetFile) -> Response:
    """A map as a file. Raises: InvalidRequest, NotFound, Forbidden, Busy."""
    check_language()
    args = args_of_request()
    asked = read_request(subject, args)
    access = parse_choice(args, "access", [str(one) for one in AccessClass])
    kept = _not_changed(subject, asked)
    if kept is not None:
        return kept
    version = snapshots().version()
    with _drawing():
        made = snapshots().make(asked, form, access=AccessClass(access) if access else None)
    response = Response(made.body, mimetype=made.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return _tagged(subject, response, version)


def answer_preview(subject: Subject) -> Response:
    """A map as a small picture. Raises: as ``answer_sheet``."""
    check_language()
    asked = read_request(subject, args_of_request())
    kept = _not_changed(subject, asked)
    if kept is not None:
        return kept
    version = snapshots().version()
    with _drawing():
        body = snapshots().preview(asked)
    return _tagged(subject, Response(body, mimetype="image/png"), version)


def _not_changed(subject: Subject, asked: SnapshotRequest) -> Response | None:
    """The answer to who has it already; only to who may have it. Raises: InvalidRequest, Forbidden."""
    choose_layers(subject.catalogue(), asked.place, asked.look, asked.reader)
    known = None if subject.is_internal else known_version(*_more())
    if known is None or known != snapshots().version():
        return None
    return tagged(make_response("", 304), known, *_more())


def _tagged(subject: Subject, response: Response, version: str) -> Response:
    """What is not for everybody is kept by nobody: its rows change without a new version of the map's data."""
    return response if subject.is_internal else tagged(response, version, *_more())


def _more() -> tuple[str, str]:
    """What a file depends on beside its address and the data."""
    return site_address(), language()


@contextmanager
def _drawing() -> Iterator[None]:
    """A few at a time; more wait a while. Raises: Busy."""
    if not _DRAWING.acquire(timeout=_WAIT_S):
        raise Busy(N_("Other maps are being drawn. Try again in a moment."))
    try:
        yield
    finally:
        _DRAWING.release()
