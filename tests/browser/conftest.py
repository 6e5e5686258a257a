"""A real Chromium in front of the running application. Nothing may leave this machine, and nothing may fail unseen."""

import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from sqlalchemy import Engine
from werkzeug.serving import make_server

from geoapp.app import create_app
from geoapp.settings import Settings
from tools.machine import BROWSERS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESKTOP: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
# How long a page may take: much longer than ever on a quiet machine, for what is waited for comes, or the test fails.
PATIENCE_MS = 30_000
# What is drawn of the first theme of the first page.
OCCUPANCY = ".pane-occupancy path"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test of a page that fails is tried once more: a browser on a busy machine has its own mind about time.

    It is named as a rerun in the summary, and should be mended; more than two in a run fail (``--max-suite-reruns``).
    """
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.flaky(reruns=1))


def whole(app: Flask) -> "WSGIApplication":
    """The application, its answers read and closed before they are sent.

    The server for tests leaves an answer open where the browser breaks off, as it does with each page it leaves; the
    file of a font stayed open then, and failed whatever test the interpreter noticed it in.
    """

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        found = app(environ, start_response)
        try:
            return [b"".join(found)]
        finally:
            if close := getattr(found, "close", None):
                close()

    return answer


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The application on a free port of this machine; its address."""
    server = make_server("127.0.0.1", 0, whole(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def served(map_engine: Engine) -> Flask:
    """The application over the loaded data."""
    return create_app(Settings(log_level="warning"), engine=map_engine)


@pytest.fixture(scope="session")
def site(served: Flask) -> Iterator[str]:
    """Its address, once it is served."""
    with serving(served) as address:
        yield address


@pytest.fixture
def client_of_site(served: Flask) -> FlaskClient:
    """A browser without scripts in front of the same application."""
    return served.test_client()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium of the distribution."""
    named = os.environ.get("CHROMIUM")
    found = named or next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("Chromium was not found. Install chromium-headless-shell, or name the program with CHROMIUM=...")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What a page did that it should not; ``expected`` are words of console errors that a test provokes.

    ``is_over``: the test has ended and its server goes; what a page then misses is no fault.
    """

    faults: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()
    is_over: bool = False

    def note(self, fault: str) -> None:
        """Keep a fault, unless it is expected."""
        if not self.is_over and not any(word in fault for word in self.expected):
            self.faults.append(fault)


Open = Callable[..., Page]


@pytest.fixture
def watch() -> Watch:
    """What is noted of the pages of a test."""
    return Watch()


@pytest.fixture
def open_page(chromium: Browser, site: str, watch: Watch) -> Iterator[Open]:
    """Opens pages, and fails the test when one asks another host, writes an error to the console, or crashes.

    ``is_intercepted``: what the page asks for can be held or refused by ``page.route`` from the first request on. Where
    it is begun later, the browser may still let some requests pass.
    """
    contexts = []

    def open_one(path: str, *, base: str = site, is_intercepted: bool = False, **options: object) -> Page:
        context = chromium.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **options})  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("request", lambda r: _is_local(r.url) or watch.note(f"asked {r.url}"))
        page.on(
            "console",
            lambda m: m.type in {"error", "warning"} and watch.note(f"{m.type}: {m.text} {m.location.get('url', '')}"),
        )
        page.on("pageerror", lambda error: watch.note(f"crashed: {error}"))
        page.on("dialog", lambda dialog: (watch.note(f"dialog: {dialog.message}"), dialog.dismiss()))
        if is_intercepted:
            page.route("http://nothing.invalid/", lambda route: route.abort())
        page.goto(base + path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert [] == watch.faults


def _is_local(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"data", "blob"} or parts.hostname == "127.0.0.1"


def ready(page: Page) -> Page:
    """The page once every layer that is on has been drawn, in its own letters: with these, rows move a little."""
    page.wait_for_function(
        "() => document.fonts.status === 'loaded' && document.querySelectorAll('.layer-row').length > 0"
        " && [...document.querySelectorAll('.layer-row input[type=checkbox]:checked')]"
        ".every((box) => box.closest('.layer-row').dataset.state === 'ready')"
    )
    return page


TILE_MIDDLE = """(id) => {
  const layer = geoappMap.geoapp.layers.get(id);
  const box = geoappMap.getContainer().getBoundingClientRect();
  for (const { place } of layer.names()) {
    const { x, y } = geoappMap.latLngToContainerPoint(place);
    const [clientX, clientY] = [box.x + x, box.y + y];
    const target = document.elementFromPoint(clientX, clientY);
    const found = target && geoappMap.geoapp.pointer.find({ target, clientX, clientY });
    if (found?.layer === layer && found.hit.level === "features") return { x: clientX, y: clientY };
  }
  return null;
}"""


def tile_place(page: Page, layer: str) -> tuple[float, float]:
    """A place on the screen where a feature of a tiled layer lies under the pointer, and nothing above it."""
    found = page.wait_for_function(TILE_MIDDLE, arg=layer).json_value()
    return found["x"], found["y"]


def click_tile(page: Page, layer: str) -> None:
    """Click a feature of a tiled layer, and wait for its popup."""
    page.mouse.click(*tile_place(page, layer))
    page.locator(".leaflet-popup-content h2").wait_for()
