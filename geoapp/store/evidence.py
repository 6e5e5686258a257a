"""Reports from the field in the database; each function works in the transaction of who acts (``acting``)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row

from geoapp.store.pages import find_row, read_rows, statement

Found = Row[tuple[Any, ...]]


def judge_drawing(connection: Connection, geometry: str, as_of: object) -> Found:
    """What is to be said of a drawing (GeoJSON, WGS 84): is_valid, park_id, share inside it (0..1), area_m2."""
    return connection.execute(statement("evidence_drawing"), {"geometry": geometry, "as_of": as_of}).one()


def find_plots(connection: Connection, park: str, codes: Sequence[str], as_of: object) -> Sequence[Found]:
    """Plots of a park by their codes: plot_id, park_id, code."""
    return read_rows(connection, "evidence_plots", {"park": park, "codes": list(codes), "as_of": as_of})


def find_park(connection: Connection, park: str, as_of: object) -> Found | None:
    """A park: id, slug, name_vi, name_en."""
    return find_row(connection, "evidence_park", {"park": park, "as_of": as_of})


def may_see_park(connection: Connection, park_id: int) -> bool:
    """Whether who acts may see what belongs to a park."""
    return bool(connection.execute(statement("evidence_may_see"), {"park_id": park_id}).scalar_one())


def add_report(
    connection: Connection, report: dict[str, object], plot_ids: Sequence[int], photos: Sequence[dict[str, object]]
) -> bool:
    """Store what is announced; False, and nothing stored, where the id is known already."""
    if connection.execute(statement("evidence_announce"), report).rowcount == 0:
        return False
    if plot_ids:
        connection.execute(statement("evidence_announce_plots"), {"id": report["id"], "plot_ids": list(plot_ids)})
    if photos:
        connection.execute(statement("evidence_announce_photo"), list(photos))
    return True


def find_report(connection: Connection, report: UUID) -> Found | None:
    """A report that who acts may see."""
    return find_row(connection, "evidence_report", {"id": report})


def lock_report(connection: Connection, report: UUID) -> bool:
    """Hold an own report until the transaction ends; False where there is none."""
    return find_row(connection, "evidence_report_lock", {"id": report}) is not None


def find_addition(connection: Connection, case_id: int) -> Found | None:
    """A case that who acts may see: park_id, state, last_number, takes_evidence."""
    return find_row(connection, "evidence_addition", {"case_id": case_id})


def read_announced(connection: Connection, report: UUID) -> Sequence[Found]:
    """The photos of a report in their order: sha256, ordinal, bytes, name, has_arrived."""
    return read_rows(connection, "evidence_report_photos", {"id": report})


def find_own_photo(connection: Connection, report: UUID, sha256: str) -> Found | None:
    """A photo that who acts has announced: sha256, bytes, name, has_arrived."""
    return find_row(connection, "evidence_own_photo", {"id": report, "sha256": sha256})


def set_arrived(connection: Connection, photo: dict[str, object]) -> None:
    """Note that a photo is here, and what it says; a second time changes nothing."""
    connection.execute(statement("evidence_arrived"), photo)


def open_case(connection: Connection, report: UUID, finding: str) -> int:
    """Open the case of a report whose photos are all here; its number. Args: finding - JSON, kept in the chain."""
    found = connection.execute(statement("evidence_open_case"), {"id": report, "finding": finding}).scalar_one()
    return int(found)


def set_sent(connection: Connection, sent: dict[str, object]) -> None:
    """Note that a report is sent. The database refuses it while a photo is missing."""
    connection.execute(statement("evidence_sent"), sent)


def read_own_reports(connection: Connection, most: int) -> Sequence[Found]:
    """The newest reports of who acts."""
    return read_rows(connection, "evidence_own_reports", {"most": most})


def read_photos(connection: Connection, *, report: UUID | None = None, case_id: int | None = None) -> Sequence[Found]:
    """Photos that are here, of a report or a case, held against the land that was flagged."""
    return read_rows(connection, "evidence_photos", {"report": report, "case_id": case_id})


def find_photo(connection: Connection, sha256: str) -> Found | None:
    """A photo that who acts may see: media_type, name."""
    return find_row(connection, "evidence_photo", {"sha256": sha256})


def read_field_parks(connection: Connection, as_of: object) -> Sequence[Found]:
    """The parks that who acts may take into the field."""
    return read_rows(connection, "evidence_parks", {"as_of": as_of})


def read_ground(connection: Connection, park_id: int, as_of: object) -> Found | None:
    """Outline and plots of a park as GeoJSON."""
    return find_row(connection, "evidence_ground", {"park_id": park_id, "as_of": as_of})
