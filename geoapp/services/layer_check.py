"""Holds the layers of the catalogue against a database: statement, columns, types, SRID, shapes, classes, codes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Engine

from geoapp.catalog.model import (
    LEVEL_COLUMNS,
    TRUST_COLUMNS,
    Catalogue,
    Delivery,
    FieldType,
    Geometry,
    Layer,
    StyleKind,
)
from geoapp.catalog.statement import parameters_of
from geoapp.errors import StoreError, StoreUnavailable
from geoapp.kinds import AccessClass, Quality
from geoapp.store.engine import reading, translating
from geoapp.store.layer_check import Contents, describe_columns, summarise
from geoapp.store.tiles import in_tile

_WHOLE = frozenset({"smallint", "integer", "bigint"})
_WORDS = frozenset({"text", "character varying"})
_TYPES: Mapping[str, frozenset[str]] = {
    FieldType.TEXT: _WORDS,
    FieldType.CODE: _WORDS,
    FieldType.NUMBER: _WHOLE | {"real", "double precision", "numeric"},
    FieldType.INTEGER: _WHOLE,
    FieldType.DATE: frozenset({"date"}),
    FieldType.BOOLEAN: frozenset({"boolean"}),
    "geometry": frozenset({"geometry"}),
    "daterange": frozenset({"daterange"}),
}
_SPAN: Mapping[str, str] = {"valid": "daterange"}
_SHAPES: Mapping[Geometry, frozenset[str]] = {
    Geometry.POINT: frozenset({"POINT", "MULTIPOINT"}),
    Geometry.LINE: frozenset({"LINESTRING", "MULTILINESTRING"}),
    Geometry.POLYGON: frozenset({"POLYGON", "MULTIPOLYGON"}),
}
# Columns that may be there: what a popup links to, and what a large layer is paged by.
_OPTIONAL: Mapping[str, frozenset[str]] = {"park_slug": frozenset({"text"}), "key": frozenset({"integer", "bigint"})}
_SRID = 4326


def check_layers(
    engine: Engine, catalogue: Catalogue, as_of: date | None = None, *, staff: Engine | None = None
) -> list[str]:
    """Every fault of the layers against a database, as "layers/<group>/<id>/layer.sql: expected ..., found ...".

    Args: engine - of the map role, so that a layer needing more rights is found out; as_of - day (today);
    staff - of the staff role, for layers that are not public: nobody acts, so no rows are seen, but all is planned.
    Raises: StoreUnavailable - the server is away.
    """
    today = datetime.now(UTC)
    parameters = {"as_of": as_of or today.date(), "known_at": today, "park_id": None, "zone_id": None}
    faults = []
    for layer in catalogue.layers.values():
        seeing = engine if layer.access is AccessClass.PUBLIC else staff or engine
        # A connection each: a refused statement ends its transaction.
        with reading(seeing) as connection:
            place = f"layers/{layer.group}/{layer.id}"
            faults += [
                f"{place}/layer.sql: {fault}" for fault in _check_layer(connection, layer, catalogue, parameters)
            ]
        for name, sql, wanted in _tile_statements(layer):
            with reading(seeing) as connection:
                faults += [f"{place}/{name}: {fault}" for fault in _check_columns(connection, sql, wanted, parameters)]
    return faults


def _check_layer(
    connection: Connection, layer: Layer, catalogue: Catalogue, parameters: Mapping[str, object]
) -> list[str]:
    used = {name: parameters[name] for name in layer.parameters}
    try:
        with translating():
            columns = describe_columns(connection, layer.sql, used)
            faults = list(_column_faults(layer, columns))
            if not faults:
                contents = summarise(
                    connection,
                    layer.sql,
                    used,
                    code_columns=[field.name for field in layer.fields.values() if field.codes] + ["quality"],
                    graded_column=layer.style.field if layer.style.kind is StyleKind.GRADUATED else None,
                )
                faults = [
                    *_content_faults(layer, contents),
                    *_code_faults(layer, catalogue, contents),
                    *_range_faults(layer, contents),
                ]
    except StoreUnavailable:
        raise
    except StoreError as error:
        faults = [f"expected a statement that the database runs, found: {error}"]
    return faults


def _tile_statements(layer: Layer) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """What tiles are made of beside the layer's own SQL: file, statement, and the columns it must give."""
    drawn = layer.fields.get(layer.style.field or "")
    shown = {drawn.name: drawn.type.value} if drawn else {}
    if layer.days:
        told = [layer.fields[name] for name in (layer.label, *layer.tooltip)]
        own = {"id": "text", "park_slug": "text", "quality": "text", "approximate": "boolean"}
        fields = {column: field.type.value for field in told for column in field.columns}
        yield "layer.days.sql", layer.days.sql, {"geom_3857": "geometry", **own, **fields, **shown, **_SPAN}
    for level in layer.levels:
        wanted = {"geom_3857": "geometry", **LEVEL_COLUMNS, **shown}
        yield f"{level.name}.sql", level.sql, wanted
        if level.days:
            yield f"{level.name}.days.sql", level.days.sql, {**wanted, **_SPAN}


