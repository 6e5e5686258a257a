"""Features of a layer as GeoJSON text, made in one statement inside PostGIS."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, TextClause, text

# Six decimals are a tenth of a metre.
_STATEMENT = """
WITH layer AS MATERIALIZED (SELECT * FROM ({sql}) AS declared
    WHERE CAST(:one AS text) IS NULL OR id = :one ORDER BY id LIMIT :most + 1)
SELECT count(*) AS row_count, count(*) FILTER (WHERE geom IS NULL) AS without_place,
       coalesce(string_agg(
           json_build_object('type', 'Feature', 'id', id, 'geometry', CAST(ST_AsGeoJSON(geom, 6) AS json),
                             'properties', (SELECT row_to_json(told) FROM (SELECT {columns}) AS told))::text,
           ',' ORDER BY id), '') AS features
FROM layer
"""
_NOT_TOLD = ("id", "geom", "geom_3857", "key")
# What a statement gives does not change while the process lives: layers are read at start.
_columns: dict[str, tuple[str, ...]] = {}


@dataclass(frozen=True)
class Features:
    """Rows of a layer: ``text`` is GeoJSON features, comma between them; how many; how many without a place."""

    text: str
    count: int
    without_place: int


def read_features(
    connection: Connection, sql: str, parameters: Mapping[str, object], most: int, one: str | None = None
) -> Features:
    """The rows of a layer's SELECT, at most ``most`` + 1 of them, so that the caller can tell that there are more.

    Args: one - only the feature with this id.
    """
    columns = columns_of(connection, sql, parameters)
    row = connection.execute(_statement(sql, columns), {**parameters, "most": most, "one": one}).one()
    return Features(row.features, row.row_count, row.without_place)


def columns_of(connection: Connection, sql: str, parameters: Mapping[str, object]) -> tuple[str, ...]:
    """The columns that a statement gives; asked of the database once."""
    if sql not in _columns:
        nothing = text(f"SELECT * FROM (\n{sql}\n) AS declared LIMIT 0")  # noqa: S608 - the SQL of a checked declaration
        _columns[sql] = tuple(connection.execute(nothing, dict(parameters)).keys())
    return _columns[sql]


@cache
def _statement(sql: str, columns: tuple[str, ...]) -> TextClause:
    told = ", ".join(f'layer."{name}"' for name in columns if name not in _NOT_TOLD)
    return text(_STATEMENT.format(sql=f"\n{sql}\n", columns=told))
