"""A park of the demonstration set with everything in it, built in the order in which it comes about."""

from dataclasses import dataclass

import shapely

from geoapp.demo.clearance import ClearanceArea, build_clearance, count_planned
from geoapp.demo.infrastructure import Item, build_items, plant_works
from geoapp.demo.land_files import LandFile, build_land_file
from geoapp.demo.outlines import Outline
from geoapp.demo.plot_states import plot_histories, ready_days
from geoapp.demo.plots import Plot, cut_plots
from geoapp.demo.projects import Project, build_projects
from geoapp.demo.recipe import Recipe, Story
from geoapp.demo.streets import lay_streets
from geoapp.demo.timeline import History
from geoapp.demo.wastewater import Plant, Reading, build_plant, take_readings
from geoapp.kinds import PlotState, PlotUse


@dataclass(frozen=True)
class ParkModel:
    """All that the set says of one park; shapes in the park's own axes, ``outline.out`` brings them to the plane."""

    outline: Outline
    story: Story
    plots: tuple[Plot, ...]
    areas: tuple[ClearanceArea, ...]
    projects: tuple[Project, ...]
    plot_states: dict[str, History[PlotState]]
    items: tuple[Item, ...]
    plant: Plant
    readings: tuple[Reading, ...]
    land_files: dict[str, LandFile]

    @property
    def slug(self) -> str:
        """Slug of the park."""
        return self.outline.park.slug


def build_park(outline: Outline, recipe: Recipe) -> ParkModel:
    """Everything in one park; the same every time."""
    park, story = outline.park, recipe.story(outline.park)
    streets = lay_streets(outline, recipe)
    # Works that all need stand on land that is cleared early: the first half of the phase.
    planned = count_planned(outline, streets, story)
    plots = cut_plots(outline, streets, (planned + 1) // 2 or len(streets.areas), recipe)
    areas = build_clearance(outline, streets, story, recipe)
    ready = ready_days(plots, areas, story)
    projects = build_projects(park, plots, streets.gate, ready, story, recipe)
    site = shapely.union_all([plot.shape for plot in plots if plot.use is PlotUse.DRA]).representative_point()
    served = sum(area.area_ha for area in areas if area.planned) or outline.area_ha
    plant = build_plant(park, site, served, plant_works(plots, areas, story, recipe, park), story, recipe)
    return ParkModel(
        outline=outline,
        story=story,
        plots=plots,
        areas=areas,
        projects=projects,
        plot_states=plot_histories(plots, areas, ready, projects),
        items=build_items(park, streets, plots, areas, story, recipe),
        plant=plant,
        readings=tuple(take_readings(plant, story, recipe, park)),
        land_files={
            project.code: build_land_file(park, project, recipe)
            for project in projects
            if project.leased_on <= recipe.last_day
        },
    )
