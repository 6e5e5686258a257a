"""A small HTTP/1.1 load client: keep-alive connections in one event loop, the same for every server that is measured.

It takes about 50 µs of processor time for a request, so it is no limit for servers that answer in a millisecond; where
a server is quicker than that (nginx with files), ``wrk`` is used when it is there.
"""

import selectors
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle

from benchmarks.report import BenchError, percentile

_END = b"\r\n\r\n"
_LAST_CHUNK = b"\r\n0\r\n\r\n"
_PATIENCE = 30.0


@dataclass(frozen=True)
class Load:
    """What is asked: paths in turn, over some connections, for some seconds; ``status`` is the only right answer."""

    port: int
    paths: Sequence[str]
    connections: int = 8
    seconds: float = 2.0
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    once: bool = False
    """Each path is asked once and no more; the run ends with the last one."""


@dataclass(frozen=True)
class Flow:
    """What came of it; seconds are per request."""

    requests: int
    elapsed: float
    seconds: Sequence[float]
    received: int

    @property
    def per_second(self) -> float:
        """Requests answered in a second."""
        return self.requests / self.elapsed

    def ms(self, share: float) -> float:
        """Milliseconds that this share of requests did not exceed."""
        return percentile(self.seconds, share) * 1000


def run_load(load: Load) -> Flow:
    """Ask as told until the time is over. Raises: BenchError - a server gave anything but the right answer."""
    asking = [_Connection(load) for _ in range(load.connections)]
    try:
        began = time.perf_counter()
        seconds = _take_turns(load, asking, began)
        elapsed = time.perf_counter() - began
    finally:
        for connection in asking:
            connection.socket.close()
    return Flow(len(seconds), elapsed, seconds, sum(connection.received for connection in asking))


def _take_turns(load: Load, asking: Sequence["_Connection"], began: float) -> list[float]:
    """Seconds of every answered request."""
    requests = _requests(load)
    done: list[float] = []
    with selectors.DefaultSelector() as selector:
        for connection in asking:
            if connection.ask(requests):
                selector.register(connection.socket, selectors.EVENT_READ, connection)
        while selector.get_map():
            ready = selector.select(_PATIENCE)
            if not ready:
                raise BenchError(f"No answer within {_PATIENCE:.0f} s from port {load.port}.")
            over = not load.once and time.perf_counter() - began >= load.seconds
            for key, _ in ready:
                took = key.data.read()
                if took is None:
                    continue
                done.append(took)
                if over or not key.data.ask(requests):
                    selector.unregister(key.fileobj)
    return done


def _requests(load: Load) -> Iterator[bytes]:
    headers = "".join(f"{name}: {value}\r\n" for name, value in load.headers.items())
    written = [f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{load.port}\r\n{headers}\r\n".encode() for path in load.paths]
    return iter(written) if load.once else cycle(written)


class _Connection:
    """One keep-alive connection with one request on the way."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._start = b""
        self._tail = b""
        self._arrived = 0
        self._size: int | None = None
        self._asked = 0.0
        self._path = b""
        self.received = 0
        self.socket = self._open()

    def ask(self, requests: Iterator[bytes]) -> bool:
        """Send the next request; whether there was one."""
        request = next(requests, None)
        if request is None:
            return False
        self._path = request.split(b" ", 2)[1]
        self._asked = time.perf_counter()
        self.socket.sendall(request)
        return True

    def read(self) -> float | None:
        """Take what has arrived; the seconds it took once the answer is whole."""
        part = self.socket.recv(262_144)
        if not part:
            raise BenchError(f"Port {self._load.port} closed the connection at {self._path.decode()}.")
        self.received += len(part)
        self._arrived += len(part)
        if self._size is None:
            self._start += part
            self._read_head()
        self._tail = (self._tail + part)[-len(_LAST_CHUNK) :]
        whole = self._arrived >= self._size if self._size else self._size == 0 and self._tail == _LAST_CHUNK
        if not whole:
            return None
        self._start, self._tail, self._arrived, self._size = b"", b"", 0, None
        return time.perf_counter() - self._asked

    def _read_head(self) -> None:
        """How long the answer is with its head; 0 where it comes in chunks. Raises: BenchError - a wrong status."""
        head, found, body = self._start.partition(_END)
        if not found:
            return
        first, *lines = head.split(b"\r\n")
        status = int(first.split(b" ", 2)[1])
        if status != self._load.status:
            # A page for people tells programs nothing.
            said = "" if b"<html" in body else f": {' '.join(body[:300].decode(errors='replace').split())}"
            raise BenchError(
                f"Port {self._load.port} answered {status}, not {self._load.status}, to {self._path.decode()}{said}"
            )
        fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
        length = 0 if status in (204, 304) else fields.get(b"content-length")
        self._size = 0 if length is None else len(head) + len(_END) + int(length)

    def _open(self) -> socket.socket:
        opened = socket.create_connection(("127.0.0.1", self._load.port), timeout=_PATIENCE)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened
