"""The demonstration set as a whole: the same each time, marked as demonstration, fit to be stored."""

from pathlib import Path

import geopandas
import pandas as pd
import shapely

from geoapp.demo.bundle import write_demo
from geoapp.demo.zone_outline import write_zone
from geoapp.ingest.bundle import Bundle
from geoapp.ingest.check import find_faults
from geoapp.kinds import Dataset, Quality
from geoapp.resources import data_dir
from tests.demo.conftest import LAST_DAY, METRES, Tables, areas_ha

KINDS = {
    "levelling",
    "roads",
    "power",
    "water_supply",
    "rainwater",
    "sewerage",
    "wastewater_plant",
    "telecom",
    "fire_safety",
    "greenery",
}


def test_the_same_recipe_gives_the_same_bytes(demo_folder: Path, tmp_path: Path) -> None:
    """Made a second time, every file is the same to the last byte."""
    again = write_demo(data_dir(), tmp_path)
    first = {path.name: path.read_bytes() for path in demo_folder.iterdir()}
    assert first == {path.name: path.read_bytes() for path in again.iterdir()}


def test_the_bundle_passes_the_check_of_hand_ins(bundle: Bundle) -> None:
    """The set is in the very format that the board hands in."""
    assert [] == find_faults(bundle)


def test_every_row_is_marked_as_demonstration(bundle: Bundle, demo: Tables) -> None:
    """The bundle is demo, no row claims to be surer, and no row names a source of published facts."""
    assert (Dataset.DEMO, Quality.DEMO) == (bundle.dataset, bundle.quality)
    for name, frame in demo.frames.items():
        if name != "sources":
            assert set(frame.get("quality", [""])) <= {"", "demo"}, name
            assert set(frame.get("source", [""])) <= {"", bundle.source}, name


def test_demo_projects_say_so_in_their_names(demo: Tables) -> None:
    """Wherever a project is listed, its name and its investor say "minh họa"."""
    projects = demo.all("projects")
    assert projects["name"].str.contains("minh họa").all()
    assert projects["investor"].str.contains("minh họa").all()


def test_demo_projects_are_none_of_the_registry(demo: Tables, registry: Tables) -> None:
    """No code of a real project is used."""
    assert set() == set(demo.all("projects")["code"]) & set(registry.all("projects")["code"])


def test_no_published_fact_is_told_again(demo: Tables) -> None:
    """Parks, names and zones come from the registry alone."""
    assert set() == {"parks", "park_aliases", "park_communes", "zones", "communes"} & set(demo.frames)


def test_a_project_holds_plots_that_are_let(demo: Tables) -> None:
    """On the last day every plot of a project is let, and no plot is held by two projects."""
    held = demo.at("project_plots", LAST_DAY)
    assert not held.duplicated(["park", "plot"]).any()
    plots = demo.at("plots", LAST_DAY).rename(columns={"code": "plot"})
    joined = held.merge(pd.DataFrame(plots[["park", "plot", "state"]]), on=["park", "plot"])
    assert len(held) == len(joined)
    assert set(joined["state"]) <= {"leased", "building", "operating"}


def test_the_land_of_a_project_is_that_of_its_plots(demo: Tables) -> None:
    """What its certificate says is what it holds, to 0.01 ha."""
    plots = demo.at("plots", LAST_DAY)
    sizes = dict(zip(zip(plots["park"], plots["code"], strict=True), areas_ha(plots.geometry), strict=True))
    held = demo.at("project_plots", LAST_DAY)
    sums = pd.Series(
        [sizes[key] for key in zip(held["park"], held["plot"], strict=True)], index=held["project"], dtype=float
    )
    sums = sums.groupby(level=0).sum()
    land = pd.to_numeric(demo.at("projects", LAST_DAY).set_index("code")["land_ha"])
    assert (abs(sums - land[sums.index]) < 0.02).all()


def test_a_plot_is_built_on_when_its_project_is(demo: Tables) -> None:
    """State of the plot and state of its project agree on the last day."""
    held = demo.at("project_plots", LAST_DAY).merge(
        demo.at("projects", LAST_DAY)[["code", "state"]], left_on="project", right_on="code"
    )
    plots = pd.DataFrame(demo.at("plots", LAST_DAY)[["park", "code", "state"]])
    joined = held.merge(plots, left_on=["park", "plot"], right_on=["park", "code"], suffixes=("", "_plot"))
    pairs = set(zip(joined["state"], joined["state_plot"], strict=True))
    assert pairs <= {
        ("registered", "leased"),
        ("stalled", "leased"),
        ("building", "building"),
        ("stalled", "building"),
        ("operating", "operating"),
    }


