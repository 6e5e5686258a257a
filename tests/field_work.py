"""Reports from the field for tests: real plots of the loaded data, photos by Pillow, people with and without rights."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from uuid import uuid4

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from geoapp.core.passwords import hash_password
from geoapp.services.evidence import Evidence
from geoapp.services.field_reports import AnnouncedPhoto, Announcement, FlagReason, PhotoLimits
from geoapp.store.engine import Role, make_engine, sqlalchemy_url
from tests.staff import PASSWORD

TODAY = date(2026, 11, 20)
PARK, OTHER_PARK = "khanh-phu", "rang-dong"
HELD = "held"
"""An inspector who is held to ``PARK``."""
LIMITS = PhotoLimits(bytes=2_000_000, mpx=20, count=5)


@dataclass(frozen=True)
class Ground:
    """A plot of a park: its code, and a place in it."""

    code: str
    longitude: float
    latitude: float

    def square(self, side: float = 0.0002) -> dict[str, object]:
        """A small square round the place, as GeoJSON."""
        x, y = self.longitude, self.latitude
        ring = [[x - side, y - side], [x + side, y - side], [x + side, y + side], [x - side, y + side]]
        return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def add_held(url: str) -> None:
    """The inspector who is held to one park."""
    with _owner(url).begin() as connection:
        connection.execute(
            text(
                "WITH one AS (INSERT INTO people (login, name, role) VALUES (:login, 'Held', 'inspector')"
                " RETURNING id), kept AS (INSERT INTO credentials (person_id, password_hash, must_change)"
                " SELECT id, :hash, false FROM one)"
                " INSERT INTO person_parks SELECT one.id, parks.id FROM one, parks WHERE parks.slug = :park"
            ),
            {"login": HELD, "hash": hash_password(PASSWORD), "park": PARK},
        )


def ground_of(url: str, park: str = PARK) -> Ground:
    """The largest plot of a park."""
    with _owner(url).connect() as connection:
        row = connection.execute(
            text(
                "SELECT code, ST_X(p) AS x, ST_Y(p) AS y FROM plots_at('2026-11-20', 'infinity'),"
                " ST_PointOnSurface(geom) AS p WHERE park_slug = :park ORDER BY area_ha DESC LIMIT 1"
            ),
            {"park": park},
        ).one()
    return Ground(row.code, row.x, row.y)


def ask(url: str, sql: str, **bound: object) -> list[tuple[object, ...]]:
    """Rows as the owner sees them."""
    with _owner(url).begin() as connection:
        return [tuple(row) for row in connection.execute(text(sql), bound)]


def person_id(url: str, login: str) -> int:
    """The number of a person."""
    return int(str(ask(url, "SELECT id FROM people WHERE login = :login", login=login)[0][0]))


def announced(body: bytes, name: str = "IMG_1.jpg") -> AnnouncedPhoto:
    """A photo as it is announced."""
    return AnnouncedPhoto(hashlib.sha256(body).hexdigest(), len(body), name)


def flag(ground: Ground, *bodies: bytes, **changes: object) -> Announcement:
    """A report about a plot, with photos."""
    told: dict[str, object] = {
        "id": uuid4(), "park": PARK, "plots": (ground.code,), "geometry": None, "reason": FlagReason.UNUSED,
        "note": "Cỏ mọc cao", "observed_on": TODAY, "photos": tuple(announced(body) for body in bodies),
    }  # fmt: skip
    return Announcement(**(told | changes))  # type: ignore[arg-type]


def drawn(shape: dict[str, object]) -> str:
    """A drawing as text."""
    return json.dumps(shape)


def put(evidence: Evidence, person: int, told: Announcement, body: bytes) -> None:
    """Send a whole photo."""
    evidence.upload.receive(person, told.id, hashlib.sha256(body).hexdigest(), 0, BytesIO(body))


def _owner(url: str) -> Engine:
    options = {"options": "-c search_path=geoapp,public"}
    return create_engine(sqlalchemy_url(url), connect_args=options, poolclass=NullPool)


def staff_engine(url: str) -> Engine:
    """Connections as the program has them for people."""
    return make_engine(url, role=Role.STAFF, pool_size=4)
