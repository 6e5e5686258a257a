"""A map as one HTML file: data, scripts, styles and letters inside it, nothing asked of any host. Pure."""

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from geoapp.maps.style import Plain

_URL = re.compile(r"url\(\s*['\"]?(?!data:)([^)'\"]+)['\"]?\s*\)")
# No end of a script element, no comment, and no line end that JavaScript did not always know.
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True)
class TakenMap:
    """What the file says. ``facts``: day, class, maker; ``notes``: sources, quality; ``data``: for the script."""

    language: str
    title: str
    subtitle: str
    facts: Sequence[str]
    warning: str
    notes: Sequence[str]
    legend_title: str
    no_script: str
    data: Plain


@dataclass(frozen=True)
class TakenAssets:
    """Texts of our script, Leaflet's script and all style sheets, and letters by the name in their style sheet."""

    script: str
    leaflet: str
    styles: Sequence[str]
    letters: Mapping[str, bytes]


def write_html(taken: TakenMap, assets: TakenAssets) -> str:
    """The file; the same map gives the same text. Scripts run by their digest only, whatever the data hold."""
    style = "\n".join(_inlined(sheet, assets.letters) for sheet in assets.styles).replace("</style", "<\\/style")
    scripts = [_in_script(assets.leaflet), _in_script(assets.script)]
    policy = (
        f"default-src 'none'; script-src {' '.join(_digest(script) for script in scripts)}; style-src {_digest(style)};"
        " img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    facts = "".join(f"<p>{escape(fact)}</p>" for fact in (taken.subtitle, *taken.facts) if fact)
    notes = "".join(f"<p>{escape(note)}</p>" for note in taken.notes)
    warning = f'<p class="demo">{escape(taken.warning)}</p>' if taken.warning else ""
    return f"""<!doctype html>
<html lang="{escape(taken.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(taken.title)}</title>
<style>{style}</style>
</head>
<body class="takeaway">
<header><h1>{escape(taken.title)}</h1>{facts}</header>
<main class="stage"><div class="folium-map" id="map"></div>
<noscript><p class="notice">{escape(taken.no_script)}</p></noscript>
<section class="legend" data-legend aria-label="{escape(taken.legend_title)}">
<h2><button type="button" class="fold" aria-expanded="true" aria-controls="legend-body">
{escape(taken.legend_title)}</button></h2>
<div id="legend-body" class="legend-body" tabindex="-1"></div>
</section></main>
<footer>{warning}{notes}</footer>
<script type="application/json" id="map-data">{safe_json(taken.data)}</script>
<script>{scripts[0]}</script>
<script type="module">{scripts[1]}</script>
</body>
</html>
"""


def safe_json(value: Plain) -> str:
    """JSON that cannot end the element it stands in, whatever names the data hold."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029]", lambda sign: _ESCAPES[sign[0]], text)


def _in_script(text: str) -> str:
    """A script that cannot end its element: only texts and patterns of ours hold such signs."""
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _inlined(sheet: str, letters: Mapping[str, bytes]) -> str:
    """A style sheet whose letters are inside it; pictures of controls that are not used are left out."""

    def data_of(found: re.Match[str]) -> str:
        body = letters.get(found[1].rpartition("/")[2])
        return f"url(data:font/woff2;base64,{b64encode(body).decode()})" if body else "none"

    return _URL.sub(data_of, sheet)


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
