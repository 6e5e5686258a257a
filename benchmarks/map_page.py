"""The map page at 20,000 plots against stock Folium: server time, bytes, and until it can be used in Chromium."""

import gzip
import http.server
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlencode, urlsplit

import brotli

from benchmarks.browser import Visit, chromium, seconds_to_use
from benchmarks.ground import AS_OF, Ground, month_ends
from benchmarks.report import BenchError, Finding, Samples, Section, interleave
from benchmarks.servers import ROOT, get, serving
from benchmarks.stock_folium import build_page
from benchmarks.synthetic import FIRST_PARK

TITLE = "Map page at 20,000 plots against stock Folium"
PLOTS = 20_000
PAGE = f"/parks/{FIRST_PARK}"
_ROUNDS = 5
_STOCK = "stock Folium"
# Up to the name of a script or style sheet of another host.
_ASSET = re.compile(rb"https?://[^\"'\s]*/(?=[^/\"'\s]+\.(?:js|css)[\"'])")
_DIST = ROOT / "node_modules" / "leaflet" / "dist"
_LEAFLET = {"/leaflet.js": "text/javascript", "/leaflet.css": "text/css"}
_ACCEPT = {"Accept-Encoding": "br, gzip"}
_NOTE = (
    "One park with all plots, the same rows on both sides. Ours counts the page, and the page with every answer about"
    " layers and data that Chromium asks for to show its first view, one after another, each for a day that nobody has"
    " asked for before; stock Folium counts from the database to the bytes of its page."
)


def run(ground: Ground) -> Section:
    """All three, with both sides in turn."""
    url = ground.database(PLOTS, parks=1)
    stock = build_page(url, AS_OF)
    with serving(ground.serve(PLOTS, parks=1)) as server, _file_server(stock) as stock_port, chromium() as browser:
        asked = [PAGE, *_data_of(Visit.of(browser, server.base + PAGE))]
        findings = [
            *_server_time(url, server.port, asked),
            *_bytes(server.port, asked, stock),
            *_in_chromium(browser, server.base + PAGE, f"http://127.0.0.1:{stock_port}/"),
        ]
    return Section(f"{TITLE} ({len(asked) - 1} answers for the first view)", findings)


def _data_of(visit: Visit) -> list[str]:
    """The paths of everything about layers and data that a visit asked for."""
    parts = [urlsplit(answer.url) for answer in visit.answers]
    paths = [f"{part.path}?{part.query}" for part in parts if part.path.startswith("/api/")]
    if not paths:
        raise BenchError("The page asked for no data: nothing would be compared.")
    return paths


def _server_time(url: str, port: int, asked: list[str]) -> list[Finding]:
    # The page itself by the day it begins with, the rest as of a day for which nothing is kept yet.
    turns = iter(month_ends()[1:])
    found = interleave(
        {
            "page": lambda: _seconds(port, asked[:1]),
            "view": lambda: _seconds(port, _as_of(asked, next(turns))),
            "stock": lambda: _timed_stock(url),
        },
        _ROUNDS,
    )
    return [
        Finding("server time: page", "s", found["page"], _STOCK, found["stock"], target=50, note=_NOTE),
        Finding("server time: page and data of the first view", "s", found["view"], _STOCK, found["stock"], target=50),
    ]


def _bytes(port: int, asked: list[str], stock: bytes) -> list[Finding]:
    raw = [len(get(port, path)[2]) for path in asked]
    small = [len(get(port, path, _ACCEPT)[2]) for path in asked]
    packed = _kb(len(brotli.compress(stock, quality=5)))
    beside_gzip = f"stock with gzip: {len(gzip.compress(stock)) / 1000:.0f} kB"
    return [
        Finding("bytes: page", "kB", _kb(raw[0]), _STOCK, _kb(len(stock)), target=100),
        Finding("bytes: page and data of the first view", "kB", _kb(sum(raw)), _STOCK, _kb(len(stock)), target=100),
        Finding("bytes compressed: page", "kB", _kb(small[0]), f"{_STOCK}, brotli 5", packed, note=beside_gzip),
        Finding("bytes compressed: page and data", "kB", _kb(sum(small)), f"{_STOCK}, brotli 5", packed),
    ]


def _in_chromium(browser: object, ours: str, stock: str) -> list[Finding]:
    drawn: dict[str, list[float]] = {"ours": [], "stock": []}

    def visit(side: str, address: str) -> float:
        first, usable = seconds_to_use(browser, address)  # type: ignore[arg-type]  # handed through
        drawn[side].append(first)
        return usable

    found = interleave({"ours": lambda: visit("ours", ours), "stock": lambda: visit("stock", stock)}, 3)
    # The warm-up is the first of each.
    sides = {name: Samples(tuple(values[1:])) for name, values in drawn.items()}
    return [
        Finding("Chromium: until plots are drawn", "s", sides["ours"], _STOCK, sides["stock"], target=3),
        Finding("Chromium: until a click opens a popup", "s", found["ours"], _STOCK, found["stock"], target=3),
    ]


def _seconds(port: int, paths: list[str]) -> float:
    began = time.perf_counter()
    for path in paths:
        status, _, body = get(port, path, _ACCEPT)
        if status not in (200, 204):
            raise BenchError(f"{path}: {status} {body[:200].decode(errors='replace')}")
    return time.perf_counter() - began


def _timed_stock(url: str) -> float:
    began = time.perf_counter()
    build_page(url, AS_OF)
    return time.perf_counter() - began


def _as_of(paths: list[str], day: str) -> list[str]:
    """The same addresses as of another day, where they name one."""
    moved = []
    for path in paths:
        parts = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        # What is the same on every day takes none; the page takes one that it was not asked for at first.
        if "as_of" in query or path == PAGE:
            query["as_of"] = day
        moved.append(f"{parts.path}?{urlencode(query)}")
    return moved


def _kb(size: int) -> Samples:
    return Samples((size / 1000,))


@contextmanager
def _file_server(body: bytes) -> Iterator[int]:
    """Serves one page from memory, as quickly as can be, and Leaflet beside it; the port.

    What the page takes from outside hosts is asked of this one: nothing has to be caught on its way in the browser,
    which would slow down every request. Its other libraries are not there, and not needed.
    """
    page = _ASSET.sub(b"/", body)

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind = _LEAFLET.get(self.path)
            found = page if self.path == "/" else (_DIST / self.path[1:]).read_bytes() if kind else b""
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", kind or "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(found)))
            self.end_headers()
            self.wfile.write(found)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()
