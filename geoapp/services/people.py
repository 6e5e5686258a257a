"""Managing people: add, change, hold to parks, give a password, let in no more. Each leaves a line in the log."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from geoapp.core.passwords import hash_password, make_password
from geoapp.core.permissions import PersonRole
from geoapp.errors import N_, InvalidRequest, NotFound
from geoapp.store import people as store
from geoapp.store.acting import acting, acting_reading, audit
from geoapp.store.door import end_sessions
from geoapp.store.engine import reading, writing
from geoapp.store.people import LogRow, LogWanted, PersonRow

__all__ = ["Details", "LogWanted", "People"]
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
_LONGEST_NAME = 200
# Who is there at first, one for each role.
FIRST = (
    ("viewer", "Người xem", PersonRole.VIEWER),
    ("planner", "Chuyên viên quy hoạch", PersonRole.PLANNER),
    ("inspector", "Chuyên viên kiểm tra", PersonRole.INSPECTOR),
    ("head", "Trưởng phòng", PersonRole.HEAD),
    ("admin", "Quản trị viên", PersonRole.ADMIN),
)


@dataclass(frozen=True)
class Details:
    """What is said of a person; ``parks``: slugs of those that the person is held to, none for all."""

    name: str
    role: str
    department: str | None = None
    parks: Sequence[str] = ()


class People:
    """The people of one database, managed by somebody.

    Args: engine - of the staff role with ``manager``, the number of who manages, whose rights the database checks; of
    the owner without, for the commands of the operator.
    """

    def __init__(self, engine: Engine, manager: int | None) -> None:
        self._engine = engine
        self._manager = manager

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        opened = writing(self._engine) if self._manager is None else acting(self._engine, self._manager)
        with opened as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        opened = reading(self._engine) if self._manager is None else acting_reading(self._engine, self._manager)
        with opened as connection:
            yield connection

    def all(self) -> list[PersonRow]:
        """Everybody."""
        with self._reading() as connection:
            return store.list_people(connection)

    def one(self, login: str) -> PersonRow:
        """One person. Raises: NotFound."""
        with self._reading() as connection:
            return _get(connection, login)

    def log(self, wanted: LogWanted) -> list[LogRow]:
        """The log; one row more than wanted where more follow."""
        with self._reading() as connection:
            return store.read_log(connection, wanted)

    def park_slugs(self) -> list[str]:
        """The names of all parks in addresses."""
        with self._reading() as connection:
            return store.list_park_slugs(connection)

    def add(self, login: str, details: Details, *, with_password: bool = True) -> str | None:
        """A new person; the password to hand over, said this once (None: enters by single sign-on only).

        Raises: InvalidRequest - a field cannot be used, or the login is taken.
        """
        name = login.strip().lower()
        if not _LOGIN.fullmatch(name):
            raise InvalidRequest(
                N_("Expected 2 to 64 small letters without accents, digits, dots or hyphens, found “%(found)s”."),
                parameter="login",
                found=login[:64],
            )
        password = make_password() if with_password else None
        kept = hash_password(password) if password else None
        with self._writing() as connection:
            _check(connection, details)
            person_id = store.add_person(
                connection, name, details.name.strip(), details.role, details.department or None
            )
            if person_id is None:
                raise InvalidRequest(
                    N_("The user name %(login)s is taken. Choose another one."), parameter="login", login=name
                )
            store.set_parks(connection, person_id, details.parks)
            if kept:
                store.set_given_password(connection, person_id, name, kept)
            audit(connection, "person.added", f"person {name}", _told(details))
        return password

    def change(self, login: str, details: Details) -> None:
        """What is said of a person, and the rights. Raises: NotFound, InvalidRequest."""
        with self._writing() as connection:
            person = _get(connection, login)
            _check(connection, details)
            if person.role == PersonRole.ADMIN and details.role != PersonRole.ADMIN and not person.disabled_at:
                _keep_an_admin(connection, "role")
            store.set_person(connection, person.id, details.name.strip(), details.role, details.department or None)
            store.set_parks(connection, person.id, details.parks)
            before = Details(person.name, person.role, person.department, person.parks)
            audit(connection, "person.changed", f"person {person.login}", {"before": _told(before), **_told(details)})

    def reset(self, login: str) -> str:
        """A new password to hand over, said this once; all sessions of the person end, a lock is undone.

        Raises: NotFound.
        """
        password = make_password()
        kept = hash_password(password)
        with self._writing() as connection:
            person = _get(connection, login)
            store.set_given_password(connection, person.id, person.login, kept)
            end_sessions(connection, person.id)
            audit(connection, "person.password_reset", f"person {person.login}")
        return password

    def disable(self, login: str, *, is_disabled: bool = True) -> None:
        """Let a person in no more, which ends all sessions at once; or again. Raises: NotFound, InvalidRequest."""
        with self._writing() as connection:
            person = _get(connection, login)
            if is_disabled and person.role == PersonRole.ADMIN and not person.disabled_at:
                _keep_an_admin(connection, "login")
            store.set_disabled(connection, person.id, is_disabled=is_disabled)
            if is_disabled:
                end_sessions(connection, person.id)
            audit(connection, "person.disabled" if is_disabled else "person.enabled", f"person {person.login}")

    def add_first(self) -> list[tuple[str, PersonRole, str]]:
        """One person for each role where there is nobody at all: login, role, password. Said this once."""
        with self._reading() as connection:
            if store.count_people(connection)[0]:
                return []
        made = [(login, role, self.add(login, Details(name, role))) for login, name, role in FIRST]
        return [(login, role, password) for login, role, password in made if password]


def _get(connection: Connection, login: str) -> PersonRow:
    person = store.find_person(connection, login.strip().lower().replace("\0", "\ufffd"))
    if person is None:
        raise NotFound(N_("There is nobody by the user name %(login)s."), login=login[:64])
    return person


def _check(connection: Connection, details: Details) -> None:
    """Raises: InvalidRequest - the first field that cannot be used."""
    if not details.name.strip() or len(details.name) > _LONGEST_NAME:
        raise InvalidRequest(N_("Say the full name, at most 200 characters."), parameter="name")
    if len(details.department or "") > _LONGEST_NAME:
        raise InvalidRequest(N_("Say the department in at most 200 characters."), parameter="department")
    if details.role not in list(PersonRole):
        raise InvalidRequest(
            N_("Expected one of %(choices)s, found “%(found)s”."),
            parameter="role",
            choices=", ".join(PersonRole),
            found=details.role[:40],
        )
    unknown = sorted(set(details.parks) - set(store.list_park_slugs(connection)))
    if unknown:
        raise InvalidRequest(
            N_("There is no park %(park)s. Names are as in addresses, such as khanh-phu."),
            parameter="parks",
            park=", ".join(unknown)[:200],
        )


def _keep_an_admin(connection: Connection, field: str) -> None:
    """Raises: InvalidRequest - nobody would be left who can manage people."""
    if store.count_people(connection)[1] <= 1:
        raise InvalidRequest(N_("This is the only administrator. Make somebody else one first."), parameter=field)


def _told(details: Details) -> dict[str, object]:
    return {
        "name": details.name, "role": str(details.role), "department": details.department, "parks": list(details.parks)
    }  # fmt: skip
