"""The field view on a phone: drafts without a network, photos in pieces, receipts; nothing is lost on the way."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from geoapp.app import create_app
from geoapp.settings import Settings
from tests.browser.conftest import PATIENCE_MS, PHONE, Watch, serving
from tests.field_work import PARK, Ground, ask, ground_of
from tests.photos.photo_files import gps, photo
from tests.staff import PASSWORD

OFFLINE = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to load resource", "ERR_NETWORK_CHANGED")
KEPT = "html[data-kept=true][data-ready=true]"
File = dict[str, Any]


class Line:
    """The way to the server, on which the pieces of photos are seen, and which can be cut in one of them."""

    def __init__(self) -> None:
        self.pieces: list[tuple[int, int]] = []
        self.cut_at: int | None = None
        self.was_cut = threading.Event()

    def between(self, app: Any) -> Any:
        """The application behind this line."""

        def answer(environ: dict[str, Any], start: Any) -> Any:
            if environ["REQUEST_METHOD"] != "PATCH":
                return app(environ, start)
            if self.cut_at == len(self.pieces) + 1 and not self.was_cut.is_set():
                self.was_cut.set()
                environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
                return []
            return app(environ, self._noting(environ, start))

        return answer

    def _noting(self, environ: dict[str, Any], start: Any) -> Any:
        def begin(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            here = dict(headers).get("Upload-Offset")
            if here:
                self.pieces.append((int(environ["HTTP_UPLOAD_OFFSET"]), int(here)))
            return start(status, headers, *more)

        return begin


@pytest.fixture(scope="module")
def line() -> Line:
    """The way to the server."""
    return Line()


@pytest.fixture(scope="module")
def field_site(field_url: str, tmp_path_factory: pytest.TempPathFactory, line: Line) -> Iterator[str]:
    """The application with a folder of its own for photos; its address."""
    folder: Path = tmp_path_factory.mktemp("evidence")
    app = create_app(Settings(database_url=field_url, evidence_dir=folder, log_level="error"))
    app.wsgi_app = line.between(app.wsgi_app)  # type: ignore[method-assign]
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def ground(field_url: str) -> Ground:
    """A plot."""
    return ground_of(field_url)


Phone = Callable[[], tuple[BrowserContext, Page]]


@pytest.fixture
def phone(chromium: Browser, field_site: str, ground: Ground, watch: Watch) -> Iterator[Phone]:
    """A phone in the field: an inspector signed in, the park taken along, its place known."""
    made: list[BrowserContext] = []

    def take() -> tuple[BrowserContext, Page]:
        context = chromium.new_context(
            viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce", permissions=["geolocation"],
            geolocation={"longitude": ground.longitude, "latitude": ground.latitude, "accuracy": 8},
        )  # fmt: skip
        made.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("console", lambda m: m.type == "error" and watch.note(f"{m.text} {m.location.get('url', '')}"))
        page.on("pageerror", lambda error: watch.note(f"crashed: {error}"))
        page.goto(f"{field_site}/login?next=/field/?park={PARK}")
        page.fill("[name=login]", "inspector")
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.locator(KEPT).wait_for(state="attached")
        return context, page

    yield take
    watch.is_over = True
    for context in made:
        context.close()
    assert [] == watch.faults


def camera(body: bytes, name: str = "IMG_1.jpg") -> File:
    """A photo as the camera of the phone gives it."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": body}


def noisy() -> bytes:
    """A photo of about a megabyte, another one each time: it comes in several pieces."""
    image = Image.frombytes("RGB", (800, 600), os.urandom(800 * 600 * 3))
    made = BytesIO()
    image.save(made, "JPEG", quality=98)
    return made.getvalue()


def draft(page: Page, ground: Ground, *photos: File) -> None:
    """A new draft about a plot, with a reason and photos."""
    page.click("[data-new]")
    pick(page, ground)
    page.select_option("[data-reason]", "unused")
    page.fill("[data-note]", "Cỏ mọc cao")
    if photos:
        page.set_input_files("[data-take]", photos[0])  # type: ignore[arg-type]
        if photos[1:]:
            page.locator("[data-photos] li").nth(0).wait_for()
            page.set_input_files("[data-choose]", photos[1:])  # type: ignore[arg-type]
        page.locator("[data-photos] li").nth(len(photos) - 1).wait_for()


def middle_of_the_largest(page: Page) -> tuple[float, float]:
    """Where on the screen the largest plot has its middle, once the map stands still."""
    find = (
        "(paths) => { const m = paths.map((p) => p.getBoundingClientRect());"
        " const best = m.sort((a, b) => b.width * b.height - a.width * a.height)[0];"
        " return [best.x + best.width / 2, best.y + best.height / 2]; }"
    )
    plots, before = page.locator("path.ground-plot"), None
    while (now := plots.evaluate_all(find)) != before:
        before = now
        page.wait_for_timeout(200)
    return now[0], now[1]


