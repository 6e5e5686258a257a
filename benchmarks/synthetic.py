"""Made-up data of any size, written straight into a migrated database: the same each time, marked as demonstration.

python -m benchmarks.synthetic postgresql://... 100000
"""

import re
import sys
import time
from pathlib import Path

from sqlalchemy import Connection, create_engine, text

from geoapp.store.engine import sqlalchemy_url
from geoapp.store.migrate import migrate

SIZES = (1_000, 10_000, 20_000, 100_000)
"""Numbers of plots that benchmarks compare."""
PARKS = 45
MONTHS = 34
FIRST_DAY, LAST_DAY = "2024-01-31", "2026-10-31"
"""Ends of the first and the last month with figures, for ``MONTHS``."""
FIRST_PARK = "thu-001"
_SQL = Path(__file__).with_suffix(".sql")
_SOURCE = "INSERT INTO sources (key, title) VALUES ('synthetic', 'Số liệu dựng để đo tốc độ') RETURNING id"
_BATCH = (
    "INSERT INTO batches (dataset, title, loaded_by, loaded_at, digest)"
    " VALUES ('demo', :title, 'benchmark', :at, :title) RETURNING id"
)


def fill(url: str, plots: int, *, parks: int = PARKS, months: int = MONTHS) -> None:
    """Fill an empty migrated database.

    Args: plots - how many in all, spread evenly over ``parks``; months - with figures and changes, up to 10/2026.
    """
    engine = create_engine(
        sqlalchemy_url(url), connect_args={"options": "-c search_path=geoapp,public -c jit=off -c work_mem=128MB"}
    )
    with engine.begin() as connection:
        numbers = {
            "plots": plots,
            "parks": parks,
            "months": months,
            "source": _number(connection, _SOURCE),
            "batch": _number(connection, _BATCH, title="synthetic", at="2026-11-02 08:00+07"),
            "revised": _number(connection, _BATCH, title="synthetic, corrected", at="2026-11-16 08:00+07"),
        }
        statements = re.sub(
            r"(?<!:):([a-z]+)\b", lambda found: str(numbers[found[1]]), _SQL.read_text(encoding="utf-8")
        )
        connection.exec_driver_sql(statements.replace("%", "%%"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


def _number(connection: Connection, statement: str, **parameters: str) -> int:
    return int(connection.execute(text(statement), parameters).scalar_one())


if __name__ == "__main__":
    address, count = sys.argv[1], int(sys.argv[2])
    migrate(address)
    started = time.perf_counter()
    fill(address, count)
    print(f"{count} plots: {time.perf_counter() - started:.1f} s")
