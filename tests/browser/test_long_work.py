"""Long work in Chromium: started, seen to go on without a reload, its file taken."""

import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from geoapp.resources import layers_dir
from geoapp.services.job_kinds import Arguments, JobContext, JobKinds
from geoapp.services.layer_package import EXPORT_LAYERS
from tests.browser.conftest import Open, serving
from tests.browser.test_axe import AXE, RUN
from tests.job_work import Office, work_off
from tests.staff import signed_in, staffed_app


@pytest.fixture
def jobs_site(office: Office) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """The application over an office, and the cookies of a viewer."""
    app = staffed_app(office.url, layers_dir())
    with serving(app) as address:
        cookie = signed_in(app, "viewer").get_cookie("session")
        assert cookie
        yield address, [{"name": "session", "value": cookie.value, "url": address}]


def test_work_is_started_watched_and_taken(
    open_page: Open, office: Office, jobs_site: tuple[str, list[dict[str, str]]], tmp_path: Path
) -> None:
    """The page tells waiting, how far it is, and the file, all by itself; and asks no more once it is done."""
    gate = threading.Event()

    def gated(context: JobContext, arguments: Arguments) -> None:
        context.tell(3, 6, "Layer “%(layer)s”", layer="Ranh giới KCN")
        assert gate.wait(30)
        EXPORT_LAYERS.run(context, arguments)

    address, cookies = jobs_site
    page = open_page("/", base=address, locale="vi-VN", accept_downloads=True)
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto(address + "/jobs")
    page.get_by_label("Số liệu đến").fill("2026-06-30")
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page.get_by_text("sắp đến lượt")).to_be_visible()
    page.evaluate("window.isTheSamePage = true")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    kinds = JobKinds([replace(EXPORT_LAYERS, run=gated)])
    worker = threading.Thread(target=work_off, args=(office.url, kinds))
    worker.start()
    expect(page.get_by_text("Lớp “Ranh giới KCN”")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "50")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert [] == page.evaluate(RUN)
    gate.set()
    worker.join()
    link = page.get_by_role("link", name="lop-ban-do-2026-06-30-gpkg.zip")
    expect(link).to_be_visible()
    assert page.evaluate("window.isTheSamePage")
    asked.clear()
    with page.expect_download() as download:
        link.click()
    download.value.save_as(tmp_path / "taken.zip")
    assert "danh-muc.csv" in zipfile.ZipFile(tmp_path / "taken.zip").namelist()
    page.wait_for_timeout(1500)
    assert [] == [url for url in asked if "/jobs/states" in url]
