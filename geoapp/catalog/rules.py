"""What the parts of a declaration must say of each other: fields that exist, classes without gaps, codes covered."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from geoapp.catalog.model import (
    NO_DATA,
    TRUST_COLUMNS,
    Delivery,
    Field,
    FieldType,
    Geometry,
    Label,
    Layer,
    Style,
    StyleKind,
)
from geoapp.catalog.section import nearest, told

Report = Callable[[str, str, str], None]
"""Takes a key, what was expected there, and what was found."""

_RESERVED = frozenset({"id", "geom", "geom_3857", "class", "park_slug", *TRUST_COLUMNS})


def check_layer(layer: Layer, codes: Mapping[str, Mapping[str, Label]], report: Report) -> None:
    """Report every rule that a layer breaks."""
    _check_fields(layer, codes, report)
    _check_places(layer, report)
    _check_tiles(layer, report)
    _check_style(layer, codes, report)


def _check_fields(layer: Layer, codes: Mapping[str, Mapping[str, Label]], report: Report) -> None:
    for name, field in layer.fields.items():
        if _RESERVED & {name, *field.columns}:
            report(f"fields.{name}", "a name that is not reserved", told(name))
        if codes and field.codes is not None and field.codes not in codes:
            report(
                f"fields.{name}.codes", f"a list of codes.toml ({nearest(field.codes, list(codes))})", told(field.codes)
            )
    for key, used in _named_fields(layer):
        if used is not None and used not in layer.fields:
            report(key, f"a field of the layer ({nearest(used, list(layer.fields))})", told(used))
    units = [layer.fields[name].unit for name in layer.parts if name in layer.fields]
    if layer.parts and (len(layer.parts) != 2 or len(set(units)) > 1):
        report("parts", "a numerator and a denominator in one unit", told(", ".join(layer.parts)))


def _named_fields(layer: Layer) -> Iterator[tuple[str, str | None]]:
    yield "label", layer.label or None
    yield "style.field", layer.style.field
    for key, names in (("tooltip", layer.tooltip), ("popup", layer.popup), ("parts", layer.parts)):
        yield from ((f"{key}[{i}]", name) for i, name in enumerate(names))


def _check_places(layer: Layer, report: Report) -> None:
    for view in sorted(layer.shown - layer.views):
        report("shown", "only pages that are in views", told(view.value))
    if layer.min_zoom > layer.max_zoom:
        report("min_zoom", f"a zoom up to max_zoom {layer.max_zoom}", str(layer.min_zoom))


def _check_tiles(layer: Layer, report: Report) -> None:
    """Tiles are drawn on a canvas by class; levels go from far to near, and end before the layer itself begins."""
    if layer.delivery is not Delivery.TILES:
        if layer.levels:
            report("levels", 'levels only with delivery = "tiles"', "levels")
        return
    if layer.geometry is not Geometry.POLYGON:
        report("delivery", "tiles only of a layer of geometry polygon", told(layer.geometry.value))
    zooms = [level.max_zoom for level in layer.levels]
    for i, (before, after) in enumerate(pairwise(zooms)):
        if after <= before:
            report(f"levels[{i + 1}].max_zoom", f"more than {before}, the zoom of the level before", str(after))
    if zooms and zooms[-1] >= layer.max_zoom:
        report(f"levels[{len(zooms) - 1}].max_zoom", f"less than max_zoom {layer.max_zoom}", str(zooms[-1]))
    names = [level.name for level in layer.levels]
    for i, name in enumerate(names):
        if name in names[:i] or name == "layer":
            report(f"levels[{i}].name", "a name of its own", told(name))


def _check_style(layer: Layer, codes: Mapping[str, Mapping[str, Label]], report: Report) -> None:
    style = layer.style
    if not style.classes:
        return
    if style.kind is StyleKind.SINGLE:
        _check_single(style, report)
        return
    if style.field is None:
        report("style.field", f"the field that a {style.kind} style shows", "nothing")
    if style.no_data is None:
        report("style.no_data", "how features without a value are drawn", "nothing")
    field = layer.fields.get(style.field or "")
    if field is not None and style.kind is StyleKind.CATEGORY:
        _check_category(style, field, codes, report)
    elif field is not None:
        _check_graduated(style, field, report)


def _check_single(style: Style, report: Report) -> None:
    for i in range(1, len(style.classes)):
        report(f"style.classes[{i}]", "one class in a single style", "another")
    for key, found in (("field", style.field), ("marks", style.marks or None), ("no_data", style.no_data)):
        if found is not None:
            report(f"style.{key}", "nothing in a single style", key)


def _check_category(style: Style, field: Field, codes: Mapping[str, Mapping[str, Label]], report: Report) -> None:
    if field.type is not FieldType.CODE:
        report("style.field", "a field of type code in a category style", f"type {field.type}")
        return
    known = codes.get(field.codes or "", {})
    seen: set[str] = {NO_DATA}
    for i, item in enumerate(style.classes):
        if known and item.value is not None and item.value not in known:
            key = f"style.classes[{i}].value"
            report(key, f"a code of the list {field.codes} ({nearest(item.value, list(known))})", told(item.value))
        elif item.key in seen and item.key:
            report(
                f"style.classes[{i}].value", "each code once (no_data is drawn by style.no_data)", f"{item.key!r} again"
            )
        seen.add(item.key)
    for missing in (code for code in known if code not in seen):
        report("style.classes", f"a class for every code of the list {field.codes}", f"none for '{missing}'")
    if style.marks:
        report("style.marks", "marks only in a graduated style", "marks")


def _check_graduated(style: Style, field: Field, report: Report) -> None:
    if field.type not in {FieldType.NUMBER, FieldType.INTEGER}:
        report("style.field", "a field of type number or integer in a graduated style", f"type {field.type}")
    last = len(style.classes) - 1
    for i, item in enumerate(style.classes):
        for key, bound, may_be_open in (("from", item.lower, i == 0), ("to", item.upper, i == last)):
            if bound is None and not may_be_open:
                report(f"style.classes[{i}].{key}", "a number (only the ends may be open)", "nothing")
        if item.lower is not None and item.upper is not None and item.lower >= item.upper:
            report(f"style.classes[{i}]", "a range with from below to", f"{item.lower:g} to {item.upper:g}")
    for i, (before, after) in enumerate(pairwise(style.classes), start=1):
        if before.upper is not None and after.lower is not None and before.upper != after.lower:
            report(f"style.classes[{i}].from", f"{before.upper:g}, where the class before ends", f"{after.lower:g}")
