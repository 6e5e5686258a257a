"""What a reader sees on the maps."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OCCUPANCY, Open, ready


def popup_of(page: Page, feature: str) -> str:
    """The text of the popup of the first feature that can be clicked."""
    page.locator(feature).first.dispatch_event("click")
    return page.locator(".leaflet-popup-content").inner_text()


@pytest.mark.parametrize(
    ("path", "panes"),
    [
        ("/", ["context", "occupancy", "zone"]),
        ("/zones/ninh-co", ["context", "zone", "parks"]),
        ("/parks/khanh-phu", ["context", "plots", "infrastructure", "wastewater", "parks"]),
    ],
)
def test_every_page_draws_its_layers(open_page: Open, path: str, panes: list[str]) -> None:
    """Each group that is on has something on the map."""
    page = ready(open_page(path))
    assert [] == [name for name in panes if page.locator(f".pane-{name} :is(path, canvas)").count() == 0]


def test_every_park_is_on_the_map(open_page: Open) -> None:
    """As many marks as the list has rows: none lies hidden under another."""
    page = ready(open_page("/"))
    assert page.locator("[data-parks] li").count() == page.locator(OCCUPANCY).count() == 45


@pytest.mark.parametrize(
    "theme",
    ["park_clearance_cumulative", "park_clean_site", "park_infrastructure", "park_occupancy", "plant_state",
     "plant_load", "plant_standard", "park_status"],
)  # fmt: skip
def test_every_theme_can_be_shown(open_page: Open, theme: str) -> None:
    """Its features are drawn, its legend is open, and each park of the list has something to say."""
    page = ready(open_page(f"/?theme={theme}"))
    row = page.locator(f".layer-row:has(input[value={theme}])")
    expect(row.locator("input[type=checkbox]")).to_be_checked()
    expect(row.locator(".layer-legend li").first).to_be_visible()
    assert [] == [text for text in page.locator("[data-parks] .value").all_inner_texts() if not text.strip()]


def test_a_popup_tells_value_unit_day_source_and_quality(open_page: Open) -> None:
    """All that is needed to quote the figure."""
    page = ready(open_page("/"))
    page.locator('[data-parks] li[data-park="khanh-phu"]').hover()
    filled = page.locator(OCCUPANCY + '[fill="#145638"]')
    filled.first.dispatch_event("click")
    text = page.locator(".leaflet-popup-content").inner_text()
    assert re.search(r"Tỷ lệ lấp đầy\s+\d+,\d\s%", text)
    assert re.search(r"Đất đã cho thuê \(tử số\)\s+[\d.,]+\sha", text)
    assert re.search(r"Số liệu ngày\s+31/10/2026", text)
    assert re.search(r"Nguồn\s+\S+", text)
    assert "minh họa" in text


def test_a_popup_leads_to_the_page_of_the_park(open_page: Open) -> None:
    """One click from the map to the park, on the same day."""
    page = ready(open_page("/?as_of=2025-06-30"))
    page.locator(OCCUPANCY).first.dispatch_event("click")
    page.get_by_role("link", name="Mở trang của KCN").click()
    expect(page).to_have_url(re.compile(r"/parks/[a-z0-9-]+\?as_of=2025-06-30$"))
    # A page that is closed while it loads leaves files of the test server open.
    ready(page)


def test_a_tooltip_names_what_is_under_the_pointer(open_page: Open) -> None:
    """Name and value, without a click; the row of the list follows."""
    page = ready(open_page("/"))
    page.locator(OCCUPANCY).last.dispatch_event("mouseover")
    expect(page.locator(".leaflet-tooltip")).to_contain_text("Tỷ lệ lấp đầy")
    expect(page.locator("[data-parks] li.hovered")).to_have_count(1)


def test_the_map_follows_the_list(open_page: Open) -> None:
    """The row under the pointer, or with the focus, stands out on the map."""
    page = ready(open_page("/"))
    widths = page.locator(OCCUPANCY).evaluate_all("paths => paths.map((p) => Number(p.getAttribute('stroke-width')))")
    page.locator('[data-parks] li[data-park="khanh-phu"] > a').focus()
    lifted = page.locator(OCCUPANCY).evaluate_all("paths => paths.map((p) => Number(p.getAttribute('stroke-width')))")
    assert 1 == sum(after > max(widths) for after in lifted)


def test_changing_the_theme_changes_everything(open_page: Open) -> None:
    """Layer, legend, total, list and address."""
    page = ready(open_page("/"))
    page.get_by_role("radio", name="Hạ tầng").check()
    ready(page)
    expect(page.locator(".pane-infrastructure path").first).to_be_visible()
    expect(page.locator(OCCUPANCY)).to_have_count(0)
    expect(page.locator('[data-total="park_infrastructure"]')).to_be_visible()
    expect(page).to_have_url(re.compile("theme=park_infrastructure"))


def test_the_legend_can_change_the_theme_too(open_page: Open) -> None:
    """Of the themes only one is on, wherever it was chosen."""
    page = ready(open_page("/"))
    page.locator("summary", has_text="Nước thải").click()
    page.get_by_role("checkbox", name="Nhà máy XLNT theo tải").check()
    ready(page)
    assert "plant_load" == page.locator(".variants:not([hidden]) input:checked").get_attribute("value")
    expect(page.locator("input[type=checkbox][value=park_occupancy]")).not_to_be_checked()


@pytest.mark.parametrize(
    ("typed", "first"), [("khanh phu", "Khánh Phú"), ("KHÁNH PHÚ", "Khánh Phú"), ("kim bảng iv", "Kim Bảng 4")]
)
def test_the_list_is_filtered_with_and_without_accents(open_page: Open, typed: str, first: str) -> None:
    """By name and by other names."""
    page = ready(open_page("/"))
    page.locator("[data-filter]").fill(typed)
    expect(page.locator("[data-parks] li:visible a").first).to_have_text(first)


def test_nothing_found_is_said(open_page: Open) -> None:
    """What was typed is repeated as text."""
    page = ready(open_page("/"))
    page.locator("[data-filter]").fill("<b>xyz</b>")
    expect(page.locator("[data-told]")).to_contain_text("Không có KCN nào tên “<b>xyz</b>”.")


def test_the_list_is_sorted_by_value(open_page: Open) -> None:
    """Highest first, what is not known last."""
    page = ready(open_page("/"))
    page.get_by_role("button", name="Lọc").click()
    page.locator("[data-sort]").select_option("high")
    texts = page.locator("[data-parks] .value").all_inner_texts()
    numbers = [float(text.split("\u00a0")[0].replace(",", ".")) for text in texts if "%" in text.split("\n")[0]]
    assert numbers == sorted(numbers, reverse=True)
    assert "chưa có số liệu" in texts[-1]


def test_approximate_outlines_are_dashed_and_said(open_page: Open) -> None:
    """On the map and in the legend."""
    page = ready(open_page("/parks/khanh-phu"))
    assert "6 4" == page.locator(".pane-parks path").first.get_attribute("stroke-dasharray")
    expect(page.locator(".dashed").first).to_contain_text("ranh giới gần đúng, chưa đo đạc")


def test_demonstration_data_are_said_on_the_map(open_page: Open) -> None:
    """Nobody takes them for official figures."""
    page = ready(open_page("/parks/khanh-phu"))
    expect(page.locator("[data-demo-note]")).to_be_visible()


def test_points_at_one_place_are_set_apart(open_page: Open) -> None:
    """Parks that are published at the same point do not cover each other."""
    page = ready(open_page("/?theme=park_status"))
    boxes = page.locator(".pane-parks path").evaluate_all(
        "paths => paths.map((p) => p.getBoundingClientRect()).map((b) => [b.x + b.width / 2, b.y + b.height / 2])"
    )
    places = [(round(x, 1), round(y, 1)) for x, y in boxes]
    assert len(places) == len(set(places))


def test_a_layer_out_of_its_scale_is_said_to_be(open_page: Open) -> None:
    """Communes are shown from closer up only."""
    page = ready(open_page("/"))
    page.locator("summary", has_text="Nền bản đồ").click()
    page.get_by_label("Xã, phường").check()
    expect(page.locator(".layer-row:has(input[value=communes])")).to_contain_text("hãy phóng to")


def test_what_has_no_place_is_counted(open_page: Open) -> None:
    """The legend says how many are not drawn."""
    page = ready(open_page("/zones/ninh-co"))
    page.locator("summary", has_text="Dự án đầu tư").click()
    page.get_by_label("Dự án đầu tư trên lô đất").check()
    expect(page.locator(".layer-row:has(input[value=projects])")).to_contain_text("chưa công bố vị trí")


def test_names_are_written_from_closer_up(open_page: Open) -> None:
    """The page of the zone names the communes; the province at first does not name its parks."""
    page = ready(open_page("/zones/ninh-co"))
    expect(page.locator(".map-label", has_text="Xã Rạng Đông")).to_be_visible()
    assert 0 == ready(open_page("/")).locator(".map-label").count()


def test_english_by_one_click(open_page: Open) -> None:
    """Page, legend, list and popup."""
    page = ready(open_page("/"))
    page.locator("a[hreflang=en]").click()
    ready(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".layer-row:has(input[value=park_occupancy])")).to_contain_text("no data")
    text = popup_of(page, OCCUPANCY + '[fill="#145638"]')
    assert re.search(r"Occupancy\s+\d+\.\d\s%", text)
    assert "31 Oct 2026" in text


def test_another_day_is_chosen_without_a_button(open_page: Open) -> None:
    """The page of that day keeps the theme."""
    page = ready(open_page("/?theme=park_clean_site"))
    page.locator(".moment select").select_option("2025-06-30")
    page.wait_for_url(re.compile("as_of=2025-06-30"))
    expect(page.locator(".layer-row input[value=park_clean_site]")).to_be_checked()


def test_only_what_is_on_is_fetched(open_page: Open) -> None:
    """A layer that is off costs nothing."""
    fetched: list[str] = []
    page = ready(open_page("/"))
    page.on("request", lambda r: fetched.append(r.url))
    page.reload()
    ready(page)
    layers = {match[1] for url in fetched if (match := re.search(r"/api/layers/(\w+)/features", url))}
    assert {"land", "coast", "park_occupancy", "zone_boundary"} == layers
