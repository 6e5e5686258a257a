"""The card of a figure: opened by a click, in the address, closed by Esc, and a page of its own without scripts."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Open, ready

PARK = "/parks/khanh-phu"
CARD = "dialog.figure-dialog"
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
  .filter(({ impact }) => impact === "serious" || impact === "critical")
  .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`))"""


def occupancy(page: Page) -> None:
    """Click the occupancy of the park."""
    page.locator('[data-figure="park/khanh-phu/occupancy"]').first.click()
    expect(page.locator(CARD)).to_be_visible()


def test_a_click_on_a_figure_tells_where_it_comes_from(open_page: Open) -> None:
    """Value, parts, method, source, batch and conflict, over the page."""
    page = ready(open_page(PARK))
    occupancy(page)
    for told in ("96,6", "255,41", "264,36", "Nghị định 35/2022", "minh họa", "Đợt nhập", "Các nguồn không thống nhất"):
        expect(page.locator(CARD)).to_contain_text(told)


def test_the_card_is_in_the_address_and_back_closes_it(open_page: Open) -> None:
    """It can be shared, and Back does what it says."""
    page = ready(open_page(PARK))
    occupancy(page)
    expect(page).to_have_url(re.compile(r"card=park%2Fkhanh-phu%2Foccupancy"))
    page.go_back()
    expect(page.locator(CARD)).not_to_be_visible()
    expect(page).to_have_url(re.compile(r"/parks/khanh-phu$"))


def test_a_shared_address_opens_the_card(open_page: Open) -> None:
    """On the day that it says."""
    page = open_page(f"{PARK}?as_of=2025-06-30&card=park/khanh-phu/occupancy")
    expect(page.locator(CARD)).to_contain_text("06/2025")


def test_escape_closes_and_gives_the_focus_back(open_page: Open) -> None:
    """By the keyboard alone: Enter opens, Esc closes, the focus is where it was."""
    page = ready(open_page(PARK))
    link = page.locator('[data-figure="park/khanh-phu/occupancy"]').first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(CARD)).to_be_visible()
    expect(page.locator("#figure-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(CARD)).not_to_be_visible()
    expect(link).to_be_focused()
    expect(page).not_to_have_url(re.compile("card="))


def test_the_key_figures_of_the_first_page_open_their_card(open_page: Open) -> None:
    """By pointer in the row of another theme, which stays as it is, and by the keyboard under the one that is shown."""
    page = ready(open_page("/"))
    page.locator(".theme-row [data-figure='province/ninh-binh/wastewater_standard']").click()
    expect(page.locator(f"{CARD} h1")).to_have_text("KCN đang hoạt động có nước thải đạt chuẩn")
    page.keyboard.press("Escape")
    expect(page.locator("input[name=group][value=occupancy]")).to_be_checked()
    page.locator("[data-total=park_occupancy] [data-figure]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{CARD} h1")).to_have_text("Tỷ lệ lấp đầy")
    expect(page.locator(CARD)).to_contain_text("Toàn tỉnh")


@pytest.mark.parametrize(
    ("theme", "figure"),
    [
        ("park_occupancy", "park/khanh-phu/occupancy"),
        ("plant_load", "plant/khanh-phu/TT/wastewater_load"),
    ],
)
def test_a_figure_of_the_list_opens_its_card(open_page: Open, theme: str, figure: str) -> None:
    """By the keyboard, on the day that is shown; the map stays as it was."""
    page = ready(open_page(f"/?theme={theme}&as_of=2026-06-30"))
    link = page.locator(f"[data-park='khanh-phu'] [data-figure='{figure}']")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(CARD)).to_contain_text("06/2026")
    expect(page.locator(CARD)).to_contain_text("Khánh Phú")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_a_card_asked_for_twice_is_one_step(open_page: Open) -> None:
    """A double click opens one card; one Back closes it."""
    page = ready(open_page(PARK))
    page.locator('[data-figure="park/khanh-phu/occupancy"]').first.dblclick()
    expect(page.locator(CARD)).to_be_visible()
    page.wait_for_timeout(400)
    page.go_back()
    expect(page.locator(CARD)).not_to_be_visible()


def test_from_a_total_to_a_part_and_out_again(open_page: Open) -> None:
    """The province, a park of it, Back to the province; closing leaves both."""
    page = open_page("/?card=province/ninh-binh/occupancy")
    expect(page.locator(f"{CARD} h1")).to_have_text("Tỷ lệ lấp đầy")
    page.locator(f"{CARD} [data-figure='park/khanh-phu/occupancy']").click()
    expect(page.locator(CARD)).to_contain_text("KCN Khánh Phú")
    page.go_back()
    expect(page.locator(CARD)).to_contain_text("Toàn tỉnh")
    page.locator(f"{CARD} [data-figure='park/khanh-phu/occupancy']").click()
    expect(page.locator(CARD)).to_contain_text("KCN Khánh Phú")
    page.keyboard.press("Escape")
    expect(page.locator(CARD)).not_to_be_visible()
    expect(page).not_to_have_url(re.compile("card="))


def test_the_card_draws_its_chart(open_page: Open) -> None:
    """Earlier values as a chart, under the policy of the page."""
    page = open_page(f"{PARK}?card=park/khanh-phu/occupancy")
    page.locator(f"{CARD} [data-chart]").scroll_into_view_if_needed()
    expect(page.locator(f"{CARD} [data-chart] svg")).to_be_visible()


def test_without_scripts_a_figure_is_a_page(open_page: Open) -> None:
    """The same text by the same link."""
    page = open_page(PARK, java_script_enabled=False)
    page.locator('[data-figure="park/khanh-phu/occupancy"]').first.click()
    expect(page).to_have_url(re.compile("/figures/park/khanh-phu/occupancy"))
    expect(page.locator("main")).to_contain_text("Các nguồn không thống nhất")


@pytest.mark.parametrize(
    "path",
    [
        f"{PARK}?tab=plots&card=park/khanh-phu/occupancy",
        "/figures/province/ninh-binh/occupancy",
        "/parks/khanh-phu/plots/A1-01",
        "/projects/demo-khanh-phu-01",
        "/parks/khanh-phu/plots",
        f"{PARK}?tab=sources",
    ],
)
@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")])
def test_nothing_serious_for_a_checker_of_accessibility(
    open_page: Open, path: str, viewport: dict[str, int], scheme: str
) -> None:
    """Names, roles, contrast, order on all new pages."""
    page = open_page(path, viewport=viewport, color_scheme=scheme)
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert [] == page.evaluate(RUN)
