"""Connections to PostGIS, and the one place where errors of the driver become ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

import psycopg2
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from geoapp.errors import N_, StoreError, StoreUnavailable

_SEARCH_PATH = "geoapp,public"
# PostgreSQL classes 08 connection, 53 out of resources, 57 operator intervention (shutdown, cancelled by timeout).
_AWAY = ("08", "53", "57")
_TIMED_OUT = "57014"
_DISK_FULL = "53100"


class Role(StrEnum):
    """Who a connection works as. The map role can read and nothing else."""

    OWNER = "owner"
    MAP = "map"


def make_engine(url: str, *, role: Role, statement_timeout_ms: int = 5000, pool_size: int = 8) -> Engine:
    """A pooled engine working as one role; nothing is connected before it is used.

    Args: url - SQLAlchemy or libpq address of the server; statement_timeout_ms - the map role only: longest time of
    one statement; pool_size - most connections held by a process.
    """
    options = {"search_path": _SEARCH_PATH, "jit": "off", "timezone": "Asia/Ho_Chi_Minh"}
    if role is Role.MAP:
        options |= {
            "role": "geoapp_map",
            "default_transaction_read_only": "on",
            "statement_timeout": str(statement_timeout_ms),
            # A parallel sequential scan costs more than the short queries of a map take.
            "max_parallel_workers_per_gather": "0",
        }
    return create_engine(
        sqlalchemy_url(url),
        connect_args={
            "options": " ".join(f"-c {key}={value}" for key, value in options.items()),
            "application_name": f"geoapp {role}",
            "connect_timeout": 5,
        },
        pool_pre_ping=True,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=5,
    )


def sqlalchemy_url(url: str) -> str:
    """The address with the driver that we use, whatever usual form it came in."""
    for scheme in ("postgresql+psycopg2://", "postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg2://" + url[len(scheme) :]
    return url


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for reading, in one snapshot; see ``translating`` for the errors."""
    with translating(), engine.connect() as connection:
        yield connection.execution_options(isolation_level="REPEATABLE READ")


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
        return StoreUnavailable(N_("The database cannot be reached. The page comes back by itself when it does."))
    reason = str(error).strip().splitlines()[0]
    return StoreError(N_("The database refused: %(reason)s"), reason=reason)
