"""Wastewater as a limit to leasing, on small parks whose figures can be worked out on paper.

Plots are exactly one hectare on the ellipsoid (to 0.01 %), the general norm is 40 m³ a day for a hectare.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from geoapp.ingest.bundle import read_bundle
from geoapp.ingest.load import load_bundle
from geoapp.services.leasing import OFFERED, LeasingPage, build_leasing_page
from geoapp.services.moment import Asked
from geoapp.store.engine import Role, make_engine, reading
from geoapp.store.pages import read_rows
from tests.conftest import Databases
from tests.factories import outline, park, plot, write_bundle

Row = dict[str, object]

DAY = date(2026, 6, 30)
NOW = Asked(DAY, None, date(2026, 7, 15))
# A square of 100 m at 20.2° N: a degree is 104,597 m along and 110,707 m up.
EAST, NORTH = 100 / 104_597.0, 100 / 110_707.0
LINE = {"type": "LineString", "coordinates": [[106.1005, 20.2001], [106.1095, 20.2001]]}


def hectare(number: int, state: str, **changes: object) -> Row:
    """The plot of a number in a row from the west, one hectare large."""
    west, south = 106.101 + number * EAST * 1.1, 20.204
    ring = [[west, south], [west + EAST, south], [west + EAST, south + NORTH], [west, south + NORTH], [west, south]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return plot(code=f"A{number}", state=state, geometry=shape, **changes)


def plant(**changes: object) -> Row:
    """A plant of 100 m³ a day that operates."""
    row = {"park": "thu", "code": "TT", "name_vi": "Nhà máy", "name_en": "Plant", "state": "operating"}
    return {**row, "capacity_m3_day": 100, "approximate": "true", "geometry": None, **changes}


def norm(code: str = "chung", amount: float = 40, **changes: object) -> Row:
    """The general norm."""
    return {"code": code, "name_vi": code, "name_en": code, "m3_ha_day": amount, "assumed": "false", **changes}


def item(kind: str, state: str = "in_use", **changes: object) -> Row:
    """Roads or power of the park."""
    row = {"park": "thu", "code": kind, "kind": kind, "name_vi": kind, "name_en": kind, "state": state}
    return {**row, "approximate": "true", "geometry": LINE, **changes}


READY = (item("roads"), item("power", "complete"))


@dataclass(frozen=True)
class Case:
    """A park of its own: what is in it. Plant, roads and power are there unless a case says otherwise."""

    plots: Sequence[Row]
    plants: Sequence[Row] = (plant(),)
    items: Sequence[Row] = READY
    flow_on: str | None = None


def years(*states: tuple[str, str], number: int = 0) -> list[Row]:
    """A plot in several states, each from its day on."""
    return [hectare(number, state, valid_from=day) for day, state in states]


def since(day: str, *states: str) -> list[Row]:
    """Plots that are what they are since a day."""
    return [hectare(number, state, valid_from=day) for number, state in enumerate(states)]


WEST = {"type": "LineString", "coordinates": [[106.1005, 20.2041], [106.1005, 20.2049]]}
EASTERN = {"type": "LineString", "coordinates": [[106.1095, 20.2041], [106.1095, 20.2049]]}
ONE = (hectare(0, "available"),)
ALL_STATES = ("not_cleared", "cleared", "reserved", "leased", "building", "operating", "shared")
CASES = {
    "groups": Case([hectare(i, s) for i, s in enumerate(("operating", "building", "leased", "reserved"))]),
    "room": Case([hectare(0, "operating"), hectare(1, "available")]),
    "measured": Case([hectare(0, "operating"), hectare(1, "reserved")], flow_on="2026-05-31"),
    "stale": Case([hectare(0, "operating")], flow_on="2025-05-31"),
    "free": Case(ONE),
    "tight": Case([hectare(0, "operating"), hectare(1, "leased"), hectare(2, "available")]),
    "no-record": Case(ONE, plants=()),
    "no-capacity": Case(ONE, plants=[plant(capacity_m3_day=None)]),
    "half-known": Case(
        ONE, plants=[plant(code="T1", state="building"), plant(code="T2", state="building", capacity_m3_day=None)]
    ),
    "no-road": Case(ONE, items=[item("roads", "building"), item("power")]),
    "no-power": Case(ONE, items=[item("roads"), item("power", "preparing")]),
    "neither": Case(ONE, items=[item("roads", "none"), item("power", "none")]),
    "power-unknown": Case(ONE, items=[item("roads")]),
    "no-road-power-unknown": Case(ONE, items=[item("roads", "building")]),
    "two-roads": Case(
        [hectare(0, "available"), hectare(6, "available")],
        items=[
            item("roads", geometry=WEST), item("roads", "building", code="east", geometry=EASTERN), item("power"),
        ],
    ),
    "states": Case([hectare(i, state) for i, state in enumerate(ALL_STATES)]),
    "road-plot": Case([hectare(0, "available", use_code="DGT")]),
    "together": Case([hectare(0, "operating"), *(hectare(i, "available") for i in (1, 2, 3))]),
    "paced": Case([
        *years(("2024-01-01", "operating")), *years(("2024-01-01", "available"), ("2026-01-01", "leased"), number=1),
        hectare(2, "available", valid_from="2024-01-01"),
    ]),
    "still": Case(since("2024-01-01", "operating", "available", "available")),
    "new": Case(since("2026-01-01", "leased", "available", "available")),
    "full": Case([hectare(i, "leased") for i in range(3)]),
    "to-come": Case([hectare(0, "leased")], plants=[plant(state="building", expected_on="2027-03-01")]),
    "undated": Case([hectare(0, "leased")], plants=[plant(state="planned")]),
    "later": Case(
        [hectare(0, "leased")],
        plants=[plant(state="building", valid_from="2026-01-01"), plant(valid_from="2026-10-01")],
    ),
    "empty": Case([]),
    **{f"plant-{state}": Case(ONE, plants=[plant(state=state)]) for state in ("planned", "trial", "suspended")},
}  # fmt: skip


def load(url: str, folder: Path, engine_for: Callable[[str, Role], Engine], **tables: Sequence[Row]) -> Engine:
    """A bundle in a database; the engine of the map role."""
    write_bundle(folder, **{name: rows for name, rows in tables.items() if rows})
    load_bundle(engine_for(url, Role.OWNER), read_bundle(folder), report=lambda _: None)
    return engine_for(url, Role.MAP)


def tables_of(cases: dict[str, Case]) -> dict[str, list[Row]]:
    """The cases as tables of a bundle, each a park of that name."""
    placed = list(cases.items())
    figure = {"subject_kind": "plant", "indicator": "wastewater_load", "date_precision": "month", "value": 25}
    return {
        "parks": [park(slug=slug) for slug in cases],
        "park_outlines": [outline(park=slug) for slug in cases],
        "plots": [{**row, "park": slug} for slug, case in placed for row in case.plots],
        "wastewater_plants": [{**row, "park": slug} for slug, case in placed for row in case.plants],
        "infrastructure_items": [{**row, "park": slug} for slug, case in placed for row in case.items],
        "observations": [
            {**figure, "subject": f"{slug}/TT", "valid_on": case.flow_on} for slug, case in placed if case.flow_on
        ],
    }


@pytest.fixture(scope="module")
def cases(databases: Databases, migrated_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with all cases, and the general norm."""
    url = databases.make(migrated_template)
    made: list[Engine] = []

    def engine_for(url: str, role: Role) -> Engine:
        made.append(make_engine(url, role=role))
        return made[-1]

    yield load(
        url, tmp_path_factory.mktemp("cases") / "bundle", engine_for, **tables_of(CASES), wastewater_norms=[norm()]
    )
    for engine in made:
        engine.dispose()


