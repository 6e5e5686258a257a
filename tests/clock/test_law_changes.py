"""The law is data: a change is a new row, and what was opened under the old row keeps it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from geoapp.services.clock_files import evaluate_lines
from geoapp.store.engine import Role, writing
from tests.conftest import EngineMaker

HOLIDAYS = Path(__file__).parents[2] / "data" / "reference" / "holidays.json"
LONGER = (
    "UPDATE clock_thresholds SET valid = daterange(lower(valid), date '2026-07-01') WHERE key = 'unused_months'"
    " AND upper_inf(valid)",
    "INSERT INTO clock_thresholds SELECT key, daterange('2026-07-01', NULL), 18, unit, 'new law', 'luật mới', mark,"
    " name_vi, name_en FROM clock_thresholds WHERE key = 'unused_months' AND upper(valid) = '2026-07-01'",
)


@pytest.fixture
def ask(database_url: str, engine_for: EngineMaker) -> Any:
    """The clock after 12 months have become 18 on 01/07/2026."""
    with writing(engine_for(database_url)) as connection:
        for statement in LONGER:
            connection.execute(text(statement))
    engine = engine_for(database_url, Role.MAP)

    def evaluate(handover: str, as_of: str) -> dict[str, Any]:
        line = json.dumps({"id": "p", "handover_date": handover, "progress_end_date": "2040-01-01"}).encode()
        answer = json.loads(next(evaluate_lines(engine, [line], date.fromisoformat(as_of))))
        unit: dict[str, Any] = answer["units"][0]
        return unit

    return evaluate


def test_what_was_opened_keeps_its_rule(ask: Any) -> None:
    """A violation that began under 12 months is one still, with its date."""
    unit = ask("2025-03-10", "2026-11-22")
    assert ("UNUSED_12M", "2026-03-11") == (unit["state"], unit["violations"][0]["from"])


def test_what_comes_later_has_the_new_rule(ask: Any) -> None:
    """Twelve months over after the change are none any more."""
    unit = ask("2025-09-10", "2026-11-22")
    assert ("ON_TRACK", "2027-03-10") == (unit["state"], unit["dates"]["d12"])


def test_before_the_change_the_old_rule_holds(ask: Any) -> None:
    """An earlier day is judged by the rule of that day."""
    assert "2026-09-10" == ask("2025-09-10", "2026-06-30")["dates"]["d12"]


def test_a_reading_is_a_switch(database_url: str, engine_for: EngineMaker) -> None:
    """Without the shift the violation of worked case 4 opens two days earlier."""
    with writing(engine_for(database_url)) as connection:
        connection.execute(text("UPDATE clock_readings SET value = 'off' WHERE key = 'shift_deadlines'"))
    line = b'{"id": 4, "handover_date": "2025-11-21", "progress_end_date": "2028-01-01"}'
    answer = json.loads(next(evaluate_lines(engine_for(database_url, Role.MAP), [line], date(2026, 11, 22))))
    assert (4, "UNUSED_12M") == (answer["id"], answer["units"][0]["state"])


def test_days_off_are_those_of_the_reference(database_url: str, engine_for: EngineMaker) -> None:
    """The table holds the rows of the file that comes with the program."""
    listed = {
        (date.fromisoformat(row["date"]), row["name"], row["kind"], row["sure"])
        for row in json.loads(HOLIDAYS.read_text(encoding="utf-8"))["days"]
    }
    with writing(engine_for(database_url)) as connection:
        assert listed == {tuple(row) for row in connection.execute(text("SELECT day, name, kind, sure FROM days_off"))}


@pytest.mark.parametrize(
    ("handover", "state", "law"),
    [
        ("2010-01-10", "MANUAL", None),
        ("2015-01-10", "UNUSED_12M", "LL13 Art. 64(1)(i)"),
        ("2023-09-11", "UNUSED_12M", "LL24 Art. 81(8); D102 Art. 31, first wording"),
        ("2024-09-10", "UNUSED_12M",
         "LL24 Art. 81(8); D102 Art. 31(2)(e), first paragraph, as amended by D226 Art. 4(2)"),
    ],
)  # fmt: skip
def test_the_first_day_decides_the_text(evaluate: Any, handover: str, state: str, law: str | None) -> None:
    """The law of a violation is the one in force on its first day; before 01/07/2014 a person judges."""
    unit = evaluate({"handover_date": handover, "progress_end_date": "2040-01-01"}, "2026-11-22")
    assert (state, law) == (unit["state"], unit["violations"][0]["law"] if unit["violations"] else None)
