"""``geoapp worker`` as an operator starts it: killed in the midst, ended in order."""

import io
import os
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import geoapp
from tests.job_work import Office, read_file

PACKAGE = Path(geoapp.__file__).parents[1]
DEAD_S = 2


@contextmanager
def worker(url: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a process of its own, with files on the way below a folder; whatever happens, it is gone after."""
    environment = {**os.environ, "DATABASE_URL": url, "GEOAPP_JOB_DEAD_S": str(DEAD_S), "TMPDIR": str(folder)}
    process = subprocess.Popen([sys.executable, "-m", "geoapp", "worker"], env=environment, cwd=PACKAGE)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something that another process does."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.02)


def test_killing_a_worker_loses_no_job_and_leaves_no_half_file(loaded_office: Office) -> None:
    """Kill -9 in the midst of real work: another worker does it from the beginning, whole, once, and sweeps up."""
    jobs = loaded_office.jobs("planner")
    with tempfile.TemporaryDirectory() as folder:
        number = jobs.start("export.layers", {"form": "gpkg", "as_of": "2026-10-31"})
        with worker(loaded_office.url, Path(folder)) as first:
            wait_until(lambda: jobs.get(number).done >= 2)
            first.send_signal(signal.SIGKILL)
            first.wait()
        assert ("running", ()) == (jobs.get(number).state, jobs.get(number).files)
        assert [f"geoapp-job-{first.pid}"] == [
            path.name.rpartition("-")[0] for path in Path(folder).glob("geoapp-job-*")
        ]
        waiting = jobs.start("export.layers", {"form": "geojson", "as_of": "2026-06-30"})
        with worker(loaded_office.url, Path(folder)) as second:
            wait_until(lambda: jobs.get(number).state == "done")
            assert [] == list(Path(folder).glob(f"geoapp-job-{first.pid}-*"))
            second.send_signal(signal.SIGTERM)
            assert 0 == second.wait(60)
        assert [] == list(Path(folder).glob("geoapp-job-*"))
    assert (2, 1) == (jobs.get(number).attempts, len(jobs.get(number).files))
    archive = zipfile.ZipFile(io.BytesIO(read_file(jobs, number)))
    assert None is archive.testzip()
    assert 20 <= len(archive.namelist())
    # Ended in order it has finished what it did, or given it back.
    assert jobs.get(waiting).state in {"done", "waiting"}
    assert 0 == loaded_office.sql("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'")
    if jobs.get(waiting).state == "waiting":
        jobs.cancel(waiting)