@pytest.fixture
def with_norms(database_url: str, engine_for: Callable[[str, Role], Engine], tmp_path: Path) -> Callable[..., Engine]:
    """Loads a park ``thu`` with norms of its own into a database of its own; also several times."""
    made = iter(range(9))

    def make(plots: list[Row], norms: list[Row], **more: list[Row]) -> Engine:
        tables = {**tables_of({"thu": Case(plots)}), "wastewater_norms": norms, **more}
        return load(database_url, tmp_path / f"bundle-{next(made)}", engine_for, **tables)

    return make


def limit(engine: Engine, slug: str = "thu", asked: Asked = NOW) -> Any:
    """The row of a park."""
    return next(row for row in build_leasing_page(engine, asked).parks if row.slug == slug)


def verdicts(engine: Engine, slug: str = "thu") -> dict[str, tuple[str, str, str, str]]:
    """Code of a plot of a park -> verdict, plant, roads, power."""
    with reading(engine) as connection:
        rows = connection.exec_driver_sql(
            "SELECT code, verdict, plant, roads, power FROM plot_leasable_at(%s, 'infinity', NULL)"
            " WHERE park_slug = %s",
            (DAY, slug),
        )
        return {row.code: (row.verdict, row.plant, row.roads, row.power) for row in rows}