def test_every_park_with_works_has_all_ten_items(demo: Tables) -> None:
    """Ten kinds, each with a planned value."""
    items = demo.at("infrastructure_items", LAST_DAY)
    assert {frozenset(KINDS)} == set(items.groupby("park")["kind"].agg(frozenset))
    assert (items["planned_value_vnd_bn"] != "").all()


def test_progress_of_an_item_goes_forward_and_fits_its_state(demo: Tables) -> None:
    """Nothing done before works begin, all done when complete, never less than before."""
    items = demo.all("infrastructure_items").sort_values(["park", "code", "valid_from"])
    progress = pd.to_numeric(items["progress_pct"])
    assert (progress[items["state"].isin(["none", "preparing"])].fillna(0) == 0).all()
    assert (progress[items["state"].isin(["complete", "in_use"])] == 100).all()
    assert (progress.fillna(0).groupby([items["park"], items["code"]]).diff().dropna() >= 0).all()


def test_items_lie_in_their_park(demo: Tables) -> None:
    """Lines, points and polygons of the works do not leave the outline by more than a metre."""
    outlines = demo.all("park_outlines").set_index("park").geometry.to_crs(METRES).buffer(1)
    items = demo.at("infrastructure_items", LAST_DAY).to_crs(METRES)
    wrong = [(row.park, row.code) for row in items.itertuples() if not outlines[row.park].covers(row.geometry)]
    assert [] == wrong


def test_clearance_areas_make_up_their_park(demo: Tables) -> None:
    """They divide the outline without gap or overlap, two to ten of them."""
    outlines = demo.all("park_outlines").set_index("park").geometry.to_crs(METRES)
    for slug, group in demo.at("clearance_areas", LAST_DAY).to_crs(METRES).groupby("park"):
        together = shapely.union_all(group.geometry.tolist())
        assert 2 <= len(group) <= 12, slug
        assert together.symmetric_difference(outlines[slug]).area < 0.0005 * outlines[slug].area, slug
        assert group.area.sum() - together.area < 0.0005 * together.area, slug


def test_clearance_stages_go_forward(demo: Tables) -> None:
    """No area falls back to an earlier stage."""
    areas = demo.all("clearance_areas").sort_values(["park", "code", "valid_from"])
    stages = areas["stage"].map(lambda stage: int(stage[1:]) if stage else -1)
    assert (stages.groupby([areas["park"], areas["code"]]).diff().dropna() >= 0).all()


def test_functional_areas_lie_in_the_zone_apart_from_each_other(demo: Tables, registry: Tables) -> None:
    """None leaves the zone by more than a metre, none covers another."""
    areas = demo.all("zone_areas").to_crs(METRES)
    zone = registry.all("zones").to_crs(METRES).geometry.iloc[0]
    assert areas.geometry.within(zone.buffer(1)).all()
    together = shapely.union_all(areas.geometry.tolist())
    assert areas.area.sum() - together.area < 0.0005 * together.area


def test_the_power_plant_has_its_published_land(demo: Tables) -> None:
    """Nam Định 1 has 242.71 ha in its certificate."""
    areas = demo.all("zone_areas")
    power = areas[areas["function"] == "power"]
    assert 1 == len(power)
    assert abs(areas_ha(power.geometry).iloc[0] - 242.71) < 1.2


def test_the_zone_outline_is_what_the_program_makes(tmp_path: Path) -> None:
    """The file in the registry can be made again from the published points and the coast, byte for byte."""
    write_zone(data_dir(), tmp_path / "zones.geojson")
    assert (data_dir() / "registry/zones.geojson").read_bytes() == (tmp_path / "zones.geojson").read_bytes()


def test_geometries_are_in_degrees(demo: Tables) -> None:
    """Everything lies in the province, longitude first."""
    for name, frame in demo.frames.items():
        if isinstance(frame, geopandas.GeoDataFrame):
            west, south, east, north = frame.total_bounds
            assert 105.3 < west < east < 106.7, name
            assert 19.8 < south < north < 20.9, name
