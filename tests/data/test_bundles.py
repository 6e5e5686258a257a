"""The bundles of context and registry as files: complete, sourced, and nothing invented."""

import calendar
from datetime import date
from pathlib import Path

import pytest
import shapely
from pyproj import Geod

from geoapp.ingest.bundle import Bundle
from geoapp.ingest.check import find_faults
from geoapp.ingest.tables import TABLES

GEOD = Geod(ellps="WGS84")
# Published in the decision: north, south, east, west (longitude, latitude).
EXTREMES = [(106.22056, 20.125), (106.08611, 19.88194), (106.25833, 20.07111), (106.09167, 19.97111)]


def _rows(bundle: Bundle, table: str) -> list[dict[str, str]]:
    return [
        {str(key): str(value) for key, value in row.items()} for row in bundle.sheets[table].cells.to_dict("records")
    ]


def _geometries(bundle: Bundle, table: str) -> list[shapely.Geometry]:
    geometry = bundle.sheets[table].geometry
    assert geometry is not None
    return list(geometry)


def test_no_cell_is_at_fault(context: Bundle, registry: Bundle) -> None:
    """Both bundles pass the check that every hand-in has to pass."""
    assert [] == find_faults(context) + find_faults(registry)


@pytest.mark.parametrize(
    ("table", "key", "count"), [("parks", "slug", 45), ("projects", "code", 30), ("zones", "slug", 1)]
)
def test_the_registry_carries_all(registry: Bundle, table: str, key: str, count: int) -> None:
    """No park, project or zone of the published lists is lost."""
    assert count == len({row[key] for row in _rows(registry, table)})


def test_the_context_carries_all_communes(context: Bundle) -> None:
    """97 xã and 32 phường have been in force since 01/07/2025."""
    kinds = [row["kind"] for row in _rows(context, "communes")]
    assert (97, 32) == (kinds.count("xã"), kinds.count("phường"))


def test_every_named_source_is_described(context: Bundle, registry: Bundle) -> None:
    """A key in a row leads to a title."""
    described = {row["key"] for bundle in (context, registry) for row in _rows(bundle, "sources")}
    named = {context.source, registry.source}
    for bundle in (context, registry):
        for table in bundle.sheets:
            for row in _rows(bundle, table):
                named.update(key for column in ("source", "other_sources") for key in row.get(column, "").split(";"))
    assert set() == named - described - {""}


def test_nothing_in_the_registry_is_demonstration(registry: Bundle) -> None:
    """Made-up values live in the demonstration set only."""
    rows = [row for table in registry.sheets for row in _rows(registry, table)]
    assert "demo" not in {registry.quality, *(row.get("quality", "") for row in rows)}


def test_every_figure_names_its_source(registry: Bundle) -> None:
    """No figure falls back to the source of the bundle."""
    assert [] == [row for row in _rows(registry, "observations") if not row["source"]]


def test_a_source_is_not_its_own_second_source(registry: Bundle) -> None:
    """The list of further sources does not count one twice."""
    rows = _rows(registry, "observations")
    assert [] == [row for row in rows if row["source"] in row["other_sources"].split(";")]


def test_a_period_stands_at_its_last_day(registry: Bundle) -> None:
    """A figure of a month, quarter or year is true at its end, not before."""
    wrong = []
    for row in _rows(registry, "observations"):
        if row["date_precision"] in {"month", "quarter", "year"}:
            day = date.fromisoformat(row["valid_on"])
            months = {"month": range(1, 13), "quarter": (3, 6, 9, 12), "year": (12,)}[row["date_precision"]]
            if day.month not in months or day.day != calendar.monthrange(day.year, day.month)[1]:
                wrong.append(row)
    assert [] == wrong


def test_only_undated_figures_have_no_day(registry: Bundle) -> None:
    """The date is missing exactly where the source has none."""
    wrong = [r for r in _rows(registry, "observations") if (r["date_precision"] == "undated") == bool(r["valid_on"])]
    assert [] == wrong


