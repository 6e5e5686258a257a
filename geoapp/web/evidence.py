"""Photos for those who may read cases: as they came, or small; and what each one says, in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Flask, Response, current_app, request, send_file, url_for
from flask_babel import gettext

from geoapp.core.permissions import Permission
from geoapp.core.photo_strength import FACING_DEG, FAR_M, Weakness
from geoapp.errors import N_
from geoapp.services.evidence import Evidence, ShownPhoto
from geoapp.services.field_reports import FlagReason
from geoapp.web.field_words import REASON_WORDS
from geoapp.web.formats import day, number
from geoapp.web.params import told_moment
from geoapp.web.permissions import current_person, needs

evidence_photos = Blueprint("evidence", __name__, url_prefix="/evidence")
WEAKNESS_WORDS: dict[Weakness, str] = {
    Weakness.NO_POSITION: N_("photo without position"),
    Weakness.NO_TIME: N_("photo without time of taking"),
    Weakness.NO_HEADING: N_("photo without heading"),
    Weakness.FAR: N_("taken more than %(far)s m from the land"),
    Weakness.TURNED_AWAY: N_("camera turned more than %(facing)s° away from the land"),
    Weakness.OTHER_DAY: N_("taken on another day than the visit"),
    Weakness.AFTER_ARRIVAL: N_("its clock says that it was taken after it arrived"),
}
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


def use_evidence(app: Flask) -> None:
    """The addresses of photos, and what templates may ask about evidence."""
    app.jinja_env.globals |= {
        "photos_of_case": photos_of_case,
        "weakness_words": weakness_words,
        "flag_reason": lambda code: gettext(REASON_WORDS[FlagReason(code)]) if code in set(FlagReason) else code,
    }
    app.jinja_env.filters["iso_told"] = lambda told: day(date.fromisoformat(told))
    app.register_blueprint(evidence_photos)


def photos_of_case(case_id: int) -> Sequence[ShownPhoto]:
    """The photos of a case that who is signed in may see."""
    who = current_person()
    return _evidence().photos(who.id, case_id=case_id) if who else []


def _evidence() -> Evidence:
    served: Evidence = current_app.extensions["evidence"]
    return served


@evidence_photos.get("/photos/<sha256>")
@needs(Permission.CASE_READ)
def original(sha256: str) -> Response:
    """A photo as it came, byte for byte."""
    return _send(sha256, preview=False)


@evidence_photos.get("/photos/<sha256>/preview")
@needs(Permission.CASE_READ)
def preview(sha256: str) -> Response:
    """A photo made small, without what stands in it beside the picture."""
    return _send(sha256, preview=True)


def _send(sha256: str, *, preview: bool) -> Response:
    who = current_person()
    assert who is not None  # noqa: S101 - held by @needs
    photo = _evidence().photo(who.id, sha256, preview=preview)
    # The name that a device gave it is never a name of a file here.
    name = f"{sha256[:16]}.{_ENDINGS[photo.media_type]}"
    response = send_file(
        photo.path.absolute(), mimetype=photo.media_type, download_name=name, conditional=True, etag=False
    )
    response.set_etag(sha256 + ("-preview" if preview else ""))
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response


def weakness_words(weak: tuple[Weakness, ...]) -> list[str]:
    """What makes a photo weaker, in the language of the request."""
    values = {"far": number(FAR_M, 0), "facing": number(FACING_DEG, 0)}
    return [gettext(WEAKNESS_WORDS[one], **values) for one in weak]


def photo_plain(photo: ShownPhoto) -> dict[str, Any]:
    """A photo for programs: what it says of itself, and how it stands to the land."""
    row = photo.row
    return {
        "sha256": row.sha256,
        "name": row.name,
        "bytes": row.bytes,
        "original": url_for("evidence.original", sha256=row.sha256),
        "preview": url_for("evidence.preview", sha256=row.sha256),
        "taken_at": told_moment(row.taken_at) if row.taken_at else None,
        "taken_zone_known": row.taken_zone_known,
        "position": None if row.longitude is None else [row.longitude, row.latitude],
        "accuracy_m": row.accuracy_m,
        "heading_deg": row.heading_deg,
        "heading_off_deg": row.heading_off_deg,
        "distance_m": row.distance_m,
        "device_position": None if row.device_longitude is None else [row.device_longitude, row.device_latitude],
        "device_distance_m": row.device_distance_m,
        "camera": row.camera,
        "weak": [str(one) for one in photo.weak],
        "weak_words": weakness_words(photo.weak),
    }
