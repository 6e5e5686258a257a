"""The central wastewater plant of a park: its states, its permit, the flow it takes in, and what is measured."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from shapely.geometry import Point

from geoapp.demo.infrastructure import Works
from geoapp.demo.recipe import Recipe, Story
from geoapp.demo.registry import Park
from geoapp.demo.timeline import History, month_ends
from geoapp.kinds import DischargeColumn, ParkStatus, PlantState

RUNNING = frozenset({PlantState.TRIAL, PlantState.OPERATING})
# Parameters that the factors of the permit do not scale (QCVN 40:2011/BTNMT).
_UNSCALED = frozenset({"temperature", "colour", "ph", "coliform"})
_BEFORE_TRIAL = timedelta(days=75)
_LARGE_M3 = 5000.0


class PlantNow(NamedTuple):
    """State of a plant, and the day of the permit in force (None: none known)."""

    state: PlantState
    permit: date | None


@dataclass(frozen=True)
class Permit:
    """What a permit says. ``granted`` False: there is none."""

    granted: bool | None
    number: str = ""
    first: date | None = None
    last: date | None = None


class Reading(NamedTuple):
    """A monthly value at the outlet."""

    on: date
    parameter: str
    value: float
    confirmed: bool | None


@dataclass(frozen=True)
class Plant:
    """A plant in the park's own axes; ``limits`` are those of its column and factors.

    ``published``: the registry tells of it, so that the set only adds what it takes in and what is measured.
    """

    place: Point
    capacity_m3_day: float | None
    column: DischargeColumn | None
    kq: float
    kf: float
    connected: bool | None
    limits: dict[str, float]
    names_limits_from: date | None
    without_permit: bool
    permit_years: int
    published: bool
    history: History[PlantNow]
    used_from: date | None

    def expected_on(self, day: date) -> date | None:
        """When a plant under construction or on trial is expected to operate; of one that is planned nobody says it."""
        coming = self.history.at(day).state in {PlantState.BUILDING, PlantState.TRIAL}
        return self.used_from if coming else None

    def permit(self, now: PlantNow) -> Permit:
        """The permit in force."""
        if self.without_permit and now.state in RUNNING:
            return Permit(granted=False)
        if now.permit is None:
            return Permit(granted=None)
        last = now.permit.replace(year=now.permit.year + self.permit_years) - timedelta(days=1)
        return Permit(True, f"{now.permit.toordinal() % 300 + 1}/GPMT-MH", now.permit, last)


def build_plant(park: Park, place: Point, area_ha: float, works: Works | None, story: Story, recipe: Recipe) -> Plant:
    """The plant of a park with all its states.

    Args: area_ha - the area that the plant serves.
    """
    rules = recipe.table("wastewater")
    dice = recipe.dice(park, "plant")
    column = DischargeColumn.A if dice.random() < 0.4 else DischargeColumn.B
    step = rules["step_m3"]
    capacity = (
        park.plant.capacity_m3_day if park.plant else math.ceil(area_ha * rules["capacity_m3_per_ha"] / step) * step
    )
    kq, kf = 0.9, 0.9 if capacity > _LARGE_M3 else 1.0
    permit = _permit_day(park, works, story)
    late = permit if permit and permit >= rules["late_permit"] else None
    return Plant(
        place=place,
        capacity_m3_day=capacity if works else None,
        column=column if works else None,
        kq=kq,
        kf=kf,
        connected=story.readings_missing is None if works and works.used <= recipe.last_day else None,
        limits={
            name: value if name in _UNSCALED else round(value * kq * kf, 2)
            for name, value in recipe.table("limits")[column].items()
        },
        names_limits_from=late if late and late <= recipe.last_day and not park.plant else None,
        without_permit=story.permit is None,
        permit_years=rules["permit_years"],
        published=park.plant is not None,
        history=_history(works, permit, story, park),
        used_from=works.used if works else None,
    )


def _permit_day(park: Park, works: Works | None, story: Story) -> date | None:
    """The permit comes before the trial, also where the recipe only knows a usual day."""
    if works is None or story.permit is None:
        return None
    if park.status is ParkStatus.OPERATING or story.permit > works.start:
        return story.permit
    return works.end - _BEFORE_TRIAL


def _history(works: Works | None, permit: date | None, story: Story, park: Park) -> History[PlantNow]:
    if park.plant is not None:
        return History(PlantNow(park.plant.state, None), ())
    if works is None:
        state = PlantState.NONE if park.status is ParkStatus.PLANNED else PlantState.PLANNED
        return History(PlantNow(state, None), ())
    states = [
        (works.start, PlantState.BUILDING),
        (works.end, PlantState.TRIAL),
        (works.used, PlantState.OPERATING),
        *([(story.plant_suspended, PlantState.SUSPENDED)] if story.plant_suspended else []),
    ]
    plain = History(PlantState.PLANNED, tuple(states))
    days = sorted({day for day, _ in states} | ({permit} if permit else set()))
    return History(
        PlantNow(PlantState.PLANNED, None),
        tuple((day, PlantNow(plain.at(day), permit if permit and day >= permit else None)) for day in days),
    )


def take_readings(plant: Plant, story: Story, recipe: Recipe, park: Park) -> Iterator[Reading]:
    """Monthly values of all parameters while the plant runs, but for the months that the recipe leaves out."""
    dice = recipe.dice(park, "readings")
    missing = story.readings_missing
    over = {(item.on, item.parameter): item for item in story.exceedances}
    for day in month_ends(recipe.first_day, recipe.last_day):
        if plant.history.at(day).state not in RUNNING or (missing and missing[0] <= day <= missing[1]):
            continue
        for parameter, limit in plant.limits.items():
            exceedance = over.get((day, parameter))
            if exceedance:
                yield Reading(day, parameter, round(limit * exceedance.factor, 2), exceedance.confirmed)
            else:
                yield Reading(day, parameter, _value(parameter, limit, recipe, dice), None)


def _value(parameter: str, limit: float, recipe: Recipe, dice: random.Random) -> float:
    share = dice.uniform(*recipe.table("wastewater")["readings"])
    if parameter == "ph":
        return round(6.7 + 1.2 * share, 2)
    if parameter == "temperature":
        return round(23.0 + 9.0 * share, 1)
    if parameter == "coliform":
        return float(round(limit * share, -1))
    return round(limit * share, 2)
