"""Chromium for the benchmarks: a cold cache for every visit, no other host, and the bytes that really came."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from benchmarks.report import BenchError
from tools.machine import BROWSERS

WINDOW = {"width": 1366, "height": 768}
_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Ours says of each layer that is on whether it is drawn; the stock page has its paths in the document or not.
_IS_DRAWN = """() => {
    const rows = [...document.querySelectorAll('.layer-row')];
    if (rows.length) {
        return rows.filter((row) => row.querySelector('input')?.checked).every((row) => row.dataset.state === 'ready');
    }
    return document.querySelectorAll('path.leaflet-interactive').length > 0;
}"""
_PATIENCE = 90
# Parts of the width and height of the map, around its middle.
_SPOTS = ((0.5, 0.5), (0.52, 0.5), (0.48, 0.53), (0.5, 0.46), (0.46, 0.48))


@dataclass
class Answer:
    """One request of a page: ``wire_bytes`` with headers, as compressed."""

    url: str
    kind: str
    wire_bytes: int = 0


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium of the distribution. Raises: BenchError - there is none."""
    found = os.environ.get("CHROMIUM") or next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        raise BenchError("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def new_page(browser: Browser) -> Iterator[Page]:
    """A page with an empty cache of its own."""
    context: BrowserContext = browser.new_context(viewport=WINDOW)  # type: ignore[arg-type]  # a plain dictionary
    context.set_default_timeout(60_000)
    try:
        yield context.new_page()
    finally:
        context.close()


@dataclass(frozen=True)
class Visit:
    """What one visit fetched."""

    answers: tuple[Answer, ...]

    @classmethod
    def of(cls, browser: Browser, url: str) -> "Visit":
        """Open an address and wait until nothing is fetched any more."""
        with new_page(browser) as page:
            answers = _watch(page.context.new_cdp_session(page))
            page.goto(url, wait_until="networkidle")
            return cls(tuple(answers.values()))


def seconds_to_use(browser: Browser, url: str) -> tuple[float, float]:
    """From the start of a visit: until plots are drawn, and until a click into the map opens a popup.

    Both sides are asked the same way: the middle of the map is clicked every tenth of a second until a popup stands.
    """
    with new_page(browser) as page:
        began = time.perf_counter()
        page.goto(url, wait_until="commit")
        page.wait_for_function(_IS_DRAWN, polling=50)
        drawn = time.perf_counter() - began
        box = page.locator(".leaflet-container").first.bounding_box()
        if box is None:
            raise BenchError(f"{url} shows no map.")
        spots = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in _SPOTS]
        while not page.locator(".leaflet-popup").count():
            if time.perf_counter() - began > _PATIENCE:
                raise BenchError(f"{url}: no popup within {_PATIENCE} s.")
            page.mouse.click(*next_of(spots))
            page.wait_for_timeout(100)
        return drawn, time.perf_counter() - began


def next_of(spots: list[tuple[float, float]]) -> tuple[float, float]:
    """The first one, which becomes the last: where a click hits a road, the next one hits a plot."""
    spots.append(spots.pop(0))
    return spots[-1]


def _watch(session: CDPSession) -> dict[str, Answer]:
    """Every request of the page, filled in while it runs."""
    answers: dict[str, Answer] = {}

    def begun(event: dict[str, object]) -> None:
        request = event["request"]
        assert isinstance(request, dict)  # noqa: S101 - so says the protocol
        if not str(request["url"]).startswith(("data:", "blob:")):
            answers[str(event["requestId"])] = Answer(str(request["url"]), str(event.get("type", "")).lower())

    def ended(event: dict[str, object]) -> None:
        answer = answers.get(str(event["requestId"]))
        if answer:
            answer.wire_bytes = int(float(str(event["encodedDataLength"])))

    session.on("Network.requestWillBeSent", begun)
    session.on("Network.loadingFinished", ended)
    session.send("Network.enable")
    return answers
