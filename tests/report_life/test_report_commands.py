"""What the operator does with reports: drafts, the list, the proof of the chain, made again and compared."""

import re

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, text

from geoapp.cli.report import report
from geoapp.errors import Conflict, DataError, InvalidRequest


def run(monkeypatch: pytest.MonkeyPatch, engine: Engine, *words: str) -> str:
    """A command on the database of the tests; what it tells."""
    monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    command: click.Command = report
    answer = CliRunner().invoke(command, list(words), catch_exceptions=False)
    assert 0 == answer.exit_code, answer.output
    return answer.output


def test_a_draft_is_made_once_and_again_on_purpose(monkeypatch: pytest.MonkeyPatch, owner: Engine) -> None:
    """The second one of a period is refused until a new version is asked for; both are in the list and agree."""
    found = re.search(r"Report (\d+): a draft of 2026-Q4", run(monkeypatch, owner, "make", "2026-Q4"))
    assert found
    with pytest.raises(Conflict, match="version 1"):
        run(monkeypatch, owner, "make", "2026-Q4")
    run(monkeypatch, owner, "make", "2026-Q4", "--new-version", "--language", "en")
    listed = run(monkeypatch, owner, "list")
    assert ["2", "1"] == re.findall(r"quarter 2026-10-01 version (\d+)  draft", listed)
    assert "It agrees" in run(monkeypatch, owner, "remake", found[1])


def test_a_period_to_come_is_refused_by_the_command(monkeypatch: pytest.MonkeyPatch, owner: Engine) -> None:
    """With the day on which it begins."""
    with pytest.raises(InvalidRequest, match=r"2099-01-01|2099"):
        run(monkeypatch, owner, "make", "2099")


def test_the_chain_of_reports_is_proved_by_what_was_written_down(
    monkeypatch: pytest.MonkeyPatch, owner: Engine
) -> None:
    """The line that the command prints is found again; another hash is not; a row that was changed is named."""
    run(monkeypatch, owner, "make", "2026", "--new-version")
    told = run(monkeypatch, owner, "verify").rsplit(" ", 1)[1].strip()
    assert "The chain holds" in run(monkeypatch, owner, "verify", "--expect", told)
    number, digest = told.split(":")
    with pytest.raises(DataError, match="its hash is not the one that was written down"):
        run(monkeypatch, owner, "verify", "--expect", f"{int(number) - 1}:{digest}")
    change = "UPDATE report_events SET note = :note WHERE sequence = :sequence"
    for note, raises in (("x", True), (None, False)):
        with owner.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(change), {"note": note, "sequence": int(number)})
        if raises:
            with pytest.raises(DataError, match=rf"event {number}.*its content is not what was written"):
                run(monkeypatch, owner, "verify")
