"""Folders for files on the way of long work: each goes with its run, those of killed workers with the next worker."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NAME = re.compile(r"geoapp-job-(\d+)-.+")


@contextmanager
def job_folder() -> Iterator[Path]:
    """A folder of this process, removed at the end."""
    with tempfile.TemporaryDirectory(prefix=f"geoapp-job-{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def sweep_job_folders() -> int:
    """Remove the folders of processes that are gone; how many."""
    swept = 0
    for folder in Path(tempfile.gettempdir()).glob("geoapp-job-*"):
        found = _NAME.fullmatch(folder.name)
        if found and _is_own(folder) and not _is_alive(int(found[1])):
            shutil.rmtree(folder, ignore_errors=True)
            swept += 1
    return swept


def _is_own(folder: Path) -> bool:
    """Nothing of anybody else on the machine is touched, nor followed."""
    try:
        return not folder.is_symlink() and folder.stat().st_uid == os.getuid()
    except OSError:
        return False


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
