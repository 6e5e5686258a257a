"""A private PostGIS cluster of our own: Unix socket, no TCP port, started and stopped by the program.

Started as root it runs as the user ``postgres``, because PostgreSQL refuses to run as root. Data are never deleted: a
cluster left by a crash is recovered, one that still runs is taken over. Several processes may use it at once; the last
one to leave stops it.
"""

import atexit
import contextlib
import fcntl
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg2

from geoapp.store.cluster_host import Report, as_server_user
from geoapp.store.cluster_server import ROLE, Server

DATABASE = "geoapp"


def _quiet(_: str) -> None:
    """Say nothing."""


class PrivateCluster:
    """A cluster in one folder.

    Args: directory - where data, socket and log lie; made when absent. throwaway - faster, unsafe, removed at the end,
    even where this process is killed. report - is told what happens, a sentence each.
    """

    def __init__(self, directory: Path, *, throwaway: bool = False, report: Report = _quiet) -> None:
        self._directory = directory.resolve()
        self._server = Server(self._directory, throwaway=throwaway, report=report)
        self._throwaway = throwaway
        self._report = report
        self._used: IO[str] | None = None
        self._guard: subprocess.Popen[bytes] | None = None
        self._process = os.getpid()

    @property
    def data(self) -> Path:
        """The data directory of PostgreSQL."""
        return self._server.data

    @property
    def log(self) -> Path:
        """The log of the server."""
        return self._server.log

    @property
    def socket(self) -> Path:
        """The folder of the Unix socket."""
        return self._server.socket

    @property
    def url(self) -> str:
        """The address of the database."""
        return f"postgresql+psycopg2://{ROLE}@/{DATABASE}?host={quote(str(self.socket), safe='/')}"

    def start(self) -> str:
        """Start it, or join it where it runs already; the address of the database.

        Raises: ConfigError - it cannot be started: what was found and what to do.
        """
        if self._used is not None:
            return self.url
        self._server.prepare_folders()
        try:
            with self._alone():
                self._server.prepare_data()
                # Counted before the server runs, so that it is stopped again wherever this is interrupted.
                self._used = self._lock_file("users").open("a")
                fcntl.flock(self._used, fcntl.LOCK_SH)
                if self._server.settles():
                    self._report(f"the cluster in {self._directory} is running already, joining it")
                else:
                    self._server.launch()
                self._create_database()
        except BaseException:
            self.stop()
            raise
        if self._throwaway:
            self._watch()
            atexit.register(self.stop)
        return self.url

    def stop(self) -> bool:
        """Leave it; whether it was stopped. It goes on where another process uses it."""
        if self._used is None or not self._is_ours():
            return False
        with self._alone():
            last = _is_only_holder(self._used)
            if last and self._server.is_alive():
                self._server.halt()
            self._used.close()
            self._used = None
        if last and self._throwaway:
            atexit.unregister(self.stop)
            shutil.rmtree(self._directory, ignore_errors=True)
            shutil.rmtree(self.socket, ignore_errors=True)
        self._unwatch()
        return last

    def revive(self) -> bool:
        """Start the server again where it died while we use it; whether it had.

        Raises: ConfigError - it does not start any more.
        """
        if self._used is None or not self._is_ours() or self._server.is_alive():
            return False
        with self._alone():
            # Meanwhile it may have been stopped on purpose, by another thread.
            if self._used is not None and not self._server.is_alive():
                self._server.launch()
        return True

    def is_running(self) -> bool:
        """Whether the server of this folder answers."""
        return self._server.is_running()

    def _is_ours(self) -> bool:
        """A child that was forked off does not use the cluster, and must not stop it at its own end."""
        return self._process == os.getpid()

    def _create_database(self) -> None:
        try:
            with contextlib.closing(self._server.connect()) as connection:
                connection.autocommit = True
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
                    if cursor.fetchone() is None:
                        cursor.execute(f'CREATE DATABASE "{DATABASE}"')
        except psycopg2.Error as error:
            raise self._server.failure("The private database does not answer as it should", str(error)) from error

    def _lock_file(self, name: str) -> Path:
        return self._directory / f"{name}.lock"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time starts or stops."""
        with self._lock_file("start").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _watch(self) -> None:
        """A child that waits for our end, however it comes, and then stops the server and removes its folder."""
        program = self._server.find_programs().program("pg_ctl")
        stop = [*as_server_user(), program, "-D", str(self.data), "-m", "immediate", "stop"]
        script = f"read -r _; {shlex.join(stop)}; rm -rf {shlex.join([str(self._directory), str(self.socket)])}"
        self._guard = subprocess.Popen(  # noqa: S603 - our own script
            ["/bin/sh", "-c", script],
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _unwatch(self) -> None:
        if self._guard is not None:
            self._guard.kill()
            self._guard.communicate()
            self._guard = None


def _is_only_holder(used: IO[str]) -> bool:
    try:
        fcntl.flock(used, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
