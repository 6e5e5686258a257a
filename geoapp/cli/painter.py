"""The demonstration picture, painted beside a server that answers already."""

import os
import subprocess
import sys

import click

_GIVES_WAY = 10
_STOP_SECONDS = 5


class Painter:
    """``geoapp imagery demo`` in a process of its own, which gives way to the server.

    A picture is registered in one transaction, so whoever is killed leaves nothing half done; the next start paints it.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin."""
        click.echo("The demonstration picture is painted meanwhile (once).")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "geoapp", "imagery", "demo"],
            env={**os.environ, "DATABASE_URL": self._url},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            # Ctrl-C is for the server, which ends this one in its turn.
            start_new_session=True,
        )
        os.setpriority(os.PRIO_PROCESS, self._process.pid, _GIVES_WAY)

    def stop(self) -> None:
        """End it where it still runs."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
