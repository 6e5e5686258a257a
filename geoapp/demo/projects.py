"""Demonstration projects: neighbouring plots let together, from the reservation to production."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from shapely.geometry import Point

from geoapp.demo.plots import LETTABLE, Plot
from geoapp.demo.recipe import Recipe, Story
from geoapp.demo.registry import Park
from geoapp.demo.timeline import between
from geoapp.kinds import PlotUse, ProjectState

# How many neighbouring plots a project holds, and how often.
_SIZES = ((1, 2, 3, 4), (50, 29, 14, 7))
_SOONEST_DAYS = 30
_STALLED_AFTER = timedelta(days=730)
_SPREAD_M = 900.0
# How far beyond the last day leases are known, and how much growth of occupancy that is.
_RESERVED_AHEAD = timedelta(days=100)
_IN_SIGHT = 0.1

Group = tuple[Plot, ...]


@dataclass(frozen=True)
class Project:
    """A project on whole plots; ``built_on`` and ``opened_on`` are None where works never begin or never end."""

    code: str
    name: str
    investor: str
    sector: str
    plots: Group
    capital_vnd_bn: float
    reserved_on: date
    licensed_on: date
    leased_on: date
    built_on: date | None
    opened_on: date | None

    @property
    def land_ha(self) -> float:
        """Area of its plots."""
        return sum(plot.area_ha for plot in self.plots)

    @property
    def events(self) -> tuple[tuple[date, ProjectState | None], ...]:
        """States from the certificate on; two years without works, or of works without end, count as stalled."""
        registered = (self.licensed_on, ProjectState.REGISTERED)
        if self.built_on is None:
            return registered, (self.leased_on + _STALLED_AFTER, ProjectState.STALLED)
        building = (self.built_on, ProjectState.BUILDING)
        if self.opened_on is None:
            return registered, building, (self.built_on + _STALLED_AFTER, ProjectState.STALLED)
        return registered, building, (self.opened_on, ProjectState.OPERATING)


def build_projects(
    park: Park, plots: tuple[Plot, ...], gate: Point, ready: Mapping[str, date], story: Story, recipe: Recipe
) -> tuple[Project, ...]:
    """Projects of a park, so that occupancy goes from the first to the second figure of its story.

    Args: ready - code of a plot -> day from which it can be let; a plot that is missing cannot be let at all.
    """
    dice = recipe.dice(park, "projects")
    lettable = [plot for plot in plots if plot.use in LETTABLE]
    total = sum(plot.area_ha for plot in lettable)
    groups = list(_groups([plot for plot in lettable if plot.code in ready], dice))
    draw = {group: dice.uniform(0.0, _SPREAD_M) for group in groups}
    groups.sort(key=lambda group: (_ready(group, ready).year, group[0].shape.distance(gate) + draw[group]))
    projects: list[Project] = []
    taken = 0.0
    for group in groups:
        taken += sum(plot.area_ha for plot in group)
        leased = _lease_day(taken / total, _ready(group, ready), story, recipe, dice)
        if leased is not None:
            projects.append(_project(park, len(projects) + 1, group, (_ready(group, ready), leased), recipe, dice))
    return tuple(projects)


def _groups(plots: list[Plot], dice: random.Random) -> Iterator[Group]:
    """Neighbours of a row, one to four together; plots for services stand alone."""
    for (_, use), row in groupby(plots, key=lambda plot: (plot.row, plot.use)):
        left = sorted(row, key=lambda plot: plot.shape.bounds)
        while left:
            size = 1 if use is PlotUse.TMD else dice.choices(*_SIZES)[0]
            group = [left.pop(0)]
            while left and len(group) < size and left[0].shape.touches(group[-1].shape):
                group.append(left.pop(0))
            yield tuple(group)


def _ready(group: Group, ready: Mapping[str, date]) -> date:
    return max(ready[plot.code] for plot in group)


def _lease_day(share: float, ready: date, story: Story, recipe: Recipe, dice: random.Random) -> date | None:
    """When a group is let that brings occupancy to a share; None: not in sight.

    Soon after the last day counts as in sight: such land is reserved by then.
    """
    start, end = story.occupancy
    soonest = ready + timedelta(days=_SOONEST_DAYS)
    if share > end + _IN_SIGHT * (end - start):
        return None
    if share <= start and soonest < recipe.first_day:
        # Most came early; the root draws them towards the years after the land was ready.
        day = between(soonest, recipe.first_day - timedelta(days=20), dice.random() ** 1.6)
    else:
        way = max(share - start, 0.0) / max(end - start, 1e-9)
        day = between(recipe.first_day, recipe.last_day, way) + timedelta(days=dice.randint(-25, 12))
    day = max(day, soonest)
    return day if day <= recipe.last_day + _RESERVED_AHEAD else None


def _project(
    park: Park, number: int, group: Group, days: tuple[date, date], recipe: Recipe, dice: random.Random
) -> Project:
    rules = recipe.table("projects")
    ready, leased = days
    wait = (leased - ready).days
    reserved = leased - timedelta(days=min(dice.randint(60, 150), wait * 2 // 3))
    licensed = leased - timedelta(days=min(dice.randint(15, 55), wait // 3))
    fate = dice.random()
    built = leased + timedelta(days=dice.randint(60, 330))
    opened = built + timedelta(days=dice.randint(270, 560))
    stalled = rules["stalled_share"]
    services = group[0].use is PlotUse.TMD
    land = sum(plot.area_ha for plot in group)
    return Project(
        code=f"demo-{park.slug}-{number:02d}",
        name=f"Dự án minh họa {number:02d} – {park.name_vi}",
        investor=f"Nhà đầu tư minh họa {number:02d}",
        sector="dịch vụ" if services else dice.choice(rules["sectors"]),
        plots=group,
        capital_vnd_bn=round(land * dice.uniform(*rules["capital_vnd_bn_per_ha"]), -1),
        reserved_on=reserved,
        licensed_on=licensed,
        leased_on=leased,
        built_on=None if fate < stalled / 2 else built,
        opened_on=None if fate < stalled else opened,
    )
