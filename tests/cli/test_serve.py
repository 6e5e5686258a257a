"""``geoapp serve`` as a person starts it: a private cluster, the data, gunicorn; and how it ends."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

import geoapp
from geoapp.store.cluster import PrivateCluster
from geoapp.store.cluster_host import is_served

PACKAGE = Path(geoapp.__file__).parents[1]


@pytest.fixture
def port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def var(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder for the private cluster, which is stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="geoapp-serve-"))
    folder.chmod(0o755)
    yield folder
    if (folder / "postgres" / "data").exists():
        cluster = PrivateCluster(folder / "postgres", throwaway=True)
        cluster.start()
        assert cluster.stop(), f"{request.node.name} left something that uses its cluster"
    subprocess.run(["rm", "-rf", str(folder)], check=True)


class Serving:
    """A running ``geoapp serve``."""

    def __init__(self, var: Path, port: int, **settings: str) -> None:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"GEOAPP_VAR_DIR": str(var), "GEOAPP_PORT": str(port), "GEOAPP_DEMO": "false", **settings}
        self._output = (var / "output.txt").open("w+")
        self.port = port
        self.process = subprocess.Popen(
            [sys.executable, "-m", "geoapp", "serve"],
            stdout=self._output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=PACKAGE,
            start_new_session=True,
        )

    @property
    def said(self) -> str:
        """All that it printed so far."""
        self._output.seek(0)
        return self._output.read()

    def wait_for(self, text: str, seconds: float = 90) -> None:
        """Wait until it has printed a text."""
        until = time.monotonic() + seconds
        while text not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < until, self.said
            time.sleep(0.05)

    def get(self, path: str) -> int:
        """The status of a page."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    def ask(self, path: str) -> Any:
        """What an address answers, as JSON."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return json.load(answer)

    def end(self, number: signal.Signals) -> int:
        """Send a signal; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(30)

    def close(self) -> None:
        """Whatever happened, nothing is left."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self._output.close()


@pytest.fixture
def serving(var: Path, port: int) -> Iterator[Serving]:
    """A ``geoapp serve`` that has just been started."""
    started = Serving(var, port)
    yield started
    started.close()


def server_pid(var: Path) -> str:
    """The process number of the cluster's server."""
    return (var / "postgres" / "data" / "postmaster.pid").read_text().split()[0]


def test_it_serves_and_ctrl_c_stops_everything(serving: Serving, var: Path) -> None:
    """It ends with the address; Ctrl-C ends gunicorn and the server, with exit code 0."""
    serving.wait_for("Open  http://127.0.0.1:")
    assert 200 == serving.get("/ready")
    assert 200 == serving.get("/")
    rounds = [most_of_eight(serving) for _ in range(40)]
    # Without care for it all eight go to one of the two in every third or fourth round.
    assert rounds.count(8) <= 4, rounds
    with ExitStack() as stack:
        # Nothing is asked on them; threads that waited for it would answer nobody else for 20 s.
        for _ in range(100):
            stack.enter_context(socket.create_connection(("127.0.0.1", serving.port), timeout=20))
        with urllib.request.urlopen(f"http://127.0.0.1:{serving.port}/ready", timeout=10) as answer:
            assert 200 == answer.status
    worker = child_pid(serving, "worker")
    assert 0 == serving.end(signal.SIGINT)
    assert "Everything is stopped." in serving.said
    assert not PrivateCluster(var / "postgres").is_running()
    assert not Path(f"/proc/{worker}").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_can_be_stopped_while_it_sets_up(serving: Serving, var: Path, number: signal.Signals) -> None:
    """In the middle of migrating or loading: no traceback, no server left."""
    serving.wait_for("[2/4]")
    assert 0 != serving.end(number)
    assert "Traceback" not in serving.said
    assert not PrivateCluster(var / "postgres").is_running()


def test_after_kill_the_next_start_goes_on(serving: Serving, var: Path, port: int) -> None:
    """Kill -9 of program and server at once; the next start recovers and serves the same data."""
    serving.wait_for("Open  http://127.0.0.1:")
    pid = server_pid(var)
    os.killpg(serving.process.pid, signal.SIGKILL)
    serving.process.wait()
    os.kill(int(pid), signal.SIGKILL)
    while is_served(var / "postgres" / "data", pid):
        time.sleep(0.01)
    again = Serving(var, port)
    try:
        again.wait_for("Open  http://127.0.0.1:")
        assert "recovering it" in again.said
        assert 200 == again.get("/ready")
        assert 0 == again.end(signal.SIGTERM)
    finally:
        again.close()


