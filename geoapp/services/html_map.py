"""The map of a page as one file that opens without a server, as far as the class of its layers lets them leave."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from geoapp.catalog.model import Catalogue, Layer
from geoapp.core.parsing import VIETNAM
from geoapp.errors import N_, ConfigError
from geoapp.kinds import AccessClass
from geoapp.maps.html_map import TakenAssets, TakenMap, write_html
from geoapp.maps.style import Plain, describe_catalogue
from geoapp.reports.speech import Speech
from geoapp.resources import static_dir
from geoapp.services.snapshot.layers import ChosenLayers, layers_up_to
from geoapp.services.snapshot.notes import (
    ACCESS_WORDS,
    AGENCY,
    DEMO_LINE,
    RowsTold,
    filter_lines,
    hidden_lines,
    quality_lines,
    source_lines,
    told_of,
)
from geoapp.services.snapshot.reading import SnapshotReading, bound, check_count
from geoapp.services.snapshot.request import SnapshotRequest
from geoapp.services.snapshot.sheet import theme_line
from geoapp.services.spoken import speaker
from geoapp.services.themes import EXCLUSIVE
from geoapp.store.features import read_features

_WEIGHTS = ("400", "500", "600")
# What the script of the file says, by the key that it asks for.
_WORDS: dict[str, str] = {
    "approximate": N_("approximate outline, not surveyed"),
    "approximatePlace": N_("approximate place, not surveyed"),
    "apart": N_("Drawn beside its place, where {count} objects are published at the same point."),
    "dashed": N_("dashed: approximate outline, not surveyed"),
    "dashedPlace": N_("dashed: approximate place, not surveyed"),
    "date": N_("Figure of"),
    "demoShown": N_("Holds demonstration data, not official figures"),
    "failedAll": N_("The layers could not be loaded."),
    "hiddenClasses": N_("Hidden classes: {count} ({objects} objects)"),
    "hiddenCount": N_("{count} hidden"),
    "hideClass": N_("Click a class to hide or show it"),
    "loading": N_("loading…"),
    "no": N_("no"),
    "noData": N_("no data"),
    "noFeatures": N_("nothing to show on this day"),
    "opacity": N_("Opacity"),
    "quality": N_("Quality"),
    "showAll": N_("Show all"),
    "source": N_("Source"),
    "tooFar": N_("shown from closer up: zoom in"),
    "tooNear": N_("shown from farther away: zoom out"),
    "withoutPlace": N_("{count} without a published place"),
    "yes": N_("yes"),
    "zoomIn": N_("Zoom in"),
    "zoomOut": N_("Zoom out"),
}


def build_html_map(catalogue: Catalogue, read: SnapshotReading, access: AccessClass | None = None) -> str:
    """The file. Args: access - with all layers up to this class; None: only those that are on.

    Raises: Forbidden - a layer that the reader may not take out; InvalidRequest, NotFound.
    """
    request, shown = read.request, read.chosen
    held = shown
    if access is not None:
        held = ChosenLayers(layers_up_to(catalogue, request.place, request.reader, access))
        shown = ChosenLayers(tuple(layer for layer in shown.layers if layer in held.layers))
    parameters = read.parameters()
    features = {layer.id: _kept(_read(read, layer, parameters), layer, request) for layer in held.layers}
    told = [_told(layer, features[layer.id]) for layer in held.layers]
    taken = TakenMap(
        language=request.language,
        title=request.paper.title or read.place.name.text(request.language),
        subtitle=theme_line(shown, request.language),
        facts=_facts(read, held),
        warning=_warning(told, request.language),
        notes=_notes(read, shown, told),
        legend_title=speaker(request.language)(N_("Layers and legend")),
        no_script=speaker(request.language)(N_("This map needs JavaScript.")),
        data=_data(catalogue, read, held, shown) | {"features": features},
    )
    return write_html(taken, read_assets())


def _read(read: SnapshotReading, layer: Layer, parameters: Mapping[str, object]) -> Plain:
    found = read_features(read.connection, layer.sql, bound(layer, parameters), read.most)
    check_count(layer, found.count, read.most)
    return {"features": json.loads(f"[{found.text}]"), "without_place": found.without_place}


def _kept(rows: Plain, layer: Layer, request: SnapshotRequest) -> Plain:
    """Of themes only the parks that the list was filtered to."""
    parks = request.look.parks
    if parks is None or layer.exclusive != EXCLUSIVE:
        return rows
    listed: Any = rows["features"]
    return {**rows, "features": [one for one in listed if one["properties"].get("park_slug") in parks]}


def _told(layer: Layer, rows: Plain) -> RowsTold:
    listed: Any = rows["features"]
    trust = ("source", "quality", "approximate")
    return told_of(layer, [tuple(one["properties"].get(name) for name in trust) for one in listed])


def _data(catalogue: Catalogue, read: SnapshotReading, held: ChosenLayers, shown: ChosenLayers) -> Plain:
    """What the script draws, but for the features."""
    request, language = read.request, read.request.language
    ids = {layer.id for layer in held.layers}
    part = replace(catalogue, layers={name: one for name, one in catalogue.layers.items() if name in ids})
    say, look = speaker(language), request.look
    return {
        "bounds": _bounds(read),
        "limits": read.place.frame.limits,
        "catalogue": describe_catalogue(part, None, language, request.reader),
        "shown": [layer.id for layer in shown.layers],
        "hidden": {name: sorted(keys) for name, keys in sorted(look.hidden.items()) if name in ids},
        "opacity": {name: share for name, share in sorted(look.opacity.items()) if name in ids},
        "options": {"language": language, "words": {key: say(word) for key, word in _WORDS.items()}},
    }


def _warning(told: list[RowsTold], language: str) -> str:
    return speaker(language)(DEMO_LINE) if any(one.has_demo for one in told) else ""


def _notes(read: SnapshotReading, shown: ChosenLayers, told: list[RowsTold]) -> list[str]:
    language = read.request.language
    say = speaker(language)
    return [
        *(line for line in quality_lines(told, say) if line != _warning(told, language)),
        *hidden_lines(read.request.look, shown.layers, language, say),
        *filter_lines(read.request.look, say),
        f"{say(N_('Sources'))}: {'; '.join(source_lines(told, say))}",
    ]


def _facts(read: SnapshotReading, held: ChosenLayers) -> list[str]:
    request, moment = read.request, read.moment
    say = speaker(request.language)
    speech = Speech(request.language, say)
    facts = [speech.told(N_("Data to %(day)s"), day=speech.day(moment.as_of))]
    if moment.known_at:
        known = moment.known_at.astimezone(VIETNAM).date()
        facts.append(speech.told(N_("as known on %(day)s"), day=speech.day(known)))
    facts += [say(ACCESS_WORDS[held.access]), say(AGENCY)]
    return [*facts, request.paper.maker] if request.paper.maker else facts


def _bounds(read: SnapshotReading) -> tuple[float, float, float, float]:
    box = read.request.ground.box
    return (box.west, box.south, box.east, box.north) if box else read.place.frame.bounds


@cache
def read_assets() -> TakenAssets:
    """Scripts, styles and letters as pages have them. Raises: ConfigError - they were not built."""
    home = static_dir()
    vendor = home / "vendor"
    type_home = vendor / "be-vietnam-pro"
    styles = [vendor / "leaflet/dist/leaflet.css", *(type_home / f"{weight}.css" for weight in _WEIGHTS)]
    letters = {path.name: path.read_bytes() for path in sorted((type_home / "files").glob("*.woff2"))}
    return TakenAssets(
        _text(home / "built/takeaway.js"),
        _text(vendor / "leaflet/dist/leaflet.js"),
        [*(_text(path) for path in styles), _text(home / "built/takeaway.css")],
        letters,
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(N_("%(file)s is missing. Install the program again."), file=path.name) from error
