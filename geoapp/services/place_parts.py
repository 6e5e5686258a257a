"""What the pages of a park and of a zone are made of: trends of a park, functions of a zone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from geoapp.core.months import month_ends
from geoapp.core.shares import told_shares
from geoapp.services.moment import Moment
from geoapp.store.pages import read_rows

Rows = Sequence[Any]


@dataclass(frozen=True)
class FunctionShare:
    """The part of a zone that has one function; ``function`` None: the rest, which no area covers."""

    function: str | None
    area_ha: float
    share: float
    areas: int


def read_trends(
    connection: Connection, moment: Moment, subject_id: int, indicators: Sequence[str]
) -> Mapping[str, Sequence[float | None]]:
    """Figures of a park at the ends of months up to the day that is shown, by indicator; None: no current figure."""
    if moment.first is None or moment.last is None:
        return {}
    days: list[date] = month_ends(moment.first, min(moment.as_of, moment.last))
    about = {**moment.parameters, "subject_kind": "park", "subject_id": subject_id}
    rows: Rows = read_rows(connection, "shares_history", {**about, "indicators": list(indicators), "days": days})
    found: dict[str, list[float | None]] = {}
    for row in rows:
        found.setdefault(row.code, []).append(row.value)
    return found


def shares_by_function(areas: Rows, whole_ha: float) -> list[FunctionShare]:
    """The functional areas of a zone by function, largest first, and the rest; the shares add up to 100.

    Where areas overlap so that they are more than the zone, there is no rest and the shares are of their own sum.
    """
    sums: dict[str | None, list[float]] = {}
    for area in areas:
        sums.setdefault(area.function, []).append(area.area_ha)
    parts = sorted(((name, sum(each), len(each)) for name, each in sums.items()), key=lambda part: -part[1])
    rest = whole_ha - sum(area for _, area, _ in parts)
    if rest > 0:
        parts.append((None, rest, 0))
    told = told_shares([area for _, area, _ in parts])
    return [FunctionShare(name, area, share, count) for (name, area, count), share in zip(parts, told, strict=True)]