def test_the_square_is_a_hectare(cases: Engine) -> None:
    """The paper figures below stand on it."""
    assert pytest.approx(1, rel=1e-3) == limit(cases, "free").lettable_ha


def test_groups_add_up_to_what_is_expected(cases: Engine) -> None:
    """One hectare each operating, building, leased and reserved: 4 x 40 = 160 m³ against 100."""
    found = limit(cases, "groups")
    parts = (found.operating_m3, found.building_m3, found.leased_m3, found.reserved_m3)
    assert pytest.approx((40, 40, 40, 40), rel=1e-3) == parts
    assert pytest.approx(160, rel=1e-3) == found.committed_m3
    assert pytest.approx(-60, abs=0.2) == found.free_m3


def test_room_in_hectares_is_what_is_left_over_the_norm(cases: Engine) -> None:
    """100 - 40 = 60 m³ left is 1.5 ha at 40 m³."""
    assert pytest.approx(1.5, rel=1e-3) == limit(cases, "room").room_ha


def test_what_is_not_known_of_the_plants_is_not_nought(cases: Engine) -> None:
    """A plant without a published capacity leaves an unknown room; of two to come, one unknown, the sum is unknown."""
    assert (None, None) == (limit(cases, "no-capacity").free_m3, limit(cases, "no-capacity").room_ha)
    found = limit(cases, "half-known")
    assert (2, None, None) == (found.coming_plants, found.coming_m3, found.free_if_started_m3)


def test_measured_flow_goes_before_the_norm(cases: Engine) -> None:
    """A current figure of every running plant: 25 m³, not 40; with one hectare reserved 65."""
    found = limit(cases, "measured")
    assert (25, "measured", date(2026, 5, 31)) == (found.operating_m3, found.operating_basis, found.load_on)
    assert pytest.approx(65, rel=1e-3) == found.committed_m3


def test_an_old_measurement_is_not_used(cases: Engine) -> None:
    """Older than twelve months: by the norm."""
    found = limit(cases, "stale")
    assert ("norm", None) == (found.operating_basis, found.load_on)
    assert pytest.approx(40, rel=1e-3) == found.operating_m3


def test_the_sector_goes_before_the_land_use_and_that_before_the_general_norm(
    with_norms: Callable[..., Engine],
) -> None:
    """70 for the sector (whatever the case of its letters), 20 for services, 40 for the rest."""
    engine = with_norms(
        [hectare(0, "operating"), hectare(1, "operating"), hectare(2, "operating", use_code="TMD")],
        [norm(), norm("dich-vu", 20, use_code="TMD"), norm("det", 70, sector="Dệt may")],
        projects=[{"code": "p1", "name": "P", "park": "thu", "sector": "dệt may", "state": "operating"}],
        project_plots=[{"project": "p1", "park": "thu", "plot": "A0"}],
    )
    with reading(engine) as connection:
        rows = connection.exec_driver_sql(
            "SELECT p.code, d.norm_basis, d.norm_m3_ha_day FROM plot_discharge_at(%s, 'infinity', NULL) AS d"
            " JOIN plots AS p ON p.id = d.plot_id ORDER BY p.code",
            (DAY,),
        ).all()
    assert [("A0", "sector", 70.0), ("A1", "general", 40.0), ("A2", "land_use", 20.0)] == [tuple(row) for row in rows]


def test_an_ended_project_gives_no_norm(with_norms: Callable[..., Engine]) -> None:
    """Its plot goes by the general norm again."""
    engine = with_norms(
        [hectare(0, "leased")],
        [norm(), norm("det", 70, sector="dệt may")],
        projects=[{"code": "p1", "name": "P", "park": "thu", "sector": "dệt may", "state": "ended"}],
        project_plots=[{"project": "p1", "park": "thu", "plot": "A0"}],
    )
    assert pytest.approx(40, rel=1e-3) == limit(engine).committed_m3


def test_a_norm_has_a_history(with_norms: Callable[..., Engine]) -> None:
    """40 until the end of 2025, 60 since: each day goes by its own."""
    norms = [norm(valid_from="2024-01-01"), norm(amount=60, valid_from="2026-01-01")]
    engine = with_norms([hectare(0, "operating")], norms)
    before = limit(engine, asked=Asked(date(2025, 12, 31), None, DAY)).committed_m3
    assert pytest.approx((40, 60), rel=1e-3) == (before, limit(engine).committed_m3)


