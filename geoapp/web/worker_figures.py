"""Counters of all workers together: each keeps files of its own, and those of workers that have ended become one.

Workers are renewed for as long as the program runs. What they counted stays, their files do not.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder, where there are several workers."""
_KINDS = ("counter", "histogram")
_ENDED = "ended"


def tell_all_workers(folder: Path) -> bytes:
    """The figures of all workers, also of those that have ended, in the text form of Prometheus."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(folder))  # type: ignore[no-untyped-call]
    with _held(folder, fcntl.LOCK_SH):
        return generate_latest(registry)


def keep_ended(folder: Path, pid: int) -> None:
    """Add what a worker that has ended has counted to what others before it have, and remove its files."""
    with _held(folder, fcntl.LOCK_EX):
        for kind in _KINDS:
            own = folder / f"{kind}_{pid}.db"
            if own.exists():
                _add(own, folder / f"{kind}_{_ENDED}.db")
                own.unlink()
        mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]


def _add(own: Path, together: Path) -> None:
    kept = MmapedDict(str(together))  # type: ignore[no-untyped-call]
    try:
        for key, value, timestamp, _ in MmapedDict.read_all_values_from_file(str(own)):  # type: ignore[no-untyped-call]
            kept.write_value(key, kept.read_value(key)[0] + value, timestamp)  # type: ignore[no-untyped-call]
    finally:
        kept.close()  # type: ignore[no-untyped-call]


@contextmanager
def _held(folder: Path, how: int) -> Iterator[None]:
    """While this lasts, nobody adds up beside us: what is in two files for a moment would be told twice."""
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, how)
        yield
