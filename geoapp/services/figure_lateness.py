"""Departments whose monthly figures are late, and the figures that nobody is named for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from geoapp.core.monthly_figures import months_of
from geoapp.core.months import end_of_month, months_before
from geoapp.core.target_rules import is_late
from geoapp.services.moment import Moment
from geoapp.store.pages import read_rows

_MONTHS = 6


@dataclass(frozen=True)
class Late:
    """A month that a department has not handed in, or not wholly. ``department``: None where nobody is named.

    ``before``: the day before which it was due; ``missing``: rows of the indicators that lack.
    """

    department: str | None
    month: date
    before: date
    missing: Sequence[Any]
    is_partial: bool


def read_choice(connection: Connection, key: str) -> float:
    """A choice of the product that is not law."""
    return next(float(row.value) for row in read_rows(connection, "choices", {}) if row.key == key)


def read_late(connection: Connection, moment: Moment) -> list[Late]:
    """What is late on the day, the newest month first, of the last half year."""
    due_day = int(read_choice(connection, "figures_due_day"))
    last = moment.as_of.replace(day=1)
    months = [month for month in months_of(months_before(last, _MONTHS), last) if is_late(month, due_day, moment.as_of)]
    if not months:
        return []
    at = {**moment.parameters, "first": months[0]}
    told = {(row.indicator, row.month) for row in read_rows(connection, "figure_told", at)}
    indicators: Sequence[Any] = read_rows(connection, "reported_indicators", moment.parameters)
    found = []
    for month in reversed(months):
        for department in dict.fromkeys(row.department for row in indicators):
            own = [row for row in indicators if row.department == department]
            missing = [row for row in own if (row.code, month) not in told]
            if missing:
                found.append(Late(department, month, _before(month, due_day), missing, len(missing) < len(own)))
    return found


def _before(month: date, due_day: int) -> date:
    following = end_of_month(month) + timedelta(days=1)
    return following.replace(day=min(due_day, end_of_month(following).day))
