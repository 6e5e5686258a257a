"""The legal clock over all units: kept and evaluated, against a plain SQL that only joins and compares the dates."""

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
_NOTE = "over the same five relations, every row and column; the peer knows no working day, window or note"
_KEPT = "SELECT * FROM clock_at('%(as_of)s', 'infinity')"
_EVALUATED = "SELECT * FROM clock_evaluated_at('%(as_of)s', 'infinity')"
_KEEP = "SELECT refresh_clock(ARRAY(SELECT DISTINCT project_id FROM bench_clock.units))"
_DIFFERENT = (
    "SELECT count(*) FROM (SELECT * FROM clock_at('%(as_of)s', 'infinity') EXCEPT ALL"
    " SELECT * FROM clock_evaluated_at('%(as_of)s', 'infinity')) AS d"
)


def run(ground: Ground) -> Section:
    """Size by size; at 100,000 units beside the peer."""
    plain = (_HERE / "clock_plain.sql").read_text(encoding="utf-8")
    findings: list[Finding] = []
    before: dict[str, Samples] = {}
    for size in SIZES:
        cursor = _filled(ground, size)
        took = _keep(cursor)
        sides = {"kept": _timed(cursor, _KEPT), "evaluated": _timed(cursor, _EVALUATED), "plain": _timed(cursor, plain)}
        samples = interleave(sides, 3 if size > AGAINST else _ROUNDS)
        target = 1 / WITHIN if size == AGAINST else None
        told = f"{size:,} units"
        findings += [
            Finding(
                f"{told}, kept, ms", "ms", samples["kept"], "plain SQL", samples["plain"], target=target, note=_NOTE
            ),
            Finding(f"{told}, evaluated, ms", "ms", samples["evaluated"], "plain SQL", samples["plain"], note=_NOTE),
            Finding(f"{told}, all answers made anew, ms", "ms", Samples((took,))),
        ]
        for side in ("kept", "evaluated"):
            if before:
                what = f"{told} over a tenth of them, {side}"
                findings.append(
                    Finding(what, "ms", samples[side], "a tenth", before[side], target=_LINEAR, growth=True)
                )
        before = samples
        cursor.connection.close()
    return Section(TITLE, findings, [])


def _keep(cursor: Cursor) -> float:
    """Make all answers, and see that they are what is evaluated. Milliseconds that the making took."""
    began = time.perf_counter()
    cursor.execute(_KEEP)
    took = (time.perf_counter() - began) * 1000
    cursor.execute("VACUUM ANALYZE clock_spans")
    cursor.execute(_DIFFERENT % {"as_of": AS_OF})
    if cursor.fetchone() != (0,):
        raise BenchError("What is kept of the clock is not what it says.")
    return took


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
