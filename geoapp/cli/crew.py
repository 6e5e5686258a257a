"""The workers that ``geoapp serve`` starts beside the web server, and starts again when one dies."""

import os
import threading
import time

import click

from geoapp.cli.beside import end_beside, start_beside

_LOOK_S = 0.5
_STOP_S = 10
# One that dies at once is not started over and over.
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 30.0
_LIVES_S = 60.0


class Crew:
    """``geoapp worker`` in some processes. Args: url - of the database; count - how many."""

    def __init__(self, url: str, count: int) -> None:
        self._url, self._count = url, count
        self._ended = threading.Event()
        self._keepers: list[threading.Thread] = []

    def start(self) -> None:
        """Start them."""
        self._keepers = [threading.Thread(target=self._keep, daemon=True) for _ in range(self._count)]
        for keeper in self._keepers:
            keeper.start()

    def stop(self) -> None:
        """End them in order: each finishes or gives back its work; one that does not answer is killed."""
        self._ended.set()
        for keeper in self._keepers:
            keeper.join()

    def _keep(self) -> None:
        pause = _FIRST_PAUSE_S
        while not self._ended.is_set():
            began = time.monotonic()
            process = start_beside(self._url, "worker", "--parent", str(os.getpid()))
            while process.poll() is None and not self._ended.wait(_LOOK_S):
                pass
            if self._ended.is_set():
                end_beside(process, _STOP_S)
                return
            pause = _FIRST_PAUSE_S if time.monotonic() - began > _LIVES_S else pause
            click.echo(f"      a worker of long work had died; it is started again in {pause:.0f} s", err=True)
            self._ended.wait(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_S)
