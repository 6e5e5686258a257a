"""The register of scenes: what is known of a file, a scene entered, a scene closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row

from geoapp.store.pages import find_row, read_rows, statement


@dataclass(frozen=True)
class SceneRow:
    """A scene as it is entered; ``footprint`` is WKT in EPSG:4326, ``shown_bands`` count from 1."""

    code: str
    title_vi: str
    title_en: str
    acquired_on: date
    file_name: str
    file_sha256: str
    source_crs: str
    cog_sha256: str
    cog_bytes: int
    max_zoom: int
    pixel_size_m: float
    pixel_type: str
    band_names: list[str]
    shown_bands: list[int]
    stretch_low: list[float]
    stretch_high: list[float]
    footprint: str
    quality: str
    source_key: str
    note: str | None


def find_by_file(connection: Connection, file_sha256: str) -> str | None:
    """The code of the scene that a file is registered as now."""
    row = find_row(connection, "imagery_known", {"file_sha256": file_sha256})
    return str(row[0]) if row else None


def enter_source(connection: Connection, key: str, title: str, publisher: str | None) -> None:
    """A source, unless its key is known."""
    connection.execute(statement("imagery_source"), {"key": key, "title": title, "publisher": publisher})


def enter_scene(connection: Connection, row: SceneRow, batch: int) -> None:
    """Enter a scene under a batch; its source must be known."""
    connection.execute(statement("imagery_add"), {**vars(row), "batch_id": batch})


def close_scene(connection: Connection, code: str) -> bool:
    """Close a scene: it is known no more from now on. False where no such scene is known."""
    return connection.execute(statement("imagery_close"), {"code": code}).first() is not None


def list_scenes(connection: Connection) -> Sequence[Row[tuple[object, ...]]]:
    """All scenes that are registered now, the newest first."""
    return read_rows(connection, "imagery_all", {})


def list_codes(connection: Connection) -> set[str]:
    """The codes of all scenes that were ever registered."""
    return {str(row[0]) for row in read_rows(connection, "imagery_codes", {})}