def test_a_server_that_dies_is_brought_back(serving: Serving, var: Path) -> None:
    """Workers answer all the while, and pages are back within seconds by themselves; so is a worker of long work."""
    serving.wait_for("Open  http://127.0.0.1:")
    before, worker = server_pid(var), child_pid(serving, "worker")
    os.kill(int(before), signal.SIGKILL)
    os.kill(worker, signal.SIGKILL)
    answers = []
    until = time.monotonic() + 30
    while time.monotonic() < until and 200 not in answers[-1:]:
        time.sleep(0.2)
        answers.append(serving.get("/ready"))
    assert 200 == answers[-1]
    assert {200, 503} >= set(answers)
    assert before != server_pid(var)
    assert worker != child_pid(serving, "worker", but=worker)
    assert 0 == serving.end(signal.SIGINT)


def most_of_eight(serving: Serving) -> int:
    """Eight connections at once: how many of them the process has that has most."""
    with ExitStack() as stack:
        connections = [
            stack.enter_context(socket.create_connection(("127.0.0.1", serving.port), timeout=20)) for _ in range(8)
        ]
        for connection in connections:
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: geoapp\r\n\r\n")
        assert all(connection.recv(4096).startswith(b"HTTP/1.1 200") for connection in connections)
        taken = connections_of_each(serving)
    assert sum(taken) == 8
    while sum(connections_of_each(serving)):
        time.sleep(0.01)
    return max(taken)


def connections_of_each(serving: Serving) -> list[int]:
    """How many connections to the port each process that answers has."""
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    # Local address, state (01: established), inode: proc(5).
    ours = {f"socket:[{row[9]}]" for row in rows if int(row[1].split(":")[1], 16) == serving.port and row[3] == "01"}
    found = []
    for child in Path(f"/proc/{serving.process.pid}/task/{serving.process.pid}/children").read_text().split():
        if "serve" in read_proc(Path(f"/proc/{child}/cmdline")).split("\0"):
            links = Path(f"/proc/{child}/fd").iterdir()
            found.append(sum(os.path.realpath(link).rpartition("/")[2] in ours for link in links))
    return found


def read_proc(path: Path) -> str:
    """What the system tells of a process; nothing of one that ends just now."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def child_pid(serving: Serving, command: str, but: int = 0) -> int:
    """The process number of a child of the program that runs a command of ours, other than one that is known."""
    # Those that a thread has started are children of the thread.
    threads = Path(f"/proc/{serving.process.pid}/task")
    until = time.monotonic() + 20
    while time.monotonic() < until:
        for child in " ".join(read_proc(one) for one in threads.glob("*/children")).split():
            if command in read_proc(Path(f"/proc/{child}/cmdline")).split("\0") and int(child) != but:
                return int(child)
        time.sleep(0.02)
    raise AssertionError(f"nobody runs {command!r}: {serving.said}")


def test_the_picture_is_painted_after_the_first_answer(var: Path, port: int) -> None:
    """Whoever paints is killed: nothing is registered; the next start paints it beside its answers."""
    first = Serving(var, port, GEOAPP_DEMO="true")
    try:
        first.wait_for("Open  http://127.0.0.1:", 180)
        os.kill(child_pid(first, "imagery"), signal.SIGKILL)
        assert [] == first.ask("/api/imagery")["scenes"]
        assert 0 == first.end(signal.SIGTERM)
    finally:
        first.close()
    again = Serving(var, port, GEOAPP_DEMO="true")
    try:
        again.wait_for("Open  http://127.0.0.1:")
        assert [] == again.ask("/api/imagery")["scenes"]
        until = time.monotonic() + 120
        while time.monotonic() < until and not again.ask("/api/imagery")["scenes"]:
            time.sleep(0.2)
        (scene,) = again.ask("/api/imagery")["scenes"]
        assert {f"{scene['id']}.tif"} == {path.name for path in (var / "imagery").iterdir() if path.suffix == ".tif"}
        assert 0 == again.end(signal.SIGINT)
    finally:
        again.close()
