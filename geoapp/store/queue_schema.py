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
_CLOSE = text(
    "SELECT relname FROM pg_class WHERE relnamespace = 'geoapp'::regnamespace AND relkind = 'r'"
    " AND starts_with(relname, 'procrastinate_') AND NOT relrowsecurity"
)
_KEPT = text(
    "CREATE TABLE IF NOT EXISTS queue_steps"
    " (name text PRIMARY KEY, version text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())"
)
_ADD = text("INSERT INTO queue_steps (name, version) VALUES (:name, :version)")


def update_queue_schema(connection: Connection) -> list[str]:
    """Bring the tables of the queue to what the installed library needs; the steps applied, oldest first.

    Raises: StoreError - the library is not installed.
    """
    is_new = connection.execute(text("SELECT to_regclass('geoapp.procrastinate_jobs') IS NULL")).scalar_one()
    if is_new:
        _run(connection, _folder() / "schema.sql")
    connection.execute(_KEPT)
    missing = missing_queue_steps(connection)
    for name in missing:
        if not is_new:
            _run(connection, _folder() / "migrations" / name)
        connection.execute(_ADD, {"name": name, "version": distribution(_PACKAGE).version})
    for table in connection.execute(_CLOSE).scalars().all():
        connection.execute(text("CALL make_confidential(:table)"), {"table": table})
    return missing


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


def _run(connection: Connection, file: Path) -> None:
    """Hand a file to the driver as it stands: no bind parameters, so per cent signs mean themselves."""
    cursor = connection.connection.cursor()
    cursor.execute(file.read_text(encoding="utf-8"))
    cursor.close()
