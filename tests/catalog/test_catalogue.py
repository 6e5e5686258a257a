"""What a sound declaration becomes."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from geoapp.catalog.declaration import range_label
from geoapp.catalog.load import load_catalogue
from geoapp.catalog.model import Label, Layer, Pattern, View
from tests.catalog.layer_files import CATEGORY, LAYER, SINGLE, SQL, add_layer


def first(layers: Path) -> Layer:
    """The layer of the sound folder."""
    return load_catalogue(layers).layers["first"]


def test_id_and_group_are_the_folders(layers: Path) -> None:
    """Nothing is said twice."""
    layer = first(layers)
    assert ("parks", "first") == (layer.group, layer.id)


def test_a_label_speaks_both_languages(layers: Path) -> None:
    """Vietnamese is the answer for any language but English."""
    title = first(layers).title
    assert ("Lớp thử", "Test layer", "Lớp thử") == (title.text("vi"), title.text("en"), title.text("fr"))


def test_parameters_are_those_that_the_sql_names(layers: Path) -> None:
    """Only these are bound when the layer is read."""
    add_layer(layers, "other/second", LAYER.replace("shown", "# shown") + SINGLE, f"{SQL} WHERE id::int = :park_id")
    assert {"as_of", "known_at", "park_id"} == load_catalogue(layers).layers["second"].parameters


def test_a_localized_field_comes_as_two_columns(layers: Path) -> None:
    """The SQL gives one column a language."""
    assert ("name_vi", "name_en") == first(layers).fields["name"].columns


def test_graduated_classes_get_keys_in_order(layers: Path) -> None:
    """Keys tie features to classes."""
    assert ["c0", "c1"] == [item.key for item in first(layers).style.classes]


def test_the_label_of_a_range_is_written_in_each_language(layers: Path) -> None:
    """Vietnamese groups thousands with a point and writes a decimal comma."""
    assert Label("0–1.500,5\u00a0%", "0–1,500.5\u00a0%") == first(layers).style.classes[0].label


@pytest.mark.parametrize(
    ("lower", "upper", "label"),
    [
        (None, 50, Label("dưới 50\u00a0ha", "under 50\u00a0ha")),
        (50, None, Label("từ 50\u00a0ha trở lên", "50\u00a0ha and over")),
        (None, None, Label("mọi giá trị", "any value")),
        (-2.5, 0, Label("-2,5–0\u00a0ha", "-2.5–0\u00a0ha")),
    ],
)
def test_an_open_range_is_said_in_words(lower: float | None, upper: float | None, label: Label) -> None:
    """An open end is not an empty place beside a dash."""
    assert label == range_label(lower, upper, Label("ha", "ha"))


def test_no_data_is_a_class_of_its_own(layers: Path) -> None:
    """What is missing is never drawn as the lowest class."""
    no_data = first(layers).style.no_data
    assert no_data is not None
    assert ("no_data", Pattern.HATCH) == (no_data.key, no_data.pattern)


def test_a_category_takes_its_labels_from_the_code_list(layers: Path) -> None:
    """A word is written once, in codes.toml."""
    add_layer(layers, "parks/first", LAYER + CATEGORY)
    assert ["đã xây", "còn trống"] == [item.label.vi for item in first(layers).style.classes]


def test_the_code_no_data_is_drawn_by_no_data(layers: Path) -> None:
    """A code list may name what is not known; it needs no class of its own."""
    category = CATEGORY.replace("built", "met").replace(
        '\n[[style.classes]]\nvalue = "empty"\nstroke = "#445566"\n', ""
    )
    add_layer(layers, "parks/first", LAYER.replace('codes = "state"', 'codes = "judged"') + category)
    assert ["met"] == [item.key for item in first(layers).style.classes]


def test_layers_come_in_the_order_of_groups_then_drawing(layers: Path) -> None:
    """The panel lists them as they are drawn."""
    quiet = LAYER.replace("shown", "# shown") + SINGLE
    add_layer(layers, "other/alone", quiet.replace("order = 10", "order = 1"))
    add_layer(layers, "parks/low", quiet.replace("order = 10", "order = 2"))
    assert ["low", "first", "alone"] == list(load_catalogue(layers).layers)


def test_a_page_gets_its_own_layers(layers: Path) -> None:
    """Views say which page offers a layer."""
    catalogue = load_catalogue(layers)
    assert ["first"] == [layer.id for layer in catalogue.of_view(View.PARK)]
    assert [] == list(catalogue.of_view(View.ZONE))


def test_a_layer_that_never_changes_needs_no_clocks(layers: Path) -> None:
    """Base geography has no as-of."""
    timeless = LAYER.replace("shown", "# shown").replace("order", 'refresh = "never"\norder') + SINGLE
    add_layer(layers, "other/ground", timeless, "SELECT 1 AS id FROM land")
    assert frozenset() == load_catalogue(layers).layers["ground"].parameters


def test_layers_cannot_be_changed(layers: Path) -> None:
    """Everybody shares one catalogue."""
    with pytest.raises(FrozenInstanceError):
        first(layers).order = 3  # type: ignore[misc]
