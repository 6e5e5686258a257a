"""Monthly figures of a park, counted from the very plots, areas and items of the set."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from geoapp.demo.clearance import CLEAN, CLEARED, HANDED_OVER, ClearanceArea
from geoapp.demo.park_model import ParkModel
from geoapp.demo.plots import LETTABLE, Plot
from geoapp.demo.recipe import Recipe
from geoapp.demo.timeline import month_ends
from geoapp.demo.wastewater import RUNNING
from geoapp.kinds import ParkStatus, PlotState, PlotUse

OCCUPIED = frozenset({PlotState.LEASED, PlotState.BUILDING, PlotState.OPERATING})


@dataclass(frozen=True)
class Figure:
    """One observation; shares carry numerator and denominator, all rounded as they are written."""

    indicator: str
    on: date
    value: float
    method: str = ""
    numerator: float | None = None
    denominator: float | None = None
    of_plant: bool = False


def count_figures(model: ParkModel, recipe: Recipe) -> Iterator[Figure]:
    """All figures of a park, month by month; occupancy only once works have begun."""
    dice = recipe.dice(model.outline.park, "figures")
    ends = month_ends(recipe.first_day, recipe.last_day)
    lettable = [plot for plot in model.plots if plot.use in LETTABLE]
    told = model.outline.park.told
    yield from (figure for figure in _planned_land(lettable, ends[0]) if figure.indicator not in told)
    for day in ends:
        yield from _clearance(model.areas, day)
        yield _infrastructure(model, day)
        if _has_works(model, day):
            if model.story.handover:
                yield Figure("area_handed_over", day, _hectares(model.areas, day))
            yield from _occupancy(model, lettable, day)
        if model.plant.history.at(day).state in RUNNING:
            noise = dice.uniform(0.94, 1.06)
            yield Figure("wastewater_load", day, _load(model, day, noise), of_plant=True)
    if "area_approved" not in told and model.story.works and model.story.works[0] <= recipe.last_day:
        first = next(day for day in ends if day >= model.story.works[0])
        yield Figure("area_approved", first, round(model.outline.area_ha, 2))


def _planned_land(lettable: list[Plot], day: date) -> Iterator[Figure]:
    for indicator, use in (("land_industrial", PlotUse.SKK), ("land_service", PlotUse.TMD)):
        yield Figure(indicator, day, round(sum(plot.area_ha for plot in lettable if plot.use is use), 2))


def _has_works(model: ParkModel, day: date) -> bool:
    begun = model.story.works is not None and model.story.works[0] <= day
    return begun and model.outline.park.status in {ParkStatus.BUILDING, ParkStatus.OPERATING}


def _occupancy(model: ParkModel, lettable: list[Plot], day: date) -> Iterator[Figure]:
    leased = round(sum(p.area_ha for p in lettable if model.plot_states[p.code].at(day) in OCCUPIED), 4)
    total = round(sum(plot.area_ha for plot in lettable), 4)
    yield _share("occupancy", day, "decree35_2022", leased, total)
    yield Figure("land_leased", day, round(leased, 2))


def _clearance(areas: tuple[ClearanceArea, ...], day: date) -> Iterator[Figure]:
    total = round(sum(area.area_ha for area in areas), 4)
    cleared = round(sum(area.area_ha for area in areas if area.has_reached(CLEARED, day)), 4)
    yield _share("clearance_cumulative", day, "of_area_to_clear", cleared, total)
    target = round(sum(area.area_ha for area in areas if area.planned), 4)
    if target:
        clean = round(sum(area.area_ha for area in areas if area.has_reached(CLEAN, day)), 4)
        yield _share("clean_site", day, "of_clean_site_target", clean, target)
    yield Figure("households_affected", day, sum(area.households for area in areas))
    yield Figure("households_paid", day, sum(area.history.at(day).paid for area in areas))


def _infrastructure(model: ParkModel, day: date) -> Figure:
    total = round(sum(item.value_vnd_bn for item in model.items), 2)
    done = sum(item.value_vnd_bn * item.history.at(day).per_cent / 100 for item in model.items)
    return _share("infrastructure_completeness", day, "by_value", round(done, 4), total)


def _hectares(areas: tuple[ClearanceArea, ...], day: date) -> float:
    return round(sum(area.area_ha for area in areas if area.has_reached(HANDED_OVER, day)), 2)


def _load(model: ParkModel, day: date, noise: float) -> float:
    used = sum(
        p.area_ha for p in model.plots if p.use in LETTABLE and model.plot_states[p.code].at(day) is PlotState.OPERATING
    )
    return float(round(used * model.story.load_m3_per_ha * noise, -1))


def _share(indicator: str, day: date, method: str, numerator: float, denominator: float) -> Figure:
    return Figure(indicator, day, round(100 * numerator / denominator, 2), method, numerator, denominator)
