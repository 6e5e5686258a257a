"""Passwords: what is taken as one, how it is kept (argon2id), and passwords made at random. Nothing is stored here."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from geoapp.errors import N_

SHORTEST = 12
LONGEST = 200
_LEAST_DIFFERENT = 6
# Letters and digits that are not taken for one another when they are read from paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_GROUPS, _GROUP = 4, 5
# Above the least that OWASP names (19 MiB, two passes, one lane); a flood of attempts must not take all memory.
_HASHER = PasswordHasher(time_cost=3, memory_cost=32_768, parallelism=1)
# What people choose first, as far as it is long enough.
_COMMON = (
    "password", "matkhau", "qwerty", "123456", "abcdef", "iloveyou", "ninhbinh", "namdinh", "hanam", "khucongnghiep",
    "geoapp", "admin",
)  # fmt: skip
_COMMON_SHARE = 0.5


def hash_password(password: str) -> str:
    """The form in which a password is kept: argon2id with a salt of its own."""
    return _HASHER.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether a password is the kept one. Takes as long where nothing is kept as where something is."""
    try:
        return _HASHER.verify(kept or _nobodys(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def make_password() -> str:
    """A password at random (116 bits), in groups that can be read aloud."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def password_fault(password: str, login: str, before: str | None = None) -> str | None:
    """Why a password is not taken, as a message; None where it is.

    Args: login - of whom; before - the password that it replaces.
    """
    plain = password.casefold()
    if len(password) < SHORTEST:
        return N_("Use at least 12 characters; a sentence of four words is easy to keep in mind.")
    if len(password) > LONGEST:
        return N_("Use at most 200 characters.")
    if before is not None and password == before:
        return N_("Choose another password than the present one.")
    if len(set(plain)) < _LEAST_DIFFERENT:
        return N_("Use at least six different characters.")
    if login.casefold() in plain or _is_common(plain):
        return N_("This password is easy to guess: leave out your user name and words that everybody tries first.")
    return None


def _is_common(plain: str) -> bool:
    """Whether a usual word makes up most of it."""
    return any(word in plain and len(word) / len(plain) >= _COMMON_SHARE for word in _COMMON)


@cache
def _nobodys() -> str:
    """Something to compare with where there is no such person, so that both answers take the same time."""
    return hash_password(secrets.token_urlsafe(32))
