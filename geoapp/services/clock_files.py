"""Files of projects through the legal clock. Nothing is stored; all lines are checked before any is answered."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy import Engine

from geoapp.core.clock_file import ClockFile, parse_line
from geoapp.errors import N_, DataError
from geoapp.store.clock import UnitAnswer, read_answers
from geoapp.store.engine import reading

# Units that go to the database at once.
_AT_ONCE = 2000
MOST_FAULTS = 100


@dataclass(frozen=True)
class _Packed:
    """A file with its units as texts, for there may be a million of them."""

    id: str | int
    names: tuple[str, ...]
    units: tuple[str, ...]


def evaluate_lines(engine: Engine, lines: Iterable[bytes], as_of: date) -> Iterator[str]:
    """Answers as JSON lines, in the order of the projects; empty lines are passed over.

    Args: engine - of the map role, which cannot write; lines - UTF-8.
    Raises: DataError - with line, field and reason of every fault; nothing was evaluated then.
    """
    yield from _answer(engine, _read(lines), as_of)


def evaluate_files(engine: Engine, files: Iterable[ClockFile], as_of: date) -> Iterator[str]:
    """The same for projects that are checked already."""
    yield from _answer(engine, [_pack(file) for file in files], as_of)


def _read(lines: Iterable[bytes]) -> list[_Packed]:
    packed: list[_Packed] = []
    faults: list[str] = []
    seen: dict[str | int, int] = {}
    total = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        file, told = _parse(number, line)
        if file and file.id in seen:
            told.append(f"line {number}: id: “{file.id}” is already on line {seen[file.id]}")
        total += len(told)
        faults += told[: max(MOST_FAULTS - len(faults), 0)]
        if file and not faults:
            packed.append(_pack(file))
        if file:
            seen.setdefault(file.id, number)
    if total > len(faults):
        faults.append(f"and {total - len(faults)} more")
    if faults:
        raise DataError(N_("The file cannot be evaluated; nothing was. Mend these and try again:"), faults)
    return packed


def _parse(number: int, line: bytes) -> tuple[ClockFile | None, list[str]]:
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        return None, [f"line {number}: this is no UTF-8 from byte {error.start + 1} on"]
    file, faults = parse_line(text)
    return file, [f"line {number}: {fault}" for fault in faults]


def _pack(file: ClockFile) -> _Packed:
    units = file.units
    return _Packed(file.id, tuple(unit.name for unit in units), tuple(json.dumps(dict(unit.fields)) for unit in units))


def _answer(engine: Engine, files: Iterable[_Packed], as_of: date) -> Iterator[str]:
    with reading(engine) as connection:
        for batch in _batches(files):
            names = [name for file in batch for name in file.names]
            units = [unit for file in batch for unit in file.units]
            answers = iter(read_answers(connection, names, units, as_of))
            for file in batch:
                yield _line(file.id, list(islice(answers, len(file.units))))


def _batches(files: Iterable[_Packed]) -> Iterator[list[_Packed]]:
    batch: list[_Packed] = []
    units = 0
    for file in files:
        batch.append(file)
        units += len(file.units)
        if units >= _AT_ONCE:
            yield batch
            batch, units = [], 0
    if batch:
        yield batch


def _line(key: str | int, answers: list[UnitAnswer]) -> str:
    """One answer. The area of all units is not known where that of one in violation is not."""
    areas = [answer.area_ha for answer in answers]
    known = [area for area in areas if area is not None]
    total = sum(known) if len(known) == len(areas) else None
    units = ", ".join(answer.text for answer in answers)
    name = json.dumps(key, ensure_ascii=False)
    return f'{{"id": {name}, "units": [{units}], "area_in_violation_ha": {json.dumps(total)}}}'
