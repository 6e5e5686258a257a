"""The difference of a figure between two moments, read in one statement.

It is put together from the versions of a kind of thing and the question that is asked of the parts. Texts come from
``queries/`` only; values are bound.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import geopandas
from sqlalchemy import Connection, text

from geoapp.store.features import Features, read_features
from geoapp.store.frames import read_frame

_QUERIES = Path(__file__).parent / "queries"
# Sizes to the square metre, so that sums are exact.
_BOTH = {"measure": "round({side}.size::numeric, 4)", "share": "{side}.share::numeric", "state": "{side}.state"}
_TOUCHED = (
    "(b.share IS DISTINCT FROM a.share OR b.size IS DISTINCT FROM a.size)"
    " AND coalesce(b.share, 0) + coalesce(a.share, 0) > 0"
)
_SHOWN = ("id", "thing_id", "quality", "approximate")


@dataclass(frozen=True)
class Group:
    """All parts of a difference in one park with one reason."""

    park_id: int
    park_slug: str
    name_vi: str | None
    name_en: str | None
    step: str
    reason: str
    rows: int
    things: int
    delta: Decimal
    has_demo: bool
    is_approximate: bool


def read_parts(
    connection: Connection, things: str, parameters: Mapping[str, object]
) -> tuple[list[Group], Sequence[Any]]:
    """All parts by park and reason, and a page of them one by one. Args: things - name of the kind of thing."""
    if things == "plots" and parameters["from_known"] == parameters["to_known"] == "infinity":
        # There are many of them, and what they became is kept for what is known now.
        return _read_parts(connection, _filled("changes_of_turns", things), parameters)
    return read_joined_parts(connection, things, parameters)


def read_joined_parts(
    connection: Connection, things: str, parameters: Mapping[str, object]
) -> tuple[list[Group], Sequence[Any]]:
    """The same for any knowledge: the versions that ended, joined to those that began."""
    return _read_parts(connection, _parts_sql(things, "changes_page"), parameters)


def _read_parts(
    connection: Connection, sql: str, parameters: Mapping[str, object]
) -> tuple[list[Group], Sequence[Any]]:
    rows = connection.execute(text(sql), dict(parameters)).all()
    groups = [{**group, "delta": Decimal(group["delta"])} for group in json.loads(rows[0].groups or "[]")]
    return [Group(**group) for group in groups], [row for row in rows if row.park_slug is not None]


def read_deltas(
    connection: Connection, things: str, parameters: Mapping[str, object]
) -> dict[tuple[int, str], Decimal]:
    """The difference by park and step; where there is none, it is missing."""
    found = connection.execute(text(_parts_sql(things, "changes_deltas")), dict(parameters))
    return {(row.park_id, row.step): row.delta for row in found}


def read_changed(connection: Connection, things: str, parameters: Mapping[str, object], most: int) -> Features:
    """What changed, as features; at most ``most`` + 1, so that the caller can tell that there are more."""
    return read_features(connection, _parts_sql(things, "changes_features"), parameters, most)


def read_changed_frame(
    connection: Connection, things: str, parameters: Mapping[str, object], most: int
) -> geopandas.GeoDataFrame:
    """What changed, as rows with their land; at most ``most`` + 1."""
    sql = f"SELECT * FROM (\n{_parts_sql(things, 'changes_features')}\n) AS declared ORDER BY id LIMIT :most + 1"  # noqa: S608
    return read_frame(connection, sql, {**parameters, "most": most})


def read_level(connection: Connection, things: str, parameters: Mapping[str, object]) -> tuple[Decimal, int]:
    """The figure at one moment, and of how many things its value is not known."""
    if things == "plots":
        row = connection.execute(text(_file("changes_level_of_plots")), dict(parameters)).one()
    else:
        row = connection.execute(text(_filled("changes_level", things)), dict(parameters)).one()
    return row.value, row.without_value


def read_scope(connection: Connection, parameters: Mapping[str, object]) -> list[int]:
    """The numbers of the parks of a zone."""
    return list(connection.execute(text(_file("changes_scope")), dict(parameters)).scalars())


@cache
def _parts_sql(things: str, question: str) -> str:
    sql = _filled("changes_parts", things)
    return sql.replace("{sides}", _sides()).replace("{touched}", _TOUCHED).replace("{question}", _file(question))


def _filled(name: str, things: str) -> str:
    """A query about one kind of thing: its versions, and its table."""
    return _file(name).replace("{versions}", _file(f"changes_of_{things}")).replace("{things}", things)


def _sides() -> str:
    both = [
        f"{value.format(side=side)} AS {end}_{name}"
        for name, value in _BOTH.items()
        for end, side in (("before", "b"), ("after", "a"))
    ]
    shown = [f"CASE WHEN a.id IS NULL THEN b.{name} ELSE a.{name} END AS {name}" for name in _SHOWN]
    return ", ".join([*both, *shown])


@cache
def _file(name: str) -> str:
    """A query without its comments, which may name placeholders."""
    lines = (_QUERIES / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("--"))
