"""Connections to PostGIS, and the one place where errors of the driver become ours.

What a page waits for between two short queries is the way to the server and back, so no way is gone for nothing: the
statement that opens the snapshot of a request also finds out whether a pooled connection still lives, and a request
that needs one statement (``single.py``) sends that one and nothing else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Any

import psycopg2
from psycopg2.extensions import TRANSACTION_STATUS_IDLE
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from geoapp.errors import N_, StoreError, StoreUnavailable

_SEARCH_PATH = "geoapp,public"
# PostgreSQL classes 08 connection, 53 out of resources, 57 operator intervention (shutdown, cancelled by timeout).
_AWAY = ("08", "53", "57")
_TIMED_OUT = "57014"
_DISK_FULL = "53100"
AWAY_MESSAGE = N_("The database cannot be reached. The page comes back by itself when it does.")
_ONE_SNAPSHOT = "REPEATABLE READ"
# A server whose power was cut says nothing; without these a request would wait for it for two hours, and all threads
# after it. Seconds, but for the last one: how long what was sent may stay unanswered, in milliseconds.
_ALIVE = {"keepalives_idle": 5, "keepalives_interval": 3, "keepalives_count": 3, "tcp_user_timeout": 15_000}
# The mark of an engine whose connections come with their snapshot opened.
_OPENED = "snapshot_opened"
SINGLE: ContextVar[bool] = ContextVar("single", default=False)
"""Set while a connection is taken for a single statement, which is a snapshot by itself; see ``single.py``."""


class Role(StrEnum):
    """Who a connection works as. The map role can read and nothing else; the staff role is somebody, see ``acting``."""

    OWNER = "owner"
    MAP = "map"
    STAFF = "staff"


def make_engine(url: str, *, role: Role, statement_timeout_ms: int = 5000, pool_size: int = 8) -> Engine:
    """A pooled engine working as one role; nothing is connected before it is used.

    A connection of the map role comes with a snapshot opened, which is closed when it is given back.

    Args: url - SQLAlchemy or libpq address of the server; statement_timeout_ms - not of the owner: longest time of
    one statement; pool_size - most connections held by a process.
    """
    options = {"search_path": _SEARCH_PATH, "jit": "off", "timezone": "Asia/Ho_Chi_Minh"}
    if role is not Role.OWNER:
        options |= {
            "role": f"geoapp_{role}",
            "statement_timeout": str(statement_timeout_ms),
            # A parallel sequential scan costs more than the short queries of a map take.
            "max_parallel_workers_per_gather": "0",
            # Sorts of some ten thousand rows stay in memory.
            "work_mem": "16MB",
            # What a map reads is in memory: a few rows by an index cost less than all rows of a table.
            "random_page_cost": "1.1",
        }
    if role is Role.MAP:
        options |= {
            "default_transaction_read_only": "on",
            # What is prepared holds in its text all that a plan needs to know; see ``read_prepared``.
            "plan_cache_mode": "force_generic_plan",
        }
    engine = create_engine(
        sqlalchemy_url(url),
        connect_args={
            "options": " ".join(f"-c {key}={value}" for key, value in options.items()),
            "application_name": f"geoapp {role}",
            "connect_timeout": 5,
            **_ALIVE,
        },
        # The driver itself begins nothing for the map role; ``_open_snapshot`` does, and is the ping as well.
        isolation_level="AUTOCOMMIT" if role is Role.MAP else None,
        execution_options={_OPENED: role is Role.MAP},
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=5,
    )
    if role is Role.MAP:
        event.listen(engine, "checkout", _open_snapshot)
        event.listen(engine, "reset", _close_snapshot)
    else:
        event.listen(engine, "checkout", _look_alive)
    return engine


def sqlalchemy_url(url: str) -> str:
    """The address with the driver that we use, whatever usual form it came in."""
    for scheme in ("postgresql+psycopg2://", "postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg2://" + url[len(scheme) :]
    return url


def libpq_url(url: str) -> str:
    """The address as libpq and programs of PostgreSQL take it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for reading, in one snapshot; see ``translating`` for the errors."""
    with translating(), engine.connect() as connection:
        opened = engine.get_execution_options().get(_OPENED)
        yield connection if opened else connection.execution_options(isolation_level=_ONE_SNAPSHOT)


def _open_snapshot(connection: Any, _record: object, _proxy: object) -> None:
    """Begin, which also tells whether a pooled connection still lives: SQLAlchemy replaces it where it does not."""
    if SINGLE.get():
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"BEGIN ISOLATION LEVEL {_ONE_SNAPSHOT}")
    except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
        raise InvalidatePoolError from error


def _close_snapshot(connection: Any, _record: object, state: Any) -> None:
    if not state.terminate_only and connection.info.transaction_status != TRANSACTION_STATUS_IDLE:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def _look_alive(connection: Any, _record: object, _proxy: object) -> None:
    """Find out whether a pooled connection still lives; a single statement finds out by itself."""
    if SINGLE.get():
        return
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        connection.autocommit = False
    except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
        raise InvalidatePoolError from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection in one transaction: committed at the end, undone wholly on any error."""
    with translating(), engine.begin() as connection:
        yield connection


@contextmanager
def translating() -> Iterator[None]:
    """Errors of SQLAlchemy and of the driver become ours, chained to their cause.

    Raises: StoreUnavailable - the server is away, too busy, or did not answer in time; StoreError - it refused.
    """
    try:
        yield
    except PoolTimeout as error:
        raise StoreUnavailable(N_("The database is busy: no connection became free in time. Try again.")) from error
    except DBAPIError as error:
        raise _translated(error.orig, lost=error.connection_invalidated) from error
    except psycopg2.Error as error:
        # Where a statement went to the driver as it stands, as those of a migration do.
        raise _translated(error, lost=False) from error
    except SQLAlchemyError as error:
        raise StoreError(N_("The database request failed: %(reason)s"), reason=str(error)) from error


def _translated(error: BaseException | None, *, lost: bool) -> StoreError:
    code = getattr(error, "pgcode", None) or ""
    if code == _TIMED_OUT:
        return StoreUnavailable(N_("The database did not answer in time. Ask for less at once, or try again."))
    if code == _DISK_FULL:
        return StoreError(N_("The disk of the database is full. Free some space and try again; nothing is lost."))
    if lost or code.startswith(_AWAY) or not code:
        return StoreUnavailable(AWAY_MESSAGE)
    reason = str(error).strip().splitlines()[0]
    return StoreError(N_("The database refused: %(reason)s"), reason=reason)
