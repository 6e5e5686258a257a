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
from geoapp.services.added_evidence import add_to_case, check_addition, refusing
from geoapp.services.flagged_land import place_of
from geoapp.store.acting import acting, audit
from geoapp.store.evidence import (
    add_report,
    find_report,
    lock_report,
    may_see_park,
    open_case,
    read_announced,
    read_own_reports,
    set_sent,
)

_OWN_REPORTS = 100
_SPARE_BYTES = 200_000_000


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
    """A report as the device has it. ``geometry``: GeoJSON text of a point or polygon, WGS 84; plots by their codes.

    ``case``: the number of a case that the photos are added to; then nothing is flagged, and there is no ``reason``.
    """

    id: UUID
    park: str | None
    plots: tuple[str, ...]
    geometry: str | None
    reason: FlagReason | None
    note: str
    observed_on: date
    photos: tuple[AnnouncedPhoto, ...] = ()
    case: int | None = None

    @property
    def digest(self) -> str:
        """The same for the same words; another one for any other."""
        told = json.dumps(
            [str(self.id), self.park, sorted(self.plots), self.geometry, self.reason, self.note, str(self.observed_on),
             [[one.sha256, one.bytes] for one in self.photos], *([self.case] if self.case else [])],
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
    park: str | None
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

        Photos for a case become an event of it.

        Raises: NotFound; Conflict - photos are missing, or the case was worked on in that moment; InvalidRequest - the
        case takes no photos any more.
        """
        with refusing(), acting(self._engine, person_id) as connection:
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
            told = _finding(known, status.announced, digest)
            if known.adds_to:
                case_id = add_to_case(connection, known, told)
            else:
                case_id = open_case(connection, report, json.dumps(told, ensure_ascii=False))
            set_sent(connection, {"id": report, "sent_at": sent_at, "receipt": digest, "case_id": case_id})
            action = "evidence.sent" if known.adds_to else "flag.sent"
            audit(connection, action, f"case {case_id}", {"photos": len(status.announced), "receipt": digest})
            return Receipt(report, sent_at, status.announced, digest, case_id)

    def _check(self, told: Announcement, today: date) -> None:
        if told.observed_on > today:
            raise InvalidRequest(
                N_("The day of the visit, %(found)s, has not come yet. Choose today or an earlier day."),
                parameter="observed_on",
                found=told.observed_on,
            )
        if told.case is None and not told.plots and not told.geometry:
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
        park_id, plot_ids = self._place(connection, told)
        self._shelf.drop_stale(self.limits.stale_days)
        report: dict[str, object] = {
            "id": told.id, "park_id": park_id, "reason": told.reason, "note": told.note.strip(),
            "observed_on": told.observed_on, "geometry": told.geometry, "digest": told.digest, "adds_to": told.case,
        }  # fmt: skip
        photos = [_row(told.id, ordinal, one) for ordinal, one in enumerate(told.photos, start=1)]
        if add_report(connection, report, plot_ids, photos):
            audit(connection, "flag.announced", f"report {told.id}", {"photos": len(photos)})

    @staticmethod
    def _place(connection: Connection, told: Announcement) -> tuple[int | None, list[int]]:
        """The park of a report, and the plots that were picked."""
        if told.case is not None:
            return check_addition(connection, told.case, len(told.photos)).park_id, []
        park_id, plot_ids = place_of(connection, told)
        if not may_see_park(connection, park_id):
            raise InvalidRequest(N_("This park is not among those that you are responsible for."), parameter="park")
        return park_id, plot_ids


def _row(report: UUID, ordinal: int, photo: AnnouncedPhoto) -> dict[str, object]:
    device = photo.device
    return {
        "report_id": report, "sha256": photo.sha256, "ordinal": ordinal, "bytes": photo.bytes, "name": photo.name,
        "longitude": device.longitude if device else None, "latitude": device.latitude if device else None,
        "accuracy_m": device.accuracy_m if device else None, "device_at": device.at if device else None,
    }  # fmt: skip


def _own(connection: Connection, report: UUID, person_id: int) -> Any:
    known = find_report(connection, report)
    if known is None or known.person_id != person_id:
        raise NotFound(N_("You have sent no such report."))
    return known


def _finding(known: Any, photos: Sequence[AnnouncedPhoto], receipt: str) -> dict[str, object]:
    """What the case keeps in its chain of events: the words of a flag, and each photo by its hash."""
    return {
        "report": str(known.id), "reason": known.reason, "note": known.note, "observed_on": str(known.observed_on),
        "photos": [{"sha256": one.sha256, "bytes": one.bytes, "name": one.name} for one in photos], "receipt": receipt,
    }  # fmt: skip


def _status(connection: Connection, known: Any) -> ReportStatus:
    rows = read_announced(connection, known.id)
    announced = tuple(AnnouncedPhoto(row.sha256, row.bytes, row.name) for row in rows)
    receipt = (
        Receipt(known.id, known.sent_at, announced, known.receipt_sha256, known.case_id) if known.sent_at else None
    )
    return ReportStatus(
        known.id, known.park_slug, announced, tuple(r.sha256 for r in rows if not r.has_arrived), receipt
    )
