"""Connections to PostGIS, and the one place where errors of the driver become ours.

What a page waits for between two short queries is the way to the server and back, so no way is gone for nothing: the
statement that opens the snapshot of a request also finds out whether a pooled connection still lives, and a request
that needs one statement (``read_once``) sends that one and nothing else.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache
from typing import Any

import psycopg2
from psycopg2.extensions import TRANSACTION_STATUS_IDLE, AsIs
from sqlalchemy import Connection, Engine, PoolProxiedConnection, TextClause, create_engine, event, make_url
from sqlalchemy.dialects.postgresql.psycopg2 import PGDialect_psycopg2
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from geoapp.errors import N_, StoreError, StoreUnavailable
from geoapp.store.counting import count_statement

_SEARCH_PATH = "geoapp,public"
# PostgreSQL classes 08 connection, 53 out of resources, 57 operator intervention (shutdown, cancelled by timeout).
_AWAY = ("08", "53", "57")
_TIMED_OUT = "57014"
_DISK_FULL = "53100"
_AWAY_MESSAGE = N_("The database cannot be reached. The page comes back by itself when it does.")
_DRIVER = PGDialect_psycopg2()  # type: ignore[no-untyped-call]
_KEPT_PLANS = 64
_Work = Callable[[PoolProxiedConnection, Any], None]
_ONE_SNAPSHOT = "REPEATABLE READ"
# A server whose power was cut says nothing; without these a request would wait for it for two hours, and all threads
# after it. Seconds, but for the last one: how long what was sent may stay unanswered, in milliseconds.
_ALIVE = {"keepalives_idle": 5, "keepalives_interval": 3, "keepalives_count": 3, "tcp_user_timeout": 15_000}
# The mark of an engine whose connections come with their snapshot opened.
_OPENED = "snapshot_opened"
# Set while a connection is taken for a single statement, which is a snapshot by itself.
_single: ContextVar[bool] = ContextVar("single", default=False)


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
        pool_pre_ping=role is not Role.MAP,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=5,
    )
    if role is Role.MAP:
        event.listen(engine, "checkout", _open_snapshot)
        event.listen(engine, "reset", _close_snapshot)
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


def read_once(engine: Engine, statement: TextClause, parameters: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """All rows of a single statement, in one way to the server and back; see ``translating`` for the errors.

    Args: engine - of the map role; statement - one that is kept and used again, for it is written out once only.
    """
    written = _written(statement)
    return _read(engine, lambda _, cursor: cursor.execute(written, parameters))


def read_prepared(
    engine: Engine, statement: TextClause, parameters: Mapping[str, object], changing: Mapping[str, int]
) -> list[tuple[Any, ...]]:
    """As ``read_once``, with a plan that the connection keeps: for a statement that is asked over and over.

    Args: parameters - written into the text, so that the plan is made for them; changing - whole numbers that are
    another ones each time, and must not matter for the plan.
    """
    written = _written(statement)

    def work(connection: PoolProxiedConnection, cursor: Any) -> None:
        name = _prepare(connection, cursor, written, parameters, tuple(changing))
        cursor.execute(f"EXECUTE {name} ({', '.join(str(int(number)) for number in changing.values())})")

    try:
        return _read(engine, work)
    except StoreUnavailable:
        raise
    except StoreError:
        # The schema was replaced under a plan that is kept: once more on connections that keep none.
        engine.dispose()
        return _read(engine, work)


def read_prepared_on(
    connection: Connection, statement: TextClause, parameters: Mapping[str, object], changing: Mapping[str, int]
) -> list[tuple[Any, ...]]:
    """As ``read_prepared``, inside the transaction of a connection that acts for somebody.

    A plan is kept for the role, not for the person: who acts is asked by the policies when it runs.
    """
    began = time.perf_counter()
    raw = connection.connection
    try:
        with closing(raw.cursor()) as cursor:
            name = _prepare(raw, cursor, _written(statement), parameters, tuple(changing))
            numbers = ", ".join(str(int(number)) for number in changing.values())
            cursor.execute(f"SET LOCAL plan_cache_mode = force_generic_plan; EXECUTE {name} ({numbers})")
            return list(cursor.fetchall())
    finally:
        count_statement(time.perf_counter() - began)


def _prepare(
    connection: PoolProxiedConnection,
    cursor: Any,
    written: str,
    parameters: Mapping[str, object],
    changing: tuple[str, ...],
) -> str:
    """The name of the plan that this connection keeps; the one that was not used for longest goes."""
    plans: OrderedDict[object, str] = connection.info.setdefault("plans", OrderedDict())
    key = (written, *parameters.items())
    name = plans.get(key)
    if name is None:
        places = {name: AsIs(f"${place}") for place, name in enumerate(changing, start=1)}
        body = cursor.mogrify(written, {**parameters, **places})
        name = f"plan_{hashlib.blake2b(body, digest_size=8).hexdigest()}"
        cursor.execute(f"PREPARE {name} ({', '.join('integer' for _ in changing)}) AS ".encode() + body)
        plans[key] = name
        if len(plans) > _KEPT_PLANS:
            cursor.execute(f"DEALLOCATE {plans.popitem(last=False)[1]}")
    plans.move_to_end(key)
    return name


def _read(engine: Engine, work: _Work) -> list[tuple[Any, ...]]:
    """All rows that some work on a cursor gives; counted as one statement."""
    began = time.perf_counter()
    try:
        return _read_again(engine, work)
    finally:
        count_statement(time.perf_counter() - began)


def _read_again(engine: Engine, work: _Work) -> list[tuple[Any, ...]]:
    with translating():
        for _ in range(engine.pool.size() + 1):  # type: ignore[attr-defined]  # the pool is one with a size
            try:
                return _rows(engine, work)
            except _CutOffError:
                # A pooled connection had died; the others may have, and a new one is made after the last of them.
                continue
    raise StoreUnavailable(_AWAY_MESSAGE)


class _CutOffError(Exception):
    """The connection was lost before it answered."""


def _rows(engine: Engine, work: _Work) -> list[tuple[Any, ...]]:
    token = _single.set(True)
    try:
        connection = engine.raw_connection()
    finally:
        _single.reset(token)
    try:
        cursor = connection.cursor()
        work(connection, cursor)
        return list(cursor.fetchall())
    except psycopg2.Error as error:
        if not engine.dialect.is_disconnect(error, connection, None):  # type: ignore[arg-type]  # as SQLAlchemy asks it
            raise
        connection.invalidate(error)
        raise _CutOffError from error
    finally:
        connection.close()


@cache
def _written(statement: TextClause) -> str:
    """The statement as the driver takes it."""
    return str(statement.compile(dialect=_DRIVER))


def _open_snapshot(connection: Any, _record: object, _proxy: object) -> None:
    """Begin, which also tells whether a pooled connection still lives: SQLAlchemy replaces it where it does not."""
    if _single.get():
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
        return StoreUnavailable(_AWAY_MESSAGE)
    reason = str(error).strip().splitlines()[0]
    return StoreError(N_("The database refused: %(reason)s"), reason=reason)
