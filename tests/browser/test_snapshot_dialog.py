"""A map taken away in Chromium: the dialog with what is on the screen, the code on paper, the map in one file."""

import io
import json
import re
from pathlib import Path

import zxingcpp
from flask.testing import FlaskClient
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from geoapp.catalog.load import load_catalogue
from geoapp.maps.sheet.classes import classify
from geoapp.maps.style import classes_of, describe_layer
from geoapp.resources import layers_dir
from tests.browser.conftest import PHONE, Open, Watch, ready
from tests.snapshot.test_snapshot_classes import sheet_of_all_classes

HOSTILE = "</script><img src=x onerror=alert(1)>{{7*7}}"
SEEN = """() => ({
  day: new URLSearchParams(location.search).get("as_of"),
  layers: [...geoappMap.geoapp.layers].filter(([, layer]) => geoappMap.hasLayer(layer)).map(([id]) => id).sort(),
  hidden: Object.fromEntries([...geoappMap.geoapp.looks.hidden].map(([id, keys]) => [id, [...keys].sort()])),
})"""
# The rules of the screen, over sample values of every layer.
CLASSES = """async (samples) => {
  const { classOf } = await import("/static/map/style.js");
  return samples.map(({ description, rows }) => rows.map((row) => classOf(description, row).key));
}"""
VIEW = "as_of=2026-09-30&lang=vi#layers=coast,land,park_outline,plot_use&hide=plot_use:DGT"


def open_dialog(page: Page) -> None:
    """By the keyboard, as far as a preview."""
    page.get_by_role("button", name="Xuất", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-preview]")).to_be_visible()
    page.wait_for_function("() => document.querySelector('[data-preview]').naturalWidth > 0")


def test_the_dialog_takes_what_is_on_the_screen(open_page: Open) -> None:
    """Layers, hidden classes, day, and the frame of the view stand in the address of the file."""
    page = ready(open_page(f"/parks/khanh-phu?{VIEW}"))
    open_dialog(page)
    address = page.get_by_role("link", name="PDF, để in và gửi").get_attribute("href") or ""
    wanted = (
        "layers=coast%2Cland%2Cpark_outline%2Cplot_use",
        "hide=plot_use%3ADGT",
        "as_of=2026-09-30",
        "bbox=106.",
    )
    assert [] == [part for part in wanted if part not in address]
    page.get_by_label("Tỷ lệ").select_option("5000")
    expect(page.locator("figcaption b")).to_have_text("1:5.000")
    page.keyboard.press("Escape")
    expect(page.locator(".sheet-dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Xuất", exact=True)).to_be_focused()


def test_what_cannot_be_drawn_is_told_beside_the_form(open_page: Open) -> None:
    """Nothing typed is lost, and the field that is wrong is marked; on a phone."""
    page = ready(open_page("/parks/khanh-phu?lang=vi", viewport=PHONE, has_touch=True))
    page.get_by_role("button", name="Công cụ").click()
    page.get_by_role("button", name="Xuất", exact=True).click()
    title = page.get_by_label("Tiêu đề")
    title.fill("Tờ " * 60)
    expect(page.locator(".sheet-fault")).to_contain_text("tối đa 120 ký tự")
    expect(title).to_have_attribute("aria-invalid", "true")
    assert "Tờ " * 60 == title.input_value()
    title.fill("Tờ số 1")
    expect(page.locator("[data-preview]")).to_be_visible()


def test_the_code_opens_the_map_that_was_printed(open_page: Open, client_of_site: FlaskClient) -> None:
    """Read from the sheet by a reader of codes, opened in Chromium: the same layers, hidden classes and day."""
    query = "as_of=2026-09-30&language=vi&layers=coast,land,park_outline,plot_use&hide=plot_use:DGT&dpi=300"
    answer = client_of_site.get(f"/sheets/park/khanh-phu/map.png?{query}&bbox=106.0,20.22,106.05,20.26")
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(answer.get_data())))
    page = ready(open_page(re.sub(r"^https?://[^/]+", "", found.text)))
    page.wait_for_function("() => geoappMap.geoapp.looks?.hidden.size")
    layers = ["coast", "land", "park_outline", "plot_use"]
    assert {"day": "2026-09-30", "layers": layers, "hidden": {"plot_use": ["DGT"]}} == page.evaluate(SEEN)


