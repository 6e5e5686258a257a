"""Accounts from the command line, the first start, and exports by command."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from geoapp.cli.first_start import make_first_people, read_key
from geoapp.core.permissions import PersonRole
from geoapp.errors import ConfigError, Unauthorized
from geoapp.services.accounts import Accounts, DoorRules
from geoapp.store.engine import Role
from tests.conftest import EngineMaker

Run = Callable[..., str]


@pytest.fixture
def run(database_url: str, repository: Path, tmp_path: Path) -> Run:
    """Runs geoapp on a database without people; what it tells, errors too."""

    def run(*arguments: str, url: str = database_url) -> str:
        environment = {**os.environ, "DATABASE_URL": url, "GEOAPP_VAR_DIR": str(tmp_path)}
        command = [sys.executable, "-m", "geoapp", *arguments]
        done = subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    return run


def lets_in(engine: Engine, login: str, password: str) -> bool:
    """Whether a name and a password open the door."""
    try:
        return bool(Accounts(engine, DoorRules()).sign_in(login, password, "test"))
    except Unauthorized:
        return False


def test_an_account_by_commands(run: Run, database_url: str, engine_for: EngineMaker) -> None:
    """Added, listed, given another role and password, let in no more; each command says what it did."""
    engine = engine_for(database_url, Role.STAFF)
    told = run("people", "add", "nguyen.an", "--name", "Nguyễn Văn An", "--role", "inspector")
    password = told.split()[-1]
    assert lets_in(engine, "nguyen.an", password)
    assert "head now" in run("people", "role", "nguyen.an", "head")
    assert "all parks" in run("people", "parks", "nguyen.an")
    assert "There is no park nowhere" in run("people", "parks", "nguyen.an", "nowhere")
    assert re.search(r"nguyen\.an +head +must change", run("people", "list"))
    again = run("people", "reset", "nguyen.an").split()[-1]
    assert not lets_in(engine, "nguyen.an", password)
    assert lets_in(engine, "nguyen.an", again)
    run("people", "disable", "nguyen.an")
    assert not lets_in(engine, "nguyen.an", again)
    assert "There is nobody" in run("people", "reset", "nobody")


def test_the_first_start_makes_one_person_for_each_role(
    database_url: str, engine_for: EngineMaker, capsys: pytest.CaptureFixture[str]
) -> None:
    """With passwords that open the door, told once, kept nowhere in clear; the next start makes nobody."""
    make_first_people(database_url)
    told = dict(re.findall(r"^ {8}(\w+) +(\S{23})$", capsys.readouterr().out, re.MULTILINE))
    assert set(PersonRole) == set(told)
    engine = engine_for(database_url, Role.STAFF)
    assert all(lets_in(engine, login, password) for login, password in told.items())
    with engine_for(database_url).connect() as connection:
        kept = connection.execute(text("SELECT string_agg(c::text, ' ') FROM credentials AS c")).scalar_one()
        told_to_log = connection.execute(text("SELECT string_agg(l::text, ' ') FROM audit_log AS l")).scalar_one()
    assert not [password for password in told.values() if password in kept + told_to_log]
    make_first_people(database_url)
    assert "" == capsys.readouterr().out


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    """And a damaged one is refused, not used."""
    key = read_key(tmp_path / "var")
    file = tmp_path / "var" / "secret.key"
    assert (64, 0o600) == (len(key), stat.S_IMODE(file.stat().st_mode))
    assert key == read_key(tmp_path / "var")
    file.write_text("short")
    with pytest.raises(ConfigError, match="damaged"):
        read_key(tmp_path / "var")


def test_an_export_by_command_is_in_the_log(
    run: Run, loaded_copy_url: str, engine_for: EngineMaker, tmp_path: Path
) -> None:
    """As a download from a page is."""
    assert "written" in run("export", "park_status", str(tmp_path / "x.csv"), url=loaded_copy_url)
    with engine_for(loaded_copy_url).connect() as connection:
        row = connection.execute(
            text("SELECT action, subject, person_id FROM audit_log ORDER BY id DESC LIMIT 1")
        ).one()
    assert ("export.csv", "layer park_status", None) == tuple(row)
