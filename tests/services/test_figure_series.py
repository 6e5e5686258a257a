"""Series behind charts: whose points they are, and what is foretold of them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from geoapp.core.series import MONTH_DAYS, Reach
from geoapp.ingest.bundle import read_bundle
from geoapp.ingest.load import load_bundle
from geoapp.services.moment import Asked
from geoapp.services.series import FigureRequest, Series, build_series
from geoapp.store.engine import Role
from tests.factories import observation, park, write_bundle

Build = Callable[..., Engine]
NEWS = [{"key": "test", "title": "T"}, {"key": "news", "title": "A newspaper"}]


@pytest.fixture
def build(database_url: str, engine_for: Callable[[str, Role], Engine], tmp_path: Path) -> Build:
    """A database with the park ``thu`` and some figures."""

    def make(*rows: dict[str, object]) -> Engine:
        folder = write_bundle(tmp_path / "bundle", sources=NEWS, parks=[park()], observations=rows)
        load_bundle(engine_for(database_url, Role.OWNER), read_bundle(folder), report=lambda _: None)
        return engine_for(database_url, Role.MAP)

    return make


def months(count: int, first: float = 40, step: float = 2) -> list[dict[str, object]]:
    """Occupancy on the first days of months from January 2026 on, with parts so that there is a series."""
    values = [first + step * i for i in range(count)]
    return [
        observation(valid_on=f"2026-{i + 1:02}-01", value=value, numerator=value, denominator=100)
        for i, value in enumerate(values)
    ]


def series(engine: Engine, day: date = date(2026, 8, 31)) -> Series:
    """Occupancy of the park ``thu``."""
    return build_series(engine, FigureRequest("park", "thu", "occupancy", Asked(day, None, date(2026, 12, 1))))


def test_figures_of_others_are_no_part_of_the_series(build: Build) -> None:
    """A published figure of another method is a point of its own; the forecast does not see it."""
    other = observation(valid_on="2026-03-15", value=90, source="news", quality="published", method="not_stated")
    found = series(build(*months(8), other))
    assert [90] == [mark.value for mark in found.marks if not mark.is_main]
    assert found.forecast is not None
    assert 8 == found.forecast.pace.points


def test_an_even_series_reaches_its_target_when_it_must(build: Build) -> None:
    """From 54 % on 1 August at two points a month, 80 % is thirteen months away."""
    found = series(build(*months(8)))
    assert found.goal is not None
    assert (80, Reach.AHEAD) == (found.goal.value, found.goal.reach)
    assert found.goal.day is not None
    assert 13 == pytest.approx((found.goal.day - date(2026, 8, 1)).days / MONTH_DAYS, abs=0.35)


def test_the_forecast_runs_one_year_on(build: Build) -> None:
    """Twelve ends of months after the last figure."""
    found = series(build(*months(8)))
    assert found.forecast is not None
    days = [ahead.day for ahead in found.forecast.ahead]
    assert (12, date(2026, 9, 30)) == (len(days), days[0])


def test_five_figures_are_not_enough(build: Build) -> None:
    """There is a series, and no forecast of it."""
    found = series(build(*months(5)))
    assert (5, None, None) == (len(found.marks), found.forecast, found.goal)


def test_nothing_is_foretold_from_stale_figures(build: Build) -> None:
    """Two years after the last figure its pace says nothing of today."""
    assert None is series(build(*months(8)), date(2028, 8, 31)).forecast


def test_a_series_ends_on_the_day_that_is_shown(build: Build) -> None:
    """As of April there are four figures of eight."""
    assert 4 == len(series(build(*months(8)), date(2026, 4, 15)).marks)


def test_the_forecast_ends_on_the_day_on_which_its_figure_grows_stale(build: Build) -> None:
    """The last figure is of 15 August: after twelve months and a day neither page nor chart takes it for today's."""
    late = [{**row, "valid_on": str(row["valid_on"])[:8] + "15"} for row in months(8)]
    engine = build(*late)
    told = [
        series(engine, day).forecast is not None for day in (date(2027, 8, 15), date(2027, 8, 16), date(2027, 9, 1))
    ]
    assert [True, False, False] == told


def test_a_total_is_as_sure_as_its_least_sure_part(build: Build) -> None:
    """Of published figures it is published, not official."""
    engine = build(*({**row, "quality": "published"} for row in months(2)))
    asked = Asked(date(2026, 2, 28), None, date(2026, 12, 1))
    total = build_series(engine, FigureRequest("province", "ninh-binh", "occupancy", asked))
    assert ["published", "published"] == [mark.quality for mark in total.marks]