def test_what_changed_is_taken_as_it_is_on_the_screen(open_page: Open) -> None:
    """By its own tool of the map: the figure, both days and the hidden class stand in the address of the file."""
    days = "from=2025-10-31&to=2026-10-31"
    page = ready(open_page(f"/changes?figure=land_leased&{days}&lang=vi#layers=changed,land&hide=changed:entered"))
    page.wait_for_function("() => geoappMap.geoapp.looks?.hidden.size")
    page.get_by_role("button", name="Công cụ").click()
    open_dialog(page)
    address = page.get_by_role("link", name="PDF, để in và gửi").get_attribute("href") or ""
    wanted = (f"/sheets/changes/map.pdf?figure=land_leased&{days}", "layers=changed%2Cland", "hide=changed%3Aentered")
    assert [] == [part for part in wanted if part not in address]


def test_a_filtered_list_stands_in_the_address(open_page: Open) -> None:
    """The parks that the list keeps come back with the link, and can all be shown again."""
    page = ready(open_page("/?lang=vi#parks=khanh-phu,xuan-kien"))
    rows = page.locator("[data-parks] > :not([hidden])")
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Hiện tất cả").first.click()
    expect(rows).not_to_have_count(2)
    page.wait_for_function("() => !location.hash.includes('parks=')")


def test_screen_and_print_put_things_into_the_same_classes(open_page: Open) -> None:
    """The script of the screen and the drawing of the sheet, over a value of each class of every layer."""
    catalogue = load_catalogue(layers_dir())
    samples, printed = [], []
    for layer in catalogue.layers.values():
        frame = sheet_of_all_classes(layer).layers[0].frame
        keys = [style.key for style in classes_of(layer)]
        printed.append([keys[place] for place in classify(layer, frame)])
        rows = json.loads(frame.drop(columns="geometry").to_json(orient="records"))
        samples.append({"description": describe_layer(layer, catalogue, "vi"), "rows": rows})
    page = open_page("/compare?lang=vi")
    assert printed == page.evaluate(CLASSES, samples)


def test_the_map_in_one_file_works_without_a_network(
    chromium: Browser, watch: Watch, client_of_site: FlaskClient, tmp_path: Path
) -> None:
    """From a folder, offline: layers can be switched, a popup tells the figures, hostile names stay text."""
    file = tmp_path / "ban-do.html"
    query = {"as_of": "2026-10-31", "language": "vi", "access": "public", "title": HOSTILE, "maker": HOSTILE}
    file.write_bytes(client_of_site.get("/sheets/park/khanh-phu/map.html", query_string=query).get_data())
    assert file.stat().st_size < 3_000_000
    context = chromium.new_context(offline=True, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: message.type in {"error", "warning"} and watch.note(message.text))
    page.on("pageerror", lambda error: watch.note(f"crashed: {error}"))
    page.on("dialog", lambda dialog: (watch.note("dialog"), dialog.dismiss()))
    page.goto(file.as_uri())
    ready(page)
    assert [file.as_uri()] == [url for url in asked if not url.startswith("data:")]
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    page.locator("path.leaflet-interactive").first.dispatch_event("click")
    expect(page.locator(".leaflet-popup-content")).to_contain_text("Nguồn")
    box = page.get_by_label("Lô đất theo loại đất")
    before = page.locator("path.leaflet-interactive").count()
    box.check()
    expect(page.locator("[data-legend]")).to_contain_text("dịch vụ")
    box.uncheck()
    expect(page.locator("path.leaflet-interactive")).not_to_have_count(before)
    context.close()
    assert [] == watch.faults
