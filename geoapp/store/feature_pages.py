"""Pages of a layer's features: in the order of their keys, from after the last one, with the exact count of all."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, TextClause, text

from geoapp.core.box import Box
from geoapp.store.features import columns_of

# Whole numbers by which a large layer may be paged; else its ids.
KEY = "key"
_PAGE = """
WITH page AS MATERIALIZED (
    SELECT * FROM (\n{sql}\n) AS declared WHERE {box} AND (CAST(:after AS {kind}) IS NULL OR "{key}" > :after)
    ORDER BY "{key}" LIMIT :most + 1
), shown AS (SELECT * FROM page ORDER BY "{key}" LIMIT :most)
SELECT (SELECT count(*) FROM page) AS row_count,
       (SELECT CAST(shown."{key}" AS text) AS told FROM shown ORDER BY shown."{key}" DESC LIMIT 1) AS last_key,
       coalesce(string_agg(
           json_build_object('type', 'Feature', 'id', id, 'geometry', CAST(ST_AsGeoJSON(geom, 6) AS json),
                             'properties', (SELECT row_to_json(told) FROM (SELECT {columns}) AS told))::text,
           ',' ORDER BY "{key}"), '') AS features
FROM shown AS layer
"""
_COUNT = "SELECT count(*) AS matched FROM (\n{sql}\n) AS declared WHERE {box}"
_EVERYWHERE = "true"
_BOX = "geom && ST_MakeEnvelope(:west, :south, :east, :north, 4326)"
_NOT_TOLD = ("id", "geom", "geom_3857", KEY)


@dataclass(frozen=True)
class FeaturePage:
    """Features as GeoJSON text with commas between them, how many, and the key of the last where more follow."""

    text: str
    count: int
    last: str | None


def read_page(
    connection: Connection, sql: str, parameters: Mapping[str, object], after: str | None, most: int, box: Box | None
) -> FeaturePage:
    """At most ``most`` features after a key, inside a box where one is given."""
    columns = columns_of(connection, sql, parameters)
    key = KEY if KEY in columns else "id"
    told = tuple(name for name in columns if name not in _NOT_TOLD)
    bound = {**parameters, **(vars(box) if box else {}), "after": _key(after, key), "most": most}
    row = connection.execute(_page(sql, key, told, box is not None), bound).one()
    return FeaturePage(row.features, min(row.row_count, most), row.last_key if row.row_count > most else None)


def count_features(connection: Connection, sql: str, parameters: Mapping[str, object], box: Box | None) -> int:
    """How many features there are in all."""
    statement = text(_COUNT.format(sql=sql, box=_BOX if box else _EVERYWHERE))
    return int(connection.execute(statement, {**parameters, **(vars(box) if box else {})}).scalar_one())


def _key(after: str | None, key: str) -> str | int | None:
    return int(after) if after is not None and key == KEY else after


@cache
def _page(sql: str, key: str, columns: tuple[str, ...], has_box: bool) -> TextClause:
    return text(
        _PAGE.format(
            sql=sql,
            key=key,
            kind="bigint" if key == KEY else "text",
            box=_BOX if has_box else _EVERYWHERE,
            columns=", ".join(f'layer."{name}"' for name in columns),
        )
    )
