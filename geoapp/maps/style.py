"""The one style model: a declared layer in one language, as plain data that map and legend are drawn from."""

from collections.abc import Mapping
from dataclasses import asdict

from geoapp.catalog.model import Catalogue, Field, FieldType, Label, Layer, Pattern, StyleClass, View
from geoapp.core.permissions import VISITOR, Reader

Plain = dict[str, object]

# Lines of a pattern are dark on light grounds and light on dark ones.
_DARK, _LIGHT = "#3a4550", "#ffffff"
_HALF_BRIGHT = 128


def describe_catalogue(catalogue: Catalogue, view: View | None, language: str, reader: Reader = VISITOR) -> Plain:
    """The groups and layers that a page offers a reader (None: all), in order, with all that is needed to draw them."""
    offered = catalogue.layers.values() if view is None else catalogue.of_view(view)
    layers = [layer for layer in offered if reader.may_read(layer.access)]
    groups = {layer.group for layer in layers}
    return {
        "groups": [
            {"id": name, "title": title.text(language)} for name, title in catalogue.groups.items() if name in groups
        ],
        "layers": [describe_layer(layer, catalogue, language) for layer in layers],
        "quality": {code: label.text(language) for code, label in catalogue.codes.get("quality", {}).items()},
    }


def describe_layer(layer: Layer, catalogue: Catalogue, language: str) -> Plain:
    """All that the screen needs to draw one layer and its legend, as data for JSON."""
    return {
        "id": layer.id,
        "title": layer.title.text(language),
        "access": layer.access,
        "group": layer.group,
        "method": layer.method.text(language),
        "geometry": layer.geometry,
        "order": layer.order,
        "min_zoom": layer.min_zoom,
        "max_zoom": layer.max_zoom,
        "marker_below_px": layer.marker_below_px or 0,
        "label_from_zoom": layer.label_from_zoom,
        "delivery": layer.delivery,
        "levels": [
            {"name": level.name, "title": level.title.text(language), "max_zoom": level.max_zoom}
            for level in layer.levels
        ],
        "exclusive": layer.exclusive,
        "label": layer.label,
        "tooltip": list(layer.tooltip),
        "popup": list(layer.popup),
        "parts": list(layer.parts),
        "fields": {name: _field(field, catalogue.codes, language) for name, field in layer.fields.items()},
        "style": {
            "kind": layer.style.kind,
            "field": layer.style.field,
            "classes": [describe_class(layer, style, language) for style in classes_of(layer)],
            "marks": [{"at": mark.at, "label": mark.label.text(language)} for mark in layer.style.marks],
        },
    }


def classes_of(layer: Layer) -> tuple[StyleClass, ...]:
    """The classes of a layer in legend order; what is not known comes last."""
    no_data = (layer.style.no_data,) if layer.style.no_data else ()
    return (*layer.style.classes, *no_data)


def describe_class(layer: Layer, style: StyleClass, language: str) -> Plain:
    """One class with its label and how it is drawn; ``paint`` is the colour or the name of its pattern."""
    plain = {key: value for key, value in asdict(style).items() if key != "label" and value is not None}
    plain |= {"label": style.label.text(language), "paint": paint_of(layer, style)}
    if style.pattern is not Pattern.NONE:
        plain |= {"pattern_id": pattern_id(layer, style), "lines": lines_on(style)}
    return plain


def paint_of(layer: Layer, style: StyleClass) -> str:
    """What fills a class: a colour, a pattern of the page, or nothing."""
    if style.pattern is not Pattern.NONE:
        return f"url(#{pattern_id(layer, style)})"
    return style.fill or "none"


def pattern_id(layer: Layer, style: StyleClass) -> str:
    """The name of the pattern of a class in the page."""
    return f"pattern-{layer.id}-{style.key}"


def lines_on(style: StyleClass) -> str:
    """The colour of the lines of a pattern on the ground of its class."""
    ground = style.fill or _LIGHT
    red, green, blue = (int(ground[i : i + 2], 16) for i in (1, 3, 5))
    is_light = 0.299 * red + 0.587 * green + 0.114 * blue > _HALF_BRIGHT
    return (style.stroke or _DARK) if is_light else _LIGHT


def _field(field: Field, codes: Mapping[str, Mapping[str, Label]], language: str) -> Plain:
    plain: Plain = {
        "title": field.title.text(language),
        "type": field.type,
        "unit": field.unit.text(language) if field.unit else "",
        "decimals": field.decimals,
        "column": f"{field.name}_{language}" if field.localized else field.name,
        "hide_empty": field.hide_empty,
    }
    if field.type is FieldType.CODE and field.codes:
        plain["labels"] = {code: label.text(language) for code, label in codes[field.codes].items()}
    return plain
