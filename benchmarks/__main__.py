"""Runs every benchmark on a throw-away database with the data that come with the program, and prints the ratios."""

import gzip
import logging
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import folium
from flask.testing import FlaskClient
from sqlalchemy import Engine

from geoapp.app import create_app
from geoapp.catalog.load import load_catalogue
from geoapp.ingest.default import load_default
from geoapp.resources import data_dir, layers_dir
from geoapp.settings import Settings
from geoapp.store.cluster import PrivateCluster
from geoapp.store.engine import Role, make_engine, reading
from geoapp.store.frames import read_frame
from geoapp.store.migrate import migrate

ROUNDS = 7
AS_OF = date(2026, 10, 31)


def main() -> None:
    """Set up, measure, print, clean up."""
    logging.disable(logging.INFO)
    cluster = PrivateCluster(Path(tempfile.mkdtemp(prefix="geoapp-bench-")), throwaway=True)
    url = cluster.start()
    try:
        migrate(url)
        seconds, _ = timed(lambda: load_default(url, data_dir(), report=lambda _: None), rounds=1)
        print(f"loading registry, context and demonstration set: {seconds:.1f} s")
        client = create_app(Settings(database_url=url)).test_client()
        engine = make_engine(url, role=Role.MAP, statement_timeout_ms=60_000)
        compare_map_page(client, engine)
        engine.dispose()
    finally:
        cluster.stop()


def compare_map_page(client: FlaskClient, engine: Engine) -> None:
    """The page of a map and its plots, against stock Folium with the same plots in the page."""
    seconds, stock = timed(lambda: build_stock_page(engine))
    page_seconds, page = timed(lambda: client.get("/parks/khanh-phu").get_data())
    plots_seconds, plots = timed(lambda: client.get(f"/api/layers/plot_state/features?as_of={AS_OF}").get_data())
    print(f"\nall plots as of {AS_OF}, median of {ROUNDS} rounds")
    print(f"{'':34}{'ms':>9}{'KB':>9}{'KB gzip':>9}")
    for name, took, body in (
        ("stock Folium, plots in the page", seconds, stock),
        ("our page (a park)", page_seconds, page),
        ("our plots by address, all parks", plots_seconds, plots),
    ):
        print(f"{name:34}{took * 1000:9.1f}{len(body) / 1000:9.1f}{len(gzip.compress(body)) / 1000:9.1f}")
    print(f"server time, stock / ours: page {seconds / page_seconds:.1f}x, ", end="")
    print(f"page and plots {seconds / (page_seconds + plots_seconds):.1f}x")
    print(f"bytes of the page, stock / ours: {len(stock) / len(page):.1f}x")


def build_stock_page(engine: Engine) -> bytes:
    """What Folium's own examples do: a GeoDataFrame with tooltip and popup, all in one page."""
    layer = load_catalogue(layers_dir()).layers["plot_state"]
    parameters = {"as_of": AS_OF, "known_at": datetime.now(UTC), "park_id": None, "zone_id": None}
    with reading(engine) as connection:
        frame = read_frame(connection, layer.sql, {name: parameters[name] for name in layer.parameters})
    frame = frame[["id", "state", "quality", "source", "geometry" if "geometry" in frame else "geom"]]
    names = ["id", "state", "quality", "source"]
    screen = folium.Map(location=[20.3, 106.0], zoom_start=10, tiles=None)
    folium.GeoJson(
        frame, tooltip=folium.GeoJsonTooltip(names), popup=folium.GeoJsonPopup(names), style_function=lambda _: {}
    ).add_to(screen)
    return str(screen.get_root().render()).encode()


def timed(action: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, bytes]:
    """Median seconds of some rounds after one warm-up (none for a single round), and what the last one gave."""
    result: object = action() if rounds > 1 else None
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        result = action()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds), result if isinstance(result, bytes) else b""


if __name__ == "__main__":
    main()
