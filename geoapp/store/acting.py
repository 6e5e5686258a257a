"""Working in the database as somebody: rights are those of the person, whatever the caller forgot to ask."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

from geoapp.store.engine import translating, writing

STAFF, DOOR = "geoapp_staff", "geoapp_door"
# Both settings end with the transaction.
_BECOME = text("SELECT set_config('role', :role, true), set_config('geoapp.person_id', :person, true)")
_AUDIT = text(
    "INSERT INTO audit_log (person_id, action, subject, details)"
    " VALUES (acting_person(), :action, :subject, CAST(:details AS jsonb))"
)


@contextmanager
def acting(engine: Engine, person_id: int) -> Iterator[Connection]:
    """A connection in one transaction as somebody who is signed in; committed at the end, undone on any error.

    Args: engine - of the owner or of the staff role, never of the map role, whose transactions only read.
    """
    with writing(engine) as connection:
        become(connection, STAFF, person_id)
        yield connection


@contextmanager
def at_the_door(engine: Engine, person_id: int | None = None) -> Iterator[Connection]:
    """A connection in one transaction as the door: passwords, sessions, attempts, and the log of what visitors take."""
    with writing(engine) as connection:
        become(connection, DOOR, person_id)
        yield connection


def become(connection: Connection, role: str, person_id: int | None) -> None:
    """Take on a role and a person until the transaction ends."""
    connection.execute(_BECOME, {"role": role, "person": "" if person_id is None else str(person_id)})


def audit(connection: Connection, action: str, subject: str, details: Mapping[str, object] | None = None) -> None:
    """Write into the log what was done, in the transaction that does it.

    Args: action - what, such as ``case.confirmed``; subject - to what, such as ``case 12``; details - plain values; no
    passwords, and nothing of households.
    """
    told = json.dumps(details or {}, ensure_ascii=False, default=str)
    connection.execute(_AUDIT, {"action": action, "subject": subject, "details": told})


@contextmanager
def acting_reading(engine: Engine, person_id: int) -> Iterator[Connection]:
    """As ``acting``, but it only reads, in one snapshot."""
    with translating(), engine.connect() as connection:
        one = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        become(one, STAFF, person_id)
        yield one
