"""What came of making a report again, as lines of text: for the terminal, and as a record that is kept."""

from collections.abc import Iterator

from geoapp.core.report_model import Figure, RowId
from geoapp.services.report.remake import Remade, is_same_program

_SHOWN_ROWS = 6


def differences_told(made: Remade) -> list[str]:
    """Every difference with both values and why, in English; none: it agrees."""
    told = []
    for one in made.comparison.figures:
        told.append(f"{one.ref} {one.title}: was {_value(one.then)}, is {_value(one.now)}")
        for sign, rows in (("-", one.gone), ("+", one.came)):
            told += [f"  {sign} {_row(made, row)}" for row in rows[:_SHOWN_ROWS]]
    told += [f"{one.kind} {one.key}: reads otherwise" for one in made.comparison.parts]
    for file in made.files:
        if not file.is_same:
            why = "" if is_same_program(file) else f" (written by {file.program})"
            told.append(f"{file.kind}: other bytes, was {file.then}, is {file.now}{why}")
    return told


def protocol_lines(made: Remade) -> Iterator[str]:
    """The whole record: what was compared, and what came of it."""
    row = made.row
    yield f"Report {row.id}: {row.kind} from {row.first} to {row.last}, version {row.number}, {row.state}."
    yield f"Says: data to {made.then.as_of}, as known {made.then.known_at.isoformat()}."
    yield f"Made again: data to {made.now.as_of}, as known {made.now.known_at.isoformat()}."
    yield f"Content: SHA-256 {row.content_sha256}; template: SHA-256 {row.template_sha256}."
    for file in made.files:
        if file.is_same:
            yield f"{file.kind}: byte for byte the same, SHA-256 {file.then}"
    found = differences_told(made)
    if found:
        yield f"It does not agree: {len(made.comparison.figures)} figures differ."
        yield from found
    else:
        yield f"It agrees: {len(made.then.figures)} figures with their rows, and all tables."


def _value(figure: Figure | None) -> str:
    if figure is None:
        return "not there"
    return "missing" if figure.value is None else f"{figure.value:g} {figure.unit}".strip()


def _row(made: Remade, row: RowId) -> str:
    known = made.rows.get(row)
    told = f"{row.kind} {row.id}"
    if known is None:
        return told
    since = f", on record since {known.known_from.isoformat()}" if known.known_from else ""
    until = f", until {known.known_until.isoformat()}" if known.known_until else ""
    after = f", replaced by row {known.follower}" if known.follower else ""
    value = f": {known.value:g}" if known.value is not None else ""
    return f"{told} {known.title_en} {known.place_en or ''}".rstrip() + f"{value}{since}{until}{after}"
