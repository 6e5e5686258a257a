"""The legal clock over all units: against a plain SQL that only joins and compares the dates, and its growth."""

import time
from collections.abc import Callable
from pathlib import Path

import psycopg2
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - the name that the driver gives its class
from sqlalchemy import make_url

from benchmarks.ground import AS_OF, Ground
from benchmarks.report import BenchError, Finding, Samples, Section, interleave

TITLE = "Legal clock, the whole decision table"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
AGAINST = 100_000
WITHIN = 3.0
# Growth is linear where ten times the units take at most so many times the time.
_LINEAR = 12.0
_ROUNDS = 5
_HERE = Path(__file__).parent
_NOTE = "both over the same five relations, every row and column; the peer knows no working day, window or note"
_CLOCK = "SELECT * FROM clock_at('%(as_of)s', now())"


def run(ground: Ground) -> Section:
    """Size by size; at 100,000 units beside the peer."""
    plain = (_HERE / "clock_plain.sql").read_text(encoding="utf-8")
    findings: list[Finding] = []
    before: Samples | None = None
    for size in SIZES:
        cursor = _filled(ground, size)
        sides = {"clock": _timed(cursor, _CLOCK), "plain": _timed(cursor, plain)}
        samples = interleave(sides, 3 if size > AGAINST else _ROUNDS)
        ours = samples["clock"]
        target = 1 / WITHIN if size == AGAINST else None
        findings.append(
            Finding(f"{size:,} units, ms", "ms", ours, "plain SQL", samples["plain"], target=target, note=_NOTE)
        )
        if before:
            what = f"{size:,} units over a tenth of them"
            findings.append(Finding(what, "ms", ours, "a tenth", before, target=_LINEAR, growth=True))
        before = ours
        cursor.connection.close()
    return Section(TITLE, findings, [])


def _filled(ground: Ground, size: int) -> Cursor:
    """A cursor on a database with so many units; it works as pages do: no parallel workers, no JIT."""
    url = make_url(ground.migrated(f"clock_{size}"))
    connection = psycopg2.connect(
        host=str(url.query["host"]),
        user=url.username,
        dbname=url.database,
        options="-c search_path=geoapp,public -c jit=off -c max_parallel_workers_per_gather=0 -c work_mem=16MB",
    )
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute((_HERE / "clock_units.sql").read_text(encoding="utf-8") % {"units": size})
    cursor.execute("SELECT count(*) FROM clock_units_at(now()::date, now())")
    if cursor.fetchone() != (size,):
        raise BenchError(f"The relations do not hold {size:,} units.")
    return cursor


def _timed(cursor: Cursor, statement: str) -> Callable[[], float]:
    """Milliseconds until every row was made, counted in the server: the way of a result set to a program is no part."""

    def measure() -> float:
        began = time.perf_counter()
        cursor.execute("EXPLAIN (ANALYZE, TIMING OFF) " + statement % {"as_of": AS_OF})
        return (time.perf_counter() - began) * 1000

    return measure
