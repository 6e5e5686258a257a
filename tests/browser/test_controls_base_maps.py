"""Online base maps: none by default; where allowed, chosen by the reader, named, and nowhere else from."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy import Engine

from geoapp.app import create_app
from geoapp.settings import Settings
from tests.browser.conftest import Open, Watch, ready, serving

HOST = "https://tiles.example"
DECLARED = """
[[maps]]
id = "streets"
title = { vi = "Đường phố", en = "Streets" }
url = "https://tiles.example/{z}/{x}/{y}.png"
attribution = { vi = "© Ai đó <b>", en = "© Somebody <b>" }
note = { vi = "Tên gọi trên nền này có thể khác quy định của Việt Nam.", en = "Its names may differ." }
max_zoom = 18
"""
# One white pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f0001010100b5ddb20000000049454e44ae426082"
)


@pytest.fixture
def with_base_maps(map_engine: Engine, tmp_path: Path, watch: Watch) -> Iterator[str]:
    """The application with one base map allowed; its address."""
    file = tmp_path / "base-maps.toml"
    file.write_text(DECLARED, encoding="utf-8")
    with serving(create_app(Settings(log_level="warning", base_maps=file), engine=map_engine)) as address:
        yield address
        watch.is_over = True


def test_without_the_setting_there_is_no_choice(open_page: Open) -> None:
    """Nothing of it is on the page; a link that asks for one is told."""
    page = ready(open_page("/#map=10/20.2/106.1&base=streets"))
    expect(page.locator(".base-maps")).to_have_count(0)
    expect(page.locator(".tool-notice")).to_contain_text("streets")


def test_a_base_map_is_shown_with_its_source_and_note(open_page: Open, with_base_maps: str, watch: Watch) -> None:
    """Only when chosen; attribution as text, the note and the host beside the choice; the address keeps it."""
    watch.expected = (f"asked {HOST}",)
    page = ready(open_page("/", base=with_base_maps, is_intercepted=True))
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=PIXEL, content_type="image/png")

    page.route(f"{HOST}/**", answer)
    page.locator("summary", has_text="Bản đồ nền trực tuyến").click()
    assert [] == asked
    page.get_by_role("radio", name="Đường phố").check()
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    assert all(url.startswith(f"{HOST}/") for url in asked)
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("© Ai đó <b>")
    expect(page.locator(".base-maps")).to_contain_text("Tên gọi trên nền này có thể khác quy định")
    expect(page.locator(".base-maps")).to_contain_text("tiles.example")
    expect(page).to_have_url(re.compile(r"#.*\bbase=streets"))
    page.get_by_role("radio", name="không dùng").check()
    expect(page.locator(".leaflet-tile")).to_have_count(0)


def test_a_base_map_that_does_not_come_is_told(open_page: Open, with_base_maps: str, watch: Watch) -> None:
    """With the network cut the page goes on, and says what is missing."""
    watch.expected = (f"asked {HOST}", "net::ERR_FAILED")
    page = open_page("about:blank", base="")
    page.route(f"{HOST}/**", lambda route: route.abort())
    page.goto(f"{with_base_maps}/#map=10/20.2/106.1&base=streets")
    expect(ready(page).locator(".tool-notice")).to_contain_text("Không tải được bản đồ nền từ tiles.example")