@pytest.mark.parametrize(
    ("subject", "indicator", "values"),
    [
        ("kim-bang-4", "area_planned", {300, 295.1}),
        ("kim-bang-4", "area_approved", {184}),
        ("my-thuan", "area_planned", {113.72, 158.48}),
        ("bao-minh", "area_planned", {154.5, 155}),
        ("rang-dong", "area_planned", {519.6, 1500, 2044.6}),
        ("ninh-binh", "parks_total_area", {12929, 12144}),
        ("ninh-binh", "parks_quota_area", {9894, 9045}),
    ],
)
def test_sources_that_differ_are_both_kept(registry: Bundle, subject: str, indicator: str, values: set[float]) -> None:
    """A conflict between sources is no choice of ours."""
    rows = [r for r in _rows(registry, "observations") if (r["subject"], r["indicator"]) == (subject, indicator)]
    assert values == {float(row["value"]) for row in rows}


def test_the_share_of_five_parks_is_no_figure_of_one(registry: Bundle) -> None:
    """97.83 % is of five parks of a former province together: there is no subject that it is about."""
    assert "97.83" not in {row["value"] for row in _rows(registry, "observations")}


def test_an_alias_leads_to_one_park(registry: Bundle) -> None:
    """No alias is shared, or the name of another park."""
    names = {row["name_vi"]: row["slug"] for row in _rows(registry, "parks")}
    aliases = _rows(registry, "park_aliases")
    owners = {(row["alias"], row["park"]) for row in aliases} | set(names.items())
    assert len({alias for alias, _ in owners}) == len(owners)


@pytest.mark.parametrize(
    ("alias", "slug"),
    [
        ("KCN Kim Bảng IV", "kim-bang-4"),
        ("Tam Điệp II", "tam-diep-2"),
        ("Aurora IP", "rang-dong"),
        ("VSIP Nam Định", "hai-long"),
    ],
)
def test_names_used_by_the_board_are_known(registry: Bundle, alias: str, slug: str) -> None:
    """The spellings of the plan and the brands of developers find their park."""
    assert {slug} == {row["park"] for row in _rows(registry, "park_aliases") if row["alias"] == alias}


def test_new_communes_of_parks_are_those_of_the_list(context: Bundle, registry: Bundle) -> None:
    """The code of a new commune is that of the commune of this name (two spellings of the tone mark)."""
    names = {row["code"]: row["full_name"].lower().replace("oà", "òa") for row in _rows(context, "communes")}
    new = [row for row in _rows(registry, "park_communes") if row["era"] == "new"]
    assert [row["name"].lower() for row in new] == [names[row["commune"]] for row in new]


def test_old_communes_carry_no_code(registry: Bundle) -> None:
    """Codes are of the communes in force."""
    assert {""} == {row["commune"] for row in _rows(registry, "park_communes") if row["era"] == "old"}


def test_parks_lie_on_land_or_close_to_it(context: Bundle, registry: Bundle) -> None:
    """Centres of communes are off by up to some kilometres, but a point 1 km out at sea would be a slip of the pen."""
    land = shapely.union_all(_geometries(context, "land"))
    far = [
        row["slug"]
        for row, point in zip(_rows(registry, "parks"), _geometries(registry, "parks"), strict=True)
        if GEOD.geometry_length(shapely.shortest_line(point, land)) > 1000
    ]
    assert [] == far


def test_versions_of_a_park_share_its_point(registry: Bundle) -> None:
    """A change of status moves no park."""
    slugs = [row["slug"] for row in _rows(registry, "parks")]
    places = set(zip(slugs, map(shapely.to_wkt, _geometries(registry, "parks")), strict=True))
    assert len(set(slugs)) == len(places)


def test_plants_have_no_place(registry: Bundle) -> None:
    """Nobody published where the plants stand."""
    assert registry.sheets["wastewater_plants"].geometry is None


def test_the_zone_has_the_area_of_the_decision(registry: Bundle) -> None:
    """The approximate outline measures 13,950 ha within one per cent."""
    area = sum(abs(GEOD.geometry_area_perimeter(shape)[0]) for shape in _geometries(registry, "zones")) / 10_000
    assert pytest.approx(13_950, rel=0.01) == area


def test_the_zone_touches_its_published_extreme_points(registry: Bundle) -> None:
    """The outline passes within 10 m of each of the four points."""
    boundary = shapely.union_all(_geometries(registry, "zones")).boundary
    for point in map(shapely.Point, EXTREMES):
        nearest = shapely.shortest_line(point, boundary)
        assert GEOD.geometry_length(nearest) < 10, point.wkt


def test_columns_of_the_files_are_documented_ones(data_folder: Path) -> None:
    """Every table of the bundles is one that the program documents."""
    stems = {path.stem for name in ("context", "registry") for path in (data_folder / name).iterdir()} - {"bundle"}
    assert stems <= set(TABLES)
