"""Photos as evidence: what each one says, held against the land; the way in for reports; the ground for the field."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from geoapp.core.photo_strength import PhotoFit, Weakness, weaknesses_of
from geoapp.errors import N_, NotFound
from geoapp.photos.shelf import Shelf
from geoapp.services.field_reports import FieldReports, PhotoLimits
from geoapp.services.photo_upload import PhotoUpload
from geoapp.store.acting import acting
from geoapp.store.evidence import find_park, find_photo, may_see_park, read_field_parks, read_ground, read_photos


@dataclass(frozen=True)
class ShownPhoto:
    """A photo of a case or report. ``row``: what the database holds of it; ``weak``: why it proves less."""

    row: Any
    weak: tuple[Weakness, ...]


@dataclass(frozen=True)
class KeptPhoto:
    """A photo on the disk."""

    path: Path
    media_type: str
    name: str


class Evidence:
    """Evidence of one database and one folder. Args: engine - of the staff role; folder - where photos lie."""

    def __init__(self, engine: Engine, folder: Path, limits: PhotoLimits) -> None:
        self._engine = engine
        self._shelf = Shelf(folder)
        self.reports = FieldReports(engine, self._shelf, limits)
        self.upload = PhotoUpload(engine, self._shelf, limits)
        self.limits = limits

    def photos(self, person_id: int, *, report: UUID | None = None, case_id: int | None = None) -> Sequence[ShownPhoto]:
        """The photos of a report or of a case that a person may see."""
        with acting(self._engine, person_id) as connection:
            rows = read_photos(connection, report=report, case_id=case_id)
        return [ShownPhoto(row, weaknesses_of(_fit(row))) for row in rows]

    def photo(self, person_id: int, sha256: str, *, preview: bool) -> KeptPhoto:
        """A photo, as it came or small. Raises: NotFound - there is none that this person may see."""
        with acting(self._engine, person_id) as connection:
            row = find_photo(connection, sha256)
        path = None if row is None else self._shelf.preview(sha256) if preview else self._shelf.original(sha256)
        if row is None or path is None or not path.is_file():
            raise NotFound(N_("There is no such photo."))
        return KeptPhoto(path, "image/jpeg" if preview else row.media_type, row.name)

    def parks(self, person_id: int, today: date) -> Sequence[Any]:
        """The parks that a person may take into the field: slug, names, how many plots."""
        with acting(self._engine, person_id) as connection:
            return read_field_parks(connection, today)

    def ground(self, person_id: int, slug: str, today: date) -> dict[str, object]:
        """A park to be taken into the field, as GeoJSON. Raises: NotFound."""
        with acting(self._engine, person_id) as connection:
            park = find_park(connection, slug, today)
            ground = read_ground(connection, park.id, today) if park and may_see_park(connection, park.id) else None
        if park is None or ground is None or ground.outline is None:
            raise NotFound(N_("There is no park “%(slug)s” that you may take into the field."), slug=slug[:80])
        return {
            "slug": park.slug, "name_vi": park.name_vi, "name_en": park.name_en, "as_of": today.isoformat(),
            "approximate": ground.approximate, "outline": json.loads(ground.outline), "plots": ground.plots,
        }  # fmt: skip


def _fit(row: Any) -> PhotoFit:
    return PhotoFit(row.distance_m, row.heading_deg, row.heading_off_deg, row.taken_at, row.observed_on, row.arrived_at)
