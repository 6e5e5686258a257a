"""The demonstration picture, painted beside a server that answers already."""

import os
import subprocess

import click

from geoapp.cli.beside import end_beside, start_beside

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
        self._process = start_beside(self._url, "imagery", "demo")
        os.setpriority(os.PRIO_PROCESS, self._process.pid, _GIVES_WAY)

    def stop(self) -> None:
        """End it where it still runs."""
        if self._process:
            end_beside(self._process, _STOP_SECONDS)
