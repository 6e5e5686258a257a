"""Classes that are hidden, opacity, and the address of exactly this view."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OCCUPANCY, Open, ready
from tests.browser.map_reading import settled_url

ROW = ".layer-row:has(input[value=park_occupancy])"
COPY = "Sao chép liên kết"


def state(page: Page) -> dict[str, object]:
    """What is seen: layers, classes, opacity, what is drawn, and how the map lies."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => ({
          on: [...document.querySelectorAll('.layer-row input[type=checkbox]:checked')].map((box) => box.value).sort(),
          hidden: [...document.querySelectorAll('.class-toggle[aria-pressed=false]')].map((one) => one.dataset.key),
          opacity: getComputedStyle(document.querySelector('.leaflet-point-park_occupancy-pane')).opacity,
          drawn: document.querySelectorAll('.pane-occupancy path').length,
          scale: document.querySelector('.leaflet-control-scale-line').textContent,
          map: location.hash.match(/map=[^&]*/)?.[0],
        })"""
    )


def test_a_class_is_hidden_by_a_click_and_this_is_said(open_page: Open) -> None:
    """The switch says so, the legend counts, also when it is folded; one click shows all again."""
    page = ready(open_page("/"))
    all_drawn = page.locator(OCCUPANCY).count()
    switch = page.locator(ROW).get_by_role("button", name="chưa có số liệu")
    count = int(switch.locator(".count").inner_text())
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(switch).to_be_focused()
    expect(page.locator(OCCUPANCY)).to_have_count(all_drawn - count)
    expect(page.locator(ROW)).to_contain_text(f"Đang ẩn 1 loại ({count} đối tượng)")
    expect(page.locator(".legend .fold")).to_contain_text("1 loại ẩn")
    page.locator(ROW).get_by_role("button", name="Hiện tất cả").click()
    expect(page.locator(OCCUPANCY)).to_have_count(all_drawn)
    expect(page.locator(".hidden-note")).to_have_count(0)


def test_a_layer_that_is_switched_off_is_off(open_page: Open) -> None:
    """The box stays as it was set, and the legend of the layer goes."""
    page = ready(open_page("/"))
    page.locator("summary", has_text="Nền bản đồ").click()
    page.get_by_label("Đường bờ biển").uncheck()
    expect(page.get_by_label("Đường bờ biển")).not_to_be_checked()
    expect(page.locator(".layer-row:has(input[value=coast]) .layer-legend")).to_be_hidden()


def test_the_copied_link_gives_the_same_view(open_page: Open) -> None:
    """Place, zoom, layers, hidden classes, opacity, day and language, all in the address that is copied."""
    page = ready(open_page("/?theme=park_occupancy", permissions=["clipboard-read", "clipboard-write"]))
    page.get_by_role("button", name="Phóng to").click()
    page.locator(".folium-map").focus()
    page.keyboard.press("ArrowRight")
    page.locator(ROW).get_by_role("button", name="80–100").click()
    page.locator(ROW).get_by_role("slider", name="Độ đậm").fill("40")
    page.locator("summary", has_text="Nền bản đồ").click()
    page.get_by_label("Đường bờ biển").uncheck()
    settled_url(page)
    page.get_by_role("button", name=COPY).click()
    expect(page.locator(".tool-notice")).to_contain_text("Đã sao chép địa chỉ")
    link = page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"[?&]as_of=2026-10-31&lang=vi#map=", link)
    seen = state(page)
    assert (1, "0.4") == (len(seen["hidden"]), seen["opacity"])  # type: ignore[arg-type]
    again = ready(open_page(link.removeprefix(page.evaluate("location.origin"))))
    expect(again.locator(".class-toggle[aria-pressed=false]")).to_have_count(1)
    settled_url(again)
    assert seen == state(again)


def test_back_leaves_the_page_and_undoes_a_day(open_page: Open) -> None:
    """Moves are no steps of the history; another day is one, and Back brings the view that it was seen in."""
    page = ready(open_page("/parks/khanh-phu"))
    length = page.evaluate("history.length")
    page.get_by_role("button", name="Phóng to").click()
    page.get_by_role("button", name="Phóng to").click()
    before = settled_url(page)
    assert "#map=" in before
    assert length == page.evaluate("history.length")
    page.get_by_role("button", name="Lùi một tháng").click()
    expect(page).to_have_url(re.compile("as_of=2026-09-30.*#map="))
    page.get_by_role("button", name="Thu nhỏ").click()
    page.get_by_role("button", name="Thu nhỏ").click()
    settled_url(page)
    page.go_back()
    expect(page).to_have_url(before)
    assert before == settled_url(page)


def test_what_a_link_says_wrongly_is_left_out_and_told(open_page: Open) -> None:
    """Place, layer, class, opacity, base map: each is named; the rest of the link holds."""
    page = ready(
        open_page(
            "/#map=99/20/106&layers=land,park_occupancy,nothing&hide=park_occupancy:no_data,blue"
            "&opacity=land:300&base=moon"
        )
    )
    note = page.locator(".tool-notice")
    for wrong in ("99/20/106", "nothing", "blue", "land:300", "moon"):
        expect(note).to_contain_text(wrong)
    expect(page.locator(".class-toggle[aria-pressed=false]")).to_have_count(1)
    note.get_by_role("button", name="Đóng").click()
    expect(note).to_have_count(0)


def test_another_language_keeps_the_view(open_page: Open) -> None:
    """The link to it carries what is seen; a page as it opens carries nothing."""
    page = ready(open_page("/zones/ninh-co"))
    assert "" == page.evaluate("location.hash")
    page.get_by_role("button", name="Phóng to").click()
    view = settled_url(page).partition("#")[2]
    page.locator("a[hreflang=en]").click()
    expect(page).to_have_url(re.compile("lang=en#" + re.escape(view)))
    ready(page)
