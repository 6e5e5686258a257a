"""The door: passwords, sessions and attempts, on a connection of ``at_the_door``. See queries/door_*.sql."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, text

from geoapp.core.permissions import Person, PersonRole
from geoapp.store.acting import DOOR
from geoapp.store.pages import find_row, statement
from geoapp.store.single import Actor, read_once

_ONE_BY_ONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:login, 21))")


@dataclass(frozen=True)
class Known:
    """Someone who may be let in, and what the password is held against (None: enters by single sign-on only)."""

    person: Person
    password_hash: str | None


@dataclass(frozen=True)
class Lasting:
    """How long sessions last, in minutes: unused, and at all."""

    idle_minutes: int
    most_minutes: int


def find_known(connection: Connection, login: str) -> Known | None:
    """Who a name stands for; None also for one who is disabled."""
    row: Any = find_row(connection, "door_person", {"login": login})
    return Known(_person(row, ()), row.password_hash) if row else None


def count_failures(connection: Connection, login: str, address: str, minutes: int) -> tuple[int, int]:
    """Failures of the last minutes: of this name since it last succeeded, and of this address with any name.

    Attempts by one name wait for each other from here to the end of the transaction.
    """
    connection.execute(_ONE_BY_ONE, {"login": login})
    row: Any = find_row(connection, "door_attempts", {"login": login, "address": address, "minutes": minutes})
    return int(row.of_login), int(row.of_address)


def note_attempt(connection: Connection, login: str, address: str, *, succeeded: bool) -> None:
    """Note an attempt by the name that was typed."""
    bound = {"login": login, "address": address, "succeeded": succeeded}
    connection.execute(statement("door_attempt"), bound)


def forget_old(connection: Connection, lasting: Lasting) -> None:
    """Delete attempts that count no more, and sessions that are over."""
    connection.execute(statement("door_forget"), vars(lasting))


def begin_session(connection: Connection, token_sha256: str, person_id: int) -> None:
    """A new session, known by the digest of its token."""
    connection.execute(statement("door_begin"), {"token": token_sha256, "person_id": person_id})


def find_in_session(engine: Engine, token_sha256: str, lasting: Lasting) -> Person | None:
    """Whose session it is, as long as it lasts; None also where its person was disabled meanwhile.

    Every request of somebody who is signed in asks this: one way to the database and back.
    """
    bound = {"token": token_sha256, **vars(lasting)}
    rows = read_once(engine, statement("door_session"), bound, Actor(DOOR))
    for number, login, name, role, department, must_change, parks in rows:
        return Person(number, login, name, PersonRole(role), department, frozenset(parks), must_change)
    return None


def end_session(connection: Connection, token_sha256: str) -> int | None:
    """End one session; whose it was."""
    row = connection.execute(statement("door_end"), {"token": token_sha256}).first()
    return int(row[0]) if row else None


def end_sessions(connection: Connection, person_id: int) -> None:
    """End all sessions of a person."""
    connection.execute(statement("door_end_all"), {"person_id": person_id})


def set_own_password(connection: Connection, person_id: int, password_hash: str) -> None:
    """Replace a password by one that the person chose."""
    connection.execute(statement("door_password"), {"person_id": person_id, "password_hash": password_hash})


def find_by_subject(connection: Connection, issuer: str, subject: str, login: str) -> tuple[int, str, bool] | None:
    """Who a provider means: number, login, and whether the link is kept already."""
    row: Any = find_row(connection, "door_by_subject", {"issuer": issuer, "subject": subject, "login": login})
    return (int(row.id), str(row.login), bool(row.is_linked)) if row else None


def link_subject(connection: Connection, person_id: int, issuer: str, subject: str) -> None:
    """Keep how a provider names a person; once, never changed by the provider."""
    connection.execute(statement("door_link"), {"person_id": person_id, "issuer": issuer, "subject": subject})


def _person(row: Any, park_ids: Any) -> Person:
    return Person(
        row.id, row.login, row.name, PersonRole(row.role), row.department, frozenset(park_ids), row.must_change
    )