def test_what_was_known_then_is_reckoned_as_then(with_norms: Callable[..., Engine]) -> None:
    """A norm that is corrected changes what is known now, not what was known before; an assumption is told as one."""
    with_norms([hectare(0, "operating")], [norm(assumed="true")])
    first = datetime.now(UTC)
    engine = with_norms([hectare(0, "operating")], [norm(amount=80)])
    then = limit(engine, asked=Asked(DAY, first, DAY))
    assert (True, False) == (then.assumed, limit(engine).assumed)
    assert pytest.approx((40, 80), rel=1e-3) == (then.committed_m3, limit(engine).committed_m3)


def test_without_a_norm_nothing_is_expected(with_norms: Callable[..., Engine]) -> None:
    """No norm is not a norm of nothing."""
    engine = with_norms([hectare(0, "leased"), hectare(1, "available")], [])
    found = limit(engine)
    assert (None, None, "no_data") == (found.committed_m3, found.room_ha, found.saturation)
    assert "no_data" == verdicts(engine)["A1"][0]


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        ("free", ("leasable", "room", "ready", "ready")),
        ("no-record", ("no_data", "no_data", "ready", "ready")),
        ("no-capacity", ("no_data", "no_data", "ready", "ready")),
        ("plant-planned", ("blocked_plant", "none", "ready", "ready")),
        ("plant-trial", ("blocked_plant", "none", "ready", "ready")),
        ("plant-suspended", ("blocked_plant", "none", "ready", "ready")),
        ("no-road", ("blocked_roads", "room", "missing", "ready")),
        ("no-power", ("blocked_power", "room", "ready", "missing")),
        ("neither", ("blocked_several", "room", "missing", "missing")),
        ("power-unknown", ("no_data", "room", "ready", "no_data")),
        ("no-road-power-unknown", ("blocked_roads", "room", "missing", "no_data")),
    ],
)
def test_what_stands_in_the_way_of_a_plot(cases: Engine, slug: str, told: tuple[str, ...]) -> None:
    """Only a plant that operates has room; what is known to block counts before what is not known."""
    assert told == verdicts(cases, slug)["A0"]


def test_a_plot_larger_than_the_room_is_blocked_by_the_plant(cases: Engine) -> None:
    """40 m³ expected, 20 left."""
    assert ("blocked_plant", "full", "ready", "ready") == verdicts(cases, "tight")["A2"]


def test_where_roads_differ_the_nearest_one_decides(cases: Engine) -> None:
    """A road in use in the west, one under construction in the east."""
    found = verdicts(cases, "two-roads")
    assert ("ready", "missing") == (found["A0"][2], found["A6"][2])


def test_only_plots_on_offer_are_judged(cases: Engine) -> None:
    """What is not cleared or not offered is not ready, what is taken is not free, shared land is no land to let."""
    found = verdicts(cases, "states")
    told = ["not_ready", "not_ready", "not_free", "not_free", "not_free", "not_free", "shared"]
    assert told == [found[f"A{number}"][0] for number in range(len(ALL_STATES))]


def test_land_that_cannot_be_let_is_shared(cases: Engine) -> None:
    """A road plot is not on offer, whatever its state says."""
    assert "shared" == verdicts(cases, "road-plot")["A0"][0]


def test_plots_fit_one_by_one_but_not_together(cases: Engine) -> None:
    """60 m³ left: each of three hectares fits, together only 1.5."""
    found = limit(cases, "together")
    assert pytest.approx((3, 1.5), rel=1e-3) == (found.leasable_ha, found.together_ha)


def test_the_day_of_saturation_goes_by_the_pace_of_a_year(cases: Engine) -> None:
    """One hectare leased in the year, 20 m³ left: half a year at 40 m³ a year, 183 days after 30/06/2026."""
    found = limit(cases, "paced")
    assert pytest.approx(1, rel=1e-3) == found.pace_ha_year
    assert ("dated", date(2025, 6, 30)) == (found.saturation, found.pace_from)
    assert abs((found.saturated_on - date(2026, 12, 30)).days) <= 1


