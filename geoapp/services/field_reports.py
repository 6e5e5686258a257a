"""What an inspector sends from the field: announced with all photos, then sent when every photo is here."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine

from geoapp.errors import N_, Conflict, InvalidRequest, NotFound, StoreUnavailable, TooLarge
from geoapp.photos.shelf import Shelf
from geoapp.store.acting import acting, audit
from geoapp.store.evidence import (
    add_report,
    find_park,
    find_plots,
    find_report,
    judge_drawing,
    lock_report,
    may_see_park,
    open_case,
    read_announced,
    read_own_reports,
    set_sent,
)

_OWN_REPORTS = 100
_SPARE_BYTES = 200_000_000
_SHARE_INSIDE = 0.5
_LEAST_M2 = 1.0


class FlagReason(StrEnum):
    """Why land is flagged; signs of something, never a finding that somebody is at fault."""

    UNUSED = "unused"
    STOPPED = "stopped"
    OTHER_USE = "other_use"
    ENCROACHED = "encroached"
    DUMPING = "dumping"
    OTHER = "other"


@dataclass(frozen=True)
class DevicePlace:
    """Where and when a device says it was; WGS 84 degrees, metres."""

    longitude: float
    latitude: float
    accuracy_m: float | None
    at: datetime | None


@dataclass(frozen=True)
class AnnouncedPhoto:
    """A photo that will come: its hash, its size, what the device calls it."""

    sha256: str
    bytes: int
    name: str
    device: DevicePlace | None = None


@dataclass(frozen=True)
class Announcement:
    """A report as the device has it. ``geometry``: GeoJSON text of a point or polygon, WGS 84; plots by their codes."""

    id: UUID
    park: str | None
    plots: tuple[str, ...]
    geometry: str | None
    reason: FlagReason
    note: str
    observed_on: date
    photos: tuple[AnnouncedPhoto, ...] = ()

    @property
    def digest(self) -> str:
        """The same for the same words; another one for any other."""
        told = json.dumps(
            [str(self.id), self.park, sorted(self.plots), self.geometry, self.reason, self.note, str(self.observed_on),
             [[one.sha256, one.bytes] for one in self.photos]],
            ensure_ascii=False,
        )  # fmt: skip
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True)
class PhotoLimits:
    """Bytes and millions of pixels of one photo, and photos of one report."""

    bytes: int
    mpx: int
    count: int
    stale_days: int = 14


@dataclass(frozen=True)
class ReportStatus:
    """How far a report has come. ``missing``: hashes of photos that are not here; ``receipt`` only when none is."""

    id: UUID
    park: str
    announced: tuple[AnnouncedPhoto, ...]
    missing: tuple[str, ...]
    receipt: "Receipt | None" = None


@dataclass(frozen=True)
class Receipt:
    """Says that everything arrived: when, how many photos, and a digest over the report and all hashes."""

    report: UUID
    sent_at: datetime
    photos: tuple[AnnouncedPhoto, ...]
    sha256: str
    case_id: int


def receipt_digest(report: UUID, sent_at: datetime, photos: Sequence[AnnouncedPhoto]) -> str:
    """SHA-256 over lines of text that anybody can write down: id, moment, count, then hash and bytes of each photo."""
    moment = sent_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [str(report), moment, str(len(photos)), *(f"{one.sha256} {one.bytes}" for one in photos)]
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


class FieldReports:
    """Reports of one database. Args: engine - of the staff role; shelf - where photos lie; limits - of photos."""

    def __init__(self, engine: Engine, shelf: Shelf, limits: PhotoLimits) -> None:
        self._engine = engine
        self._shelf = shelf
        self.limits = limits

    def announce(self, person_id: int, told: Announcement, today: date) -> ReportStatus:
        """Store what will come; the same once more changes nothing.

        Raises: InvalidRequest - a field cannot be used; TooLarge - a photo is; Conflict - the id has other words.
        """
        self._check(told, today)
        with acting(self._engine, person_id) as connection:
            known = find_report(connection, told.id)
            if known is None:
                self._add(connection, told)
                known = find_report(connection, told.id)
            if known is None or known.person_id != person_id or known.announced_sha256 != told.digest:
                raise Conflict(N_("Another report was sent under this number already. Save it as a new draft."))
            return _status(connection, known)

    def status(self, person_id: int, report: UUID) -> ReportStatus:
        """How far an own report has come. Raises: NotFound."""
        with acting(self._engine, person_id) as connection:
            return _status(connection, _own(connection, report, person_id))

    def list_own(self, person_id: int) -> Sequence[Any]:
        """The newest reports of a person."""
        with acting(self._engine, person_id) as connection:
            return read_own_reports(connection, _OWN_REPORTS)

    def send(self, person_id: int, report: UUID) -> Receipt:
        """Close a report whose photos are all here, and open its case; a second time gives the same receipt.

        Raises: NotFound; Conflict - photos are missing.
        """
        with acting(self._engine, person_id) as connection:
            lock_report(connection, report)
            known = _own(connection, report, person_id)
            status = _status(connection, known)
            if status.receipt:
                return status.receipt
            if status.missing:
                raise Conflict(
                    N_("%(missing)s of %(count)s photos are not here yet. Go on sending; nothing is lost."),
                    missing=len(status.missing),
                    count=len(status.announced),
                )
            sent_at = datetime.now(UTC).replace(microsecond=0)
            digest = receipt_digest(report, sent_at, status.announced)
            case_id = open_case(connection, report, _finding(known, status.announced, digest))
            set_sent(connection, {"id": report, "sent_at": sent_at, "receipt": digest, "case_id": case_id})
            audit(connection, "flag.sent", f"case {case_id}", {"photos": len(status.announced), "receipt": digest})
            return Receipt(report, sent_at, status.announced, digest, case_id)

    def _check(self, told: Announcement, today: date) -> None:
        if told.observed_on > today:
            raise InvalidRequest(
                N_("The day of the visit, %(found)s, has not come yet. Choose today or an earlier day."),
                parameter="observed_on",
                found=told.observed_on,
            )
        if not told.plots and not told.geometry:
            raise InvalidRequest(N_("Pick at least one plot, or draw on the map what is meant."), parameter="geometry")
        if told.reason is FlagReason.OTHER and not told.note.strip():
            raise InvalidRequest(N_("Say in a sentence what was seen: “other” needs a description."), parameter="note")
        if len(told.photos) > self.limits.count:
            raise InvalidRequest(
                N_("A report takes at most %(most)s photos, found %(found)s. Send the others in a second report."),
                parameter="photos",
                most=self.limits.count,
                found=len(told.photos),
            )
        for one in told.photos:
            if one.bytes > self.limits.bytes:
                raise TooLarge(
                    N_("“%(name)s” has %(found)s MB; a photo has at most %(most)s MB. Send a smaller one."),
                    parameter="photos",
                    name=one.name,
                    found=round(one.bytes / 1e6),
                    most=self.limits.bytes // 1_000_000,
                )
        if self._shelf.free_bytes() < sum(one.bytes for one in told.photos) + _SPARE_BYTES:
            raise StoreUnavailable(
                N_("There is no room for photos on the server. Tell the administrator; the draft stays.")
            )

    def _add(self, connection: Connection, told: Announcement) -> None:
        park_id, plot_ids = _place(connection, told)
        if not may_see_park(connection, park_id):
            raise InvalidRequest(N_("This park is not among those that you are responsible for."), parameter="park")
        self._shelf.drop_stale(self.limits.stale_days)
        report: dict[str, object] = {
            "id": told.id, "park_id": park_id, "reason": told.reason, "note": told.note.strip(),
            "observed_on": told.observed_on, "geometry": told.geometry, "digest": told.digest,
        }  # fmt: skip
        photos = [_row(told.id, ordinal, one) for ordinal, one in enumerate(told.photos, start=1)]
        if add_report(connection, report, plot_ids, photos):
            audit(connection, "flag.announced", f"report {told.id}", {"photos": len(photos)})


def _row(report: UUID, ordinal: int, photo: AnnouncedPhoto) -> dict[str, object]:
    device = photo.device
    return {
        "report_id": report, "sha256": photo.sha256, "ordinal": ordinal, "bytes": photo.bytes, "name": photo.name,
        "longitude": device.longitude if device else None, "latitude": device.latitude if device else None,
        "accuracy_m": device.accuracy_m if device else None, "device_at": device.at if device else None,
    }  # fmt: skip


def _place(connection: Connection, told: Announcement) -> tuple[int, list[int]]:
    """The park of a report and the plots that were picked."""
    drawn_in = _judge(connection, told.geometry, told.observed_on) if told.geometry else None
    if not told.plots:
        return drawn_in or _park(connection, told), []
    park_id = _park(connection, told)
    if drawn_in not in (None, park_id):
        raise InvalidRequest(
            N_("The plots and the drawing lie in different parks. Make a report of each."), parameter="geometry"
        )
    found = {row.code: row.plot_id for row in find_plots(connection, told.park or "", told.plots, told.observed_on)}
    missing = [code for code in told.plots if code not in found]
    if missing:
        raise InvalidRequest(
            N_("There is no plot %(found)s in this park. Pick it on the map."),
            parameter="plots",
            found=", ".join(missing[:5]),
        )
    return park_id, sorted(found.values())


def _park(connection: Connection, told: Announcement) -> int:
    park = find_park(connection, told.park or "", told.observed_on)
    if park is None:
        raise InvalidRequest(
            N_("There is no park “%(found)s”. Choose one from the list."), parameter="park", found=told.park or ""
        )
    return int(park.id)


def _judge(connection: Connection, geometry: str, as_of: date) -> int:
    judged = judge_drawing(connection, geometry, as_of)
    if not judged.is_valid:
        raise InvalidRequest(
            N_(
                "The sides of the drawing cross each other, so it has no area. Draw its outline anew, corner by corner."
            ),
            parameter="geometry",
        )
    if json.loads(geometry)["type"] == "Polygon" and judged.area_m2 < _LEAST_M2:
        raise InvalidRequest(N_("The drawing has no area. Draw at least three corners apart."), parameter="geometry")
    if judged.park_id is None:
        raise InvalidRequest(
            N_("The drawing lies outside all parks. Draw inside the outline of a park."), parameter="geometry"
        )
    if judged.share < _SHARE_INSIDE:
        raise InvalidRequest(
            N_("Only %(share)s %% of the drawing lies inside the park. Draw what is inside its outline."),
            parameter="geometry",
            share=round(judged.share * 100),
        )
    return int(judged.park_id)


def _own(connection: Connection, report: UUID, person_id: int) -> Any:
    known = find_report(connection, report)
    if known is None or known.person_id != person_id:
        raise NotFound(N_("You have sent no such report."))
    return known


def _finding(known: Any, photos: Sequence[AnnouncedPhoto], receipt: str) -> str:
    """What the case keeps of the flag in its chain of events: the words, and each photo by its hash."""
    told = {
        "report": str(known.id), "reason": known.reason, "note": known.note, "observed_on": str(known.observed_on),
        "photos": [{"sha256": one.sha256, "bytes": one.bytes, "name": one.name} for one in photos], "receipt": receipt,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False)


def _status(connection: Connection, known: Any) -> ReportStatus:
    rows = read_announced(connection, known.id)
    announced = tuple(AnnouncedPhoto(row.sha256, row.bytes, row.name) for row in rows)
    receipt = (
        Receipt(known.id, known.sent_at, announced, known.receipt_sha256, known.case_id) if known.sent_at else None
    )
    return ReportStatus(
        known.id, known.park_slug, announced, tuple(r.sha256 for r in rows if not r.has_arrived), receipt
    )
