"""The tables of the queue: made from the SQL that the installed library (procrastinate) brings, in our schema.

Nothing of that SQL is copied. The library brings its whole schema, and a file for each step from older ones; which of
these steps a database has is kept beside them, so an update of the library brings its own steps when next migrated.
"""

from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from sqlalchemy import Connection, text

from geoapp.errors import N_, StoreError

_PACKAGE = "procrastinate"
# Tables that the map role must not read, though it may read every new one by default.
_OPEN_ONES = text(
    "SELECT relname FROM pg_class WHERE relnamespace = 'geoapp'::regnamespace AND relkind = 'r'"
    " AND starts_with(relname, 'procrastinate_') AND NOT relrowsecurity"
)
_IS_MISSING = text("SELECT to_regclass('geoapp.queue_steps') IS NULL")
_KEPT = text(
    "CREATE TABLE IF NOT EXISTS queue_steps"
    " (name text PRIMARY KEY, version text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())"
)
_ADD = text("INSERT INTO queue_steps (name, version) VALUES (:name, :version)")


def make_queue_schema(connection: Connection) -> None:
    """Make the tables of the queue as the installed library needs them. Raises: StoreError - it is not installed."""
    _run(connection, _folder() / "schema.sql")
    connection.execute(_KEPT)
    for name in missing_queue_steps(connection):
        _keep(connection, name)
    _close(connection)


def take_queue_step(connection: Connection) -> str | None:
    """Bring the tables of the queue by one step nearer to what the installed library needs; None: they are there.

    Each step has a transaction of its own: one may add a value to a type that the next one uses.
    """
    if connection.execute(_IS_MISSING).scalar_one():
        return None
    missing = missing_queue_steps(connection)
    if not missing:
        return None
    _run(connection, _folder() / "migrations" / missing[0])
    _keep(connection, missing[0])
    _close(connection)
    return missing[0]


def missing_queue_steps(connection: Connection) -> list[str]:
    """Steps that the installed library brings and this database has not, oldest first."""
    known = set(connection.execute(text("SELECT name FROM queue_steps")).scalars())
    return [name for name in _steps() if name not in known]


@cache
def _steps() -> tuple[str, ...]:
    """The names begin with the version that brought them, so their order is that of their making."""
    return tuple(sorted(path.name for path in (_folder() / "migrations").glob("*.sql")))


@cache
def _folder() -> Path:
    """Where the library keeps its SQL. It is found, not imported: what migrates needs none of its code."""
    try:
        return Path(str(distribution(_PACKAGE).locate_file(f"{_PACKAGE}/sql")))
    except PackageNotFoundError as error:
        raise StoreError(
            N_("The package %(package)s is not installed. Install the program again."), package=_PACKAGE
        ) from error


def _keep(connection: Connection, step: str) -> None:
    connection.execute(_ADD, {"name": step, "version": distribution(_PACKAGE).version})


def _close(connection: Connection) -> None:
    for table in connection.execute(_OPEN_ONES).scalars().all():
        connection.execute(text("CALL make_confidential(:table)"), {"table": table})


def _run(connection: Connection, file: Path) -> None:
    """Hand a file to the driver as it stands: no bind parameters, so per cent signs mean themselves."""
    cursor = connection.connection.cursor()
    cursor.execute(file.read_text(encoding="utf-8"))
    cursor.close()
