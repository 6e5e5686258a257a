"""The map on screen: real Folium, with our assets, without its inline styles, and with data by address only.

The only module that imports Folium. What Folium 0.20 writes by itself (scripts and styles without a nonce, addresses of
outside hosts) is replaced where it is declared: the template and the asset lists of the map class.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import folium
from branca.element import Element, Figure, MacroElement
from folium.map import Layer
from folium.template import Template
from jinja2.utils import htmlsafe_json_dumps

from geoapp.maps.style import Plain

# Name -> file below the folder of vendored assets.
SCRIPTS = {
    "leaflet": "leaflet/dist/leaflet.js",
    "fullscreen": "leaflet.fullscreen/dist/Control.FullScreen.umd.js",
}
# Draws vector tiles; only where a page has any.
TILE_SCRIPTS = {"protomaps": "protomaps-leaflet/dist/protomaps-leaflet.js"}
STYLES = {
    "leaflet_css": "leaflet/dist/leaflet.css",
    "fullscreen_css": "leaflet.fullscreen/dist/Control.FullScreen.css",
}


# branca renders a script and then reads the result as a template once more: {{ in a text would be run on the server.
# Outside of texts JSON has no brace before these signs.
_TEMPLATE_SIGN = re.compile(r"\{(?=[{%#])")


@dataclass(frozen=True)
class MapRequest:
    """What a page asks for: extent (west, south, east, north in degrees), layers, and what else the client needs.

    ``imagery``: where the pictures from space behind the layers are listed, if the page offers any.
    """

    bounds: tuple[float, float, float, float]
    layers: Sequence["MapLayer"]
    options: Plain
    imagery: str | None = None


@dataclass(frozen=True)
class MapLayer:
    """A layer on a map: where its features are, whether it is on at first, and its place among the others.

    How it is drawn is fetched as data. ``tiles``, ``summary``: of a layer that comes as vector tiles, their address
    with {z}, {x} and {y}, and where its counts are.
    """

    id: str
    url: str
    shown: bool
    order: int = 0
    tiles: str | None = None
    summary: str | None = None


@dataclass(frozen=True)
class ScreenMap:
    """The three parts of a Folium map, to be put into a page: links for the head, the element, and its script.

    ``first``: addresses of what the script asks for before anything can be drawn; the page has them fetched at once.
    """

    head: str
    body: str
    script: str
    first: tuple[str, ...] = ()


class _Written(Element):
    """A part that is written already: branca would read every text as one more template, and compile it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self, **_: object) -> str:
        """The text as it is."""
        return self._text


class _WrittenOnce(MacroElement):
    """Stands behind a Folium class and hands on its parts as they are; see ``_Written``."""

    def render(self, **kwargs: object) -> None:  # type: ignore[override]  # as that of branca, which has no types
        """As branca does it, but for the second template."""
        figure = self.get_root()
        assert isinstance(figure, Figure)  # noqa: S101 - a Folium map always makes itself one
        for name in ("header", "html", "script"):
            part = getattr(self._template.module, name, None)
            if part is not None:
                getattr(figure, name).add_child(_Written(part(self, kwargs)), name=self.get_name())
        for child in self._children.values():
            child.render(**kwargs)


class _ThinMap(folium.Map, _WrittenOnce):
    """A Folium map whose assets are ours; it fills its container by the style sheet of the page."""

    _template = Template(
        """
        {% macro html(this, kwargs) %}
            <div class="folium-map" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            const {{ this.get_name() }} = geoapp.createMap({{ this.get_name()|tojson }}, {{ this.request }});
        {% endmacro %}
        """
    )

    def __init__(self, request: MapRequest, asset_url: Callable[[str], str]) -> None:
        super().__init__(tiles=None)
        self.request = _written({"bounds": request.bounds, **request.options})
        scripts = SCRIPTS | (TILE_SCRIPTS if any(layer.tiles for layer in request.layers) else {})
        self.default_js = [(name, asset_url(path)) for name, path in scripts.items()]
        self.default_css = [(name, asset_url(path)) for name, path in STYLES.items()]


class _CatalogLayer(Layer, _WrittenOnce):
    """A layer of the catalogue: its features are fetched by the browser when it is shown."""

    _name = "CatalogLayer"
    _template = Template(
        """
        {% macro script(this, kwargs) %}
            const {{ this.get_name() }} = geoapp.createLayer({{ this._parent.get_name() }}, {{ this.address }});
        {% endmacro %}
        """
    )

    def __init__(self, layer: MapLayer) -> None:
        super().__init__(name=layer.id, overlay=True, show=layer.shown)
        address: Plain = {"id": layer.id, "url": layer.url, "order": layer.order}
        if layer.tiles:
            address |= {"tiles": layer.tiles, "summary": layer.summary}
        self.address = _written(address)


class _Imagery(Layer):
    """Pictures from space as a tile layer behind the others; which there are is asked when the reader wants one."""

    _name = "Imagery"
    _template = Template(
        """
        {% macro script(this, kwargs) %}
            const {{ this.get_name() }} = geoapp.createImagery({{ this._parent.get_name() }}, {{ this.address }});
        {% endmacro %}
        """
    )

    def __init__(self, url: str) -> None:
        super().__init__(name="imagery", overlay=True, show=False)
        self.address = _written({"url": url})


def _written(value: Plain) -> str:
    """JSON that is safe in a script element, and that is no template; letters stay as they are, pages are UTF-8."""
    return _TEMPLATE_SIGN.sub(r"\\u007b", str(htmlsafe_json_dumps(value, ensure_ascii=False)))


def build_map(request: MapRequest, asset_url: Callable[[str], str]) -> ScreenMap:
    """A map with its layers. Args: asset_url - from a file below the vendored assets to its address."""
    screen = _ThinMap(request, asset_url)
    for layer in request.layers:
        _CatalogLayer(layer).add_to(screen)
    if request.imagery:
        _Imagery(request.imagery).add_to(screen)
    figure = screen.get_root()
    assert isinstance(figure, Figure)  # noqa: S101 - a Folium map always makes itself one
    # The page has its own head; Folium adds the links of the map to what is left.
    figure.header._children.clear()  # noqa: SLF001 - branca has no public way to take a child off
    screen.render()  # type: ignore[no-untyped-call]
    first = [str(request.options["catalogue"])] if "catalogue" in request.options else []
    first += [layer.summary for layer in request.layers if layer.shown and layer.summary]
    return ScreenMap(figure.header.render(), figure.html.render(), figure.script.render(), tuple(first))
