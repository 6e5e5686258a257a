"""SQL files and seed rows beside the migrations."""

import csv
from pathlib import Path

from alembic import op
from sqlalchemy import text

_HERE = Path(__file__).parent


def run_sql(name: str) -> None:
    """Run one SQL file as it stands, in the transaction of the migration."""
    statements = (_HERE / "sql" / name).read_text(encoding="utf-8")
    # exec_driver_sql hands the text over untouched: no bind parameters, so colons and per cent signs mean themselves.
    cursor = op.get_bind().connection.cursor()
    cursor.execute(statements)
    cursor.close()


def read_seed(name: str) -> list[dict[str, str | None]]:
    """Rows of a seed file; an empty cell is None."""
    with (_HERE / "seed" / name).open(encoding="utf-8", newline="") as file:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]


def insert_rows(statement: str, rows: list[dict[str, str | None]]) -> None:
    """Insert rows with bound parameters."""
    op.get_bind().execute(text(statement), rows)
