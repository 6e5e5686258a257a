"""Single statements: one way to the server and back, in a transaction of their own, without a ping before it.

A connection that has died meanwhile is found out by the statement itself, which then goes to another one.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg2
from psycopg2.extensions import AsIs
from sqlalchemy import Engine, PoolProxiedConnection, TextClause
from sqlalchemy.dialects.postgresql.psycopg2 import PGDialect_psycopg2

from geoapp.errors import StoreError, StoreUnavailable
from geoapp.store.counting import count_statement
from geoapp.store.engine import AWAY_MESSAGE, SINGLE, translating

_DRIVER = PGDialect_psycopg2()  # type: ignore[no-untyped-call]
_KEPT_PLANS = 64
_Work = Callable[[PoolProxiedConnection, Any], None]


@dataclass(frozen=True)
class Actor:
    """As whom a single statement is run: a role of the database, and the number of a person (None: nobody)."""

    role: str
    person_id: int | None = None

    @property
    def opening(self) -> str:
        """What is sent before the statement, with it: all of it ends with its transaction. See ``acting.become``."""
        person = "" if self.person_id is None else str(int(self.person_id))
        # The plan is made as the map role makes it: what is prepared holds in its text all that a plan needs to know.
        return (
            f"SELECT set_config('role', '{self.role}', true), set_config('geoapp.person_id', '{person}', true),"
            " set_config('plan_cache_mode', 'force_generic_plan', true); "
        )


def read_once(
    engine: Engine, statement: TextClause, parameters: Mapping[str, object], actor: Actor | None = None
) -> list[tuple[Any, ...]]:
    """All rows of a single statement, in one way to the server and back; see ``translating`` for the errors.

    Args: statement - one that is kept and used again, for it is written out once only; actor - None: as the engine.
    """
    written = (actor.opening if actor else "") + _written(statement)
    return _read(engine, lambda _, cursor: cursor.execute(written, parameters))


def read_prepared(
    engine: Engine,
    statement: TextClause,
    parameters: Mapping[str, object],
    changing: Mapping[str, int],
    actor: Actor | None = None,
) -> list[tuple[Any, ...]]:
    """As ``read_once``, with a plan that the connection keeps: for a statement that is asked over and over.

    A plan is kept for a role, not for a person: who acts is asked by the policies when it runs.

    Args: parameters - written into the text, so that the plan is made for them; changing - whole numbers that are
    another ones each time, and must not matter for the plan.
    """
    written, opening = _written(statement), actor.opening if actor else ""

    def work(connection: PoolProxiedConnection, cursor: Any) -> None:
        name = _prepare(connection, cursor, written, (opening, parameters, tuple(changing)))
        cursor.execute(f"{opening}EXECUTE {name} ({', '.join(str(int(number)) for number in changing.values())})")

    try:
        return _read(engine, work)
    except StoreUnavailable:
        raise
    except StoreError:
        # The schema was replaced under a plan that is kept: once more on connections that keep none.
        engine.dispose()
        return _read(engine, work)


@cache
def _written(statement: TextClause) -> str:
    """The statement as the driver takes it."""
    return str(statement.compile(dialect=_DRIVER))


def _prepare(
    connection: PoolProxiedConnection,
    cursor: Any,
    written: str,
    bound: tuple[str, Mapping[str, object], tuple[str, ...]],
) -> str:
    """The name of the plan that this connection keeps; the one that was not used for longest goes."""
    opening, parameters, changing = bound
    plans: OrderedDict[object, str] = connection.info.setdefault("plans", OrderedDict())
    key = (written, *parameters.items())
    name = plans.get(key)
    if name is None:
        places = {name: AsIs(f"${place}") for place, name in enumerate(changing, start=1)}
        body = cursor.mogrify(written, {**parameters, **places})
        name = f"plan_{hashlib.blake2b(body, digest_size=8).hexdigest()}"
        head = f"{opening}PREPARE {name} ({', '.join('integer' for _ in changing)}) AS "
        cursor.execute(head.encode() + body)
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
    raise StoreUnavailable(AWAY_MESSAGE)


class _CutOffError(Exception):
    """The connection was lost before it answered."""


def _rows(engine: Engine, work: _Work) -> list[tuple[Any, ...]]:
    token = SINGLE.set(True)
    try:
        connection = engine.raw_connection()
    finally:
        SINGLE.reset(token)
    raw: Any = connection.dbapi_connection
    begins_itself = raw.autocommit
    try:
        # What is sent at once is one transaction; the driver need not begin and end it.
        raw.autocommit = True
        cursor = connection.cursor()
        work(connection, cursor)
        return list(cursor.fetchall())
    except psycopg2.Error as error:
        if not engine.dialect.is_disconnect(error, connection, None):  # type: ignore[arg-type]  # as SQLAlchemy asks it
            raise
        connection.invalidate(error)
        raise _CutOffError from error
    finally:
        if not raw.closed:
            raw.autocommit = begins_itself
        connection.close()
