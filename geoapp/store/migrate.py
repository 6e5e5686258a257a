"""Bringing a database to the present schema with Alembic, and telling where it stands."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from geoapp.errors import N_, StoreError
from geoapp.store.engine import Role, make_engine, reading, writing
from geoapp.store.queue_schema import take_queue_step

SCHEMA = "geoapp"
MIGRATIONS = Path(__file__).parent / "migrations"
# Two processes that start at once migrate one after the other.
_LOCK = 0x67656F61
_ONE_BY_ONE = text("SELECT pg_advisory_xact_lock(:key)")


def migrate(url: str) -> list[str]:
    """Bring the database to the newest revision; what was applied, oldest first.

    Raises: StoreError - the role may not create extensions, roles or the schema, with what the administrator must run;
    StoreUnavailable - the server is away.
    """
    engine = make_engine(url, role=Role.OWNER)
    try:
        steps = _take_queue_steps(engine)
        with writing(engine) as connection:
            connection.execute(_ONE_BY_ONE, {"key": _LOCK})
            before = _applied(connection)
            _prepare(connection)
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            return steps + [r for r in _all_revisions() if r not in before]
    finally:
        engine.dispose()


def _take_queue_steps(engine: Engine) -> list[str]:
    """The steps that an update of the library of the queue brings between our revisions, one by one."""
    taken: list[str] = []
    while True:
        with writing(engine) as connection:
            connection.execute(_ONE_BY_ONE, {"key": _LOCK})
            step = take_queue_step(connection)
        if step is None:
            return taken
        taken.append(f"queue {step}")


def current_revision(url: str) -> str | None:
    """The revision the database stands at, or None where it was never migrated."""
    engine = make_engine(url, role=Role.OWNER)
    try:
        with reading(engine) as connection:
            return revision_of(connection)
    finally:
        engine.dispose()


def revision_of(connection: Connection) -> str | None:
    """The revision that the database of this connection stands at, or None."""
    options = {"version_table_schema": SCHEMA}
    return MigrationContext.configure(connection, opts=options).get_current_revision()


def newest_revision() -> str:
    """The revision that this version of the program needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise StoreError(N_("No migrations were found beside the program. Install it again."))
    return head


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _all_revisions() -> list[str]:
    return [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()][::-1]


def _applied(connection: Connection) -> set[str]:
    current = revision_of(connection)
    revisions = _all_revisions()
    return set(revisions[: revisions.index(current) + 1]) if current in revisions else set()


def _prepare(connection: Connection) -> None:
    """The schema itself, because Alembic keeps its own table there; and PostGIS is asked for in clear words."""
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    row = connection.execute(
        text(
            "SELECT (SELECT extversion FROM pg_extension WHERE extname = 'postgis') AS installed,"
            " (SELECT default_version FROM pg_available_extensions WHERE name = 'postgis') AS available,"
            " (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS superuser,"
            " current_setting('server_version_num')::integer AS server"
        )
    ).one()
    if row.server < 150000:
        raise StoreError(
            N_("PostgreSQL 15 or newer is needed, the server is version %(found)s. Use a newer server."),
            found=row.server // 10000,
        )
    if row.installed is None and row.available is None:
        raise StoreError(
            N_("The server has no PostGIS. Install the package postgresql-%(version)s-postgis-3 on it."),
            version=row.server // 10000,
        )
    if row.installed is None and not row.superuser:
        raise StoreError(
            N_("The database has no PostGIS and this role may not add it. Let an administrator run: %(statement)s"),
            statement="CREATE EXTENSION postgis; CREATE EXTENSION btree_gist;",
        )
