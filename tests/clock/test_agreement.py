"""SQL and a second implementation in plain Python agree, project by project, on random files.

All 100,000 of them, on 40 days: ``GEOAPP_CLOCK_FILES=100000 python -m pytest tests/clock/test_agreement.py``.
"""

import json
import os
import random
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from geoapp.services.clock_files import evaluate_lines
from tests.clock.random_files import Maker
from tests.clock.reference_clock import evaluate

FILES = int(os.environ.get("GEOAPP_CLOCK_FILES", "2400"))
DAYS = 8 if FILES < 100_000 else 40
TODAY = date(2026, 11, 22)


def compared(unit: dict[str, Any]) -> dict[str, Any]:
    """What both implementations say: notes and the wording of laws are ours alone."""
    kept = {name: value for name, value in unit.items() if name != "warnings"}
    kept["violations"] = [{name: one[name] for name in ("state", "from", "to")} for one in unit["violations"]]
    return kept


@pytest.mark.parametrize("chunk", range(DAYS))
def test_both_agree(clock_engine: Engine, chunk: int) -> None:
    """Every state, row, date, violation and area of every unit is the same."""
    as_of = TODAY if chunk == 0 else date(2012, 6, 30) + timedelta(days=random.Random(chunk).randrange(6700))  # noqa: S311 - chance, no secret
    maker = Maker(chunk)
    projects = [maker.project(number) for number in range(FILES // DAYS)]
    lines = [json.dumps(project).encode() for project in projects]
    found = [json.loads(line) for line in evaluate_lines(clock_engine, lines, as_of)]
    different = [
        (project, wanted, answer)
        for project, answer in zip(projects, found, strict=True)
        if (wanted := evaluate(project, as_of)) != {**answer, "units": [compared(unit) for unit in answer["units"]]}
    ]
    assert [] == different[:1]
    assert len(projects) == len(found)


def test_every_row_of_the_table_occurs() -> None:
    """Random files that never meet a row would prove nothing about it."""
    maker = Maker(0)
    answers = [evaluate(maker.project(number), TODAY) for number in range(2400)]
    rules = {unit["rule"] for answer in answers for unit in answer["units"]}
    assert {"R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "R11", "R12a", "R12b"} == rules
