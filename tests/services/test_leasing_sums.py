"""Limits to leasing come from sums; here they are held against the same figures added up plot by plot."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from geoapp.kinds import PlotState, Quality
from geoapp.services.leasing import build_leasing_page
from geoapp.services.moment import Asked
from geoapp.store.engine import Role, reading
from tests.factories import outline, park, plot, square
from tests.services.test_leasing import CASES, load, norm, tables_of

Row = dict[str, object]
DAY = date(2026, 6, 30)
SECTORS = ("Dệt may", "điện tử", "thực phẩm")
NORMS = {
    "general": ("chung", 40, {}),
    "services": ("dich-vu", 21.5, {"use_code": "TMD", "assumed": "true"}),
    "textile": ("det", 73.25, {"sector": "dệt may", "assumed": "true"}),
    "food": ("thuc-pham", 55, {"sector": "Thực phẩm"}),
}
TAKEN = ("leased", "building", "operating")
VERDICTS = {
    "leasable": "leasable_ha",
    "blocked_plant": "blocked_plant_ha",
    "blocked_roads": "blocked_roads_ha",
    "blocked_power": "blocked_power_ha",
    "blocked_several": "blocked_several_ha",
    "no_data": "unjudged_ha",
    "not_ready": "not_ready_ha",
    "not_free": "not_free_ha",
}
_BOTH_VERDICTS = """
    SELECT j.plot_id, j.verdict, coalesce(verdict_of_state(j.use_code, j.state), o.verdict),
           quality_rank(j.quality), greatest(quality_rank(v.quality), around.rank)
    FROM plot_leasable_at(%(day)s, 'infinity', NULL) AS j
    JOIN plots_at(%(day)s, 'infinity') AS v ON v.plot_id = j.plot_id
    JOIN park_services_at(%(day)s, 'infinity', NULL) AS around ON around.park_id = j.park_id
    LEFT JOIN offered_verdicts_at(%(day)s, 'infinity', NULL) AS o ON o.plot_id = j.plot_id
"""
_PLOTS = "SELECT *, round(area_ha::numeric, 4) AS ha FROM {}(%s, 'infinity', NULL)"


def random_bundle(seed: int, norms: Iterable[str]) -> dict[str, Sequence[Row]]:
    """Parks with plots whose states change, held by projects that overlap, with services here and there."""
    lot = random.Random(seed)  # noqa: S311 - the same data each time, no secret
    tables: dict[str, list[Row]] = defaultdict(list)
    for number in range(4):
        slug = f"park-{number}"
        tables["parks"].append(park(slug=slug))
        tables["park_outlines"].append(outline(park=slug))
        for place in range(36):
            tables["plots"] += versions(lot, slug, place)
        for project in range(10):
            code = f"{slug}-p{project}"
            state = lot.choice(("operating", "building", "ended"))
            sector = lot.choice((*SECTORS, None))
            tables["projects"].append({"code": code, "name": code, "park": slug, "sector": sector, "state": state})
            for place in lot.sample(range(36), 3):
                held = {"project": code, "park": slug, "plot": f"A{place}", "area_ha": lot.choice((None, 0.1, 0.2))}
                tables["project_plots"].append(held)
        tables["wastewater_plants"].append(
            {"park": slug, "code": "TT", "name_vi": "Nhà máy", "name_en": "Plant",
             "state": lot.choice(("operating", "operating", "operating", "planned")),
             "capacity_m3_day": lot.choice((None, 300, 700, 900)), "approximate": "true", "geometry": None}
        )  # fmt: skip
        tables["infrastructure_items"] += services(lot, slug)
    tables["wastewater_norms"] = [
        {"code": code, "name_vi": code, "name_en": code, "m3_ha_day": amount, "assumed": "false", **more}
        for code, amount, more in (NORMS[name] for name in norms)
    ]
    return dict(tables)


def versions(lot: random.Random, slug: str, place: int) -> Iterable[Row]:
    """A plot in up to four states, each from its day on."""
    use = lot.choice(("SKK", "SKK", "TMD", "DGT"))
    shape = square(106.1005 + place % 6 * 0.0015, 20.2005 + place // 6 * 0.0015, lot.uniform(0.0003, 0.0012))
    days = sorted(lot.sample(range(900), lot.randint(1, 4)))
    for day in days:
        since = date.fromordinal(date(2024, 1, 1).toordinal() + day).isoformat()
        yield plot(
            park=slug, code=f"A{place}", use_code=use, state=lot.choice([str(state) for state in PlotState]),
            geometry=shape, valid_from=since,
        )  # fmt: skip


def services(lot: random.Random, slug: str) -> Iterable[Row]:
    """Up to two roads and two power lines, ready or not."""
    for kind in ("roads", "power"):
        for number in range(lot.randint(0, 2)):
            line = [[106.1005 + 0.008 * number, 20.2005], [106.1005 + 0.008 * number, 20.2095]]
            yield {
                "park": slug, "code": f"{kind}{number}", "kind": kind, "name_vi": kind, "name_en": kind,
                "state": lot.choice(("in_use", "building")), "approximate": "true",
                "geometry": {"type": "LineString", "coordinates": line},
            }  # fmt: skip


def told_plot_by_plot(connection: Connection, day: date) -> dict[str, dict[str, object]]:
    """The figures of every park, from the functions that tell of each plot by itself."""
    slugs: dict[int, str] = {row.id: row.slug for row in connection.exec_driver_sql("SELECT id, slug FROM parks")}
    before = date(day.year - 1, day.month, day.day)
    given, earlier, judged = (
        by_park(connection.exec_driver_sql(_PLOTS.format(name), (when,)))
        for name, when in (("plot_discharge_at", day), ("plot_discharge_at", before), ("plot_leasable_at", day))
    )
    return {
        slugs[number]: {
            **told_of_water(rows, earlier.get(number, [])),
            **told_of_land([row for row in judged[number] if row.verdict != "shared"]),
        }
        for number, rows in given.items()
    }


def by_park(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Rows of each park."""
    parks = defaultdict(list)
    for row in rows:
        parks[row.park_id].append(row)
    return parks


