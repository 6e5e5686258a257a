"""What the field view asks for and sends: parks to take along, reports, and photos in pieces.

Photos come in by the core of the open protocol tus 1.0 (HEAD tells how much is here, PATCH goes on from there); a
report that was announced is the creation. Below ``/field/``, so that the scope of the service worker holds it too.
"""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, jsonify, request
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf  # type: ignore[import-untyped]

from geoapp.core.permissions import Permission, Person
from geoapp.errors import N_, InvalidRequest, TooLarge
from geoapp.services.evidence import Evidence
from geoapp.services.field_reports import AnnouncedPhoto, Receipt, ReportStatus
from geoapp.web.accounts.guard import PIECE_TYPE
from geoapp.web.evidence import photo_plain
from geoapp.web.field_params import read_announcement
from geoapp.web.params import today, told_moment
from geoapp.web.permissions import current_person, needs

field_api = Blueprint("field_api", __name__, url_prefix="/field/api")
_TUS = "1.0.0"
Plain = dict[str, Any]


def evidence() -> Evidence:
    """The evidence of this application."""
    served: Evidence = current_app.extensions["evidence"]
    return served


def person() -> Person:
    """Who is signed in; views that ask need a permission that visitors do not have."""
    signed_in = current_person()
    assert signed_in is not None  # noqa: S101 - held by @needs
    return signed_in


@field_api.get("/hello")
@needs(Permission.CASE_FLAG)
def hello() -> Response:
    """Who is signed in, the mark that sending needs, and the limits."""
    who, limits = person(), evidence().limits
    return _fresh(
        {
            "person": {"id": who.id, "name": who.name},
            "csrf": generate_csrf(),
            "limits": {"bytes": limits.bytes, "photos": limits.count},
            "today": today().isoformat(),
        }
    )


@field_api.get("/parks")
@needs(Permission.CASE_FLAG)
def parks() -> Response:
    """The parks that may be taken into the field."""
    rows = evidence().parks(person().id, today())
    return _fresh({"parks": [_park_plain(row) for row in rows]})


@field_api.get("/parks/<slug>")
@needs(Permission.CASE_FLAG)
def ground(slug: str) -> Response:
    """A park with its plots, to be kept on the device."""
    return _fresh(evidence().ground(person().id, slug.replace("\0", "\ufffd"), today()))


@field_api.get("/reports")
@needs(Permission.CASE_FLAG)
def reports() -> Response:
    """The newest reports of who asks, and how far each has come."""
    rows = evidence().reports.list_own(person().id)
    return _fresh(
        {
            "reports": [
                {
                    "id": str(row.id), "park": row.park_slug, "case": row.adds_to or row.case_id,
                    "reason": row.reason, "photos": row.photo_count,
                    "arrived": row.arrived_count, "announced_at": told_moment(row.announced_at),
                    "sent_at": told_moment(row.sent_at) if row.sent_at else None, "receipt": row.receipt_sha256,
                }
                for row in rows
            ]
        }
    )  # fmt: skip


@field_api.post("/reports")
@needs(Permission.CASE_FLAG)
def announce() -> Response:
    """Announce a report with all of its photos; the same once more changes nothing."""
    return _fresh(_status_plain(evidence().reports.announce(person().id, read_announcement(), today())))


@field_api.get("/reports/<uuid:report>")
@needs(Permission.CASE_FLAG)
def status(report: UUID) -> Response:
    """How far a report has come, and what its photos say."""
    told = _status_plain(evidence().reports.status(person().id, report))
    shown = evidence().photos(person().id, report=report)
    return _fresh(told | {"photos": [photo_plain(one) for one in shown]})


@field_api.post("/reports/<uuid:report>/send")
@needs(Permission.CASE_FLAG)
def send(report: UUID) -> Response:
    """Close a report whose photos are all here; the answer is its receipt."""
    return _fresh(_receipt_plain(evidence().reports.send(person().id, report)))


@field_api.route("/reports/<uuid:report>/photos/<sha256>", methods=["HEAD"])
@needs(Permission.CASE_FLAG)
def offset(report: UUID, sha256: str) -> Response:
    """How much of a photo is here (tus 1.0)."""
    here, length = evidence().upload.offset(person().id, report, sha256)
    response = _tus(Response(status=200), here)
    response.headers["Upload-Length"] = str(length)
    response.headers["Cache-Control"] = "no-store"
    return response


@field_api.patch("/reports/<uuid:report>/photos/<sha256>")
@needs(Permission.CASE_FLAG)
def receive(report: UUID, sha256: str) -> Response:
    """Add bytes to a photo from an offset on (tus 1.0)."""
    if request.mimetype != PIECE_TYPE:
        raise InvalidRequest(N_("A piece of a photo comes as %(type)s."), parameter="Content-Type", type=PIECE_TYPE)
    told = request.headers.get("Upload-Offset", "")
    if not told.isascii() or not told.isdigit() or len(told) > 12:
        raise InvalidRequest(N_("Upload-Offset: expected a number of bytes."), parameter="Upload-Offset")
    if (request.content_length or 0) > evidence().limits.bytes:
        # Before a single byte of it is read.
        raise TooLarge(
            N_("At most %(most)s MB come at once."),
            parameter="Content-Length",
            most=evidence().limits.bytes // 1_000_000,
        )
    here = evidence().upload.receive(person().id, report, sha256, int(told), request.stream)
    return _tus(Response(status=204), here)


def _park_plain(row: Any) -> Plain:
    return {"slug": row.slug, "name_vi": row.name_vi, "name_en": row.name_en, "plot_count": row.plot_count}


def _tus(response: Response, here: int) -> Response:
    response.headers["Tus-Resumable"] = _TUS
    response.headers["Upload-Offset"] = str(here)
    return response


def _fresh(plain: Plain) -> Response:
    response = jsonify(plain)
    response.headers["Cache-Control"] = "no-store"
    return response


def _status_plain(status: ReportStatus) -> Plain:
    return {
        "id": str(status.id),
        "park": status.park,
        "state": "sent" if status.receipt else "receiving",
        "announced": [_announced(one) for one in status.announced],
        "missing": list(status.missing),
        "receipt": _receipt_plain(status.receipt) if status.receipt else None,
    }


def _receipt_plain(receipt: Receipt) -> Plain:
    return {
        "report": str(receipt.report),
        "sent_at": told_moment(receipt.sent_at),
        "count": len(receipt.photos),
        "photos": [_announced(one) for one in receipt.photos],
        "receipt_sha256": receipt.sha256,
        "case": receipt.case_id,
        "told": gettext("Everything arrived: %(count)s photos.", count=len(receipt.photos)),
    }


def _announced(photo: AnnouncedPhoto) -> Plain:
    return {"sha256": photo.sha256, "bytes": photo.bytes, "name": photo.name}
