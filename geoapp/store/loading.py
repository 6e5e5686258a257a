"""Storing checked rows: staged in temporary tables, resolved and stored set by set, all in the caller's transaction."""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from psycopg2.extensions import connection as DriverConnection  # noqa: N812 - a class under its driver's name
from sqlalchemy import Connection, text

_SQL = Path(__file__).parent / "load"
_TYPES = {"text": "text", "number": "double precision", "integer": "integer", "date": "date", "boolean": "boolean"}
_TYPES["list"] = "text[]"

_TURN = 0x6C6F6164

# What a cell may point at: column of a staged table -> how the thing is found among those known.
_REFERENCES = {
    "source": "SELECT FROM sources AS r WHERE r.key = s.source",
    "zone": "SELECT FROM zones AS r WHERE r.slug = s.zone",
    "park": "SELECT FROM parks AS r WHERE r.slug = s.park",
    "commune": "SELECT FROM communes AS r WHERE r.code = s.commune",
    "parameter": "SELECT FROM discharge_parameters AS r WHERE r.code = s.parameter",
    # Monthly figures of departments and figures of observations have lists of their own.
    "indicator": "SELECT FROM (SELECT code FROM indicators UNION SELECT code FROM reported_indicators) AS r"
    " WHERE r.code = s.indicator",
    "target": "SELECT FROM targets AS r WHERE r.code = s.target",
    "task": "SELECT FROM tasks AS r WHERE r.code = s.task",
    "method": "SELECT FROM methods AS r WHERE r.indicator = s.indicator AND r.code = s.method",
    "project": "SELECT FROM projects AS r WHERE r.code = s.project",
    "plot": "SELECT FROM plots AS r JOIN parks AS p ON p.id = r.park_id WHERE p.slug = s.park AND r.code = s.plot",
    "plots": "SELECT WHERE NOT EXISTS (SELECT FROM unnest(s.plots) AS named WHERE NOT EXISTS (SELECT FROM plots AS r"
    " JOIN parks AS p ON p.id = r.park_id WHERE p.slug = s.park AND r.code = named))",
    "portion": "SELECT FROM land_portions AS r JOIN projects AS p ON p.id = r.project_id"
    " WHERE p.code = s.project AND r.code = s.portion",
    "plant": "SELECT FROM wastewater_plants AS r JOIN parks AS p ON p.id = r.park_id"
    " WHERE p.slug = s.park AND r.code = s.plant",
    "subject": "SELECT FROM (SELECT 'province' AS kind, 'ninh-binh' AS name"
    " UNION ALL SELECT 'zone', slug FROM zones UNION ALL SELECT 'park', slug FROM parks"
    " UNION ALL SELECT 'plant', p.slug || '/' || w.code"
    " FROM wastewater_plants AS w JOIN parks AS p ON p.id = w.park_id)"
    " AS r WHERE r.kind = s.subject_kind AND r.name = s.subject",
}


@dataclass(frozen=True)
class StagedTable:
    """Checked rows of one table: column names with kinds, and rows of text as COPY wants them."""

    name: str
    columns: Sequence[tuple[str, str]]
    has_geometry: bool
    rows: Iterable[str]


@dataclass(frozen=True)
class Batch:
    """What is said about a load as a whole."""

    dataset: str
    title: str
    loaded_by: str
    digest: str
    files: Mapping[str, str]
    source_crs: str


@dataclass(frozen=True)
class Stored:
    """What storing one table did: rows added, rows closed by them, known already, and held back by surer rows."""

    added: int
    closed: int
    unchanged: int
    outranked: int = 0


def open_batch(connection: Connection, batch: Batch) -> int:
    """Enter a batch; its id."""
    statement = text(
        "INSERT INTO batches (dataset, title, loaded_by, digest, files, source_crs)"
        " VALUES (:dataset, :title, :loaded_by, :digest, to_jsonb(CAST(:files AS json)), :source_crs) RETURNING id"
    )
    return int(
        connection.execute(
            statement, {**vars(batch), "files": json.dumps(dict(batch.files), sort_keys=True)}
        ).scalar_one()
    )


