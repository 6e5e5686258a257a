"""The pictures of the README, taken from a running application: ``python -m tools.pictures http://127.0.0.1:8000``.

With the login and the password of an inspector behind it, those of a case too:
``python -m tools.pictures http://127.0.0.1:8000 inspector PASSWORD``. The page of its dossier needs pdftoppm.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"
# File -> address, width, height of the window in pixels.
PICTURES = {
    "province-vi.png": ("/", 1366, 768),
    "park-vi.png": ("/parks/bao-minh", 1366, 768),
    "zone-en-phone.png": ("/zones/ninh-co?lang=en", 390, 844),
    "compare-vi.png": ("/compare", 1366, 768),
    "changes-vi.png": ("/changes", 1366, 768),
    "wastewater-vi.png": ("/wastewater", 1366, 768),
}
CASE = 2
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")


def main(base: str, login: str = "", password: str = "") -> None:
    """Take every picture once the map has drawn its layers."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - part of the test packages only

    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        for name, (address, width, height) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=1)
            page.goto(base + address, wait_until="networkidle")
            # The note of a first visit is put away, and the canvas of the tiles gets its time.
            if (note := page.locator("[data-hello] button")).is_visible():
                note.click()
            page.wait_for_timeout(1500)
            page.screenshot(path=FOLDER / name)
            page.close()
        if login:
            take_case(browser, base, login, password)
        browser.close()


def take_case(browser: Browser, base: str, login: str, password: str) -> None:
    """A case, the first page of its dossier, and a report that is made in the field."""
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    sign_in(page, base, login, password)
    page.goto(f"{base}/cases/{CASE}", wait_until="networkidle")
    page.wait_for_timeout(1500)
    page.screenshot(path=FOLDER / "case-vi.png")
    if program := shutil.which("pdftoppm"):
        dossier = page.request.get(f"{base}/cases/{CASE}/dossier.pdf").body()
        command = [program, "-r", "60", "-png", "-f", "1", "-l", "1", "-singlefile", "-", str(FOLDER / "dossier-vi")]
        subprocess.run(command, input=dossier, check=True)
    page.close()
    phone = browser.new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    sign_in(phone, base, login, password)
    phone.goto(f"{base}/field/?park=bao-minh", wait_until="networkidle")
    phone.locator("html[data-kept=true][data-ready=true]").wait_for(state="attached")
    phone.click("[data-new]")
    phone.locator("path.ground-plot").first.wait_for(state="attached")
    box = phone.locator("[data-ground]").bounding_box()
    if box:
        phone.touchscreen.tap(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.55)
    phone.select_option("[data-reason]", "unused")
    phone.fill("[data-note]", "Cỏ mọc cao, chưa có hoạt động xây dựng")
    phone.wait_for_timeout(800)
    phone.screenshot(path=FOLDER / "field-vi-phone.png")
    phone.close()


def sign_in(page: Page, base: str, login: str, password: str) -> None:
    """By the form, as a person does."""
    page.goto(f"{base}/login")
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_load_state()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), *sys.argv[2:4])