def told_of_water(rows: Sequence[Any], earlier: Sequence[Any]) -> dict[str, object]:
    """What plots give by the norms; not known where one of them has none."""

    def water(*states: str) -> float | None:
        if any(row.norm_m3_ha_day is None for row in rows):
            return None
        return sum(float(row.ha) * row.norm_m3_ha_day for row in rows if row.state in states)

    return {
        "lettable_ha": land(rows),
        "operating_norm_m3": water("operating"),
        "building_m3": water("building"),
        "leased_m3": water("leased"),
        "reserved_m3": water("reserved"),
        "remaining_m3": water("available", "cleared", "not_cleared"),
        "assumed": any(row.norm_assumed for row in rows),
        "pace_ha_year": taken(rows) - taken(earlier) if earlier else None,
    }


def told_of_land(rows: Sequence[Any]) -> dict[str, object]:
    """Land by verdict, and by what blocks it."""
    offered = [row for row in rows if row.state == "available"]
    ranks = list(Quality)
    told: dict[str, object] = {
        name: land([row for row in rows if row.verdict == verdict]) for verdict, name in VERDICTS.items()
    }
    return told | {
        "available_ha": land(offered),
        "leasable_plots": len([row for row in offered if row.verdict == "leasable"]),
        "of_plant_ha": land([row for row in offered if row.plant in ("none", "full")]),
        "of_roads_ha": land([row for row in offered if row.roads == "missing"]),
        "of_power_ha": land([row for row in offered if row.power == "missing"]),
        **({"worst_quality": max((row.quality for row in rows), key=ranks.index)} if rows else {}),
    }


def land(rows: Iterable[Any]) -> float:
    """Hectares."""
    return sum(float(row.ha) for row in rows)


def taken(rows: Iterable[Any]) -> float:
    """Hectares that are let."""
    return land(row for row in rows if row.state in TAKEN)


def assert_the_same(engine: Engine, day: date) -> int:
    """Every figure of every park; how many parks have plots."""
    page = {row.slug: row for row in build_leasing_page(engine, Asked(day, None, date(2026, 11, 1))).parks}
    with reading(engine) as connection:
        expected = told_plot_by_plot(connection, day)
        verdicts = connection.exec_driver_sql(_BOTH_VERDICTS, {"day": day}).all()
    assert verdicts
    assert [] == [row for row in verdicts if row[1] != row[2] or row[3] != row[4]]
    assert set(expected) == {slug for slug, row in page.items() if row.lettable_ha is not None}
    for slug, figures in expected.items():
        for name, value in figures.items():
            found = getattr(page[slug], name)
            assert pytest.approx(value, rel=1e-9, abs=1e-7) == found if isinstance(value, float) else value == found, (
                f"{slug}: {name}"
            )
    return len(expected)


@pytest.mark.parametrize("day", [date(2026, 10, 31), date(2025, 3, 31)])
def test_parks_of_the_demonstration_are_told_as_plot_by_plot(map_engine: Engine, day: date) -> None:
    """On two days."""
    assert assert_the_same(map_engine, day) > 5


def test_parks_on_paper_are_told_as_plot_by_plot(
    database_url: str, engine_for: Callable[[str, Role], Engine], tmp_path: Path
) -> None:
    """Those whose figures can be worked out on paper: room for none, for some, and roads that reach one plot only."""
    engine = load(database_url, tmp_path / "bundle", engine_for, **tables_of(CASES), wastewater_norms=[norm()])
    assert len(CASES) - 2 == assert_the_same(engine, DAY)


@pytest.mark.parametrize(
    "norms",
    [("general",), ("general", "services", "textile", "food"), ("services", "textile"), ("textile", "food"), ()],
    ids=["general", "all", "not industry", "sectors", "none"],
)
def test_parks_by_lot_are_told_as_plot_by_plot(
    norms: tuple[str, ...], database_url: str, engine_for: Callable[[str, Role], Engine], tmp_path: Path
) -> None:
    """With norms of all kinds, of some, and without any."""
    tables = random_bundle(len(norms), norms)
    assert 4 == assert_the_same(load(database_url, tmp_path / "bundle", engine_for, **tables), DAY)