def wait_for_turn(connection: Connection) -> None:
    """One load at a time; the next one waits until this transaction ends, and then sees what it stored."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _TURN})


def is_loaded(connection: Connection, digest: str) -> bool:
    """Whether a bundle with this digest was stored and not replaced since."""
    statement = text("SELECT EXISTS (SELECT FROM batches WHERE digest = :digest AND retired_at IS NULL)")
    return bool(connection.execute(statement, {"digest": digest}).scalar_one())


def has_dataset(connection: Connection, dataset: str) -> bool:
    """Whether any batch of a dataset is in force."""
    statement = text("SELECT EXISTS (SELECT FROM batches WHERE dataset = :dataset AND retired_at IS NULL)")
    return bool(connection.execute(statement, {"dataset": dataset}).scalar_one())


def is_retired(connection: Connection, dataset: str) -> bool:
    """Whether a dataset was there and has been replaced: nothing of it is in force any more."""
    statement = text("SELECT bool_and(retired_at IS NOT NULL) FROM batches WHERE dataset = :dataset")
    return bool(connection.execute(statement, {"dataset": dataset}).scalar_one())


def close_dataset(connection: Connection, dataset: str) -> int:
    """Close all that a dataset says now; the number of rows closed."""
    return int(connection.execute(text("SELECT close_dataset(:dataset)"), {"dataset": dataset}).scalar_one())


def stage(connection: Connection, table: StagedTable) -> None:
    """Copy rows into a temporary table ``stage_<name>`` that goes with the transaction."""
    columns = [("row_no", "integer"), *((name, _TYPES[kind]) for name, kind in table.columns)]
    if table.has_geometry:
        columns.append(("geom", "geometry"))
    body = ", ".join(f'"{name}" {kind}' for name, kind in columns)
    connection.execute(text(f"CREATE TEMPORARY TABLE stage_{table.name} ({body}) ON COMMIT DROP"))
    driver = connection.connection.driver_connection
    assert isinstance(driver, DriverConnection)  # noqa: S101 - the engine is made with psycopg2
    with driver.cursor() as cursor:
        cursor.copy_expert(f"COPY stage_{table.name} FROM STDIN", io.StringIO("".join(table.rows)))
    connection.execute(text(f"ANALYZE stage_{table.name}"))


def find_dangling(connection: Connection, table: StagedTable) -> list[tuple[int, str, str]]:
    """Cells that point at nothing known: (row, column, value), a few at most."""
    own = {name for name, _ in table.columns}
    found: list[tuple[int, str, str]] = []
    for column, lookup in _REFERENCES.items():
        if column in own and not (column == "zone" and table.name == "zones"):
            statement = text(
                f"SELECT s.row_no, '{column}', s.{column} FROM stage_{table.name} AS s"  # noqa: S608 - constants
                f" WHERE s.{column} IS NOT NULL AND NOT EXISTS ({lookup}) ORDER BY s.row_no LIMIT 20"
            )
            found += [(row, name, value) for row, name, value in connection.execute(statement)]
    return found


def refresh_statistics(connection: Connection) -> None:
    """Let the planner know what was stored; without it the first pages after a load take twenty times as long."""
    names = connection.execute(
        text("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'geoapp'")
    ).scalars()
    connection.execute(text(f"ANALYZE {', '.join(names)}"))


def store(connection: Connection, name: str, batch: int) -> Stored:
    """Store what was staged for one table, under a batch."""
    connection.execute(text("DROP TABLE IF EXISTS pg_temp.incoming, pg_temp.known"))
    statement = text((_SQL / f"{name}.sql").read_text(encoding="utf-8"))
    result = connection.execute(statement, {"batch": batch})
    if not result.returns_rows:
        return Stored(max(result.rowcount, 0), 0, 0)
    row = result.one()
    return Stored(**row._mapping)  # noqa: SLF001 - the public name of it in SQLAlchemy
