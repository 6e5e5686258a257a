"""Outlines of the demonstration set: published area, published place, apart from each other, on land."""

import re

import geopandas
import pandas as pd
import pytest
import shapely

from geoapp.core.areas import area_ha
from tests.demo.conftest import METRES, Tables

GAP_M = 300


@pytest.fixture(scope="module")
def outlines(demo: Tables) -> geopandas.GeoDataFrame:
    """Outlines by slug."""
    return demo.all("park_outlines").set_index("park")


@pytest.fixture(scope="module")
def points(registry: Tables) -> geopandas.GeoSeries:
    """Published points by slug, in metres."""
    return registry.all("parks").drop_duplicates("slug").set_index("slug").geometry.to_crs(METRES)


@pytest.fixture(scope="module")
def published(registry: Tables) -> pd.Series:
    """Planned area by slug, ha: the latest that bears a date, else the one that bears none."""
    figures = registry.figures("area_planned")
    figures = figures[figures["subject_kind"] == "park"].sort_values("valid_on", kind="stable")
    return figures.groupby("subject")["value"].last()


def test_a_park_has_an_outline_where_its_area_is_published(
    outlines: geopandas.GeoDataFrame, published: pd.Series
) -> None:
    """No outline is made up for a park without a published area, none is missing, none is there twice."""
    assert sorted(published.index) == sorted(outlines.index)


def test_an_outline_has_the_published_area(outlines: geopandas.GeoDataFrame, published: pd.Series) -> None:
    """On the ellipsoid, within 0.05 %."""
    wrong = {
        slug: (published[slug], area)
        for slug, area in outlines.geometry.map(area_ha).items()
        if abs(area / published[slug] - 1) > 0.0005
    }
    assert {} == wrong


def test_outlines_keep_apart(outlines: geopandas.GeoDataFrame) -> None:
    """At least 300 m from one park to the next: neighbours stay two parks on the map."""
    shapes = outlines.geometry.to_crs(METRES)
    near = [
        (one, other)
        for i, one in enumerate(shapes.index)
        for other in shapes.index[i + 1 :]
        if shapes[one].distance(shapes[other]) < GAP_M - 1
    ]
    assert [] == near


def test_outlines_lie_on_land(outlines: geopandas.GeoDataFrame, context: Tables) -> None:
    """No park reaches into the sea."""
    land = shapely.union_all(context.all("land").geometry.tolist())
    assert outlines.geometry.within(land).all()


def test_a_park_of_the_zone_lies_in_the_zone(outlines: geopandas.GeoDataFrame, registry: Tables) -> None:
    """Rạng Đông is the park of the Ninh Cơ zone, and no other park touches it."""
    zone = registry.all("zones").geometry.iloc[0]
    assert outlines.geometry["rang-dong"].within(zone)
    assert ["rang-dong"] == outlines.index[outlines.geometry.intersects(zone)].tolist()


def test_no_outline_covers_the_point_of_another_park(
    outlines: geopandas.GeoDataFrame, points: geopandas.GeoSeries
) -> None:
    """A park that is only a point is not hidden in the outline of another one."""
    shapes = outlines.geometry.to_crs(METRES)
    covered = [
        (slug, other)
        for slug, shape in shapes.items()
        for other, point in points.items()
        if other not in shapes.index and shape.contains(point)
    ]
    assert [] == covered


def test_an_outline_that_was_moved_says_how_far(outlines: geopandas.GeoDataFrame, points: geopandas.GeoSeries) -> None:
    """The note names the shift from the published point in metres; the others stand at their point."""
    centres = outlines.geometry.to_crs(METRES).centroid
    wrong = []
    for slug, note in outlines["note"].items():
        shift = centres[slug].distance(points[slug])
        named = re.search(r"([\d.]+) m\b", note)
        told = float(named.group(1).replace(".", "")) if named else 0.0
        if abs(shift - told) > 15:
            wrong.append((slug, shift, note))
    assert [] == wrong


def test_outlines_are_approximate(outlines: geopandas.GeoDataFrame) -> None:
    """None is surveyed, so all are drawn dashed."""
    assert {"true"} == set(outlines["approximate"])


def test_outlines_are_no_mere_boxes(outlines: geopandas.GeoDataFrame) -> None:
    """They are turned and irregular: the least rectangle about each is larger than it."""
    shapes = outlines.geometry.to_crs(METRES)
    assert (shapes.area / shapely.area(shapely.minimum_rotated_rectangle(shapes.tolist())) < 0.995).all()
