"""One ``layer.toml`` into a ``Layer``, key by key. What keys say of each other is looked at in ``rules``."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geoapp.catalog.model import (
    NO_DATA,
    Delivery,
    Field,
    FieldType,
    Geometry,
    Label,
    Layer,
    Level,
    Mark,
    Pattern,
    Refresh,
    Style,
    StyleClass,
    StyleKind,
    View,
)
from geoapp.catalog.section import Section, is_name, told
from geoapp.catalog.statement import parameters_of
from geoapp.kinds import AccessClass

_MAX_ZOOM = 22
_ANY_NUMBER = 1e15

Codes = Mapping[str, Mapping[str, Label]]
"""Code lists by name, each with the labels of its codes."""


@dataclass(frozen=True)
class Folder:
    """Where a layer is declared: group, id, the folder itself, and its SQL (empty where it is missing)."""

    group: str
    id: str
    path: Path
    sql: str


def read_layer(top: Section, folder: Folder, codes: Codes) -> Layer:
    """The layer that a file declares; faults go to the section, and what is missing gets a stand-in."""
    fields = _read_fields(top)
    layer = Layer(
        id=folder.id,
        group=folder.group,
        path=folder.path,
        sql=folder.sql,
        parameters=parameters_of(folder.sql),
        title=top.required_label("title"),
        method=top.required_label("method"),
        access=top.choice("access", AccessClass) or AccessClass.RESTRICTED,
        geometry=top.choice("geometry", Geometry) or Geometry.MIXED,
        order=top.integer("order", 0, 999) or 0,
        views=top.choices("views", View),
        shown=top.choices("shown", View),
        exclusive=top.name("exclusive"),
        min_zoom=top.integer("min_zoom", 0, _MAX_ZOOM) or 0,
        max_zoom=_or(top.integer("max_zoom", 0, _MAX_ZOOM), 19),
        marker_below_px=top.integer("marker_below_px", 1, 64),
        label_from_zoom=top.integer("label_from_zoom", 0, _MAX_ZOOM),
        refresh=top.choice("refresh", Refresh, Refresh.ON_CHANGE) or Refresh.ON_CHANGE,
        label=top.text("label"),
        tooltip=top.names("tooltip"),
        popup=top.names("popup"),
        parts=top.names("parts"),
        fields=fields,
        style=_read_style(top, fields, codes),
        delivery=top.choice("delivery", Delivery, Delivery.FEATURES) or Delivery.FEATURES,
        levels=tuple(_read_level(part) for part in top.sections("levels")),
    )
    for key in ("order", "views"):
        if not top.has(key):
            top.fault(key, "a whole number" if key == "order" else "a list of pages")
    top.finish()
    return layer


def _read_level(part: Section) -> Level:
    level = Level(
        part.name("name") or "", part.required_label("title"), _or(part.integer("max_zoom", 0, _MAX_ZOOM), -1)
    )
    for key in ("name", "max_zoom"):
        if not part.has(key):
            part.fault(key, "a name; its SQL is in <name>.sql" if key == "name" else "a whole number")
    part.finish()
    return level


def _or(value: int | None, default: int) -> int:
    return default if value is None else value


def _read_fields(top: Section) -> dict[str, Field]:
    tables = top.section("fields", required=True)
    fields = {}
    for name in tables.own_keys() if tables else ():
        if tables and (part := tables.section(name)):
            if not is_name(name):
                part.fault("", "a name of lower-case letters, digits and underscores", told(name))
            fields[name] = _read_field(name, part)
    return fields


def _read_field(name: str, part: Section) -> Field:
    kind = part.choice("type", FieldType) or FieldType.TEXT
    field = Field(
        name=name,
        title=part.required_label("title"),
        type=kind,
        unit=part.unit("unit"),
        decimals=part.integer("decimals", 0, 6) or 0,
        codes=part.name("codes"),
        localized=part.flag("localized"),
        hide_empty=part.flag("hide_empty"),
    )
    fits = {
        "unit": {FieldType.NUMBER, FieldType.INTEGER},
        "decimals": {FieldType.NUMBER},
        "codes": {FieldType.CODE},
        "localized": {FieldType.TEXT},
    }
    for key, kinds in fits.items():
        if part.has(key) and kind not in kinds:
            part.fault(key, f"this key only with type {' or '.join(sorted(kinds))}", f"type {kind}")
    if kind is FieldType.CODE and not part.has("codes"):
        part.fault("codes", "the name of a list in codes.toml")
    part.finish()
    return field


def _read_style(top: Section, fields: Mapping[str, Field], codes: Codes) -> Style:
    part = top.section("style", required=True)
    if part is None:
        return Style(StyleKind.SINGLE, ())
    kind = part.choice("kind", StyleKind)
    if kind is None:
        return Style(StyleKind.SINGLE, ())
    if not part.has("classes"):
        part.fault("classes", "at least one class")
    name = part.name("field")
    field = fields.get(name or "")
    labels = codes.get((field.codes if field else None) or "", {})
    no_data = part.section("no_data")
    style = Style(
        kind=kind,
        field=name,
        no_data=_read_class(no_data, NO_DATA, no_data.required_label("label")) if no_data else None,
        marks=tuple(_read_mark(mark) for mark in part.sections("marks")),
        classes=tuple(
            _CLASS_READERS[kind](table, i, field, labels) for i, table in enumerate(part.sections("classes"))
        ),
    )
    part.finish()
    return style


def _read_category(part: Section, _: int, __: Field | None, labels: Mapping[str, Label]) -> StyleClass:
    value = part.text("value")
    label = part.label("label") or labels.get(value) or Label(value, value)
    return _read_class(part, value, label, value=value)


def _read_graduated(part: Section, place: int, field: Field | None, _: Mapping[str, Label]) -> StyleClass:
    lower = part.number("from", -_ANY_NUMBER, _ANY_NUMBER)
    upper = part.number("to", -_ANY_NUMBER, _ANY_NUMBER)
    label = part.label("label") or range_label(lower, upper, field.unit if field else None)
    return _read_class(part, f"c{place}", label, lower=lower, upper=upper)


def _read_single(part: Section, _: int, __: Field | None, ___: Mapping[str, Label]) -> StyleClass:
    return _read_class(part, "all", part.required_label("label"))


_CLASS_READERS = {
    StyleKind.CATEGORY: _read_category,
    StyleKind.GRADUATED: _read_graduated,
    StyleKind.SINGLE: _read_single,
}


def _read_class(
    part: Section,
    key: str,
    label: Label,
    *,
    value: str | None = None,
    lower: float | None = None,
    upper: float | None = None,
) -> StyleClass:
    style_class = StyleClass(
        key=key,
        label=label,
        value=value,
        lower=lower,
        upper=upper,
        fill=part.colour("fill"),
        stroke=part.colour("stroke"),
        width=_given(part.number("width", 0, 12), 1.0),
        dash=part.dash("dash"),
        pattern=part.choice("pattern", Pattern, Pattern.NONE) or Pattern.NONE,
        radius=_given(part.number("radius", 1, 24), 6.0),
        ring=part.colour("ring"),
        opacity=_given(part.number("opacity", 0, 1), 1.0),
    )
    if not part.has("fill") and not part.has("stroke"):
        part.fault("fill", "a fill or a stroke")
    part.finish()
    return style_class


def _given(value: float | None, default: float) -> float:
    return default if value is None else value


def _read_mark(part: Section) -> Mark:
    at = part.number("at", -_ANY_NUMBER, _ANY_NUMBER)
    if not part.has("at"):
        part.fault("at", "a number")
    mark = Mark(_given(at, 0.0), part.required_label("label"))
    part.finish()
    return mark


def range_label(lower: float | None, upper: float | None, unit: Label | None) -> Label:
    """The words for a range, open where a bound is None: "20–40 %", "dưới 20 %", "từ 80 % trở lên"."""
    return Label(
        _range_text(lower, upper, unit, "vi", ("dưới {}", "từ {} trở lên", "mọi giá trị")),
        _range_text(lower, upper, unit, "en", ("under {}", "{} and over", "any value")),
    )


def _range_text(
    lower: float | None, upper: float | None, unit: Label | None, lang: str, words: tuple[str, str, str]
) -> str:
    under, over, everything = words
    tail = f"\u00a0{unit.text(lang)}" if unit else ""
    if lower is not None and upper is not None:
        return f"{_written(lower, lang)}–{_written(upper, lang)}{tail}"
    if upper is not None:
        return under.format(_written(upper, lang) + tail)
    return over.format(_written(lower, lang) + tail) if lower is not None else everything


def _written(number: float, lang: str) -> str:
    text = f"{number:,.10g}"
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))
