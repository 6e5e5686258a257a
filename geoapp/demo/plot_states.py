"""What becomes of each plot: cleared before it can be let, let before it is built on, built on before it produces."""

from collections.abc import Mapping
from datetime import date, timedelta

from geoapp.demo.clearance import CLEAN, HANDED_OVER, ClearanceArea
from geoapp.demo.plots import LETTABLE, Plot
from geoapp.demo.projects import Project
from geoapp.demo.recipe import Story
from geoapp.demo.timeline import History, between
from geoapp.kinds import PlotState

# Shares of the time of works after which the first and the last area have streets, power and water.
_SERVED = (0.3, 0.9)
_AFTER_HANDOVER = timedelta(days=60)


def ready_days(plots: tuple[Plot, ...], areas: tuple[ClearanceArea, ...], story: Story) -> dict[str, date]:
    """Code of a plot -> day from which it is served by shared works; plots that never are, are missing."""
    if story.works is None:
        return {}
    planned = sum(area.planned for area in areas)
    by_area: dict[int, date] = {}
    for number, area in enumerate(areas):
        handover = area.reached_on(HANDED_OVER)
        if handover is not None:
            share = _SERVED[0] + (_SERVED[1] - _SERVED[0]) * number / max(planned - 1, 1)
            by_area[number] = max(handover + _AFTER_HANDOVER, between(*story.works, share))
    return {plot.code: by_area[plot.area] for plot in plots if plot.area in by_area}


def plot_histories(
    plots: tuple[Plot, ...],
    areas: tuple[ClearanceArea, ...],
    ready: Mapping[str, date],
    projects: tuple[Project, ...],
) -> dict[str, History[PlotState]]:
    """Code of a plot -> its states."""
    holders = {plot.code: project for project in projects for plot in project.plots}
    return {plot.code: _history(plot, areas[plot.area], ready.get(plot.code), holders.get(plot.code)) for plot in plots}


def _history(plot: Plot, area: ClearanceArea, ready: date | None, holder: Project | None) -> History[PlotState]:
    events: list[tuple[date | None, PlotState]] = [(area.reached_on(CLEAN), PlotState.CLEARED)]
    if plot.use not in LETTABLE:
        events.append((ready, PlotState.SHARED))
    else:
        events.append((ready, PlotState.AVAILABLE))
        if holder:
            events += [
                (holder.reserved_on, PlotState.RESERVED),
                (holder.leased_on, PlotState.LEASED),
                (holder.built_on, PlotState.BUILDING),
                (holder.opened_on, PlotState.OPERATING),
            ]
    return History(PlotState.NOT_CLEARED, tuple((day, state) for day, state in events if day is not None))
