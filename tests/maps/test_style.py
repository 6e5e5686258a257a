"""The one style model."""

import json
from dataclasses import replace

import pytest

from geoapp.catalog.load import load_catalogue
from geoapp.catalog.model import NO_DATA, Pattern, StyleClass, StyleKind, View
from geoapp.kinds import AccessClass
from geoapp.maps.style import classes_of, describe_catalogue, describe_class, describe_layer, pattern_id
from geoapp.resources import layers_dir

CATALOGUE = load_catalogue(layers_dir())
LAYERS = pytest.mark.parametrize("layer_id", CATALOGUE.layers)


@LAYERS
def test_a_layer_is_plain_data(layer_id: str) -> None:
    """What the screen gets can be written as JSON, without loss."""
    told = describe_layer(CATALOGUE.layers[layer_id], CATALOGUE, "vi")
    assert json.loads(json.dumps(told))["id"] == layer_id


@LAYERS
def test_what_is_not_known_has_a_class_of_its_own(layer_id: str) -> None:
    """It comes last, and it is never the lowest class of a ramp."""
    layer = CATALOGUE.layers[layer_id]
    if layer.style.kind is StyleKind.SINGLE:
        assert NO_DATA not in [style.key for style in classes_of(layer)]
    else:
        assert NO_DATA == classes_of(layer)[-1].key


@LAYERS
def test_a_pattern_is_named_once(layer_id: str) -> None:
    """Two classes never share the name of a pattern, which is one for the whole page."""
    every = [
        pattern_id(layer, style)
        for layer in CATALOGUE.layers.values()
        for style in classes_of(layer)
        if style.pattern is not Pattern.NONE
    ]
    mine = {pattern_id(CATALOGUE.layers[layer_id], style) for style in classes_of(CATALOGUE.layers[layer_id])}
    assert len(every) == len(set(every))
    assert all(name.startswith(f"pattern-{layer_id}-") for name in mine)


def test_codes_come_with_their_labels() -> None:
    """A popup shows words, not codes."""
    fields = describe_layer(CATALOGUE.layers["park_status"], CATALOGUE, "en")["fields"]
    assert "operating" == fields["status"]["labels"]["operating"]  # type: ignore[index]


def test_a_localized_field_is_read_from_its_column() -> None:
    """In English the name comes from name_en."""
    fields = describe_layer(CATALOGUE.layers["park_status"], CATALOGUE, "en")["fields"]
    assert "name_en" == fields["name"]["column"]  # type: ignore[index]


@pytest.mark.parametrize(("fill", "lines"), [("#ffffff", "#aa0000"), ("#102030", "#ffffff"), (None, "#aa0000")])
def test_lines_of_a_pattern_can_be_seen(fill: str | None, lines: str) -> None:
    """In the colour of the outline on light grounds, white on dark ones."""
    style = replace(classes_of(CATALOGUE.layers["plant_standard"])[-1], fill=fill, stroke="#aa0000")
    assert lines == describe_class(CATALOGUE.layers["plant_standard"], style, "vi")["lines"]


def test_a_class_without_fill_is_not_painted() -> None:
    """An outline only; a hidden fill would catch the pointer."""
    style: StyleClass = CATALOGUE.layers["zone_boundary"].style.classes[0]
    assert "none" == describe_class(CATALOGUE.layers["zone_boundary"], style, "vi")["paint"]


def test_only_public_layers_are_told() -> None:
    """The catalogue of the screen obeys the class of a layer."""
    layers = {name: replace(layer, access=AccessClass.RESTRICTED) for name, layer in CATALOGUE.layers.items()}
    told = describe_catalogue(replace(CATALOGUE, layers=layers), None, "vi")
    assert ([], []) == (told["groups"], told["layers"])


@pytest.mark.parametrize("view", list(View))
def test_a_page_is_told_of_its_layers_only(view: View) -> None:
    """And of no group without a layer."""
    told = describe_catalogue(CATALOGUE, view, "vi")
    layers = [layer["id"] for layer in told["layers"]]  # type: ignore[attr-defined]
    assert [layer.id for layer in CATALOGUE.of_view(view) if layer.access is AccessClass.PUBLIC] == layers
    assert {CATALOGUE.layers[name].group for name in layers} == {group["id"] for group in told["groups"]}  # type: ignore[attr-defined]
