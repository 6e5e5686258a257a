"""The working of the legal clock of land that is on record: what went in, what came out, and the steps between."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from geoapp.services.clock_working import Step, build_working
from geoapp.store.clock import read_readings, read_rules, read_verdicts
from geoapp.store.pages import find_row


@dataclass(frozen=True)
class StoredWorking:
    """One unit. ``fields``: by the names of files; ``verdict``: see ``store/clock.py``; rules and readings by key."""

    fields: Mapping[str, Any]
    verdict: Any
    steps: tuple[Step, ...]
    rules: Mapping[str, Any]
    readings: Mapping[str, Any]


def read_working(connection: Connection, about: Mapping[str, Any], rules_on: date) -> StoredWorking | None:
    """The working of a unit; None where it is not there on the day.

    Args: about - ``as_of``, ``known_at``, ``project_id`` and ``unit``; rules_on - the day whose rules are told.
    """
    unit: Any = find_row(connection, "clock_unit", about)
    if unit is None:
        return None
    fields = {**unit.fields, "no_handover": unit.fields.get("no_handover", False)}
    verdict: Any = read_verdicts(connection, [fields], about["as_of"])[0]
    return StoredWorking(
        fields,
        verdict,
        build_working(fields, verdict, about["as_of"]),
        {row.key: row for row in read_rules(connection, rules_on)},
        {row.key: row for row in read_readings(connection)},
    )
