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
from geoapp.web.sheets.room import args_of_request, place_of, read_request, sheets, site_address, snapshots

_FORMS = ", ".join(SheetFile)
# A sheet of A1 takes some hundred megabytes while it is drawn.
_DRAWING = BoundedSemaphore(2)
_WAIT_S = 20.0


@sheets.get(f"/sheets/province/map.<any({_FORMS}):form>", defaults={"view": "province", "slug": None})
@sheets.get(f"/sheets/<any(zone, park):view>/<slug>/map.<any({_FORMS}):form>")
@needs(Permission.EXPORT)
def file(view: str, slug: str | None, form: str) -> Response:
    """The map of a page as a file, to download."""
    check_language()
    args = args_of_request()
    asked = read_request(place_of(view, slug), args)
    access = parse_choice(args, "access", [str(one) for one in AccessClass])
    kept = _not_changed(asked)
    if kept is not None:
        return kept
    version = snapshots().version()
    with _drawing():
        made = snapshots().make(asked, SheetFile(form), access=AccessClass(access) if access else None)
    response = Response(made.body, mimetype=made.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return tagged(response, version, *_more())


@sheets.get("/sheets/province/preview.png", defaults={"view": "province", "slug": None})
@sheets.get("/sheets/<any(zone, park):view>/<slug>/preview.png")
@needs(Permission.EXPORT)
def preview(view: str, slug: str | None) -> Response:
    """The same sheet, small, to be looked at before it is taken."""
    check_language()
    asked = read_request(place_of(view, slug), args_of_request())
    kept = _not_changed(asked)
    if kept is not None:
        return kept
    version = snapshots().version()
    with _drawing():
        body = snapshots().preview(asked)
    return tagged(Response(body, mimetype="image/png"), version, *_more())


def _not_changed(asked: SnapshotRequest) -> Response | None:
    """The answer to who has it already; only to who may have it. Raises: InvalidRequest, Forbidden."""
    choose_layers(snapshots().catalogue, asked.place, asked.look, asked.reader)
    known = known_version(*_more())
    if known is None or known != snapshots().version():
        return None
    return tagged(make_response("", 304), known, *_more())


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
