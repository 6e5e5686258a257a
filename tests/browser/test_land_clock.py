"""The legal clock on the page of a project, as a browser draws it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine, text

from geoapp.store.engine import reading
from tests.browser.conftest import DESKTOP, PHONE

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def held(map_engine: Engine) -> str:
    """A demonstration project that is on hold, and so has most to show."""
    statement = text(
        "SELECT min(p.code) FROM clock_at('2026-10-31', 'infinity') AS c JOIN projects AS p ON p.id = c.project_id"
        " WHERE c.state = 'HOLD'"
    )
    with reading(map_engine) as connection:
        return str(connection.execute(statement).scalar_one())


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_dates_of_a_unit_stand_on_one_line(open_page: Open, held: str, viewport: dict[str, int]) -> None:
    """Each date is a mark in the order of time and told below in words; nothing runs out of the page."""
    page = open_page(f"/projects/{held}?as_of=2026-10-31", viewport=viewport)
    clock = page.locator("#clock")
    expect(clock.locator(".clock-state")).to_contain_text("bất khả kháng")
    places = [box["x"] for mark in clock.locator(".clock-mark").all() if (box := mark.bounding_box())]
    assert places == sorted(places)
    assert clock.locator(".clock-dates li").count() == len(places) > 4
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    colour = clock.locator(".span-force_majeure").evaluate("(span) => getComputedStyle(span).fill")
    assert colour == "rgb(138, 138, 138)"
