"""Chromium for the benchmarks: a cold cache for every visit, no other host, and the bytes that really came."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from benchmarks.report import BenchError
from tools.machine import BROWSERS

WINDOW = {"width": 1366, "height": 768}
_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Looked for before every frame, by the clock of the page, which begins with the visit. Ours says of each layer that is
# on whether it is drawn; the stock page has its paths in the document or not. Once they are, the map is clicked around
# its middle in every frame until a popup stands: where a click hits a road, the next one hits a plot. A popup counts
# when nothing in it is still being waited for.
_WATCH = """() => {
    const spots = [[0.5, 0.5], [0.52, 0.5], [0.48, 0.53], [0.5, 0.46], [0.46, 0.48]];
    const isDrawn = () => {
        const rows = [...document.querySelectorAll('.layer-row')];
        if (!rows.length) return document.querySelector('path.leaflet-interactive') !== null;
        return rows.filter((row) => row.querySelector('input')?.checked).every((row) => row.dataset.state === 'ready');
    };
    const click = () => {
        const box = document.querySelector('.leaflet-container').getBoundingClientRect();
        const [x, y] = spots[0];
        spots.push(spots.shift());
        const at = { clientX: box.x + box.width * x, clientY: box.y + box.height * y };
        const target = document.elementFromPoint(at.clientX, at.clientY);
        target.dispatchEvent(new MouseEvent('click', { ...at, bubbles: true, cancelable: true, view: window }));
    };
    window.seen = {};
    const look = () => {
        if (!seen.drawn && isDrawn()) seen.drawn = performance.now();
        const popup = document.querySelector('.leaflet-popup');
        if (popup && !popup.querySelector('[aria-busy=true]')) {
            seen.popup = performance.now();
            return;
        }
        if (seen.drawn && !popup) click();
        requestAnimationFrame(look);
    };
    look();
}"""
_PATIENCE = 90


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
    """From the start of a visit: until plots are drawn, and until a click opens a popup; for both sides alike."""
    with new_page(browser) as page:
        page.add_init_script(f"({_WATCH})()")
        page.goto(url, wait_until="commit")
        try:
            page.wait_for_function("() => window.seen?.popup", timeout=1000 * _PATIENCE)
        except PlaywrightTimeout as error:
            raise BenchError(f"{url}: no popup within {_PATIENCE} s.") from error
        drawn, popup = page.evaluate("[seen.drawn, seen.popup]")
        return drawn / 1000, popup / 1000


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
