"""Shared works of a park: ten kinds, each built in its part of the time of works, on land that is handed over."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import shapely
from shapely import affinity
from shapely.geometry import MultiLineString, MultiPoint
from shapely.geometry.base import BaseGeometry

from geoapp.demo.clearance import HANDED_OVER, ClearanceArea
from geoapp.demo.plots import Plot
from geoapp.demo.recipe import Recipe, Story
from geoapp.demo.registry import Park
from geoapp.demo.streets import Streets
from geoapp.demo.timeline import History, between, quarter_starts
from geoapp.kinds import InfrastructureKind, InfrastructureState, PlotUse

_PREPARED = timedelta(days=150)
# Lines of different networks run side by side in the street (m along the axes of the park).
_BESIDE = {
    InfrastructureKind.ROADS: (0.0, 0.0),
    InfrastructureKind.POWER: (4.5, 4.5),
    InfrastructureKind.WATER_SUPPLY: (-4.5, -4.5),
    InfrastructureKind.RAINWATER: (6.0, -6.0),
    InfrastructureKind.SEWERAGE: (-6.0, 6.0),
    InfrastructureKind.TELECOM: (2.0, -2.0),
}


class Progress(NamedTuple):
    """State of an item and the share of its works that is done, per cent."""

    state: InfrastructureState
    per_cent: float


@dataclass(frozen=True)
class Item:
    """An item of shared works in the park's own axes."""

    kind: InfrastructureKind
    name_vi: str
    name_en: str
    shape: BaseGeometry
    value_vnd_bn: float
    history: History[Progress]


@dataclass(frozen=True)
class Works:
    """First and last day of the works on an item, and the day from which it is in use."""

    start: date
    end: date
    used: date


def plant_works(
    plots: tuple[Plot, ...], areas: tuple[ClearanceArea, ...], story: Story, recipe: Recipe, park: Park
) -> Works | None:
    """When the wastewater plant is built; not before its plot is handed over. None where no works are planned."""
    if story.plant_works is None:
        return None
    handover = max(areas[plot.area].reached_on(HANDED_OVER) or date.max for plot in plots if plot.use is PlotUse.DRA)
    if handover == date.max:
        return None
    start, end = story.plant_works
    start = max(start, handover + timedelta(days=20))
    end = max(end, start + timedelta(days=240))
    trial = recipe.dice(park, "trial").randint(*recipe.table("wastewater")["trial_days"])
    return Works(start, end, end + timedelta(days=trial))


def build_items(
    park: Park,
    streets: Streets,
    plots: tuple[Plot, ...],
    areas: tuple[ClearanceArea, ...],
    story: Story,
    recipe: Recipe,
) -> tuple[Item, ...]:
    """The ten items of a park."""
    dice = recipe.dice(park, "infrastructure")
    rules = recipe.table("infrastructure")
    begun = [area for area in areas if area.planned] or list(areas)
    ground = shapely.union_all([area.shape for area in begun])
    total = ground.area / 1e4 * dice.uniform(*rules["value_vnd_bn_per_ha"])
    items = []
    for name, said in rules["kinds"].items():
        kind = InfrastructureKind(name)
        works = _works(kind, said["time"], story, dice)
        if kind is InfrastructureKind.WASTEWATER_PLANT:
            works = plant_works(plots, areas, story, recipe, park)
        items.append(
            Item(
                kind,
                said["vi"],
                said["en"],
                _shape(kind, streets, plots, ground),
                round(total * said["value"] * dice.uniform(0.9, 1.1), 1),
                _history(works, begun, kind, recipe),
            )
        )
    return tuple(items)


def _works(kind: InfrastructureKind, time: tuple[float, float], story: Story, dice: random.Random) -> Works | None:
    if story.works is None:
        return None
    end = between(*story.works, time[1])
    wait = 0 if kind is InfrastructureKind.LEVELLING else dice.randint(30, 120)
    return Works(between(*story.works, time[0]), end, end + timedelta(days=wait))


def _history(
    works: Works | None, areas: list[ClearanceArea], kind: InfrastructureKind, recipe: Recipe
) -> History[Progress]:
    nothing = Progress(InfrastructureState.NONE, 0.0)
    if works is None:
        return History(nothing, ())
    everywhere = kind is not InfrastructureKind.WASTEWATER_PLANT
    days = {works.start - _PREPARED, works.start, works.end, works.used, recipe.first_day}
    days.update(quarter_starts(recipe.first_day, recipe.last_day))
    return History(nothing, tuple((day, _progress(day, works, areas if everywhere else [])) for day in sorted(days)))


def _progress(day: date, works: Works, areas: list[ClearanceArea]) -> Progress:
    """Progress on a day: no further than the land that is handed over."""
    if day < works.start - _PREPARED:
        return Progress(InfrastructureState.NONE, 0.0)
    if day < works.start:
        return Progress(InfrastructureState.PREPARING, 0.0)
    total = sum(area.area_ha for area in areas)
    ground = sum(area.area_ha for area in areas if area.has_reached(HANDED_OVER, day)) / total if areas else 1.0
    done = min((day - works.start).days / max((works.end - works.start).days, 1), 1.0, ground)
    if done < 1.0 - 1e-9:
        return Progress(InfrastructureState.BUILDING, round(100 * done, 1))
    return Progress(InfrastructureState.IN_USE if day >= works.used else InfrastructureState.COMPLETE, 100.0)


def _shape(kind: InfrastructureKind, streets: Streets, plots: tuple[Plot, ...], ground: BaseGeometry) -> BaseGeometry:
    if kind is InfrastructureKind.LEVELLING:
        return ground
    if kind is InfrastructureKind.WASTEWATER_PLANT:
        return _land(plots, {PlotUse.DRA})
    if kind is InfrastructureKind.GREENERY:
        return _land(plots, {PlotUse.DKV, PlotUse.MNC}).intersection(ground)
    if kind is InfrastructureKind.FIRE_SAFETY:
        return MultiPoint([point for point in streets.crossings if ground.covers(point)] or [streets.gate])
    lines = shapely.get_parts(affinity.translate(streets.lines, *_BESIDE[kind]).intersection(ground)).tolist()
    return MultiLineString([line for line in lines if line.length > 1.0])


def _land(plots: tuple[Plot, ...], uses: set[PlotUse]) -> BaseGeometry:
    return shapely.union_all([plot.shape for plot in plots if plot.use in uses])
