"""Tiles with rights on against the same program with all rights taken out: guard, sessions, row-level security."""

import re
import shutil
import tempfile
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from benchmarks.ground import Ground, month_ends
from benchmarks.report import BenchError, Better, Finding, Section, interleave
from benchmarks.tile_places import TilePlace, places
from geoapp.app import create_app
from geoapp.core.passwords import hash_password
from geoapp.resources import layers_dir
from geoapp.settings import Settings

TITLE = "Tiles with rights on"
PLOTS = 100_000
KEEPS = 0.8
_LAYERS = {"plot_state": (12, 14), "clock_state": (14,)}
_ROUNDS = 9
_A_ROUND = 40
_PASSWORD = "một tấm gương soi tám hướng"  # noqa: S105 - of somebody who exists in a benchmark only
_NOTE = (
    "the same program, process, database, tiles and days in turn, nothing kept: a person signed in against a copy"
    " without guard and sessions, whose layers are public and whose tables are open to the role of the map"
)
_PERSON = """
WITH added AS (INSERT INTO people (login, name, role) VALUES ('bench', 'Bench', 'inspector') RETURNING id)
INSERT INTO credentials (person_id, password_hash, must_change) SELECT id, :kept, false FROM added
"""
_OPEN = """
GRANT SELECT ON clock_spans, land_portions, land_portion_versions, land_events TO geoapp_map;
CREATE POLICY bench ON clock_spans FOR SELECT TO geoapp_map USING (true);
CREATE POLICY bench ON land_portions FOR SELECT TO geoapp_map USING (true);
CREATE POLICY bench ON land_portion_versions FOR SELECT TO geoapp_map USING (true);
CREATE POLICY bench ON land_events FOR SELECT TO geoapp_map USING (true);
"""


def run(ground: Ground) -> Section:
    """Layer by layer and zoom by zoom, both sides in turn."""
    url = ground.database(PLOTS)
    _prepare(url)
    folder = Path(tempfile.mkdtemp(prefix="geoapp-bench-layers-"))
    try:
        on, off = _with_rights(url), _without_rights(url, folder)
        findings = [_compare(ground, layer, z, on, off) for layer, zooms in _LAYERS.items() for z in zooms]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Section(f"{TITLE} ({PLOTS:,} plots)", findings, [])


def _prepare(url: str) -> None:
    engine = create_engine(url, poolclass=NullPool, connect_args={"options": "-c search_path=geoapp,public"})
    with engine.begin() as connection:
        connection.execute(text(_PERSON), {"kept": hash_password(_PASSWORD)})
        connection.exec_driver_sql(_OPEN)


def _with_rights(url: str) -> FlaskClient:
    """The program as it is, with somebody signed in."""
    client = create_app(Settings(database_url=url, log_level="error")).test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/login").text)
    sent = {"login": "bench", "password": _PASSWORD, "csrf_token": token[1] if token else ""}
    if client.post("/login", data=sent).status_code != 303:
        raise BenchError("Nobody could sign in.")
    return client


def _without_rights(url: str, folder: Path) -> FlaskClient:
    """The same without any of it; its layers are public."""
    copied = folder / "layers"
    shutil.copytree(layers_dir(), copied)
    for layer in _LAYERS:
        (declared,) = copied.glob(f"*/{layer}/layer.toml")
        told = declared.read_text(encoding="utf-8")
        declared.write_text(told.replace('access = "internal"', 'access = "public"'), encoding="utf-8")
    app: Flask = create_app(Settings(database_url=url, log_level="error", layers_dir=copied))
    for hooks in (app.before_request_funcs, app.after_request_funcs):
        hooks[None] = [hook for hook in hooks.get(None, []) if not hook.__module__.startswith("geoapp.web.accounts")]
    return app.test_client()


def _compare(ground: Ground, layer: str, z: int, on: FlaskClient, off: FlaskClient) -> Finding:
    asked = [(place, day) for day, place in product(month_ends(), places(ground, PLOTS, z))]
    if len(asked) < _A_ROUND * (_ROUNDS + 1):
        raise BenchError(f"Only {len(asked)} tiles over all months at zoom {z}: too few for so many rounds.")
    sides = {"on": _timed(on, layer, asked), "off": _timed(off, layer, asked)}
    found = interleave(sides, _ROUNDS)
    return Finding(
        f"{layer}, zoom {z}, one after the other, requests/s", "1/s", found["on"], "without rights", found["off"],
        better=Better.HIGHER, target=KEEPS, note=_NOTE,
    )  # fmt: skip


def _timed(client: FlaskClient, layer: str, asked: list[tuple[TilePlace, str]]) -> Callable[[], float]:
    """Requests a second over the next tiles; no tile is asked for twice."""
    turns = iter(range(0, len(asked), _A_ROUND))

    def measure() -> float:
        start = next(turns)
        began = time.perf_counter()
        for place, day in asked[start : start + _A_ROUND]:
            answer = client.get(f"/api/layers/{layer}/tiles/{place.z}/{place.x}/{place.y}.mvt?as_of={day}")
            if answer.status_code != 200:
                raise BenchError(f"{layer} answered {answer.status_code}.")
        return _A_ROUND / (time.perf_counter() - began)

    return measure
