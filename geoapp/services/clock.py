"""The legal clock for one project that is only asked about: verdicts with their working, rules and readings."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from geoapp.core.clock_file import ClockFile
from geoapp.errors import N_, FieldFault, InvalidFields
from geoapp.services.clock_files import evaluate_files
from geoapp.services.clock_working import Step, build_working
from geoapp.store.clock import read_readings, read_rules, read_verdicts
from geoapp.store.engine import reading


@dataclass(frozen=True)
class UnitVerdict:
    """What the clock says of a unit. ``row``: see ``store/clock.py``; ``basis``: the law of its row when it opened."""

    name: str
    row: Any
    steps: tuple[Step, ...]
    basis: Any


@dataclass(frozen=True)
class ClockAnswer:
    """The verdicts of a project on a day, the rules in force then by key, and the readings by key."""

    as_of: date
    units: tuple[UnitVerdict, ...]
    rules: Mapping[str, Any]
    readings: Mapping[str, Any]


def ask_clock(engine: Engine, file: ClockFile, as_of: date) -> ClockAnswer:
    """The clock of one project; nothing is stored. Raises: InvalidFields - an extension beyond the law."""
    with reading(engine) as connection:
        rules = _rules(connection, as_of)
        _check_extensions([file], rules)
        rows = read_verdicts(connection, [unit.fields for unit in file.units], as_of)
        units = tuple(
            UnitVerdict(unit.name, row, build_working(unit.fields, row, as_of), _basis(connection, row, rules))
            for unit, row in zip(file.units, rows, strict=True)
        )
        readings = {row.key: row for row in read_readings(connection)}
    return ClockAnswer(as_of, units, rules, readings)


def answer_files(engine: Engine, files: Sequence[ClockFile], as_of: date) -> list[Any]:
    """Answers in the form of files. Raises: InvalidFields - an extension beyond the law."""
    with reading(engine) as connection:
        _check_extensions(files, _rules(connection, as_of))
    return [json.loads(line) for line in evaluate_files(engine, files, as_of)]


def read_clock_readings(engine: Engine) -> Sequence[Any]:
    """The readings that are taken, with their labels."""
    with reading(engine) as connection:
        return read_readings(connection)


def _rules(connection: Connection, day: date) -> dict[str, Any]:
    return {row.key: row for row in read_rules(connection, day)}


def _basis(connection: Connection, row: Any, rules: Mapping[str, Any]) -> Any:
    """The legal basis of the row that leads: of a violation the text in force on its first day."""
    if row.violations and row.rule in ("R6", "R8", "R9"):
        rules = _rules(connection, date.fromisoformat(row.violations[0]["from"]))
    return rules.get(row.rule)


def _check_extensions(files: Sequence[ClockFile], rules: Mapping[str, Any]) -> None:
    most = rules["extension_months"].value
    faults = list(_too_long(files, most))
    if faults:
        raise InvalidFields(N_("An extension goes beyond the law. Look at the decision."), faults)


def _too_long(files: Sequence[ClockFile], most: int) -> Iterator[FieldFault]:
    for number, file in enumerate(files):
        for unit in file.units:
            for place, one in enumerate(unit.fields.get("extension", ())):
                if one.get("months", 0) > most:
                    before = f"projects[{number}]." if len(files) > 1 else ""
                    yield FieldFault(
                        f"{before}extension[{place}].months",
                        N_("at most %(most)s months may be granted, found %(found)s"),
                        {"most": most, "found": one["months"]},
                    )
