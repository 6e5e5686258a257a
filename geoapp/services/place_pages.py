"""The pages of one plot and one project, and the sources of the page of a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from geoapp.errors import N_, NotFound
from geoapp.kinds import InfrastructureKind
from geoapp.services.moment import Asked, Moment, choose_moment
from geoapp.services.pages import Frame, Rows, frame_of
from geoapp.services.park_tables import Place, parks_of
from geoapp.store.engine import reading
from geoapp.store.pages import find_row, read_rows
from geoapp.store.subjects import get_park_id, get_zone_id

_NEAR_M = 40
_MOST_NEIGHBOURS = 12
# About 120 m around a plot, 300 m around a project.
_AROUND_PLOT, _AROUND_PROJECT = 0.0012, 0.003


@dataclass(frozen=True)
class PlotPage:
    """The page of one plot. ``plot`` is None where its versions are of other days only."""

    moment: Moment
    frame: Frame
    zones: Rows
    park: Any
    code: str
    plot: Any
    versions: Rows
    projects: Rows
    neighbours: Rows
    infrastructure: Rows
    plants: Rows


@dataclass(frozen=True)
class ProjectPage:
    """The page of one project. ``outside_ha``: land in the certificate less that of its plots; None: not known."""

    moment: Moment
    frame: Frame
    zones: Rows
    project: Any
    plots: Rows
    versions: Rows
    outside_ha: float | None


def build_plot_page(engine: Engine, slug: str, code: str, asked: Asked) -> PlotPage:
    """Everything on the page of a plot. Raises: NotFound - no such park or plot on the day; InvalidRequest."""
    with reading(engine) as connection:
        moment = choose_moment(connection, asked)
        at = {**moment.parameters, "park": slug}
        park: Any = find_row(connection, "park", {**moment.parameters, "slug": slug})
        if park is None:
            raise NotFound(N_("There is no park %(slug)s. The list of parks is on the first page."), slug=slug)
        plot: Any = find_row(connection, "plot", {**at, "code": code})
        if plot is None:
            raise NotFound(
                N_("The park %(slug)s has no plot %(code)s on this day. Its plots are listed on the page of the park."),
                slug=slug,
                code=code,
            )
        about = {**at, "plot_id": plot.plot_id}
        near = {"within_m": _NEAR_M, "most": _MOST_NEIGHBOURS}
        return PlotPage(
            moment,
            frame_of(connection, plot, pad=_AROUND_PLOT),
            read_rows(connection, "zones", moment.parameters),
            park,
            code,
            plot,
            read_rows(connection, "plot_versions", about),
            read_rows(connection, "plot_projects", about),
            read_rows(connection, "plot_neighbours", about | near),
            read_rows(connection, "infrastructure", {**at, "kinds": [str(kind) for kind in InfrastructureKind]}),
            read_rows(connection, "plants", at),
        )


def build_project_page(engine: Engine, code: str, asked: Asked) -> ProjectPage:
    """Everything on the page of a project. Raises: NotFound - no such project on the day; InvalidRequest."""
    with reading(engine) as connection:
        moment = choose_moment(connection, asked)
        project: Any = find_row(connection, "project", {**moment.parameters, "code": code})
        if project is None:
            raise NotFound(
                N_("There is no project %(code)s on this day. Projects are listed on the pages of their parks."),
                code=code,
            )
        about = {**moment.parameters, "project_id": project.project_id}
        known = project.land_ha is not None and project.plots_area_ha is not None
        return ProjectPage(
            moment,
            frame_of(connection, project, pad=_AROUND_PROJECT),
            read_rows(connection, "zones", moment.parameters),
            project,
            read_rows(connection, "project_plots", about),
            read_rows(connection, "project_versions", about),
            project.land_ha - project.plots_area_ha if known else None,
        )


@dataclass(frozen=True)
class Sources:
    """Every source of a place's page with what it gave, a row for each, the surest source first."""

    moment: Moment
    place: Place
    groups: Sequence[Rows]


def build_sources(engine: Engine, place: Place, asked: Asked) -> Sources:
    """The sources of a park's or a zone's page. Raises: NotFound - no such place; InvalidRequest - see the moment."""
    with reading(engine) as connection:
        moment = choose_moment(connection, asked)
        number = get_park_id if place.kind == "park" else get_zone_id
        about = {"subject_kind": place.kind, "subject_id": number(connection, place.slug)}
        # A zone's page tells of its parks on their own pages; here it answers for itself and its projects.
        parks = parks_of(connection, place, moment) if place.kind == "park" else []
        groups: dict[str, list[Any]] = {}
        found: Rows = read_rows(connection, "place_sources", {**moment.parameters, **about, "parks": parks})
        for row in found:
            groups.setdefault(row.key, []).append(row)
        return Sources(moment, place, list(groups.values()))