def pick(page: Page, ground: Ground) -> None:
    """Touch the plot on the map."""
    code = page.locator(".ground-code", has_text=ground.code).first
    code.wait_for(state="attached")
    page.touchscreen.tap(*middle_of_the_largest(page))
    expect(page.locator("[data-picked]")).to_contain_text("-")


def send(page: Page) -> None:
    """Press the button that sends."""
    page.click("[data-form] button[type=submit]")


def state(page: Page) -> str | None:
    """The state of the newest draft."""
    return page.locator("[data-draft]").first.get_attribute("data-draft-state")


def wait_for(page: Page, wanted: str) -> None:
    """Until the newest draft has come so far."""
    page.locator(f"[data-draft-state={wanted}]").first.wait_for()


def test_a_draft_made_offline_is_sent_when_the_network_is_back(
    phone: Phone, watch: Watch, ground: Ground, field_url: str
) -> None:
    """Opened, drawn, photographed and kept without a network; then sent by itself, with a receipt of all photos."""
    watch.expected = OFFLINE
    context, page = phone()
    context.set_offline(True)
    page.reload()
    page.locator("html[data-ready=true]").wait_for(state="attached")
    draft(page, ground, camera(photo(place=gps(ground.longitude, ground.latitude, 90), mark="offline")),
          camera(photo(mark="second"), "IMG_2.jpg"))  # fmt: skip
    send(page)
    wait_for(page, "queued")
    page.reload()
    page.locator("html[data-ready=true]").wait_for(state="attached")
    assert "queued" == state(page)
    before = ask(field_url, "SELECT count(*) FROM cases")
    context.set_offline(False)
    wait_for(page, "sent")
    assert "2 ảnh" in page.locator(".receipt").inner_text()
    assert 2 == page.locator(".receipt .hashes li").count()
    assert [(int(str(before[0][0])) + 1,)] == ask(field_url, "SELECT count(*) FROM cases")
    # A position that the phone knew is told beside the photo that has none.
    sql = (
        "SELECT p.geom IS NOT NULL, ST_X(device_geom) FROM field_photos AS p"
        " JOIN field_reports AS r ON r.id = report_id ORDER BY announced_at DESC, ordinal LIMIT 2"
    )
    assert [(True, pytest.approx(ground.longitude)), (False, pytest.approx(ground.longitude))] == ask(field_url, sql)


def test_a_broken_connection_goes_on_where_it_broke(
    phone: Phone, watch: Watch, ground: Ground, line: Line, field_url: str
) -> None:
    """Cut in the third piece; no byte that had arrived is sent again, and nothing shows as done meanwhile."""
    watch.expected = OFFLINE
    _, page = phone()
    body = noisy()
    before = ask(field_url, "SELECT count(*) FROM cases")
    line.pieces.clear()
    line.cut_at = 3
    draft(page, ground, camera(body))
    send(page)
    assert line.was_cut.wait(15)
    expect(page.locator(".draft .fault").first).to_be_visible()
    assert (before, 0) == (ask(field_url, "SELECT count(*) FROM cases"), page.locator(".receipt").count())
    page.locator("[data-send-all]").click()
    wait_for(page, "sent")
    assert len(body) == sum(until - since for since, until in line.pieces)
    assert [until for _, until in line.pieces[:-1]] == [since for since, _ in line.pieces[1:]]


def test_a_reload_loses_nothing(phone: Phone, ground: Ground) -> None:
    """What was typed, picked and photographed stands there again, with the same draft open."""
    _, page = phone()
    draft(page, ground, camera(photo(mark="reload")))
    page.reload()
    page.locator("html[data-ready=true]").wait_for(state="attached")
    expect(page.locator("[data-note]")).to_have_value("Cỏ mọc cao")
    expect(page.locator("[data-reason]")).to_have_value("unused")
    expect(page.locator("[data-picked]")).to_contain_text("-")
    assert 1 == page.locator("[data-photos] img").count()


