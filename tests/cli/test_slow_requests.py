"""Slow statements under the real server: tiles keep flowing, and who comes too much is told so."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import geoapp
from geoapp.resources import layers_dir
from geoapp.web.bulkhead import slots_of
from tests.cli.test_serve import port  # noqa: F401 - a fixture

SLOW = """\
SELECT p.slug AS id, p.geom, p.slug AS name, p.quality, p.source_title AS source, p.source_key,
       p.valid_from AS observed_on, p.approximate
FROM parks_at(:as_of, :known_at) AS p, (SELECT pg_sleep(4)) AS slow LIMIT 1
"""
TOML = """\
title = { vi = "Lớp chậm", en = "Slow layer" }
method = { vi = "Một câu.", en = "A sentence." }
access = "public"
geometry = "mixed"
order = 99
views = []
label = "name"
[fields.name]
title = { vi = "Tên", en = "Name" }
type = "text"
[style]
kind = "single"
[[style.classes]]
label = { vi = "đối tượng", en = "feature" }
fill = "#123456"
"""
THREADS = 4
TILE = "/api/layers/plot_state/tiles/14/{x}/7245.mvt?as_of=2026-10-31"


@pytest.fixture
def address(loaded_copy_url: str, tmp_path: Path, port: int) -> Iterator[str]:  # noqa: F811
    """One worker of ``geoapp serve`` with four threads, and a layer whose statement sleeps."""
    shutil.copytree(layers_dir(), tmp_path / "layers")
    folder = tmp_path / "layers" / "parks" / "slow"
    folder.mkdir()
    (folder / "layer.toml").write_text(TOML, encoding="utf-8")
    (folder / "layer.sql").write_text(SLOW, encoding="utf-8")
    settings = {"DATABASE_URL": loaded_copy_url, "LAYERS_DIR": str(tmp_path / "layers"), "PORT": str(port)}
    settings |= {"WORKERS": "1", "THREADS": str(THREADS), "DEMO": "false", "VAR_DIR": str(tmp_path)}
    named = {key if key == "DATABASE_URL" else f"GEOAPP_{key}": value for key, value in settings.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "geoapp", "serve"],
        env={**os.environ, **named},
        cwd=Path(geoapp.__file__).parents[1],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 60
        while get(f"http://127.0.0.1:{port}/ready")[0] != 200:
            assert time.monotonic() < until
            assert process.poll() is None
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def get(url: str) -> tuple[int, float, bytes]:
    """Status, seconds and body; status 0 where nobody answers."""
    began = time.monotonic()
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own server
            return answer.status, time.monotonic() - began, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, time.monotonic() - began, error.read()
    except urllib.error.URLError:
        return 0, time.monotonic() - began, b""


def test_slow_statements_do_not_stop_tiles(address: str) -> None:
    """While as many slow requests hang as may, tiles and health are answered; one more is told to come again."""
    assert 200 == get(address + TILE.format(x=13022))[0]
    slow = f"{address}/api/layers/slow/features?as_of=2026-10-31&lang=en"
    with ThreadPoolExecutor(16) as pool:
        hanging = [pool.submit(get, slow) for _ in range(slots_of(THREADS))]
        time.sleep(0.8)
        status, seconds, body = get(slow)
        tiles = [get(address + TILE.format(x=13000 + i)) for i in range(20)]
        assert 200 == get(f"{address}/health")[0] == get(f"{address}/ready")[0]
        still_hanging = [one for one in hanging if not one.done()]
        assert slots_of(THREADS) == len(still_hanging)
        assert [200] * slots_of(THREADS) == [one.result()[0] for one in hanging]
    assert {200} == {status for status, _, _ in tiles}
    assert max(seconds for _, seconds, _ in tiles) < 2
    assert (503, "The server is busy with other requests. Try again in a moment.") == (
        status,
        json.loads(body)["detail"],
    )
    assert seconds < 2
    # The slots are free again.
    assert 200 == get(f"{address}/api/layers/park_status/features?as_of=2026-10-31")[0]


@pytest.mark.parametrize(("threads", "slots"), [(1, 1), (2, 1), (4, 3), (12, 9), (64, 48)])
def test_a_quarter_of_the_threads_is_left_to_tiles(threads: int, slots: int) -> None:
    """One at least, where there is more than one."""
    assert slots == slots_of(threads)
