"""How many features a layer has in each class, counted in the database."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True)
class Group:
    """Features that share the value that is drawn, quality and source; is their place approximate, and known."""

    value: object
    quality: str
    approximate: bool
    placed: bool
    count: int
    source: str | None = None


def read_groups(connection: Connection, sql: str, column: str | None, parameters: Mapping[str, object]) -> list[Group]:
    """Counts of a layer's features. Args: column - what is drawn, from a checked declaration; None: one class only."""
    drawn = f'layer."{column}"' if column else "NULL::text"
    statement = text(
        f"SELECT {drawn} AS value, layer.quality, layer.approximate, layer.geom IS NOT NULL AS placed,"  # noqa: S608
        " count(*) AS many, layer.source"
        f" FROM (\n{sql}\n) AS layer GROUP BY 1, 2, 3, 4, 6"
    )
    rows = connection.execute(statement, dict(parameters))
    return [Group(row.value, row.quality, row.approximate, row.placed, row.many, row.source) for row in rows]
