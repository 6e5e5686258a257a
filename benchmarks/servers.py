"""Servers on the loopback: started with a command, waited for, and stopped by process id."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.report import BenchError

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "bench"
WORKERS = 2
_START_SECONDS = 90


@dataclass(frozen=True)
class Server:
    """How a server is started: its command, an address that answers when it is up, and its environment."""

    name: str
    command: Sequence[str]
    port: int
    ready: str = "/"
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path = ROOT


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    port: int
    pid: int
    seconds: float
    """From the start of its process to its first good answer."""

    @property
    def base(self) -> str:
        """The address in front of every path."""
        return f"http://127.0.0.1:{self.port}"


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ours(database_url: str | None, *, env: Mapping[str, str] | None = None) -> Server:
    """The application by its own command, on a database of ours; None: on its private cluster."""
    port = free_port()
    named = {"DATABASE_URL": database_url} if database_url else {}
    settings = {"GEOAPP_PORT": str(port), "GEOAPP_WORKERS": str(WORKERS), "GEOAPP_LOG_LEVEL": "warning"}
    command = [sys.executable, "-m", "geoapp", "serve"]
    return Server("geoapp", command, port, "/ready", {**settings, **named, **(env or {})})


@contextmanager
def serving(server: Server) -> Iterator[Running]:
    """The server while this lasts. Raises: BenchError - it does not come up, with what it said."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    log = FOLDER / f"{server.name}.log"
    began = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            server.command,
            cwd=server.cwd,
            env={**os.environ, **server.env},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(server, process, log)
        yield Running(server.port, process.pid, time.perf_counter() - began)
    finally:
        _stop(process)


def get(port: int, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, Mapping[str, str], bytes]:
    """One request: status, headers in lower case, and the body as it came over the wire."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers=dict(headers or {}))
        answer = connection.getresponse()
        body = answer.read()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body
    finally:
        connection.close()


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def _wait(server: Server, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            if get(server.port, server.ready)[0] == 200:
                return
        except (OSError, HTTPException):
            pass
        time.sleep(0.02)
    said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    raise BenchError(f"{server.name} did not come up. It said last: {' | '.join(said[-4:])}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Ask it to end, then end it: this one process, known by its id."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
