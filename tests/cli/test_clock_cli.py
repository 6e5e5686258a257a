"""``geoapp clock evaluate``: answers a line each, or nothing at all."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geoapp.cli.clock import clock


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """Runs the command over lines."""
    monkeypatch.setenv("DATABASE_URL", database_url)

    def evaluate(lines: bytes, *options: str) -> Result:
        (tmp_path / "in.jsonl").write_bytes(lines)
        return CliRunner().invoke(clock, ["evaluate", str(tmp_path / "in.jsonl"), *options])

    return evaluate


LINES = b'{"id": "a", "handover_date": "2025-03-10"}\n\n{"id": 7, "no_handover": true, "progress_end_date": null}\n'


def test_an_answer_for_each_project(run: Callable[..., Result], tmp_path: Path) -> None:
    """In their order, with their ids, in the file that is named."""
    done = run(LINES, "--as-of", "2026-11-22", "--output", str(tmp_path / "out.jsonl"))
    answers = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert (0, ["a", 7]) == (done.exit_code, [answer["id"] for answer in answers])
    assert ["UNUSED_12M", "NO_CLOCK"] == [answer["units"][0]["state"] for answer in answers]


def test_answers_go_to_the_screen(run: Callable[..., Result]) -> None:
    """Where no file is named."""
    done = run(LINES, "--as-of", "2026-11-22")
    assert ["a", 7] == [json.loads(line)["id"] for line in done.stdout.splitlines()]


def test_a_faulty_file_is_refused_as_a_whole(run: Callable[..., Result], tmp_path: Path) -> None:
    """Every fault with line, field and reason; no answer, no file."""
    lines = LINES + b'{"id": "b", "handover_date": "x", "area": 1}\n{"id": "a"}\n\xff\n'
    done = run(lines, "--output", str(tmp_path / "out.jsonl"))
    told = str(done.exception)
    assert ("", False) == (done.stdout, (tmp_path / "out.jsonl").exists())
    assert "line 4: handover_date: expected a day such as 2026-10-31, found “x”" in told
    assert "line 4: area: this field is not known" in told
    assert "line 5: id: “a” is already on line 1" in told
    assert "line 6: this is no UTF-8 from byte 1 on" in told
