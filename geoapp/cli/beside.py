"""Processes of this program that run beside the web server: how one is started, and how it is ended."""

import os
import subprocess
import sys
import threading

_STARTING = threading.Lock()
# gunicorn forks its workers while these are started in threads. A worker forked between the making of the pipe over
# which a start is reported and its closing keeps its end open: the start would wait as long as that worker lives.
os.register_at_fork(before=_STARTING.acquire, after_in_parent=_STARTING.release, after_in_child=_STARTING.release)


def start_beside(url: str, *arguments: str) -> subprocess.Popen[bytes]:
    """``geoapp`` with some arguments in a process of its own.

    Args: url - of the database; arguments - such as ``"imagery", "demo"``.
    """
    with _STARTING:
        return subprocess.Popen(  # noqa: S603 - this program itself
            [sys.executable, "-m", "geoapp", *arguments],
            env={**os.environ, "DATABASE_URL": url},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            # Ctrl-C is for the server, which ends these in its turn.
            start_new_session=True,
        )


def end_beside(process: subprocess.Popen[bytes], seconds: float) -> None:
    """End it in order where it still runs; one that does not answer in time is killed."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
