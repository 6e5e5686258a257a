"""The pictures of the README, taken from a running application: ``python -m tools.pictures http://127.0.0.1:8000``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

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
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")


def main(base: str) -> None:
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
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
