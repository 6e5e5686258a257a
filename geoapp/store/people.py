"""People as who manages them sees them, and the log. On a connection of ``acting``, or of the owner for commands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from geoapp.store.pages import find_row, read_rows, statement


@dataclass(frozen=True)
class PersonRow:
    """One person; ``parks``: slugs of the parks that the person is held to, none for all."""

    id: int
    login: str
    name: str
    role: str
    department: str | None
    created_at: datetime
    disabled_at: datetime | None
    is_linked: bool
    has_password: bool
    must_change: bool
    parks: Sequence[str]


@dataclass(frozen=True)
class LogRow:
    """One thing that was done; nobody: a visitor, or a command of the operator."""

    id: int
    at: datetime
    person_id: int | None
    login: str | None
    name: str | None
    action: str
    subject: str
    details: dict[str, Any]


@dataclass(frozen=True)
class LogWanted:
    """What of the log: of one person, one kind of action, from before a row on; at most so many rows."""

    login: str | None = None
    action: str | None = None
    before: int | None = None
    most: int = 50


def list_people(connection: Connection) -> list[PersonRow]:
    """Everybody; who is disabled comes last."""
    return [PersonRow(**row._mapping) for row in read_rows(connection, "people_list", {"login": None})]  # noqa: SLF001


def find_person(connection: Connection, login: str) -> PersonRow | None:
    """One person by the login."""
    row = find_row(connection, "people_list", {"login": login})
    return PersonRow(**row._mapping) if row else None  # noqa: SLF001 - SQLAlchemy's name for it


def count_people(connection: Connection) -> tuple[int, int]:
    """How many people there are, and how many administrators who may enter."""
    row: Any = find_row(connection, "people_count", {})
    return int(row.people), int(row.admins)


def add_person(connection: Connection, login: str, name: str, role: str, department: str | None) -> int | None:
    """A new person without a password; None where the login is taken."""
    bound = {"login": login, "name": name, "role": role, "department": department}
    row = connection.execute(statement("people_add"), bound).first()
    return int(row[0]) if row else None


def set_person(connection: Connection, person_id: int, name: str, role: str, department: str | None) -> None:
    """What is said of a person."""
    bound = {"person_id": person_id, "name": name, "role": role, "department": department}
    connection.execute(statement("people_set"), bound)


def set_parks(connection: Connection, person_id: int, slugs: Sequence[str]) -> None:
    """The parks that a person is held to; none for all."""
    connection.execute(statement("people_parks_clear"), {"person_id": person_id})
    if slugs:
        connection.execute(statement("people_parks_add"), {"person_id": person_id, "slugs": list(slugs)})


def list_park_slugs(connection: Connection) -> list[str]:
    """The names of all parks in addresses."""
    return [str(row[0]) for row in read_rows(connection, "people_parks_known", {})]


def set_given_password(connection: Connection, person_id: int, login: str, password_hash: str) -> None:
    """A password that somebody else made: it must be changed; what locked the person out is forgotten."""
    connection.execute(statement("people_password"), {"person_id": person_id, "password_hash": password_hash})
    connection.execute(statement("people_unlock"), {"login": login})


def set_disabled(connection: Connection, person_id: int, *, is_disabled: bool) -> None:
    """Let a person in no more, or again."""
    connection.execute(statement("people_disable"), {"person_id": person_id, "is_disabled": is_disabled})


def read_log(connection: Connection, wanted: LogWanted) -> list[LogRow]:
    """The log, the newest first; one row more than wanted where more follow."""
    return [LogRow(**row._mapping) for row in read_rows(connection, "audit_page", vars(wanted))]  # noqa: SLF001
