"""Kept answers of the legal clock: held against the decision table evaluated, and made anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, text

from geoapp.store.engine import reading, writing
from geoapp.store.pages import read_rows

_REFRESH = text("SELECT refresh_clock(NULL)")


@dataclass(frozen=True)
class Difference:
    """A unit of land of which the kept answer says something else on a day."""

    day: date
    project: str
    unit: str


def check_kept(engine: Engine, days: Sequence[date]) -> list[Difference]:
    """Compare every answer on some days, twenty differences of a day at most.

    Args: engine - of the owner, who sees all units.
    """
    with reading(engine) as connection:
        return [
            Difference(day, row.project, row.unit)
            for day in days
            for row in read_rows(connection, "clock_differences", {"as_of": day})
        ]


def refresh_kept(engine: Engine) -> int:
    """Make the answers of all units anew; how many there are."""
    with writing(engine) as connection:
        return int(connection.execute(_REFRESH).scalar_one())
