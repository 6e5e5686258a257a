"""The Folium map of a page."""

import json
import re

import folium
import pytest

from geoapp.maps.screen import SCRIPTS, STYLES, MapLayer, MapRequest, ScreenMap, build_map

HOSTILE = "</script><img src=x onerror=alert(1)>${alert(2)}`{{7*7}}'\""


def build(*layers: MapLayer, **options: object) -> ScreenMap:
    """A map of the province."""
    request = MapRequest((105.7, 19.9, 106.5, 20.6), layers, options)
    return build_map(request, lambda path: f"/static/{path}")


def test_only_our_own_files_are_loaded() -> None:
    """Of the nine addresses that Folium names by itself none is left."""
    loaded = re.findall(r'(?:src|href)="([^"]+)"', build().head)
    assert sorted(f"/static/{path}" for path in [*SCRIPTS.values(), *STYLES.values()]) == sorted(loaded)


def test_nothing_is_styled_or_run_in_the_page_itself() -> None:
    """Folium's inline styles and scripts would need a hole in the policy."""
    made = build(MapLayer("land", "/land", shown=True))
    assert not re.search(r"<style|<script>|style=", made.head + made.body)


def test_the_element_is_named_as_the_script_says() -> None:
    """The script finds its element."""
    made = build()
    name = re.search(r'id="(map_\w+)"', made.body)
    assert name is not None
    assert f'geoapp.createMap("{name[1]}"' in made.script


def test_a_layer_is_an_address_and_nothing_else() -> None:
    """Its features are fetched; the page stays small however many there are."""
    (told,) = re.findall(
        r"createLayer\(map_\w+, (\{.*?\})\)", build(MapLayer("plots", "/p?a=1&b=2", shown=True, order=7)).script
    )
    assert {"id": "plots", "url": "/p?a=1&b=2", "order": 7} == json.loads(told)


@pytest.mark.parametrize(("shown", "count"), [(True, 1), (False, 0)])
def test_only_what_is_shown_is_added(shown: bool, count: int) -> None:
    """A layer that is off is known to the page, but fetches nothing."""
    assert count == len(re.findall(r"\.addTo\(map_\w+\)", build(MapLayer("plots", "/p", shown=shown)).script))


def test_a_hostile_text_does_not_leave_its_string() -> None:
    """Names of layers and options stay JSON inside the script."""
    made = build(MapLayer(HOSTILE, HOSTILE, shown=True), words={"home": HOSTILE})
    assert not re.search(r"[<>]", made.script)
    (told,) = re.findall(r"createMap\(\"\w+\", (\{.*\})\);", made.script)
    assert HOSTILE == json.loads(told)["words"]["home"]


def test_the_stock_map_is_left_alone() -> None:
    """Another Folium map made in the same process keeps its own assets."""
    before = list(folium.Map.default_js)
    build()
    assert before == folium.Map.default_js
