"""What the first start makes: people, one for each role, and the key that cookies are signed with."""

import os
import secrets
from pathlib import Path

import click

from geoapp.errors import N_, ConfigError
from geoapp.services.people import People
from geoapp.store.engine import Role, make_engine

_KEY_FILE = "secret.key"
_SHORTEST_KEY = 32


def make_first_people(url: str) -> None:
    """Where nobody is there at all, one person for each role; the passwords are told this once and kept nowhere."""
    engine = make_engine(url, role=Role.OWNER)
    try:
        made = People(engine, None).add_first()
    finally:
        engine.dispose()
    if not made:
        return
    click.echo("      first accounts, passwords told this once; each must be changed at the first login:")
    for login, _, password in made:
        click.echo(f"        {login:10} {password}")
    click.echo("      lost one? geoapp people reset LOGIN")


def read_key(var_dir: Path) -> str:
    """The key of this installation, made at the first start and readable by its owner only.

    Raises: ConfigError - what lies there is no key.
    """
    file = var_dir / _KEY_FILE
    var_dir.mkdir(parents=True, exist_ok=True)
    try:
        # Whoever comes first makes it; nobody else can read it at any moment.
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as made:
            made.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    key = file.read_text(encoding="ascii", errors="replace").strip()
    if len(key) < _SHORTEST_KEY:
        raise ConfigError(
            N_("The key in %(file)s is damaged. Delete the file: a new one is made, and everybody signs in again."),
            file=file,
        )
    return key
