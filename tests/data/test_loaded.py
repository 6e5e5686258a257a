"""The registry as the database gives it back."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from geoapp.ingest.load import load_directory

TODAY = date(2026, 10, 31)


def _ask(engine: Engine, query: str, **values: object) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query), values)]


def test_loading_again_stores_nothing(registry_engine: Engine, data_folder: Path) -> None:
    """The same files are recognised."""
    assert load_directory(registry_engine, data_folder / "registry") is None


def test_parks_stand_where_the_list_has_them(registry_engine: Engine) -> None:
    """Statuses of the 45 parks as last published."""
    found = _ask(registry_engine, "SELECT status, count(*) FROM parks_at(:day, now()) GROUP BY status", day=TODAY)
    assert {"operating": 20, "building": 5, "preparing": 8, "planned": 12} == dict(found)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2024, 10, 22), "planned"),
        (date(2024, 10, 23), "preparing"),
        (date(2025, 8, 20), "preparing"),
        (date(2025, 8, 21), "building"),
    ],
)
def test_status_changes_on_the_published_day(registry_engine: Engine, day: date, status: str) -> None:
    """Trung Thành: approved on 23/10/2024, works from 21/08/2025."""
    query = "SELECT status FROM parks_at(:day, now()) WHERE slug = 'trung-thanh'"
    assert [(status,)] == _ask(registry_engine, query, day=day)


def test_an_inferred_status_says_so(registry_engine: Engine) -> None:
    """What was before the first dated act is an estimate."""
    query = "SELECT DISTINCT quality FROM parks_at('2000-01-01', now()) WHERE slug IN ('hai-long', 'trung-thanh')"
    assert [("estimated",)] == _ask(registry_engine, query)


def test_undated_figures_are_never_current(registry_engine: Engine) -> None:
    """Châu Sơn: 169 ha from an undated page is kept, but is no figure of any day."""
    query = """
        SELECT count(*), count(o.valid_on), (SELECT count(*) FROM figures_at('area_planned', :day, now()) AS f
                                             WHERE f.subject_kind = 'park' AND f.subject_id = p.id)
        FROM observations AS o JOIN parks AS p ON p.id = o.park_id
        WHERE p.slug = 'chau-son' AND o.indicator = 'area_planned' GROUP BY p.id"""
    assert [(1, 0, 0)] == _ask(registry_engine, query, day=TODAY)


def test_old_occupancy_is_stale(registry_engine: Engine) -> None:
    """No published occupancy of a park is recent enough to be shown as current."""
    query = "SELECT DISTINCT is_stale FROM figures_at('occupancy', :day, now()) WHERE subject_kind = 'park'"
    assert [(True,)] == _ask(registry_engine, query, day=TODAY)


def test_the_power_plant_was_licensed_before_it_stalled(registry_engine: Engine) -> None:
    """Nam Định 1: licensed on 15/06/2017, stalled in 11/2023."""
    query = "SELECT state FROM projects_at(:day, now()) WHERE code = 'nhiet-dien-nam-dinh-1'"
    states = [_ask(registry_engine, query, day=day) for day in (date(2017, 6, 14), date(2017, 6, 15), TODAY)]
    assert [[], [("registered",)], [("stalled",)]] == states


def test_projects_of_the_zone_count_with_it(registry_engine: Engine) -> None:
    """Four in the zone outside any park, four tenants of Rạng Đông."""
    query = (
        "SELECT coalesce(park_slug, ''), count(*) FROM projects_at(:day, now()) WHERE zone_slug = 'ninh-co' GROUP BY 1"
    )
    assert {"": 4, "rang-dong": 4} == dict(_ask(registry_engine, query, day=TODAY))
