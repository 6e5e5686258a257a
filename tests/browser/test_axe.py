"""What a checker of accessibility finds on every page: nothing serious, by day and night, on a desk and on a phone."""

from pathlib import Path

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Open, ready

PAGES = ("/", "/parks/khanh-phu", "/zones/ninh-co")
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.html.slice(0, 120)}`));
}"""


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light")])
def test_no_page_has_a_serious_fault(open_page: Open, path: str, viewport: dict[str, int], scheme: str) -> None:
    """Names, roles, contrast, order: nothing serious or critical."""
    page = ready(open_page(path, viewport=viewport, color_scheme=scheme))
    # Through the inspector: the policy of the page lets no foreign script in.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert [] == page.evaluate(RUN)


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")])
def test_the_page_of_the_api_has_no_serious_fault(open_page: Open, viewport: dict[str, int], scheme: str) -> None:
    """The same of a page without a map."""
    page = open_page("/api", viewport=viewport, color_scheme=scheme)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert [] == page.evaluate(RUN)
