"""Screen, legend and print say the same: for every layer the classes, their colours and their order."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import sheet_sample as sample

import geoapp.web
from geoapp.catalog.model import Pattern
from geoapp.maps.sheet.classes import classify
from geoapp.maps.sheet.compose import compose
from geoapp.maps.sheet.ink import Circles, Item, Shapes, Window
from geoapp.maps.sheet.legend import legend_blocks
from geoapp.maps.sheet.model import AtScale, Limits
from geoapp.maps.style import classes_of, describe_layer

LAYERS = list(sample.catalogue().layers)
STYLE_JS = Path(geoapp.web.__file__).parent / "static" / "map" / "style.js"
_ASK = """
import { classOf } from %s;
let text = "";
process.stdin.on("data", (part) => (text += part)).on("end", () => {
  const asked = JSON.parse(text);
  console.log(JSON.stringify(asked.map(({ layer, rows }) => rows.map((row) => classOf(layer, row).key))));
});
"""


def painted(items: list[Item]) -> list[Shapes | Circles]:
    """What is painted, in drawing order."""
    found: list[Shapes | Circles] = []
    for item in items:
        if isinstance(item, Window):
            found += painted(item.items)
        elif isinstance(item, Shapes | Circles):
            found.append(item)
    return found


@pytest.mark.parametrize("layer_id", LAYERS)
def test_legend_and_screen_have_the_same_classes_in_the_same_order(layer_id: str) -> None:
    """Label by label, as the page gets them; the legend on paper writes them with a capital."""
    layer = sample.catalogue().layers[layer_id]
    made = sample.sheet(layers=(sample.every_class(layer),), view=AtScale(*sample.place(0, 0), 20_000))
    found = compose(made, Limits())
    rows = [row for block in legend_blocks(made, found.layers) for row in block.rows if row.layer is not None]
    told = describe_layer(layer, sample.catalogue(), "vi")["style"]["classes"]  # type: ignore[index]
    assert [one["label"].lower() for one in told] == [row.text.lower() for row in rows if not row.as_point]
    assert [one["key"] for one in told] == [row.style.key for row in rows if row.style and not row.as_point]


@pytest.mark.parametrize("layer_id", LAYERS)
def test_every_class_is_printed_in_its_colours_and_order(layer_id: str) -> None:
    """Fill, pattern and stroke of what is painted in the window of the map are those of the screen."""
    layer = sample.catalogue().layers[layer_id]
    made = sample.sheet(layers=(sample.every_class(layer),), view=AtScale(*sample.place(0, 0), 20_000))
    window = next(item for item in compose(made, Limits()).drawn.items if isinstance(item, Window))
    looks = [(item.look.fill, item.look.pattern, item.look.stroke) for item in painted(window.items)]
    expected = []
    for style in classes_of(layer):
        ground = style.fill or ("#ffffff" if style.pattern is not Pattern.NONE else None)
        stroke = style.stroke or ("#ffffff" if layer.geometry == "point" else None)
        expected.append(
            (None, Pattern.NONE, style.stroke) if layer.geometry == "line" else (ground, style.pattern, stroke)
        )
    places = [looks.index(one) for one in expected]
    assert sorted(places) == places


def test_screen_and_print_give_every_row_the_same_class() -> None:
    """The rules of the browser, run by node, and ours, on all layers: bounds, between, codes, unknown, nothing."""
    asked, ours = [], []
    for layer in sample.catalogue().layers.values():
        values = values_for(layer_id=layer.id)
        rows = [{layer.style.field: value} if layer.style.field else {} for value in values]
        frame = sample.frame(layer, [None] * len(values), **({layer.style.field: values} if layer.style.field else {}))
        keys = [style.key for style in classes_of(layer)]
        ours.append([keys[place] for place in classify(layer, frame)])
        asked.append({"layer": describe_layer(layer, sample.catalogue(), "vi"), "rows": rows})
    script = _ASK % json.dumps(STYLE_JS.as_uri())
    answer = subprocess.run(
        ["node", "--input-type=module", "-e", script],
        input=json.dumps(asked), capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert json.loads(answer.stdout) == ours


def values_for(layer_id: str) -> list[object]:
    """Values that try the rules of a layer."""
    style = sample.catalogue().layers[layer_id].style
    values: list[object] = [one.value for one in style.classes if one.value]
    bounds = [bound for one in style.classes for bound in (one.lower, one.upper) if bound is not None]
    values += [value for bound in bounds for value in (bound - 0.01, float(bound), bound + 0.01)]
    return [*values, None] if bounds else [*values, None, "no_such_code"]


def test_a_park_too_small_to_see_gets_a_marker_and_a_row() -> None:
    """200 m at 1:100 000 are 2 mm, less than 14 px; at 1:5 000 the outline is drawn."""
    small = compose(
        sample.sheet(layers=(sample.parks([(0, 0)]),), view=AtScale(*sample.place(0, 0), 100_000)), Limits()
    )
    large = compose(sample.sheet(layers=(sample.parks([(0, 0)]),), view=AtScale(*sample.place(0, 0), 5000)), Limits())
    assert small.layers[0].has_markers
    assert not large.layers[0].has_markers
    rows = [row for block in legend_blocks(sample.sheet(), small.layers) for row in block.rows]
    assert any(row.as_point for row in rows)


def test_classes_that_are_hidden_are_neither_drawn_nor_in_the_legend_but_told() -> None:
    """A filter is always said."""
    plots = replace(sample.plots(), hidden=frozenset({"leased"}))
    made = sample.sheet(layers=(plots,))
    found = compose(made, Limits())
    assert "leased" not in found.layers[0].classes
    texts = [row.text for block in legend_blocks(made, found.layers) for row in block.rows]
    assert "Không vẽ: đã cho thuê" in texts


def test_what_lies_outside_of_the_frame_is_not_drawn() -> None:
    """Nor is its class in the legend."""
    plots = sample.plots(states=("available",))
    far = sample.sheet(layers=(plots,), view=AtScale(*sample.place(30_000, 0), 5000))
    found = compose(far, Limits())
    assert set() == found.layers[0].classes
    assert [] == [item for item in painted(found.drawn.items) if item.look.fill == "#fff4a8"]


def test_shapes_are_cut_near_the_frame() -> None:
    """Nothing that is painted reaches further than some millimetres over the frame."""
    found = compose(sample.sheet(view=AtScale(*sample.place(900, 700), 2000)), Limits())
    window = next(item for item in found.drawn.items if isinstance(item, Window))
    frame = found.grounds[0].frame.grown(4.01)
    points = np.concatenate(
        [ring for item in painted(window.items) if isinstance(item, Shapes) for s in item.shapes for ring in s]
    )
    assert (points.min(axis=0) >= (frame.x, frame.y)).all()
    assert (points.max(axis=0) <= (frame.right, frame.top)).all()
