"""The legal clock, asked of the database: for units that are stored nowhere, and its rules."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from geoapp.store.pages import read_rows

Rows = Sequence[Row[tuple[object, ...]]]


@dataclass(frozen=True)
class UnitAnswer:
    """The answer of one unit: its JSON text; area in violation in ha, None where the land's area is not known."""

    text: str
    violates: bool
    area_ha: float | None


def read_answers(connection: Connection, names: Sequence[str], units: Sequence[str], as_of: date) -> list[UnitAnswer]:
    """Answers in the order of the units. Args: units - JSON texts with the fields of ``clock_unit``."""
    rows = read_rows(connection, "clock_answers", {"names": list(names), "units": list(units), "as_of": as_of})
    return [UnitAnswer(str(row.answer), bool(row.violates), row.area_in_violation_ha) for row in rows]


def read_verdicts(connection: Connection, units: Sequence[Mapping[str, Any]], as_of: date) -> Rows:
    """Verdicts in the order of the units, with the dates and days that led there."""
    texts = [json.dumps(fields) for fields in units]
    return read_rows(connection, "clock_verdicts", {"units": texts, "as_of": as_of})


def read_rules(connection: Connection, day: date) -> Rows:
    """Thresholds and legal bases in force on a day."""
    return read_rows(connection, "clock_rules", {"day": day})


def read_readings(connection: Connection) -> Rows:
    """What the law leaves open, and how it is taken, each with its mark and labels."""
    return read_rows(connection, "clock_readings", {})
