"""Pictures from space on the map: asked for only when wanted, their day told, behind the layers, gone when off."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from geoapp.app import create_app
from geoapp.ingest.imagery import Picture, add_scene
from geoapp.kinds import Quality
from geoapp.settings import Settings
from geoapp.store.engine import Role, make_engine
from tests.browser.conftest import PHONE, Open, ready, serving
from tests.conftest import Databases
from tests.pictures import checkerboard, ramp, write_picture

ZONE = "/zones/ninh-co"
TILES = ".leaflet-imagery-pane img.leaflet-tile-loaded"
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def pictured(databases: Databases, loaded_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application with two scenes, of March and of September; its address."""
    url, folder = databases.make(loaded_database_url), tmp_path_factory.mktemp("pictured")
    owner, reader = make_engine(url, role=Role.OWNER), make_engine(url, role=Role.MAP)
    board = Picture(date(2026, 3, 1), title_vi=HOSTILE, title_en=HOSTILE, source=("hostile", HOSTILE))
    add_scene(owner, folder / "imagery", checkerboard(folder / "board.tif"), board)
    file = write_picture(folder / "b.tif", ramp(3, size=500))
    add_scene(owner, folder / "imagery", file, Picture(date(2026, 9, 15), title_vi="Ảnh thử", quality=Quality.DEMO))
    with serving(create_app(Settings(log_level="warning", imagery_dir=folder / "imagery"), engine=reader)) as address:
        yield address
    owner.dispose()
    reader.dispose()
    databases.drop(url)


def asked(page: Page) -> list[str]:
    """Every address below /api/imagery that the page asks for from here on."""
    found: list[str] = []
    page.on("request", lambda request: "/api/imagery" in request.url and found.append(request.url))
    return found


def open_group(page: Page) -> None:
    """Open the group of pictures, at the end of the panel."""
    page.locator(".imagery > summary").click()
    page.locator(".scenes input").first.wait_for()


def test_nothing_is_asked_before_a_picture_is_wanted(open_page: Open, pictured: str) -> None:
    """A page with all its layers drawn has not asked for a list or a tile; opening the group asks for the list only."""
    page = open_page("about:blank", base="")
    found = asked(page)
    page.goto(pictured + ZONE)
    ready(page)
    assert [] == found
    open_group(page)
    assert ["/api/imagery?"] == [url.removeprefix(pictured)[:13] for url in found]


def test_a_picture_comes_with_its_day_and_goes_again(open_page: Open, pictured: str) -> None:
    """Tiles arrive between land and figures, the day stands on the map, the address says so; off ends it."""
    page = ready(open_page(ZONE, base=pictured))
    open_group(page)
    page.get_by_role("radio", name="15/09/2026").check()
    page.locator(TILES).first.wait_for()
    expect(page.locator(".imagery-caption")).to_have_text("Ảnh ngày 15/09/2026 minh họa Ảnh thử")
    assert "imagery=2026-09-15-" in page.url
    order = page.evaluate(
        "['area-land', 'imagery', 'area-zone_areas'].map((name) => {"
        " const all = [...document.querySelectorAll('.leaflet-map-pane > .leaflet-pane')];"
        " const pane = geoappMap.getPane(name);"
        " return Number(pane.style.zIndex) * 1000 + all.indexOf(pane); })"
    )
    assert sorted(order) == order
    page.get_by_role("radio", name="Không hiển thị ảnh").check()
    expect(page.locator(".imagery-caption")).to_be_hidden()
    expect(page.locator(".leaflet-imagery-pane img")).to_have_count(0)
    found = asked(page)
    page.evaluate("geoappMap.zoomIn(1, { animate: false })")
    ready(page)
    assert ([], False) == (found, "imagery=" in page.url)


def test_an_address_with_a_picture_shows_it(open_page: Open, pictured: str) -> None:
    """Sent to somebody in English, on a phone: the same picture, its day in their language."""
    page = ready(open_page(ZONE, base=pictured))
    open_group(page)
    page.get_by_role("radio", name="15/09/2026").check()
    shared = page.url.removeprefix(pictured)
    there = open_page(f"{shared}&lang=en", base=pictured, viewport=PHONE)
    there.locator(TILES).first.wait_for()
    expect(there.locator(".imagery-caption")).to_contain_text("Image of 15 Sep 2026")


def test_an_earlier_day_shows_the_picture_of_then(open_page: Open, pictured: str) -> None:
    """In June the picture of September had not been taken: it is no longer offered, and that of March follows."""
    page = ready(open_page(ZONE, base=pictured))
    open_group(page)
    page.get_by_role("radio", name="15/09/2026").check()
    page.locator(".moment select").select_option("2026-06-30")
    expect(page.locator(".imagery-caption")).to_contain_text("Ảnh ngày 01/03/2026")
    expect(page.get_by_role("radio", name="15/09/2026")).to_have_count(0)


def test_the_picture_can_be_made_fainter(open_page: Open, pictured: str) -> None:
    """By keyboard: the slider is reached and heard."""
    page = ready(open_page(ZONE, base=pictured))
    open_group(page)
    page.get_by_role("radio", name="15/09/2026").check()
    page.locator(TILES).first.wait_for()
    slider = page.locator(".scenes").get_by_role("slider", name="Độ đậm")
    slider.press("Home")
    assert "0.1" == page.locator(".leaflet-imagery-pane .leaflet-layer").evaluate("(layer) => layer.style.opacity")


def test_names_and_sources_are_never_run(open_page: Open, pictured: str) -> None:
    """A hostile title and source are read as they are written."""
    page = ready(open_page(ZONE, base=pictured))
    open_group(page)
    page.get_by_role("radio", name="01/03/2026").check()
    expect(page.locator(".imagery-caption")).to_contain_text(HOSTILE)
    expect(page.locator(".scenes")).to_contain_text(f"Nguồn: {HOSTILE}")
