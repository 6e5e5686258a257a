"""Asks the database what the SQL of a layer gives: its columns with types, and what stands in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection, text


@dataclass(frozen=True)
class Contents:
    """What the rows of a layer hold as of one day: counts, and the distinct words that a declaration must know."""

    rows: int
    without_id: int
    distinct_ids: int
    without_trust: int
    srids: tuple[int, ...]
    shapes: tuple[str, ...]
    codes: Mapping[str, tuple[str, ...]]
    lowest: float | None
    highest: float | None


def describe_columns(connection: Connection, sql: str, parameters: Mapping[str, object]) -> list[tuple[str, str]]:
    """Columns that a statement gives, each with the PostgreSQL name of its type.

    Args: sql - one SELECT with bound parameters; parameters - those it names.
    Raises: the error of SQLAlchemy where the statement cannot be planned; translate it around the call.
    """
    nothing = text(f"SELECT * FROM (\n{sql}\n) AS layer LIMIT 0")  # noqa: S608 - the SQL of a checked declaration
    with connection.execute(nothing, dict(parameters)) as result:
        columns = (result.cursor.description if result.cursor else None) or ()
        described = [(str(column[0]), cast("int", column[1])) for column in columns]
    names = text("SELECT oid::integer AS oid, format_type(oid, NULL) AS name FROM pg_type WHERE oid = ANY (:oids)")
    types = {row.oid: row.name for row in connection.execute(names, {"oids": [oid for _, oid in described]})}
    return [(name, types.get(oid, "unknown")) for name, oid in described]


def summarise(
    connection: Connection,
    sql: str,
    parameters: Mapping[str, object],
    *,
    code_columns: Sequence[str],
    graded_column: str | None,
) -> Contents:
    """What the rows of a statement hold.

    Args: sql - one SELECT that gives id, geom and the trust columns; code_columns - columns that hold codes;
    graded_column - the column that a graduated style shows. Column names come from checked declarations.
    """
    lists = "".join(f', array_remove(array_agg(DISTINCT "{name}"), NULL) AS "code_{name}"' for name in code_columns)
    graded = f'"{graded_column}"' if graded_column else "NULL"
    body = f"""
        SELECT count(*) AS row_count, count(*) FILTER (WHERE id IS NULL) AS without_id,
               count(DISTINCT id) AS distinct_ids,
               count(*) FILTER (WHERE quality IS NULL OR source IS NULL OR source_key IS NULL OR approximate IS NULL)
                   AS without_trust,
               array_remove(array_agg(DISTINCT ST_SRID(geom)), NULL) AS srids,
               array_remove(array_agg(DISTINCT GeometryType(geom)), NULL) AS shapes,
               min({graded})::double precision AS lowest, max({graded})::double precision AS highest{lists}
        FROM (\n{sql}\n) AS layer
    """  # noqa: S608 - the SQL and the field names of a checked declaration
    row = connection.execute(text(body), dict(parameters)).mappings().one()
    return Contents(
        rows=row["row_count"],
        without_id=row["without_id"],
        distinct_ids=row["distinct_ids"],
        without_trust=row["without_trust"],
        srids=tuple(row["srids"] or ()),
        shapes=tuple(row["shapes"] or ()),
        codes={name: tuple(row[f"code_{name}"] or ()) for name in code_columns},
        lowest=row["lowest"],
        highest=row["highest"],
    )
