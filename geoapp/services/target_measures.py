"""What was reached of targets that the system measures itself: land, infrastructure, plants; today and over time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from geoapp.core.monthly_figures import least_sure
from geoapp.core.months import month_ends, months_before
from geoapp.core.plan_kinds import TargetMeasure
from geoapp.core.series import Point
from geoapp.core.target_model import Actual, DecidingPark, Missing, RowRef
from geoapp.services.moment import Moment
from geoapp.store.pages import read_rows

Rows = Sequence[Any]
WHOLE = 100.0
COMPLETE = 99.95
"""Per cent from which infrastructure is complete: as it is rounded on pages."""


@dataclass(frozen=True)
class Measured:
    """What is known of one target before it is judged.

    ``held``: the figure held against the value; ``points``: its history for the forecast; ``upper``: where its values
    end; ``rises``: whether it can only grow.
    """

    actual: Actual | None = None
    missing: Missing | None = None
    cumulative: Actual | None = None
    previous: Actual | None = None
    last_year: Actual | None = None
    estimate: Actual | None = None
    points: Sequence[Point] = ()
    upper: float | None = WHOLE
    rises: bool = False
    parks: tuple[DecidingPark, ...] = ()

    @property
    def held(self) -> Actual | None:
        """What figures add up to where they do, else the newest one."""
        return self.cumulative or self.actual


class LandFigures:
    """Rows about land and plants as of a moment, each read once, when the first target asks for it.

    Args: new_parks - numbers of the parks that a target calls new.
    """

    def __init__(self, connection: Connection, moment: Moment, new_parks: Sequence[int]) -> None:
        self._connection = connection
        self._moment = moment
        self._at = {**moment.parameters, "new_parks": list(new_parks)}

    @cached_property
    def parks(self) -> Rows:
        """All parks, see target_land.sql."""
        return read_rows(self._connection, "target_land", self._at)

    @cached_property
    def plants(self) -> Rows:
        """Parks in operation with the three conditions, see target_plants.sql."""
        return read_rows(self._connection, "target_plants", self._at)

    @cached_property
    def days(self) -> list[date]:
        """Ends of months up to the day that is shown, that day, and the same day a year before."""
        if self._moment.first is None:
            return [self._moment.as_of]
        year_before = months_before(self._moment.as_of, 12)
        days = set(month_ends(self._moment.first, self._moment.as_of))
        return sorted(days | ({year_before} if year_before >= self._moment.first else set()))

    @cached_property
    def history(self) -> Rows:
        """Sums of land on those days, see target_land_history.sql."""
        return read_rows(self._connection, "target_land_history", {**self._at, "days": self.days})

    @cached_property
    def plant_history(self) -> Rows:
        """The share of parks that meet the standard on those days."""
        return read_rows(self._connection, "wastewater_history", {**self._at, "days": self.days})

    @property
    def as_of(self) -> date:
        """The day that is shown."""
        return self._moment.as_of


def measure_land(land: LandFigures, measure: str, value: float) -> Measured:
    """One target of land or plants. Args: value - of the target, for the parks that decide it."""
    return _MEASURES[TargetMeasure(measure)](land, value)


def _occupancy(land: LandFigures, value: float, *, only_new: bool = False) -> Measured:
    rows = [row for row in land.parks if row.told == "counted" and (row.is_new or not only_new)]
    leasable = sum(row.leasable_ha for row in rows)
    if not leasable:
        return Measured(missing=Missing.NO_FIGURES)
    leased = sum(row.leased_ha for row in rows)
    refs = tuple(RowRef("observation", str(row.observation_id)) for row in rows)
    actual = Actual(
        100 * leased / leasable, None, max(row.valid_on for row in rows), least_sure([row.quality for row in rows]),
        None, refs, leased, leasable,
    )  # fmt: skip
    name = "new_" if only_new else ""
    past = {
        row.day: _share(row.day, getattr(row, f"{name}leased"), getattr(row, f"{name}leasable"),
                        getattr(row, f"{name}quality"))
        for row in land.history
        if getattr(row, f"{name}leasable")
    }  # fmt: skip
    return _with_past(land, actual, past, parks=_missing_land(rows, value))


def _share(day: date, leased: float, leasable: float, quality: str) -> Actual:
    return Actual(100 * leased / leasable, None, day, quality, None, (), leased, leasable)


def _missing_land(rows: Rows, value: float) -> tuple[DecidingPark, ...]:
    """Parks below a share, those that lack most hectares first."""
    gaps = [(row, value / 100 * row.leasable_ha - row.leased_ha) for row in rows]
    return _deciding([(row, gap) for row, gap in gaps if gap > 0], "ha")


def _deciding(weighed: list[tuple[Any, float]], unit: str) -> tuple[DecidingPark, ...]:
    total = sum(weight for _, weight in weighed)
    ordered = sorted(weighed, key=lambda pair: (-pair[1], pair[0].slug))
    return tuple(
        DecidingPark(row.slug, row.name_vi, row.name_en, weight, unit, 100 * weight / total if total else 0.0)
        for row, weight in ordered
    )


def _helped(land: LandFigures, _: float) -> Measured:
    rows = [row for row in land.parks if row.is_new]
    told = [row for row in rows if row.completeness is not None]
    if not told:
        return Measured(missing=Missing.NO_FIGURES, upper=None)
    done = [row for row in told if row.completeness >= COMPLETE]
    refs = tuple(RowRef("observation", str(row.works_id)) for row in told)
    day, quality = max(row.works_on for row in told), least_sure([row.works_quality for row in told])
    actual = Actual(float(len(done)), None, day, quality, None, refs, float(len(done)), float(len(rows)))
    past = {
        row.day: Actual(float(row.helped), None, row.day, row.helped_quality, None, ())
        for row in land.history
        if row.helped is not None
    }
    missing = [(row, WHOLE - (row.completeness or 0)) for row in rows if (row.completeness or 0) < COMPLETE]
    return _with_past(land, actual, past, upper=None, parks=_deciding(missing, "%"))


def _standard(land: LandFigures, _: float, *, only_new: bool = False) -> Measured:
    rows = [row for row in land.plants if row.is_new or not only_new]
    if not rows:
        return Measured(missing=Missing.NONE_OPERATING if only_new else Missing.NO_FIGURES)
    met = [row for row in rows if row.standard_met == "met"]
    refs = tuple(RowRef("plant", f"{row.slug}/{row.code}") if row.code else RowRef("park", row.slug) for row in rows)
    share = 100 * len(met) / len(rows)
    quality = least_sure([row.quality for row in rows])
    actual = Actual(share, None, land.as_of, quality, None, refs, float(len(met)), float(len(rows)))
    leased = {row.slug: row.leased_ha or 0.0 for row in land.parks}
    parks = _deciding([(row, leased.get(row.slug, 0.0)) for row in rows if row.standard_met != "met"], "ha")
    if only_new:
        return Measured(actual, parks=parks)
    past = {row.day: Actual(float(row.value), None, row.day, row.quality, None, ()) for row in land.plant_history}
    return _with_past(land, actual, past, parks=parks)


def _with_past(
    land: LandFigures,
    actual: Actual,
    past: Mapping[date, Actual],
    *,
    parks: tuple[DecidingPark, ...],
    upper: float | None = WHOLE,
) -> Measured:
    before = [day for day in month_ends(min(past, default=land.as_of), land.as_of) if day < land.as_of and day in past]
    points = [Point(day, past[day].value) for day in (*before, land.as_of) if day in past]
    return Measured(
        actual,
        previous=past[before[-1]] if before else None,
        last_year=past.get(months_before(land.as_of, 12)),
        points=points,
        upper=upper,
        parks=parks,
    )


_MEASURES: dict[TargetMeasure, Callable[[LandFigures, float], Measured]] = {
    TargetMeasure.OCCUPANCY: _occupancy,
    TargetMeasure.OCCUPANCY_NEW: lambda land, value: _occupancy(land, value, only_new=True),
    TargetMeasure.PARKS_HELPED: _helped,
    TargetMeasure.PARKS_STANDARD: _standard,
    TargetMeasure.NEW_PARKS_STANDARD: lambda land, value: _standard(land, value, only_new=True),
    TargetMeasure.NOT_MEASURED: lambda _land, _value: Measured(missing=Missing.NOT_MEASURED),
}
