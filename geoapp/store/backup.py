"""Backup and restore of the whole schema: one file with a manifest, checked before anything is touched."""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, make_url, text

from geoapp.errors import N_, StoreError
from geoapp.store.backup_file import Manifest, read_backup_file, sha256_of, write_backup_file
from geoapp.store.engine import Role, make_engine, reading
from geoapp.store.migrate import SCHEMA, migrate, newest_revision, revision_of
from geoapp.store.postgres import Installation, find_installations

# Before the rows: the schema goes, but not while somebody holds it for longer than a minute.
_BEGIN = f"SET client_min_messages = warning;\nSET lock_timeout = '60s';\nDROP SCHEMA IF EXISTS {SCHEMA} CASCADE;\n"
# After them, for each table: did all come, and fresh statistics.
_END = """
DO $$ BEGIN
    IF (SELECT count(*) FROM {table}) <> {rows} THEN
        RAISE EXCEPTION 'table {table} did not get its {rows} rows';
    END IF;
END $$;
ANALYZE {table};
"""
# Rights on tables to come name the role that gave them: here it is the one that restores.
_GIVER = re.compile(r'^(ALTER DEFAULT PRIVILEGES) FOR ROLE ("[^"]+"|\S+)', re.MULTILINE)

# psql:/tmp/x/begin.sql:2: ERROR: ...
_PLACE = re.compile(r"^psql:\S+:\d+: ", re.MULTILINE)


def backup(url: str, target: Path) -> int:
    """Write all tables of the schema to one file; the number of rows. The file appears whole or not at all.

    Raises: StoreError - the database or its tools refuse; StoreUnavailable - it is away.
    """
    with _engine(url) as engine, tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "database.dump"
        with reading(engine) as connection:
            revision = revision_of(connection)
            if revision is None:
                raise StoreError(N_("The database holds nothing of this program yet: there is nothing to back up."))
            # Dump and counts see the same moment.
            snapshot = str(connection.execute(text("SELECT pg_export_snapshot()")).scalar_one())
            _run(
                _tools(connection), "pg_dump", "--format=custom", f"--schema={SCHEMA}", "--no-owner",
                "--no-unlogged-table-data", f"--snapshot={snapshot}", f"--file={dump}", url=url,
            )  # fmt: skip
            rows = _count_rows(connection)
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        write_backup_file(target, Manifest(made_at, revision, rows, sha256_of(dump)), dump)
    return sum(rows.values())


def restore(url: str, source: Path, *, replace: bool = False) -> int:
    """Bring a backup back in one transaction; the number of rows.

    Args: replace - replace what the database holds; without it, only an empty database is filled.
    Raises: DataError - the file is damaged, or of another kind or a newer program, and nothing was touched;
    StoreError - the database holds data, or refuses, and is as it was.
    """
    with tempfile.TemporaryDirectory() as folder, _engine(url) as engine:
        manifest, dump = read_backup_file(source, Path(folder), newest_revision=newest_revision())
        with reading(engine) as connection:
            tools = _tools(connection)
            if not replace and _holds_data(connection):
                raise StoreError(
                    N_("The database holds data already. Restore into an empty one, or say --replace to replace them.")
                )
        scripts = _write_scripts(tools, dump, manifest)
        # Extensions, roles and coordinate systems lie outside of the schema: migrations make them on an empty server.
        migrate(url)
        _run(
            tools, "psql", "--single-transaction", "--set=ON_ERROR_STOP=1", "--quiet", "--no-psqlrc",
            "--output=/dev/null", *(f"--file={script}" for script in scripts), url=url,
        )  # fmt: skip
        migrate(url)
    return sum(manifest.rows.values())


def _write_scripts(tools: Installation, dump: Path, manifest: Manifest) -> list[Path]:
    """What replaces the schema, as scripts for one transaction. Reads all of the dump, and so finds what is broken."""
    listed = dump.with_suffix(".list")
    _run(tools, "pg_restore", "--list", f"--file={listed}", str(dump))
    entries = listed.read_text(encoding="utf-8").splitlines()
    begin, rows, rights, end = (dump.with_name(f"{name}.sql") for name in ("begin", "rows", "rights", "end"))
    begin.write_text(_BEGIN, encoding="utf-8")
    for script, is_rights in ((rows, False), (rights, True)):
        listed.write_text("\n".join(e for e in entries if (" DEFAULT ACL " in e) is is_rights), encoding="utf-8")
        _run(tools, "pg_restore", "--no-owner", f"--use-list={listed}", f"--file={script}", str(dump))
    rights.write_text(_GIVER.sub(r"\1", rights.read_text(encoding="utf-8")), encoding="utf-8")
    end.write_text(
        "".join(_END.format(table=f'{SCHEMA}."{name}"', rows=count) for name, count in manifest.rows.items()),
        encoding="utf-8",
    )
    return [begin, rows, rights, end]


def _holds_data(connection: Connection) -> bool:
    table = connection.execute(text("SELECT to_regclass(:name)"), {"name": f"{SCHEMA}.batches"}).scalar()
    if table is None:
        return False
    return bool(connection.execute(text(f"SELECT EXISTS (SELECT FROM {SCHEMA}.batches)")).scalar_one())  # noqa: S608


def _count_rows(connection: Connection) -> Mapping[str, int]:
    # An unlogged table holds what is made again by itself, and is not backed up.
    names = connection.execute(
        text(
            "SELECT relname FROM pg_class"
            " WHERE relnamespace = to_regnamespace(:schema) AND relkind = 'r' AND relpersistence <> 'u'"
        ),
        {"schema": SCHEMA},
    ).scalars()
    return {
        name: int(connection.execute(text(f'SELECT count(*) FROM {SCHEMA}."{name}"')).scalar_one())  # noqa: S608
        for name in sorted(names)
    }


def _tools(connection: Connection) -> Installation:
    """The client programs: at least as new as the server. Raises: StoreError."""
    server = int(connection.execute(text("SELECT current_setting('server_version_num')::integer / 10000")).scalar_one())
    for installation in reversed(find_installations()):
        if installation.major >= server:
            return installation
    raise StoreError(
        N_("Backup and restore need the programs of PostgreSQL %(version)s or newer on this machine. Install them."),
        version=server,
    )


def _run(tools: Installation, program: str, *arguments: str, url: str | None = None) -> None:
    """Run a program of PostgreSQL. Raises: StoreError - with the first error that it told."""
    environment = {**os.environ, "PGCONNECT_TIMEOUT": "10"}
    where = []
    if url:
        address, password = _without_password(url)
        where = [f"--dbname={address}"]
        # Through the environment, because anybody on the machine can read a command line.
        environment |= {"PGPASSWORD": password} if password else {}
    done = subprocess.run(  # noqa: S603 - a program of the installation, arguments of ours
        [tools.program(program), *where, *arguments], capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode != 0:
        lines = _PLACE.sub("", done.stderr).strip().splitlines() or ["no reason given"]
        reason = next((line for line in lines if "error: " in line.lower()), lines[0])
        raise StoreError(N_("%(program)s failed: %(reason)s"), program=program, reason=reason)


def _without_password(url: str) -> tuple[str, str | None]:
    """The address as programs of PostgreSQL take it, and the password that stood in it."""
    parts = make_url(url)
    query = dict(parts.query)
    in_query = query.pop("password", None)
    password = parts.password or in_query
    address = URL.create("postgresql", parts.username, None, parts.host, parts.port, parts.database, query)
    return address.render_as_string(), str(password) if password else None


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url, role=Role.OWNER)
    try:
        yield engine
    finally:
        engine.dispose()
