"""What the operator does with cases: proposals of the morning, and the proof of the chain."""

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, text

from geoapp.cli.cases import cases
from geoapp.errors import DataError, InvalidRequest


def run(monkeypatch: pytest.MonkeyPatch, engine: Engine, *words: str) -> str:
    """A command on the database of the tests; what it tells."""
    monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    command: click.Command = cases
    answer = CliRunner().invoke(command, list(words), catch_exceptions=False)
    assert 0 == answer.exit_code, answer.output
    return answer.output


def test_proposals_are_opened_once(monkeypatch: pytest.MonkeyPatch, place: Engine) -> None:
    """Two on the first run, none on the second."""
    assert "2 proposals opened" in run(monkeypatch, place, "propose", "--as-of", "2026-11-20")
    assert "0 proposals opened" in run(monkeypatch, place, "propose", "--as-of", "2026-11-20")


def test_a_day_to_come_is_refused(monkeypatch: pytest.MonkeyPatch, place: Engine) -> None:
    """Nothing has happened on it."""
    with pytest.raises(InvalidRequest, match="has not come yet"):
        run(monkeypatch, place, "propose", "--as-of", "2199-01-01")


def test_the_chain_is_proved_by_what_was_written_down(monkeypatch: pytest.MonkeyPatch, owner: Engine) -> None:
    """The line that the command prints is found again later."""
    told = run(monkeypatch, owner, "verify").rsplit(" ", 1)[1].strip()
    assert "The chain holds: 2 events" in run(monkeypatch, owner, "verify", "--expect", told)
    with pytest.raises(DataError, match="its hash is not the one that was written down"):
        run(monkeypatch, owner, "verify", "--expect", f"1:{told.split(':')[1]}")


def test_a_tampered_row_is_named(monkeypatch: pytest.MonkeyPatch, owner: Engine) -> None:
    """By its place in the chain, its case, and what is wrong."""
    with owner.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("UPDATE case_events SET note = 'x' WHERE sequence = 2"))
    with pytest.raises(DataError, match="event 2, number 1 of case 2: its content is not what was written"):
        run(monkeypatch, owner, "verify")
