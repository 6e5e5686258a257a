"""What pages read: named queries from ``queries/``, rows as they come."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Row, TextClause, text

_QUERIES = Path(__file__).parent / "queries"


@cache
def statement(name: str) -> TextClause:
    """A named query."""
    return text((_QUERIES / f"{name}.sql").read_text(encoding="utf-8"))


def read_rows(connection: Connection, name: str, parameters: Mapping[str, object]) -> Sequence[Row[tuple[object, ...]]]:
    """All rows of a named query."""
    return connection.execute(statement(name), dict(parameters)).all()


def find_row(connection: Connection, name: str, parameters: Mapping[str, object]) -> Row[tuple[object, ...]] | None:
    """The only row of a named query, or None."""
    return connection.execute(statement(name), dict(parameters)).one_or_none()
