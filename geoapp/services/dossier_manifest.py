"""The manifest of a dossier, made of stored data only: texts change with the language and the program."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geoapp.photos.shelf import Shelf, digest_of
from geoapp.reports.manifest import Manifest, ManifestHead, build_manifest
from geoapp.services.dossier_source import ClockSource, DossierSource

_OPENED = (
    "kind", "project", "unit", "rule", "clock_state", "opened_as_of", "rules_on", "since", "area_ha", "finding",
    "law_vi",
)  # fmt: skip
_EVENT = ("number", "step", "from_state", "to_state", "at", "sequence", "previous_hash", "hash", "computed")
_LAND_EVENT = (
    "code", "kind", "portion", "happened_on", "from_on", "to_on", "document_no", "document_on", "issued_by", "evidence",
    "basis", "progress_form", "progress_end_on", "progress_quarter", "progress_months", "ground", "extension_no",
    "starts_on", "months", "ends_on", "area_ha", "paid", "decided_by", "announced_on", "record_on", "report_on",
    "regime", "amount_vnd", "about",
)  # fmt: skip
_VERDICT = (
    "rule", "state", "also", "missing", "progress_end", "d12", "d12_shifted", "d12_fm", "d12_fm_shifted", "d24",
    "d24_shifted", "d24_fm", "d24_fm_shifted", "extension_end", "effective_end", "effective_end_shifted",
    "termination_end", "violations",
)  # fmt: skip
_PHOTO = ("taken_at", "longitude", "latitude", "heading_deg", "observed_on", "arrived_at", "person_id")


def manifest_of(source: DossierSource, shelf: Shelf, program: str) -> Manifest:
    """The manifest of a dossier as the data are now. The files of photos are read and hashed anew."""
    last = source.events[-1]
    head = ManifestHead(str(source.case.id), source.event, source.as_of, source.known_at, last.computed, program)
    parts: dict[str, Mapping[str, object]] = {
        "case": {"opened": _picked(source.case, _OPENED), "state": last.to_state},
        "events": {f"{event.number:04d}": _picked(event, _EVENT) for event in source.events},
        "plots": _plots(source),
        "photos": {photo.sha256: _photo(photo, shelf) for photo, _ in source.photos},
    }
    if source.clock:
        parts |= {"dates": _dates(source.clock), "working": _working(source.clock)}
    return build_manifest(head, parts)


def find_photo_file(shelf: Shelf, sha256: str) -> Path | None:
    """Where a photo lies; None where it is not there."""
    path = shelf.original(sha256)
    return path if path.is_file() else None


def _plots(source: DossierSource) -> dict[str, object]:
    shapes: dict[str, object] = {
        plot.code: {
            "geom": bytes(plot.geom), "state": plot.state, "approximate": plot.approximate, "quality": plot.quality,
        }
        for plot in source.plots
    }  # fmt: skip
    if source.case.drawn is not None:
        shapes["*"] = {"geom": bytes(source.case.drawn)}
    return shapes


def _photo(photo: Any, shelf: Shelf) -> dict[str, object]:
    path = find_photo_file(shelf, photo.sha256)
    return {**_picked(photo, _PHOTO), "file": digest_of(path) if path else None}


def _dates(clock: ClockSource) -> dict[str, object]:
    return {event.code: _picked(event, _LAND_EVENT) for event in clock.events}


def _working(clock: ClockSource) -> dict[str, object]:
    """What went in, what came out, and the readings that were used."""
    used = sorted({key for step in clock.steps for key in step.readings})
    readings = {key: clock.readings[key].value for key in used if key in clock.readings}
    return {"input": clock.fields, "result": _picked(clock.verdict, _VERDICT), "readings": readings}


def _picked(row: Any, names: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(row, name) for name in names}
