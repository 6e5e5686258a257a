"""The legal clock on the page of a project, as a browser draws it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from geoapp.resources import layers_dir
from geoapp.store.engine import Role, make_engine, reading
from tests.browser.conftest import DESKTOP, PHONE, click_tile, ready, serving
from tests.staff import signed_in, staffed_app

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def held(loaded_database_url: str) -> str:
    """A demonstration project that is on hold, and so has most to show."""
    statement = text(
        "SELECT min(p.code) FROM clock_at('2026-10-31', 'infinity') AS c JOIN projects AS p ON p.id = c.project_id"
        " WHERE c.state = 'HOLD'"
    )
    owner = make_engine(loaded_database_url, role=Role.OWNER, statement_timeout_ms=20000)
    with reading(owner) as connection:
        found = str(connection.execute(statement).scalar_one())
    owner.dispose()
    return found


@pytest.fixture(scope="module")
def signed_site(staffed_database_url: str) -> Iterator[tuple[str, str]]:
    """The application with a planner signed in: its address, and the cookie of the planner."""
    app = staffed_app(staffed_database_url, layers_dir())
    cookie = signed_in(app, "planner").get_cookie("session")
    assert cookie is not None
    with serving(app) as address:
        yield address, cookie.value


def opened(open_page: Open, site: tuple[str, str], path: str, **options: object) -> Page:
    """A page as the planner sees it."""
    address, cookie = site
    state = {"cookies": [{"name": "session", "value": cookie, "url": address}], "origins": []}
    return open_page(path, base=address, storage_state=state, **options)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_dates_of_a_unit_stand_on_one_line(
    open_page: Open, signed_site: tuple[str, str], held: str, viewport: dict[str, int]
) -> None:
    """Each date is a mark in the order of time and told below in words; nothing runs out of the page."""
    page = opened(open_page, signed_site, f"/projects/{held}?as_of=2026-10-31", viewport=viewport)
    clock = page.locator("#clock")
    expect(clock.locator(".clock-state")).to_contain_text("bất khả kháng")
    places = [box["x"] for mark in clock.locator(".clock-mark").all() if (box := mark.bounding_box())]
    assert places == sorted(places)
    assert clock.locator(".clock-dates li").count() == len(places) > 4
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    colour = clock.locator(".span-force_majeure").evaluate("(span) => getComputedStyle(span).fill")
    assert colour == "rgb(138, 138, 138)"


def test_plots_are_drawn_by_their_clock(open_page: Open, signed_site: tuple[str, str]) -> None:
    """Switched on, the layer shows its legend with counts, and a click names the state of the plot."""
    page = ready(opened(open_page, signed_site, "/parks/dong-van-3?as_of=2026-10-31"))
    row = page.locator(".layer-row:has(input[value=clock_state])")
    row.locator("input[value=clock_state]").evaluate("(box) => box.click()")
    ready(page)
    expect(row).to_contain_text("có dấu hiệu vi phạm")
    click_tile(page, "clock_state")
    expect(page.locator(".leaflet-popup-content")).to_contain_text("Đồng hồ pháp lý")
