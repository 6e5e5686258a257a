"""What a reader sees when something is away, and that it comes back by itself."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy import Engine, event

from geoapp.app import create_app
from geoapp.settings import Settings
from geoapp.store.engine import Role, make_engine
from tests.browser.conftest import OCCUPANCY, Open, Watch, ready, serving

AWAY = "postgresql+psycopg2://nobody@/nothing?host=/nonexistent"


@dataclass
class Switch:
    """An engine whose database can be taken away and given back."""

    engine: Engine
    address: str
    is_away: bool = False

    @contextmanager
    def away(self) -> Iterator[None]:
        """While this lasts no connection can be made."""
        self.is_away = True
        self.engine.dispose()
        try:
            yield
        finally:
            self.is_away = False


@pytest.fixture
def switch(loaded_database_url: str, watch: Watch) -> Iterator[Switch]:
    """A site of its own whose database comes and goes."""
    engine = make_engine(loaded_database_url, role=Role.MAP)
    with serving(create_app(Settings(log_level="error"), engine=engine)) as address:
        made = Switch(engine, address)

        @event.listens_for(engine, "do_connect")
        def connect(dialect: object, record: object, args: list[object], params: dict[str, object]) -> None:  # noqa: ARG001
            if made.is_away:
                params["host"] = "/nonexistent"

        yield made
        watch.is_over = True
    engine.dispose()


def test_a_page_comes_back_when_the_database_does(open_page: Open, watch: Watch, switch: Switch) -> None:
    """503 is a page that waits; nobody has to press a key."""
    watch.expected = ("503",)
    with switch.away():
        page = open_page("/", base=switch.address)
        expect(page.get_by_role("heading", name="Mất kết nối cơ sở dữ liệu")).to_be_visible()
    expect(page.locator(".folium-map")).to_be_visible()


def test_a_layer_comes_back_when_the_database_does(open_page: Open, watch: Watch, switch: Switch) -> None:
    """The page stands, one layer is missing and says why; then it is drawn."""
    watch.expected = ("503",)
    page = ready(open_page("/", base=switch.address))
    with switch.away():
        page.get_by_role("radio", name="Hạ tầng").check()
        expect(page.locator(".layer-legend .failed")).to_contain_text("Mất kết nối cơ sở dữ liệu")
    expect(page.locator(".pane-infrastructure path").first).to_be_visible()


def test_a_layer_that_fails_can_be_tried_again(open_page: Open, watch: Watch) -> None:
    """The legend names the layer and offers another try."""
    watch.expected = ("404", "Failed to load", "layer park_infrastructure")
    page = ready(open_page("/", is_intercepted=True))

    def refuse(route: Route) -> None:
        route.fulfill(status=404, body="{}")

    page.route(re.compile("park_infrastructure/features"), refuse)
    page.get_by_role("radio", name="Hạ tầng").check()
    failed = page.get_by_role("alert")
    expect(failed).to_have_text("Không tải được lớp “Mức hoàn thiện hạ tầng theo KCN”.")
    page.unroute(re.compile("park_infrastructure/features"))
    page.get_by_role("button", name="Thử lại").click()
    expect(page.locator(".pane-infrastructure path").first).to_be_visible()


def test_a_catalogue_that_fails_can_be_tried_again(open_page: Open, watch: Watch) -> None:
    """Without it nothing can be drawn; the panel says so."""
    watch.expected = ("500", "layer ")
    page = open_page("/health")
    page.route(re.compile(r"/api/layers\?"), lambda route: route.fulfill(status=500, body="{}"))
    page.goto(page.url.replace("/health", "/"))
    expect(page.locator(".legend")).to_contain_text("Không tải được danh sách lớp bản đồ")
    page.unroute(re.compile(r"/api/layers\?"))
    page.locator(".legend").get_by_role("button", name="Thử lại").click()
    expect(page.locator(OCCUPANCY).first).to_be_visible()


def test_without_scripts_figures_can_be_read(open_page: Open) -> None:
    """The list and its links, the totals, and a button for the day."""
    page = open_page("/", java_script_enabled=False)
    expect(page.get_by_role("link", name="Khánh Phú")).to_be_visible()
    expect(page.get_by_role("button", name="Xem")).to_be_visible()
    expect(page.locator(".notice")).to_be_visible()
