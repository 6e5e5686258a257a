"""Compare and What changed at 1,000 and at 100,000 plots over 34 months: how their time grows.

Run with: python -m benchmarks.comparing
"""

import logging
import statistics
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import text

from geoapp.app import create_app
from geoapp.ingest.default import load_default
from geoapp.resources import data_dir
from geoapp.settings import Settings
from geoapp.store.cluster import PrivateCluster
from geoapp.store.engine import Role, make_engine, writing
from geoapp.store.migrate import migrate

ROUNDS = 9
SIZES = (1_000, 10_000, 100_000)
PAGES = {
    "compare": "/compare",
    "what changed, a month": "/changes?figure=land_leased",
    "what changed, a year": "/changes?figure=land_leased&from=2025-10-31",
    "what changed, one park": "/changes?figure=land_leased&park=khanh-phu",
}
# Plots in the middle of parks. By lot, four of a hundred pass on to their next state in a month; some are returned.
_PLOTS = """
INSERT INTO plots (park_id, code)
SELECT park.id, 'Z' || n FROM generate_series(1, :count) AS n
JOIN (SELECT row_number() OVER (ORDER BY park_id) - 1 AS place, count(*) OVER () AS parks, park_id AS id
      FROM parks_at('2026-10-31', 'infinity') WHERE outline IS NOT NULL) AS park ON park.place = n % park.parks
"""
_VERSIONS = """
WITH place AS (
    SELECT park_id, ST_PointOnSurface(outline) AS point FROM parks_at('2026-10-31', 'infinity')
    WHERE outline IS NOT NULL
), lot AS (
    SELECT p.id, p.park_id, month, CAST('2024-01-01' AS date) + make_interval(months => month) AS day
    FROM plots AS p, generate_series(0, 33) AS month
    WHERE p.code LIKE 'Z%' AND (month = 0 OR hashint8(p.id * 100 + month) % 25 = 0)
)
INSERT INTO plot_versions (plot_id, use_code, state, approximate, geom, valid, quality, source_id, batch_id)
SELECT lot.id, 'SKK', (ARRAY['not_cleared', 'cleared', 'available', 'reserved', 'leased', 'available', 'leased',
                             'building', 'operating'])[least(row_number() OVER steps + lot.id % 3, 9)],
       true, ST_Multi(ST_Expand(place.point, 0.00005 + 0.00005 * (lot.id % 10))),
       daterange(lot.day::date, (lead(lot.day) OVER steps)::date), 'demo',
       (SELECT min(id) FROM sources), (SELECT max(id) FROM batches)
FROM lot JOIN place ON place.park_id = lot.park_id
WINDOW steps AS (PARTITION BY lot.id ORDER BY lot.month)
"""


def main() -> None:
    """Set up, measure, print, clean up."""
    logging.disable(logging.INFO)
    cluster = PrivateCluster(Path(tempfile.mkdtemp(prefix="geoapp-bench-")), throwaway=True)
    url = cluster.start()
    found: dict[int, dict[str, float]] = {}
    try:
        migrate(url)
        load_default(url, data_dir(), report=lambda _: None)
        done = 0
        for size in SIZES:
            add_plots(url, size - done)
            done = size
            found[size] = measure(create_app(Settings(database_url=url, log_level="error")).test_client())
    finally:
        cluster.stop()
    print(f"beside the demonstration set, median of {ROUNDS} rounds, ms")
    print(f"{'':26}" + "".join(f"{size:>10,}" for size in SIZES) + f"{'growth':>10}")
    for page in PAGES:
        took = [found[size][page] for size in SIZES]
        print(f"{page:26}" + "".join(f"{ms:10.0f}" for ms in took) + f"{took[-1] / took[0]:9.2f}x")


def add_plots(url: str, count: int) -> None:
    """So many plots more, with a history of 34 months; what is new is seen by the planner as after a load."""
    engine = make_engine(url, role=Role.OWNER)
    with writing(engine) as connection:
        # That plots lie in their parks is not what is measured, and takes minutes here.
        connection.execute(text("ALTER TABLE plot_versions DISABLE TRIGGER plot_inside_park"))
        connection.execute(text(_PLOTS.replace("'Z' || n", f"'Z{count}-' || n")), {"count": count})
        connection.execute(text(_VERSIONS.replace("LIKE 'Z%'", f"LIKE 'Z{count}-%'")))
    # What the server does by itself within a minute.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE plots, plot_versions, plot_sums"))
    engine.dispose()


def measure(client: FlaskClient) -> dict[str, float]:
    """Milliseconds of every page, after one that is not counted."""
    took: dict[str, float] = {}
    for name, address in PAGES.items():
        status = client.get(address).status_code
        if status != 200:
            raise SystemExit(f"{address}: {status}")
        times = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            client.get(address)
            times.append(1000 * (time.perf_counter() - began))
        took[name] = statistics.median(times)
    return took


if __name__ == "__main__":
    main()