def _check_columns(
    connection: Connection, sql: str, wanted: Mapping[str, str], parameters: Mapping[str, object]
) -> Iterator[str]:
    used = {name: parameters[name] for name in parameters_of(sql) if name != "box"}
    try:
        with translating():
            columns = dict(describe_columns(connection, in_tile(sql), {**used, "z": 0, "x": 0, "y": 0}))
    except StoreUnavailable:
        raise
    except StoreError as error:
        yield f"expected a statement that the database runs, found: {error}"
        return
    for name, kind in wanted.items():
        if columns.get(name) not in _TYPES[kind]:
            yield f"expected a column {name} of type {_listed(_TYPES[kind])}, found {columns.get(name, 'none')}"


def _optional_faults(columns: Mapping[str, str]) -> Iterator[str]:
    for name, kinds in _OPTIONAL.items():
        if name in columns and columns[name] not in kinds:
            yield f"expected the column {name} of type {_listed(kinds)}, found {columns[name]}"


def _column_faults(layer: Layer, described: Sequence[tuple[str, str]]) -> Iterator[str]:
    columns = dict(described)
    wanted: dict[str, str] = {"id": "text", "geom": "geometry", **TRUST_COLUMNS}
    if layer.delivery is Delivery.TILES:
        wanted["geom_3857"] = "geometry"
    for field in layer.fields.values():
        wanted |= dict.fromkeys(field.columns, field.type.value)
    for name, kind in wanted.items():
        if name not in columns:
            yield f"expected a column {name} of type {kind}, found none"
        elif columns[name] not in _TYPES[kind]:
            yield f"expected the column {name} of type {_listed(_TYPES[kind])}, found {columns[name]}"
    yield from _optional_faults(columns)
    for name, count in Counter(name for name, _ in described).items():
        if count > 1:
            yield f"expected every column once, found {name} {count} times"
        if name not in wanted and name not in _OPTIONAL:
            yield f"expected only declared columns, found {name}; declare [fields.{name}] or leave it out"


def _content_faults(layer: Layer, contents: Contents) -> Iterator[str]:
    if contents.without_id:
        yield f"expected an id in every row, found {contents.without_id} rows without"
    elif contents.distinct_ids < contents.rows:
        yield f"expected every id once, found {contents.rows} rows with {contents.distinct_ids} ids"
    if contents.without_trust:
        yield (
            "expected quality, source, source_key and approximate in every row,"
            f" found {contents.without_trust} rows without"
        )
    for srid in contents.srids:
        if srid != _SRID:
            yield f"expected geometries in SRID {_SRID}, found {srid}"
    allowed = _SHAPES.get(layer.geometry)
    for shape in contents.shapes:
        if allowed is not None and shape not in allowed:
            yield f"expected {layer.geometry} geometries, found {shape}"


def _code_faults(layer: Layer, catalogue: Catalogue, contents: Contents) -> Iterator[str]:
    known: dict[str, Sequence[str]] = {"quality": list(Quality)}
    known |= {f.name: list(catalogue.codes[f.codes]) for f in layer.fields.values() if f.codes}
    for name, values in contents.codes.items():
        for value in values:
            if value not in known[name]:
                yield f"expected in {name} one of {', '.join(known[name])}, found '{value}'"


def _range_faults(layer: Layer, contents: Contents) -> Iterator[str]:
    if layer.style.kind is not StyleKind.GRADUATED or contents.lowest is None or contents.highest is None:
        return
    first, last = layer.style.classes[0].lower, layer.style.classes[-1].upper
    if first is not None and contents.lowest < first:
        yield f"expected {layer.style.field} from {first:g}, where the classes begin, found {contents.lowest:g}"
    if last is not None and contents.highest > last:
        yield f"expected {layer.style.field} up to {last:g}, where the classes end, found {contents.highest:g}"


def _listed(types: frozenset[str]) -> str:
    return " or ".join(sorted(types))