def test_a_drawing_that_crosses_itself_cannot_be_finished(phone: Phone) -> None:
    """It is told at once; without the last corner it can."""
    _, page = phone()
    page.click("[data-new]")
    page.click("[data-mode=area]")
    box = page.locator("[data-ground]").bounding_box()
    assert box is not None
    for x, y in ((0.4, 0.4), (0.6, 0.6), (0.6, 0.4), (0.4, 0.6)):
        page.touchscreen.tap(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        page.wait_for_timeout(400)
    expect(page.locator("[data-fault=geometry]")).to_contain_text("cắt nhau")
    expect(page.locator("[data-end]")).to_be_disabled()
    page.click("[data-undo]")
    page.click("[data-end]")
    expect(page.locator("[data-picked]")).to_contain_text("ha")
    expect(page.locator("[data-fault=geometry]")).to_be_empty()


def test_what_is_missing_is_told_beside_its_field(phone: Phone) -> None:
    """No place, no reason; nothing is sent, nothing is lost."""
    _, page = phone()
    page.click("[data-new]")
    page.fill("[data-note]", "giữ lại")
    send(page)
    expect(page.locator("[data-fault=geometry]")).not_to_be_empty()
    expect(page.locator("[data-fault=reason]")).not_to_be_empty()
    expect(page.locator("[data-note]")).to_have_value("giữ lại")


def test_what_is_no_photo_is_told_in_the_field(phone: Phone) -> None:
    """While one still stands there and can take another one."""
    _, page = phone()
    page.click("[data-new]")
    # A person can choose nothing before the form is there; files are put into what is hidden, too.
    page.wait_for_selector("[data-reason]")
    page.set_input_files("[data-choose]", camera(b"%PDF-1.7 x", "quyetdinh.jpg"))  # type: ignore[arg-type]
    expect(page.locator("[data-fault=photos]")).to_contain_text("không phải là ảnh")
    page.set_input_files("[data-choose]", camera(photo()[:3000], "cut.jpg"))  # type: ignore[arg-type]
    expect(page.locator("[data-fault=photos]")).to_contain_text("bị hỏng")
    assert 0 == page.locator("[data-photos] li").count()


def test_a_flag_that_the_server_refuses_says_why_and_stays(phone: Phone, watch: Watch) -> None:
    """A point far outside the park; moved inside, the same draft goes."""
    watch.expected = OFFLINE
    _, page = phone()
    page.click("[data-new]")
    page.select_option("[data-reason]", "dumping")
    page.evaluate("document.querySelector('[data-mode=point]').click()")
    box = page.locator("[data-ground]").bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + 8, box["y"] + 60)
    expect(page.locator("[data-fault=geometry]")).to_contain_text("ngoài ranh giới")
    send(page)
    wait_for(page, "refused")
    expect(page.locator("[data-draft] .fault").first).to_contain_text("ngoài tất cả các khu")
    page.locator("[data-draft] button").first.click()
    page.locator("main[data-view=form]").wait_for()
    page.evaluate("document.querySelector('[data-mode=point]').click()")
    page.touchscreen.tap(*middle_of_the_largest(page))
    expect(page.locator("[data-mode=pick]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-fault=geometry]")).to_be_empty()
    send(page)
    wait_for(page, "sent")


def test_an_ended_session_keeps_the_drafts(phone: Phone, watch: Watch, ground: Ground) -> None:
    """Who has to sign in again is told so; after that the draft goes."""
    watch.expected = OFFLINE
    context, page = phone()
    draft(page, ground)
    context.clear_cookies()
    send(page)
    wait_for(page, "queued")
    expect(page.locator("[data-state] a")).to_be_visible()
    page.locator("[data-state] a").click()
    page.fill("[name=login]", "inspector")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.locator("html[data-ready=true]").wait_for(state="attached")
    wait_for(page, "sent")


def test_signing_out_warns_of_what_was_not_sent(phone: Phone, ground: Ground) -> None:
    """And the drafts stay on the device."""
    _, page = phone()
    draft(page, ground)
    said: list[str] = []
    page.once("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.click(".field-who summary")
    page.click("[data-logout] button")
    page.wait_for_timeout(300)
    assert said
    assert "chưa gửi" in said[0]
    assert page.url.endswith(f"/field/?park={PARK}")


def test_targets_are_large_enough_for_a_thumb(phone: Phone) -> None:
    """Every button, link and field in sight is 44 pixels high at least; nothing sticks out of the screen."""
    _, page = phone()
    small = """() => [...document.querySelectorAll('button, select, summary, a[href], input[type=date], .button')]
        .filter((one) => one.offsetParent && !one.closest('.leaflet-control-attribution'))
        .filter((one) => one.getBoundingClientRect().height < 43.5)
        .map((one) => one.outerHTML.slice(0, 80))"""
    for step in ("list", "form"):
        if step == "form":
            page.click("[data-new]")
        assert [] == page.evaluate(small)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_photos_are_added_to_a_case_from_its_page(phone: Phone, ground: Ground, field_url: str) -> None:
    """Its page leads to a draft with its number; without a photo it is told so; sent, the page of the case shows it."""
    _, page = phone()
    draft(page, ground)
    send(page)
    wait_for(page, "sent")
    page.locator(".receipt > a").first.click()
    page.locator("#evidence .button").click()
    page.locator("html[data-ready=true]").wait_for(state="attached")
    assert not page.locator("[data-ground]").is_visible()
    number = page.input_value("[data-case]")
    send(page)
    assert "ảnh" in page.locator("[data-fault=photos]").inner_text()
    page.set_input_files("[data-take]", camera(photo(mark="later")))  # type: ignore[arg-type]
    page.locator("[data-photos] li").first.wait_for()
    send(page)
    # Its own, beside that of the flag.
    page.locator("[data-draft-state=sent]").nth(1).wait_for()
    page.goto(f"{page.url.split('/field')[0]}/cases/{number}")
    assert 1 == page.locator("#evidence img").count()
    steps = ask(field_url, "SELECT step FROM case_events WHERE case_id = :case ORDER BY number", case=int(number))
    assert [("open",), ("evidence",)] == steps
