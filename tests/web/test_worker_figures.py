"""Counters of several workers: all together, and few files however many workers there have been."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from geoapp.web.worker_figures import VARIABLE, keep_ended, tell_all_workers

WORKER = """
import os
from prometheus_client import Counter, Histogram
Counter("asked_total", "Asked", ["view"]).labels("home").inc({times})
Histogram("took_seconds", "Took", buckets=(1, 2)).observe({took})
print(os.getpid())
"""


def work(folder: Path, times: int, took: float) -> int:
    """A worker that counts and ends; its process number."""
    script = WORKER.format(times=times, took=took)
    environment = {**os.environ, VARIABLE: str(folder)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    return int(done.stdout)


def figures(folder: Path) -> dict[str, float]:
    """What is told, by name and labels."""
    lines = tell_all_workers(folder).decode().splitlines()
    return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in lines if not line.startswith("#")}


@pytest.fixture
def workers(tmp_path: Path) -> list[int]:
    """Three workers that have counted 3, 4 and 5."""
    return [work(tmp_path, times, took) for times, took in ((3, 0.5), (4, 0.7), (5, 1.5))]


def test_what_ended_workers_counted_stays(tmp_path: Path, workers: list[int]) -> None:
    """The same figures before and after, one worker after the other."""
    before = figures(tmp_path)
    for pid in workers:
        keep_ended(tmp_path, pid)
        assert before == figures(tmp_path)
    assert (12.0, 3.0, 2.0) == (
        before['asked_total{view="home"}'],
        before["took_seconds_count"],
        before['took_seconds_bucket{le="1.0"}'],
    )


def test_their_files_do_not(tmp_path: Path, workers: list[int]) -> None:
    """One for each kind is left, and the figures of a worker that goes on are added to it."""
    for pid in workers:
        keep_ended(tmp_path, pid)
    assert ["counter_ended.db", "histogram_ended.db"] == sorted(file.name for file in tmp_path.glob("*.db"))
    work(tmp_path, 10, 0.1)
    assert 22.0 == figures(tmp_path)['asked_total{view="home"}']


def test_a_worker_that_counted_nothing_may_end(tmp_path: Path) -> None:
    """As one does that could not start."""
    keep_ended(tmp_path, 1)
    assert {} == figures(tmp_path)
