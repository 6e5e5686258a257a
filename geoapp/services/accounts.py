"""Who comes in: passwords, lock-out, sessions, single sign-on. No web framework here; tokens and addresses are text."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from geoapp.core.passwords import fits, hash_password, password_fault
from geoapp.core.permissions import Person
from geoapp.errors import N_, Forbidden, InvalidRequest, TooOften, Unauthorized
from geoapp.store.acting import DOOR, at_the_door, audit, become
from geoapp.store.door import (
    Lasting,
    begin_session,
    count_failures,
    end_session,
    end_sessions,
    find_by_subject,
    find_in_session,
    find_known,
    forget_old,
    link_subject,
    note_attempt,
    set_own_password,
)

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
# One machine that tries many names; many people may sit behind one address, so it is far above the bound of a name.
_TIMES_AN_ADDRESS = 20
_WRONG = N_("The user name or the password is not right.")


@dataclass(frozen=True)
class DoorRules:
    """How long sessions last (minutes), how many failures lock a name, and for how long (minutes)."""

    idle_minutes: int = 60
    most_minutes: int = 600
    failures: int = 5
    lock_minutes: int = 15

    @property
    def lasting(self) -> Lasting:
        """How long sessions last."""
        return Lasting(self.idle_minutes, self.most_minutes)


class Accounts:
    """The door of one database.

    Args: engine - of the staff role; safe among threads and processes, for all counts are in the database.
    """

    def __init__(self, engine: Engine, rules: DoorRules) -> None:
        self._engine = engine
        self.rules = rules

    def sign_in(self, login: str, password: str, address: str) -> str:
        """A new session for a name and a password; its token.

        The answer is the same, and takes as long, whether there is no such person or the password is wrong, and a name
        that nobody has is locked as any other; so nobody learns which names there are. An attempt counts as a failure
        until it has succeeded: many at once are no more than the rules allow.
        Raises: TooOften - too many failures of this name or address; Unauthorized - name and password do not fit.
        """
        name = login.strip().lower()[:64]
        with at_the_door(self._engine) as connection:
            self._count_attempt(connection, name, address)
            known = find_known(connection, name)
        # Between the two transactions: it takes a while, and holds no connection meanwhile.
        is_right = fits(known.password_hash if known else None, password)
        if known is None or not is_right:
            raise Unauthorized(_WRONG)
        return self._let_in(known.person, name, address)

    def _count_attempt(self, connection: Connection, name: str, address: str) -> None:
        """Raises: TooOften - the name or the address has had its attempts; this one is not counted then."""
        of_login, of_address = count_failures(connection, name, address, self.rules.lock_minutes)
        if of_login >= self.rules.failures or of_address >= self.rules.failures * _TIMES_AN_ADDRESS:
            raise TooOften(
                N_("There were too many attempts. Wait %(minutes)s minutes, or ask the administrator."),
                minutes=self.rules.lock_minutes,
            )
        note_attempt(connection, name, address, succeeded=False)

    def _let_in(self, person: Person, name: str, address: str) -> str:
        token = secrets.token_urlsafe(32)
        with at_the_door(self._engine, person.id) as connection:
            forget_old(connection, self.rules.lasting)
            note_attempt(connection, name, address, succeeded=True)
            begin_session(connection, digest_of(token), person.id)
            audit(connection, "session.began", f"person {person.login}", {"address": address})
        return token

    def sign_in_by_provider(self, issuer: str, subject: str, login: str, address: str) -> str:
        """A new session for somebody whom a provider of single sign-on vouches for; its token.

        Args: login - the name that the provider knows; it is looked at only until the person is linked.
        Raises: Forbidden - nobody here by this name: the administrator adds people, the provider does not.
        """
        name = login.strip().lower()[:64]
        with at_the_door(self._engine) as connection:
            found = find_by_subject(connection, issuer, subject, name)
            known = find_known(connection, found[1]) if found else None
            if found and known and not found[2]:
                become(connection, DOOR, found[0])
                link_subject(connection, found[0], issuer, subject)
                audit(connection, "person.linked", f"person {found[1]}", {"issuer": issuer})
        if known is None:
            raise Forbidden(N_("You are known to the sign-on, but not here. Ask the administrator to add you."))
        return self._let_in(known.person, known.person.login, address)

    def find(self, token: str) -> Person | None:
        """Whose session a token is, as long as it lasts."""
        return find_in_session(self._engine, digest_of(token), self.rules.lasting)

    def sign_out(self, token: str) -> None:
        """End the session of a token."""
        with at_the_door(self._engine) as connection:
            whose = end_session(connection, digest_of(token))
            if whose is not None:
                become(connection, DOOR, whose)
                audit(connection, "session.ended", f"person {whose}")

    def change_password(self, person: Person, present: str, new: str, address: str) -> str:
        """Replace the own password; all sessions end everywhere, and a new one begins: its token.

        A new password that is refused costs no attempt.

        Raises: TooOften; InvalidRequest - the present one is wrong, or the new one is refused; names the field.
        """
        fault = password_fault(new, person.login, present)
        if fault:
            raise InvalidRequest(fault, parameter="new")
        with at_the_door(self._engine) as connection:
            self._count_attempt(connection, person.login, address)
            known = find_known(connection, person.login)
        if known is None or not fits(known.password_hash, present):
            raise InvalidRequest(N_("The present password is not right."), parameter="present")
        kept = hash_password(new)
        with at_the_door(self._engine, person.id) as connection:
            set_own_password(connection, person.id, kept)
            end_sessions(connection, person.id)
            audit(connection, "person.password_changed", f"person {person.login}")
        return self._let_in(person, person.login, address)

    def note(self, person: Person | None, action: str, subject: str, details: Mapping[str, object]) -> None:
        """Write into the log what was taken out; nobody: a visitor."""
        with at_the_door(self._engine, person.id if person else None) as connection:
            audit(connection, action, subject, details)


def digest_of(token: str) -> str:
    """What is kept of a token: 32 random bytes need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
