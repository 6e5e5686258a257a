"""SQL files and seed rows beside the migrations."""

import csv
import re
from pathlib import Path

from alembic import op
from sqlalchemy import text

_HERE = Path(__file__).parent
_INCLUDE = re.compile(r"^ *-- @include (\S+)$", re.MULTILINE)


def run_sql(name: str) -> None:
    """Run one SQL file, in the transaction of the migration. ``-- @include FILE`` stands for the text of that file."""
    statements = _INCLUDE.sub(lambda found: _read_sql(found[1]), _read_sql(name))
    # exec_driver_sql hands the text over untouched: no bind parameters, so colons and per cent signs mean themselves.
    cursor = op.get_bind().connection.cursor()
    cursor.execute(statements)
    cursor.close()


def _read_sql(name: str) -> str:
    return (_HERE / "sql" / name).read_text(encoding="utf-8")


def read_seed(name: str) -> list[dict[str, str | None]]:
    """Rows of a seed file; an empty cell is None."""
    with (_HERE / "seed" / name).open(encoding="utf-8", newline="") as file:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]


def insert_rows(statement: str, rows: list[dict[str, str | None]]) -> None:
    """Insert rows with bound parameters."""
    op.get_bind().execute(text(statement), rows)