@pytest.mark.parametrize(
    ("slug", "state", "pace"),
    [
        ("still", "undetermined", 0),
        ("new", "undetermined", None),
        ("room", "enough", 0),
        ("full", "full", 0),
        ("plant-planned", "no_plant", 0),
        ("no-record", "no_data", 0),
    ],
)
def test_saturation_is_said_in_words_where_no_day_is(cases: Engine, slug: str, state: str, pace: float | None) -> None:
    """Without leases, or without plots a year ago, there is no pace; none is made up."""
    found = limit(cases, slug)
    assert (state, pace, None) == (found.saturation, found.pace_ha_year, found.saturated_on)


def test_without_any_plant_on_record_the_capacity_is_not_known(cases: Engine) -> None:
    """No record is not "no plant"."""
    assert (None, None) == (limit(cases, "no-record").capacity_m3, limit(cases, "no-record").free_m3)


def test_a_plant_to_come_brings_its_day(cases: Engine) -> None:
    """100 m³ from 01/03/2027: 60 left when it operates, where now 40 are missing."""
    found = limit(cases, "to-come")
    assert (0, 100, date(2027, 3, 1), 0) == (found.capacity_m3, found.coming_m3, found.coming_on, found.coming_undated)
    assert pytest.approx((-40, 60), rel=1e-3) == (found.free_m3, found.free_if_started_m3)


def test_a_plant_to_come_without_a_day_says_so(cases: Engine) -> None:
    """No day is entered, none is made up."""
    assert (None, 1) == (limit(cases, "undated").coming_on, limit(cases, "undated").coming_undated)


def test_a_later_version_tells_when_a_plant_operates(cases: Engine) -> None:
    """Under construction, operating from 01/10/2026: so seen from June; on that day its capacity counts."""
    on_the_day = limit(cases, "later", Asked(date(2026, 10, 1), None, DAY))
    assert date(2026, 10, 1) == limit(cases, "later").coming_on
    assert (100, 0) == (on_the_day.capacity_m3, on_the_day.coming_plants)


def test_a_park_without_plots_comes_last_and_is_not_summed(cases: Engine) -> None:
    """Its figures are not nothing: they are not there."""
    page = build_leasing_page(cases, NOW, "load")
    assert {("empty", None), ("road-plot", None)} == {(row.slug, row.lettable_ha) for row in page.parks[-2:]}
    assert (len(CASES), len(CASES) - 2) == (page.totals.parks, page.totals.parks_with_plots)


@pytest.fixture(scope="module")
def everything(map_engine: Engine) -> LeasingPage:
    """All parks of the loaded data."""
    return build_leasing_page(map_engine, Asked(date(2026, 10, 31), None, date(2026, 11, 1)))


def test_verdicts_divide_the_land_of_every_park(everything: LeasingPage) -> None:
    """On offer, not ready, not free: together all land that can be let; the first in its turn by verdict."""
    for row in (one for one in everything.parks if one.lettable_ha is not None):
        offered = sum(getattr(row, name) for name in OFFERED)
        assert math.isclose(row.available_ha, offered, abs_tol=1e-6), row.slug
        assert math.isclose(row.lettable_ha, offered + row.not_ready_ha + row.not_free_ha, abs_tol=1e-6), row.slug


def test_totals_are_the_sums_of_the_parks(everything: LeasingPage) -> None:
    """Nothing is counted twice or left out."""
    shown = [row for row in everything.parks if row.lettable_ha is not None]
    offered = sum(everything.totals.land[name] for name in OFFERED)
    assert math.isclose(sum(row.available_ha for row in shown), offered, abs_tol=1e-6)
    assert len(shown) == sum(everything.totals.saturation.values()) == everything.totals.parks_with_plots


def test_one_park_is_told_as_among_all(map_engine: Engine, everything: LeasingPage) -> None:
    """The section on the page of a park and the table say the same."""
    row = next(one for one in everything.parks if one.slug == "dong-van-3")
    at = {**everything.moment.parameters, "park_id": row.park_id}
    with reading(map_engine) as connection:
        (alone,) = read_rows(connection, "leasing_parks", at)
    assert row._fields == alone._fields
    for name, one, other in zip(row._fields, row, alone, strict=True):
        assert pytest.approx(one) == other if isinstance(one, float) else one == other, name


@pytest.mark.parametrize("sort", ["load", "blocked", "leasable"])
def test_parks_that_are_not_known_come_last(map_engine: Engine, sort: str) -> None:
    """Whatever the order is."""
    parks = build_leasing_page(map_engine, Asked(None, None, date(2026, 11, 1)), sort).parks
    known = [row.lettable_ha is not None for row in parks]
    assert sorted(known, reverse=True) == known
