"""The shares of the whole province month by month, for the trends of the first page. Kept as long as the data stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any

from cachetools import LRUCache
from sqlalchemy import Connection

from geoapp.core.months import month_ends
from geoapp.services.moment import Moment
from geoapp.services.themes import SHARES
from geoapp.store.pages import read_rows
from geoapp.store.versions import read_version

_KEPT = 16
_INDICATORS = [share.indicator for share in SHARES if share.indicator]
Series = Mapping[str, Mapping[date, float]]
"""Layer -> day -> per cent."""


@dataclass(frozen=True)
class Trend:
    """A share at the ends of months up to a day (None: no figure), and how much it moved since ``since``.

    ``delta``: in percentage points; None where one of the two days has no figure.
    """

    days: Sequence[date]
    values: Sequence[float | None]
    delta: float | None
    since: date | None


class TotalsHistory:
    """Series of the shares over all parks, reckoned once for each version of the data."""

    def __init__(self) -> None:
        self._kept: LRUCache[object, Series] = LRUCache(_KEPT)
        self._lock = Lock()

    def trends(self, connection: Connection, moment: Moment) -> Mapping[str, Trend]:
        """The trend of every share, by its layer, up to the day that is shown."""
        if moment.first is None or moment.last is None:
            return {}
        key = (read_version(connection), moment.known_at, moment.first, moment.last)
        with self._lock:
            series = self._kept.get(key)
        if series is None:
            series = _read(connection, moment, month_ends(moment.first, moment.last))
            with self._lock:
                self._kept[key] = series
        days = [day for day in month_ends(moment.first, moment.last) if day <= moment.as_of]
        return {layer: _trend(values, days) for layer, values in series.items()}


def _read(connection: Connection, moment: Moment, days: list[date]) -> Series:
    at = {**moment.parameters, "as_of": days[-1], "days": days}
    series: dict[str, dict[date, float]] = {share.layer: {} for share in SHARES}
    layers = {share.indicator: share.layer for share in SHARES}
    rows: Sequence[Any] = read_rows(connection, "totals_history", {**at, "indicators": _INDICATORS})
    for row in rows:
        series[layers[row.indicator]][row.day] = row.value
    plants: Sequence[Any] = read_rows(connection, "wastewater_history", at)
    for row in plants:
        series[layers[None]][row.day] = float(row.value)
    return series


def _trend(values: Mapping[date, float], days: Sequence[date]) -> Trend:
    told = [values.get(day) for day in days]
    now, before = (told[-1], told[-2]) if len(told) > 1 else (None, None)
    delta = now - before if now is not None and before is not None else None
    return Trend(days, told, delta, days[-2] if len(days) > 1 else None)
