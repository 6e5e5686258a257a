"""The rows of a layer as a GeoDataFrame, for exports and printed maps."""

from collections.abc import Mapping
from typing import Any, cast

import geopandas
from sqlalchemy import Connection, text


def read_frame(connection: Connection, sql: str, parameters: Mapping[str, Any]) -> geopandas.GeoDataFrame:
    """The rows of one SELECT with a column ``geom``, in EPSG:4326; rows without a place have no geometry.

    Args: sql - the statement of a layer, from its declaration; parameters - what it binds.
    """
    # The stubs know SQL as str only; a text clause is what carries the bound parameters.
    statement = cast("str", text(sql))
    return geopandas.read_postgis(statement, connection, geom_col="geom", crs="EPSG:4326", params=dict(parameters))
