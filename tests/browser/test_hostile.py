"""Names that would like to be code come out as text, wherever they are shown."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page
from sqlalchemy import Engine

from geoapp.app import create_app
from geoapp.catalog.load import load_catalogue
from geoapp.catalog.model import Catalogue, Label
from geoapp.ingest.bundle import read_bundle
from geoapp.ingest.load import load_bundle
from geoapp.resources import layers_dir
from geoapp.settings import Settings
from geoapp.store.engine import Role
from tests.browser.conftest import Open, Watch, click_tile, ready, serving
from tests.factories import observation, outline, park, plot, square, write_bundle

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "${alert(1)}",
    "`alert(1)`",
    "</script><script>alert(1)</script>",
    "{{7*7}}{%s}%(x)s",
    "'\"><svg onload=alert(1)>",
    "javascript:alert(1)",
)
NAMES = pytest.mark.parametrize("name", HOSTILE)
EVERYTHING = " ".join(HOSTILE)


def poisoned() -> Catalogue:
    """The catalogue with hostile titles, methods, labels and units."""
    clean = load_catalogue(layers_dir())

    def spoil(label: Label) -> Label:
        return Label(f"{label.vi} {EVERYTHING}", f"{label.en} {EVERYTHING}")

    layers = {}
    for name, layer in clean.layers.items():
        fields = {
            key: replace(field, title=spoil(field.title), unit=spoil(field.unit) if field.unit else None)
            for key, field in layer.fields.items()
        }
        classes = tuple(replace(one, label=spoil(one.label)) for one in layer.style.classes)
        style = replace(layer.style, classes=classes)
        layers[name] = replace(layer, title=spoil(layer.title), method=spoil(layer.method), fields=fields, style=style)
    groups = {name: spoil(label) for name, label in clean.groups.items()}
    codes = {name: {code: spoil(label) for code, label in labels.items()} for name, labels in clean.codes.items()}
    return replace(clean, layers=layers, groups=groups, codes=codes)


@pytest.fixture
def hostile_site(
    database_url: str, engine_for: Callable[[str, Role], Engine], tmp_path: Path, watch: Watch
) -> Iterator[str]:
    """The application over data and declarations in which every text is hostile."""
    where = {"geometry": {"type": "Point", "coordinates": [106.1, 20.2]}}
    texts = ("name_vi", "name_en", "former_province", "infrastructure_investor", "established", "location_vi")
    folder = write_bundle(
        tmp_path / "bundle",
        sources=[
            {"key": "test", "title": EVERYTHING, "publisher": EVERYTHING, "address": "javascript:alert(1)"},
        ],
        zones=[
            {"slug": "ninh-co", "name_vi": EVERYTHING, "name_en": EVERYTHING, "decision": EVERYTHING,
             "note": EVERYTHING, "approximate": "true", "geometry": square(106.0, 20.1, 0.3)},
        ],
        parks=[
            park(**dict.fromkeys(texts, EVERYTHING), location_basis=EVERYTHING, zone="ninh-co", note=EVERYTHING),
            park(slug="hai", **where),
        ],
        park_aliases=[{"park": "thu", "alias": EVERYTHING}],
        park_communes=[{"park": "thu", "era": era, "name": EVERYTHING} for era in ("old", "new")],
        park_outlines=[outline(note=EVERYTHING)],
        plots=[plot(code=EVERYTHING, block=EVERYTHING, note=EVERYTHING)],
        observations=[observation(numerator=50, denominator=100, note=EVERYTHING)],
        projects=[
            {"code": "p1", "name": EVERYTHING, "park": "thu", "investor": EVERYTHING, "sector": EVERYTHING,
             "state": "operating", "state_note": EVERYTHING, "capital_note": EVERYTHING},
        ],
        wastewater_plants=[
            {"park": "thu", "code": "TT", "name_vi": EVERYTHING, "name_en": EVERYTHING, "state": "operating",
             "permit_no": EVERYTHING, "note": EVERYTHING, "approximate": "true", **where},
        ],
    )  # fmt: skip
    load_bundle(engine_for(database_url, Role.OWNER), read_bundle(folder), report=lambda _: None)
    app = create_app(Settings(log_level="error"), catalogue=poisoned(), engine=engine_for(database_url, Role.MAP))
    with serving(app) as address:
        yield address
        watch.is_over = True


def is_harmless(page: Page) -> bool:
    """No element was made of a hostile text: no stray image, script or drawing."""
    made = page.evaluate(
        "() => document.querySelectorAll('img, svg[onload], [onerror], script:not([src]):not([nonce])').length"
        " + [...document.scripts].filter((s) => !s.src && s.nonce === '').length"
        " + document.querySelectorAll('a[href^=\"javascript\"]').length"
    )
    return bool(made == 0)


def test_on_the_first_page(open_page: Open, hostile_site: str) -> None:
    """List, themes, legend, tooltip and popup."""
    page = ready(open_page("/", base=hostile_site))
    for summary in page.locator(".group summary").all():
        summary.click()
    page.locator(".pane-occupancy path").first.dispatch_event("mouseover")
    page.locator(".pane-occupancy path").first.dispatch_event("click")
    shown = {
        "list": page.locator("[data-parks]").inner_text(),
        "head": page.locator(".top nav").inner_text(),
        "legend": page.locator(".legend").inner_text(),
        "popup": page.locator(".leaflet-popup-content").inner_text(),
    }
    missing = [(place, name) for place, text in shown.items() for name in HOSTILE if name not in text]
    assert [] == missing
    assert is_harmless(page)


def test_in_a_tooltip(open_page: Open, hostile_site: str) -> None:
    """The name and the value under the pointer."""
    page = ready(open_page("/", base=hostile_site))
    page.locator(".pane-occupancy path").first.dispatch_event("mouseover")
    text = page.locator(".leaflet-tooltip").first.inner_text()
    assert [] == [name for name in HOSTILE if name not in text]
    assert is_harmless(page)


@pytest.mark.parametrize("path", ["/parks/thu", "/zones/ninh-co"])
def test_on_the_pages_of_a_place(open_page: Open, hostile_site: str, path: str) -> None:
    """Facts, projects, plants, sources; the address of a source that is no web address is no link."""
    page = ready(open_page(path, base=hostile_site))
    text = page.locator(".sheet-text").inner_text()
    assert [] == [name for name in HOSTILE if name not in text]
    assert is_harmless(page)


def test_in_the_popup_of_a_plot(open_page: Open, hostile_site: str) -> None:
    """Codes of plots come from files of others."""
    page = ready(open_page("/parks/thu", base=hostile_site))
    click_tile(page, "plot_state")
    text = page.locator(".leaflet-popup-content").inner_text()
    assert [] == [name for name in HOSTILE if name not in text]
    assert is_harmless(page)


@NAMES
def test_in_the_filter(open_page: Open, hostile_site: str, name: str) -> None:
    """What is typed is only ever text, and finds the park of that name."""
    page = ready(open_page("/", base=hostile_site))
    page.locator("[data-filter]").fill(name)
    assert 1 == page.locator("[data-parks] li:visible").count()
    assert is_harmless(page)


@NAMES
def test_in_the_address(open_page: Open, hostile_site: str, name: str, watch: Watch) -> None:
    """A refused parameter is repeated as text."""
    watch.expected = ("400",)
    page = open_page("/health", base=hostile_site)
    page.goto(hostile_site + "/?" + page.evaluate("name => new URLSearchParams({as_of: name}).toString()", name))
    assert name[:40] in page.locator("main").inner_text()
    assert is_harmless(page)
