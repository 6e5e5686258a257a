"""The rows of a layer as a GeoDataFrame, for exports and printed maps."""

from collections.abc import Mapping
from typing import Any, cast

import geopandas
from sqlalchemy import Connection, text

from geoapp.store.tiles import in_tile


def read_frame(connection: Connection, sql: str, parameters: Mapping[str, Any]) -> geopandas.GeoDataFrame:
    """The rows of one SELECT with a column ``geom``, in EPSG:4326; rows without a place have no geometry.

    Args: sql - the statement of a layer, from its declaration; parameters - what it binds.
    """
    # The stubs know SQL as str only; a text clause is what carries the bound parameters.
    statement = cast("str", text(sql))
    return geopandas.read_postgis(statement, connection, geom_col="geom", crs="EPSG:4326", params=dict(parameters))


def read_level_frame(connection: Connection, sql: str, parameters: Mapping[str, Any]) -> geopandas.GeoDataFrame:
    """The rows of a level of a tile layer, whole, in EPSG:4326. Args: sql - with ``:box``, which here is the world."""
    everywhere = {"z": 0, "x": 0, "y": 0} if ":box" in sql else {}
    statement = f"SELECT rows.*, ST_Transform(rows.geom_3857, 4326) AS geom FROM (\n{in_tile(sql)}\n) AS rows"  # noqa: S608
    frame = read_frame(connection, statement, {**parameters, **everywhere})
    return frame.drop(columns="geom_3857")
